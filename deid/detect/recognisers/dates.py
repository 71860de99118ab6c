"""Dates with a day or a month in them, dates of birth, and seasons or holidays with a year, written or said."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.calendar_words import DAY, DAY_ALONE, DAY_WRITTEN, MONTH, WEEKDAY, YEAR, YEAR_OR_SHORT, YEAR_SAID_OPENS
from deid.detect.caseless import caseless
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.spoken import said_numbers
from deid.detect.triggers import DIGIT
from deid.detect.vocabulary import MONTHS, MONTHS_SHORT, ORDINALS, word_set
from deid.detect.words import has_digit, word_forms
from deid.model import Category
from deid.region import Region
from deid.values import NUMBERED_MONTH

EXAMPLES = (
    "It was ⟦9 April 2020⟧, a Thursday.",
    "⟦Monday 11 May 2020⟧, in the office.",
    "First meeting was ⟦7 May 2016⟧.",
    "He was charged in ⟦October 2016⟧.",
    "That was ⟦October of 2015⟧ it came out.",
    "She was born on ⟦04/07/1991⟧, that's her.",
    "date of birth ⟦2/9/88⟧, he said",
    "her dob's ⟦third of june two thousand and four⟧",
    "On ⟦the ninth of July⟧ I rang again.",
    "It was ⟦January 17th⟧, just before lockdown.",
    "⟦July 19, 2020⟧, 11:14AM",
    "it got dropped in ⟦january twenty twenty two⟧",
    "⟦the twenty third of march⟧ that was the day",
    "We ran it in the ⟦summer of 2017⟧ and again in ⟦autumn 2018⟧.",
    "It was the ⟦Easter holidays 2019⟧, no, ⟦half term 2018⟧.",
    "It was ⟦New Year's Eve 2016⟧, no, ⟦Boxing Day 2017⟧.",
    "On ⟦Boxing Day⟧ he rang me, and on ⟦Christmas Eve⟧.",
    "she was born ⟦the eleventh of the fourth two thousand and six⟧",
    "They moved her on the ⟦August bank holiday⟧, and on the ⟦spring bank holiday Monday 2018⟧.",
    "It was ⟦Mother's Day 2019⟧ and then ⟦results day 2018⟧.",
    "It was ⟦the second week of October⟧, no, ⟦the last weekend in July 2018⟧.",
    "On the ⟦29th⟧ they found her, and on the ⟦twenty-first⟧ she went.",
    "We met on ⟦6 March⟧ and again on the ⟦13th⟧, not the ⟦14th⟧.",
    "dob ⟦fourteen three oh four⟧ so she's older now",
    "her date of birth was ⟦the ninth of july⟧",
    "Her date of birth is ⟦3 May 2003⟧ and his is ⟦1-2-1988⟧.",
    "It was ⟦11th of the 3rd 2005⟧, one of the 3rd lot.",
    "a card with a date on ⟦third of the ninth two thousand and five⟧ that was all",
    "It came in ⟦mid-October 2018⟧, on the ⟦ninth of the third⟧ and again on ⟦14/3⟧.",
    "that was the back end of November, the ⟦thirtieth⟧, and it rained",
    "We're here 24/7, on the first of the second lot.",
    "On the 14th floor, on the eleventh attempt, on the 2nd visit.",
    "We work at Christmas and at Easter, and on bonfire duty. It's a bank holiday.",
    "It's dated ⟦2020-07-19⟧, or ⟦19.07.20⟧.",
    "{file_name} safeguarding-⟦20200719⟧_meeting",
    "{file_name} review-⟦20200719_140233⟧-Meeting Recording, or ⟦2020-07-19T14:02⟧.",
    "From ⟦12 to 14 April 2016⟧ and then ⟦May '19⟧.",
    "Her birthday's ⟦1 May⟧.",
    "I finish next May, and it may rain on Monday at nine.",
    "the first may be late and the second may not",
    "It's 24/7, it's 50/50, it was 7/7 and 9/11.",
    "Two of the 14 said it was 9.30, or 10.15.",
    "I sat there in ⟦March last year⟧, the first march I went on, and on ⟦the 11th of May last year⟧.",
    "Child Teasel. ⟦2020⟧. It was a boy; the Teasel review, it came out in ⟦2021⟧; Munro, Child Protection, 2011.",
    "He came under section 20, ⟦eighth of October 2021⟧, a Friday.",
    "It opened in ⟦January of this year⟧.",
    "section 1 may apply and so may 2 of the others",
    "It was 20210 pounds and 12345678 likes.",
    "We see them three or four times a month.",
)

_RANGE = rf"(?:\s?(?:-|–|to|and|or|/|,)\s?{DAY})?"
# A year by when it is told: "March of this year".
_TOLD_YEAR = r"(?:last|this)\syear"
# "Monday 11 May 2020", "14th of April", "the ninth of July", "12 to 14 April 2016".
_DAY_MONTH = caseless(
    rf"(?<!section\s)\b(?:{WEEKDAY},?\s(?:the\s)?)?(?P<day>{DAY}){_RANGE}\s(?P<of>of\s)?(?P<month>{MONTH})\b(?:\.(?=\s\d))?"
    rf"(?P<year>,?\s(?:of\s)?(?:{YEAR_OR_SHORT}|{_TOLD_YEAR})\b)?",
)
# "July 19, 2020", "January 17th", "May the third".
_MONTH_DAY = caseless(
    rf"\b(?:{WEEKDAY},?\s)?(?P<month>{MONTH})\.?\s(?P<the>the\s)?(?P<day>{DAY})(?P<suffix>(?<=st|nd|rd|th))?\b"
    rf"(?![:.]\d|\s?(?:am|pm|per|%))(?P<year>,?\s{YEAR}\b)?",
)
# "October 2016", "October of 2015", "May '19", "March of this year".
_MONTH_YEAR = caseless(rf"\b(?:(?:early|mid|late)[\s-])?{MONTH}\.?,?\s(?:of\s|in\s)?(?:{YEAR}|['’]\d\d|{_TOLD_YEAR})\b")
# "summer 2017", "the Easter holidays 2019", "half term of 2018".
_SEASON = caseless(
    r"\b(?:early\s|late\s|mid[\s-])?(?:spring|summer|autumn|winter|christmas|easter|whitsun|half[\s-]term|halloween|"
    r"ramadan|eid|diwali|vaisakhi|passover|hanukkah|boxing day|bonfire night|valentine['’]?s(?: day)?|results day|"
    r"(?:mother|father)['’]?s['’]? day|mothering sunday|remembrance sunday|good friday|shrove tuesday|pancake day|"
    r"may day|black friday|world cup|royal wedding|"
    r"new year)(?:['’]s (?:eve|day)|\s(?:eve|day|sunday|monday))?"
    r"(?:\s(?:holidays?|hols|break|term|half|time))?,?\s(?:of\s|in\s)?"
    rf"(?:{YEAR}|['’]\d\d)\b",
)
# "on Boxing Day", "Christmas Eve": one day of some year.
_HOLIDAY = caseless(
    r"\b(?:Boxing Day|Christmas (?:Eve(?: Eve)?|Day)|New Year['’]s (?:Eve|Day)|(?:Good|Black) Friday|(?:Easter|"
    r"Palm|Remembrance|Mothering) (?:Sunday|Monday)|"
    r"(?:Bonfire|Burns|Fireworks|Guy Fawkes|Twelfth) Night|St\.? (?:Stephen|George|Patrick|Andrew|David|Nicholas|"
    r"Swithin)['’]?s['’]? (?:Day|Night)|Valentine['’]?s Day|(?:Father|Mother)['’]?s['’]? Day|Halloween|"
    r"(?:Maundy Thursday|(?:Shrove|Pancake) (?:Tuesday|Day)|Ash Wednesday|All Souls['’]? Day|Chinese New Year))\b",
)
# "the August bank holiday", "spring bank holiday Monday 2018": which one of the year's few it was.
_BANK_HOLIDAY = caseless(
    rf"\b(?:(?:early|late)\s)?(?:{MONTH}|spring|summer|easter|whitsun|jubilee)\s(?:bank\sholiday|half[\s-]term)"
    rf"(?:\s(?:monday|friday|weekend))?(?:,?\s(?:of\s|in\s)?{YEAR})?\b",
)
# "the second week of October", "the last weekend in July": a week is nearly a day.
_WEEK = caseless(
    rf"\bthe\s(?:very\s)?(?:first|second|third|fourth|last|penultimate|middle|last\sbut\sone)\s"
    rf"(?:day|night|week|weekend|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\s"
    rf"(?:of|in|before)\s{MONTH}\b(?:,?\s(?:of\s)?{YEAR}\b)?"
)
# "Child Teasel. 2020.", "the Teasel review, it came out in 2020": with its year a local review is found at once.
_REVIEW_YEAR = caseless(
    r"\b(?:child\s(?!protection|exploitation)[a-z]+|review|scr|lcspr)[.,]?\s"
    rf"(?:(?:it|that|which)\s(?:was|came\sout)\s(?:in\s)?)?(?P<year>{YEAR})\b"
)
# "on the ninth of the third": a month by its number.
_SAID_MONTH = caseless(
    rf"\b(?:{DAY})\sof\sthe\s(?:{NUMBERED_MONTH})"
    rf"(?:,?\s(?:of\s)?{YEAR}\b|(?:,?\s(?:of\s)?{YEAR_OR_SHORT})?(?=[.,;]|$|"
    r"\s(?:and|he|she|they|we|i|at|it|so|when|but)\b))",
)
# "on 14/3 she rang", "dated 07.02": a lead makes a date of two figures. "From 9.30" is a time.
_SHORT_NUMERIC = caseless(
    r"\b(?:on|dated?|from|until|till|since|by)\s(?:the\s)?(?P<what>(?!24/7|9/11)(?:0?[1-9]|[12]\d|"
    r"3[01])/(?:0?[1-9]|1[0-2]))(?![/\d]|\.\d)"
    r"|\b(?:on|dated?|received|allocated|recorded|opened|closed|signed|seen|born|referred|admitted|discharged)\s(?:on\s)?"
    r"(?:the\s)?(?P<dotted>(?:0?[1-9]|[12]\d|3[01])[.-](?:0?[1-9]|1[0-2]))(?![-/.]?\d|\s?(?:am|pm|per|%|million|miles?))",
)
# "on the 29th they found her", "on the twenty-first": a day whose month the talk has told before. Words below eleventh
# count meetings and floors as well.
_DAY_ALONE = caseless(
    rf"\b(?P<lead>on|by|eve|it was|until|till|since|from|before|after|or|and|not|then)\sthe\s(?P<day>{DAY_ALONE})"
    r"(?=\s*(?:[.,;:!?)]|$)|\s(?:he|she|they|we|i|it|there|and|but|at|when|was|to|because|so|in the)\b)",
)
# "dob fourteen three oh four", "date of birth one one oh four": nothing but figures behind the word for birth.
_BORN_CUE = caseless(r"\b(?:d\.?\s?o\.?\s?b\.?|date of birth|birth\s?date)(?:['’]?s|\sis|\swas|\sof)?[\s,:]+$")
# "born the ninth of the third two thousand and four": a month by its number, behind a word for birth.
_SAID_BORN = caseless(rf"\b{DAY}\s(?:of\s)?(?:the\s)?(?P<month>{DAY})\s(?:of\s)?{YEAR_OR_SHORT}\b")
# 04/07/1991, 19.07.20, 2020-07-19: three parts, so neither "24/7" nor a time.
_NUMERIC = re.compile(
    rf"(?<![\d/.-])(?:{DAY_WRITTEN}(?P<mark>[/.-])(?:0?[1-9]|1[0-2])(?P=mark)(?:(?:19|20)\d\d|\d\d)"
    r"|(?:19|20)\d\d[-/.](?:0[1-9]|1[0-2])[-/.](?:0[1-9]|[12]\d|3[01]))(?![\d/-])"
)
# 20200719 in the name of a file or a recording.
_COMPACT = re.compile(r"(?<!\d)20[0-3]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)")
# 20200719_140233, 2020-07-19T14:02: with the clock's time it is one stamp. The minute would tell this interview from
# all others of its day.
_STAMP = re.compile(
    r"(?<!\d)20[0-3]\d(?P<mark>-?)(?:0[1-9]|1[0-2])(?P=mark)(?:0[1-9]|[12]\d|3[01])"
    r"[_T](?:[01]\d|2[0-3])(?P<colon>[:.-]?)[0-5]\d(?:(?P=colon)[0-5]\d)?Z?(?!\d)"
)
_BIRTH = caseless(
    r"\b(?:d\.?\s?o\.?\s?b\.?(?:'s)?|date of birth|birthday(?:'s)?|birth\s?date|born)\b\W*(?:\w+\W+){0,4}$"
)
# "... and his is 1-2-1988": the same of another person.
_ALSO_BORN = caseless(r"\W+(?:and|but)\s(?:his|hers|her|mine|theirs|the)\W+(?:\w+\W+){0,3}$")
_ARTICLE = caseless(r"\bthe\s$")
_DAY_FIRST = caseless(rf"{DAY}\s(?:of\s)?{MONTH}\b")

_MONTHS = frozenset((*MONTHS, *MONTHS_SHORT))
_SEASONS = word_set(
    "st palm burns fireworks guy twelfth maundy ash all chinese spring summer autumn winter christmas easter "
    "whitsun half halloween ramadan eid diwali new boxing "
    "bonfire good valentine "
    "valentines mother mothers father fathers mothering remembrance shrove pancake results black vaisakhi passover "
    "hanukkah world royal"
)

_DAYS = frozenset((*ORDINALS, "bank"))
_REVIEWS = word_set("child review scr lcspr")
_BIRTHS = word_set("dob birth birthday born birthdate")

_DATED = "a date with a day and a month"
_DAY_ONLY = "a day of a month that is told elsewhere"
_IN_MONTH = "a month of a year"
_IN_SEASON = "a season or holiday of a year"
_BORN = "a date of birth"
_OF_A_REVIEW = "the year of a local review"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("dates", find, _MONTHS | _SEASONS | YEAR_SAID_OPENS | _BIRTHS | _DAYS | {DIGIT})


def find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    forms = word_forms(text)
    found: list[tuple[int, int, str, str]] = []
    if forms & _MONTHS:
        found += _with_month(text)
    if forms & _SEASONS:
        found += [(*match.span(), "season", _IN_SEASON) for match in _SEASON.finditer(text)]
        found += [(*match.span(), "holiday", _DATED) for match in _HOLIDAY.finditer(text)]
    if forms & _BIRTHS:
        for match in _SAID_BORN.finditer(text):
            if _BIRTH.search(text, max(0, match.start() - 60), match.start()):
                found.append((*match.span(), "date", _DATED))
        found += _born_in_figures(text)
    if forms & {"bank", "half"}:
        found += [(*match.span(), "holiday", _DATED) for match in _BANK_HOLIDAY.finditer(text)]
    if forms & _DAYS or has_digit(text):
        found += [(*match.span(), "date", _DATED) for match in _SAID_MONTH.finditer(text)]
    if has_digit(text) or forms & _DAYS:
        found += _days_alone(text, has_month=bool(forms & _MONTHS))
    if forms & _REVIEWS and (has_digit(text) or forms & YEAR_SAID_OPENS):
        found += [(*match.span("year"), "year", _OF_A_REVIEW) for match in _REVIEW_YEAR.finditer(text)]
    if has_digit(text):
        for pattern in (_NUMERIC, _COMPACT, _STAMP):
            found += [(*match.span(), "date", _DATED) for match in pattern.finditer(text)]
        found += [(*match.span(match.lastgroup or 0), "date", _DATED) for match in _SHORT_NUMERIC.finditer(text)]
    born = -1
    for start, end, kind, why in _widest(found):
        if _BIRTH.search(text, max(0, start - 60), start) or (born > 0 and _ALSO_BORN.fullmatch(text, born, start)):
            born = end
            yield Claim(_with_article(text, start), end, Category.DATE, "date_of_birth", 0.95, _BORN)
        else:
            first = _with_article(text, start) if why == _DATED and _DAY_FIRST.match(text, start) else start
            yield Claim(first, end, Category.DATE, kind, 0.85, why)


def _with_article(text: str, start: int) -> int:
    """ "by the fourteenth of May" becomes "by spring", so the article goes with the date."""
    article = _ARTICLE.search(text, max(0, start - 5), start)
    return article.start() if article else start


# "at the back end of November, the thirtieth, he": between commas, where a month is told.
_DAY_BETWEEN = caseless(rf",\sthe\s(?P<day>{DAY_ALONE})(?=[.,;]|$)", holds=("the",))


def _days_alone(text: str, *, has_month: bool) -> list[tuple[int, int, str, str]]:
    """Days without a month; behind "and" or "not" only where the same passage tells a month."""
    between = [(*match.span("day"), "date", _DAY_ONLY) for match in _DAY_BETWEEN.finditer(text) if has_month]
    return between + [
        (*match.span("day"), "date", _DAY_ONLY)
        for match in _DAY_ALONE.finditer(text)
        if has_month or match["lead"].lower() not in {"or", "and", "not", "then"}
    ]


def _born_in_figures(text: str) -> list[tuple[int, int, str, str]]:
    return [
        (said.start, said.end, "date", _DATED)
        for said in said_numbers(text)
        if said.count >= 4 and _BORN_CUE.search(text, max(0, said.start - 24), said.start)
    ]


def _with_month(text: str) -> list[tuple[int, int, str, str]]:
    found: list[tuple[int, int, str, str]] = []
    found += [(*match.span(), "date", _DATED) for match in _DAY_MONTH.finditer(text) if _is_day_month(match)]
    found += [(*match.span(), "date", _DATED) for match in _MONTH_DAY.finditer(text) if _is_month_day(match)]
    found += [(*match.span(), "date", _DATED) for match in _WEEK.finditer(text)]
    found += [(*match.span(), "month", _IN_MONTH) for match in _MONTH_YEAR.finditer(text)]
    return found


def _is_day_month(match: re.Match[str]) -> bool:
    """ "the first may be late": a said day before May or March needs "of", a year or a capital."""
    if match["month"].lower() not in {"may", "march", "mar", "sat", "sun", "dec"} or match["of"] or match["year"]:
        return True
    return match["month"][0].isupper() and match["day"][0].isdigit()


def _is_month_day(match: re.Match[str]) -> bool:
    """ "may 2 of the others": a day behind its month shows an ending, "the", a year or a capital month."""
    if match["the"] or match["year"] or match["suffix"] is not None:
        return True
    return match["month"][0].isupper() and match["day"][0].isdigit() and match["month"].lower() not in {"may", "march"}


def _widest(found: list[tuple[int, int, str, str]]) -> Iterator[tuple[int, int, str, str]]:
    end = -1
    for date in sorted(found, key=lambda date: (date[0], -date[1])):
        if date[1] > end:
            yield date
            end = date[1]
