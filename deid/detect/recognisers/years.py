"""Years that date what is told ("in 2015", "since two thousand and six"); years of laws and guidance stay."""

from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.calendar_words import MONTH, YEAR_SAID, YEAR_SAID_OPENS, YEAR_WRITTEN
from deid.detect.caseless import caseless
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.triggers import DIGIT
from deid.detect.vocabulary import MONTHS
from deid.detect.words import word_forms
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "I joined in ⟦1997⟧ and left in ⟦2005⟧.",
    "i've done it since ⟦two thousand and six⟧",
    "in ⟦twenty twelve⟧ it was only us",
    "After ⟦2013⟧ it went quiet.",
    "That was back in ⟦2016⟧, or early ⟦2017⟧.",
    "From ⟦2011⟧ to ⟦2013⟧ she was in the team.",
    "It was the board's, ⟦2013⟧, all of it.",
    "he qualified around ⟦nineteen ninety nine⟧",
    "By ⟦2014/15⟧ it had doubled.",
    "He was born in ⟦2005⟧.",
    "I was there in ⟦2018⟧ and ⟦2019⟧.",
    "It was ⟦2017⟧ when he came to us.",
    "Working Together 2018 and the Children Act 1989 say so.",
    "under the Children Act of 1989, and the guidance from 2017",
    "i qualified in ⟦oh four⟧ and came here in ⟦oh nine⟧, it's oh four two, and oh one more thing",
    "In October 2016 we stopped.",
    "you can look it up child teasel ⟦twenty twelve⟧ it doesn't say",
    "She was at the panel in ⟦February⟧; three times between ⟦September⟧ and ⟦November⟧, and since ⟦june⟧.",
    "It came out in ⟦May⟧, and since ⟦march⟧ we wait; in May Road it may march on till March.",
    "twenty twenty vision, twenty eleven year olds, every September and next June, in May Road, April rang.",
    "We had 2000 referrals and spent 2015 pounds.",
    "since twenty one of them were boys",
    "In the 1990s nobody spoke of it.",
    "about twenty of them came",
    "The 2017 definition is better.",
)

# 2014, 2014/15, "twenty twelve"; not "2015 pounds".
_YEAR = (
    rf"(?P<year>{YEAR_WRITTEN}(?:\s?[/–-]\s?(?:20)?\d\d(?!\d))?|{YEAR_SAID})"
    r"(?![\w%]|\s(?:pounds|people|referrals|children|kids|cases|quid|miles))"
)
# "in 2015", "since about 2008", "back in early 2017".
_LED = caseless(
    r"\b(?:in|since|from|until|till|by|after|before|during|around|about|to|early|late|mid|end of|start of|beginning of|"
    rf"summer of|year|was|'s|joined|left|qualified|of)"
    rf"(?:\s(?:about|around|early|late|mid|say|like|it was))?[\s-]{_YEAR}",
)
# "in 2015 and 2016": what follows a year that dates is one too.
_ANOTHER = caseless(rf"(?:,?\s(?:and|or|to|until|then|into)\s|,\s|\s?[-–]\s?){_YEAR}")
# "the board's, 2013, all of it": a year between commas dates what stands before it.
_BETWEEN_COMMAS = caseless(rf",\s{_YEAR}(?=[,.;])")
# "child teasel twenty twelve it says": said in words such a year is nothing else where the talk goes on behind it.
_SAID_ALONE = caseless(
    rf"\b(?P<year>{YEAR_SAID})(?=[.,;?!]|$|\s(?:it|and|he|she|they|we|i|the|that|which|when|so|but|because|or|there|"
    r"something|was|yeah)\b)"
)
# "in February": a month of a year that the talk has told, or that those who were there know.
_MONTH = r"(?:january|february|april|june|july|august|september|october|november|december)"
_IN_MONTH = caseless(
    rf"\b(?:(?:in|since|until|till|between|during|back in|(?:in|since|by)\s(?:early|late|mid)|(?:early|late|mid))"
    rf"[\s-](?P<month>{_MONTH})"
    rf"(?:\s(?:and|to|until)\s(?P<other>{_MONTH}))?"
    # "in March", "since May": behind no other word are these two surely no verbs.
    r"|(?:in|since)\s(?P<verb>march|may))"
    r"\b(?!,?\s(?:of\s)?(?:\d|the\s|nineteen|twenty|two thousand|bank|road|street|avenue))"
)
# "in oh nine": two figures of a year, where no third follows.
_OH = caseless(
    r"\b(?:in|since|from|until|till|by|and|or|about|around)\s(?P<year>oh\s(?:one|two|three|four|five|six|seven|eight|nine))"
    r"(?=[.,;?!]|$|\s(?:and|or|so|it|he|she|they|we|i|when|but|to|there|the|then|because|that|which|was|in)\b)"
)
_MONTH_BEFORE = caseless(rf"\b{MONTH}\.?,?\s(?:of|in)?\s?$")
# Laws, guidance, reports and definitions are dated in public.
_PUBLIC = caseless(
    r"\b(?:act|acts|order|regulations?|convention|guidance|together|education|definition|framework|seraf|barnardo\W?s|"
    r"government|code of practice|strategy|white paper|directive|bill|statute|jay|casey|iicsa|munro|laming|report)\b"
    r"\W*(?:\w+\W+){0,2}$",
)
_BIRTH = caseless(r"\bborn\W+(?:\w+\W+){0,2}$")

_MONTH_WORDS = frozenset(MONTHS)

_DATING = "a year that dates what is told"
_BORN = "a year of birth"
_DATES_A_MONTH = "a month that dates what is told"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("years", find, frozenset((DIGIT, "oh", *YEAR_SAID_OPENS, *MONTHS)))


def find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    found: dict[int, Claim] = {}
    for pattern in (_LED, _BETWEEN_COMMAS):
        for match in pattern.finditer(text):
            start, end = match.span("year")
            lead = text[max(0, match.start() - 40) : match.start()]
            if _PUBLIC.search(f"{lead} ") or _MONTH_BEFORE.search(text[max(0, start - 16) : start]):
                continue
            is_birth = bool(_BIRTH.search(text, max(0, start - 25), start))
            kind, why = ("date_of_birth", _BORN) if is_birth else ("year", _DATING)
            found[start] = Claim(start, end, Category.DATE, kind, 0.8 if is_birth else 0.55, why)
            while another := _ANOTHER.match(text, end):
                start, end = another.span("year")
                found[start] = Claim(start, end, Category.DATE, "year", 0.55, _DATING)
    forms = word_forms(text)
    for match in _SAID_ALONE.finditer(text) if forms & YEAR_SAID_OPENS else ():
        if not _MONTH_BEFORE.search(text[max(0, match.start() - 16) : match.start()]):
            found.setdefault(match.start(), Claim(*match.span("year"), Category.DATE, "year", 0.55, _DATING))
    for match in _OH.finditer(text) if "oh" in forms else ():
        yield Claim(*match.span("year"), Category.DATE, "year", 0.5, _DATING)
    for match in _IN_MONTH.finditer(text) if forms & _MONTH_WORDS else ():
        for name in ("month", "other", "verb"):
            if match[name]:
                yield Claim(*match.span(name), Category.DATE, "month", 0.5, _DATES_A_MONTH)
    yield from found.values()
