"""Insides of regular expressions for dates as they are written and said."""

from deid.detect.vocabulary import MONTHS, MONTHS_SHORT, ORDINALS, TENS, UNITS, WEEKDAYS

MONTH = rf"(?:{'|'.join((*MONTHS, *MONTHS_SHORT))})"
WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)}|mon|tues?|wed|thurs?|fri)"

_ONES = "|".join(UNITS[1:10])
_TEENS = "|".join(UNITS[10:])
# "two thousand and six", "twenty twelve", "twenty twenty-one", "nineteen ninety nine". Not "twenty one" or "twenty
# thirty", which count things.
YEAR_SAID = (
    rf"(?:two thousand(?:\sand)?[\s-](?:{_ONES}|{_TEENS}|(?:{TENS[0]})(?:[\s-](?:{_ONES}))?)"
    rf"|nineteen[\s-](?:oh[\s-](?:{_ONES})|(?:{'|'.join(TENS[2:])})(?:[\s-](?:{_ONES}))?)"
    rf"|twenty[\s-](?:oh[\s-](?:{_ONES})|{_TEENS}|twenty(?:[\s-](?:{_ONES}))?))"
)
YEAR_SAID_OPENS = frozenset(("two", "nineteen", "twenty"))
YEAR_WRITTEN = r"(?:19[4-9]\d|20[0-3]\d)"
YEAR = rf"(?:{YEAR_WRITTEN}|{YEAR_SAID})"
YEAR_ALONE = (
    r"(?:(?:in|since|about|around|roughly|early|late|mid|(?:the\s)?(?:end|middle|start|beginning)\sof|the|year)[\s-])*"
    rf"{YEAR}(?:\s?[/–-]\s?(?:20)?\d\d)?"
)
"""A year that says nothing finer than its part: "2017", "early 2017", "2014/15"."""
YEAR_OR_SHORT = rf"(?:{YEAR}|['’]\d\d|\d\d(?!\d|[:.]\d|\s?(?:am|pm|%|per|kids|of|years|people)))"

DAY_WRITTEN = r"(?:0?[1-9]|[12]\d|3[01])"
_ORDINAL = rf"(?:(?:twenty|thirty)[\s-](?:{'|'.join(ORDINALS[:9])})|{'|'.join(ORDINALS)})"
DAY_SAID = _ORDINAL
DAY = rf"(?:{DAY_WRITTEN}(?:st|nd|rd|th)?|{_ORDINAL})"
DAY_ALONE = (
    rf"(?:{DAY_WRITTEN}(?:st|nd|rd|th)|(?:twenty|thirty)[\s-](?:{'|'.join(ORDINALS[:9])})|{'|'.join(ORDINALS[10:])})"
)
"""A day that says so without its month: "29th", "twenty-first"."""
