"""What a number, an age or a date says, however it is written or spoken: "twenty fifteen", "15", "8th of October".

Only reading: nothing here decides what is found or what it becomes.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from deid.fold import fold

_UNITS = {
    word: value
    for value, word in enumerate(
        (
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
            "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
        )
    )
}  # fmt: skip
_TENS = {
    word: 10 * value
    for value, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)
}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        (
            "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
            "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
            "twentieth",
        ),
        1,
    )
} | {"thirtieth": 30}  # fmt: skip
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_SEASONS = ("winter", "spring", "summer", "autumn")
# Days that fall in the same month every year, by their folded words; those that wander are told by their season alone.
_FIXED_DAYS = {
    "new years day": (1, 1), "valentines day": (2, 14), "st patricks day": (3, 17), "april fools": (4, 1),
    "may day": (5, 1), "halloween": (10, 31), "bonfire night": (11, 5), "guy fawkes": (11, 5),
    "christmas eve": (12, 24), "christmas day": (12, 25), "boxing day": (12, 26), "new years eve": (12, 31),
    "christmas": (12, 0),
}  # fmt: skip
_FESTIVAL_SEASONS = {
    "easter": "spring", "good friday": "spring", "shrove tuesday": "spring", "pancake day": "spring",
    "mothers day": "spring", "mothering sunday": "spring", "whitsun": "spring", "fathers day": "summer",
    "remembrance sunday": "autumn", "new year": "winter",
}  # fmt: skip
_SAID_DAY = rf"(?:(?:{'|'.join(_TENS)}) )?(?:{'|'.join(_ORDINALS)})|\d{{1,2}}(?:st|nd|rd|th)"
# "the ninth of the third": a month by its number.
NUMBERED_MONTH = rf"{'|'.join(word for word, value in _ORDINALS.items() if value <= 12)}|[1-9](?:st|nd|rd|th)|1[0-2]th"
_OF_THE_MONTH = re.compile(rf"\b(?P<day>{_SAID_DAY}) of the (?P<month>{NUMBERED_MONTH})\b")
# "fifteen and two months", "16 years, 4 months": the years count. "three weeks short of eighteen": one fewer.
_IN_MONTHS = re.compile(r"\b(?:months?|weeks?|days?)\b", re.IGNORECASE)
_SOME_MONTHS = r"(?:[\w-]+|a few|a couple of)[\s-](?:months?|weeks?|days?)\b"
_YEARS_FIRST = re.compile(rf"(?P<years>.+?)(?:\syears?)?(?:,|,?\sand)?\s{_SOME_MONTHS}", re.IGNORECASE)
_FEW = frozenset({"a", "an", "few", "several", "of"})
_SHORT_OF = re.compile(r"\b(?:short of|shy of|off)\s(?P<age>.+)", re.IGNORECASE)
_GOING_ON = re.compile(r"\sgoing on\s.+", re.IGNORECASE)
_SPOKEN_DIGITS = {"oh": "0", "o": "0", "nought": "0", "zero": "0"} | {
    word: str(value) for word, value in _UNITS.items() if value < 10
}


@dataclass(frozen=True, slots=True)
class Date:
    """As much as a text says; 0 where it says nothing."""

    year: int = 0
    month: int = 0
    day: int = 0
    season: str = ""


@dataclass(frozen=True, slots=True)
class Ages:
    """From youngest to oldest, both included."""

    low: int
    high: int


def read_number(text: str) -> int | None:
    """fifteen, 15, fifty-nine, fifty nine: a whole number up to 999."""
    words = [word for word in fold(text).split() if word != "and"]
    if len(words) == 1 and re.fullmatch(r"\d{1,3}", words[0]):
        return int(words[0])
    if not words:
        return None
    if len(words) > 1 and words[1] == "hundred" and words[0] in _UNITS:
        rest = read_number(" ".join(words[2:])) if words[2:] else 0
        return None if rest is None else _UNITS[words[0]] * 100 + rest
    if len(words) == 2 and words[0] in _TENS and 0 < _UNITS.get(words[1], 0) < 10:
        return _TENS[words[0]] + _UNITS[words[1]]
    return _TENS.get(words[0], _UNITS.get(words[0])) if len(words) == 1 else None


def read_ages(text: str) -> Ages | None:
    """fourteen, 14-year-old, 13 or 14, eleven to seventeen, twelve and three quarters, mid-thirties, in her teens,
    fourteen going on forty, sixteen and four months, a week short of eighteen; 0 for a baby whose age is in months."""
    if _IN_MONTHS.search(text):
        return _read_to_the_month(text)
    text = _GOING_ON.sub("", text)
    folded = re.sub(r" and (?:three|a) quarters?\b", "", fold(text))
    numbers = [number for number in map(read_number, _number_words(folded)) if number is not None and number < 130]
    if decade := re.search(
        r"\b(?:(early|mid|late) )?(teens|twenties|thirties|forties|fifties|sixties|seventies|eighties)\b", folded
    ):
        low = {"teens": 13}.get(decade[2]) or _TENS[decade[2].replace("ies", "y")]
        return Ages(low, 19 if low == 13 else low + 9)
    if not numbers:
        return None
    return Ages(min(numbers), max(numbers))


def _read_to_the_month(text: str) -> Ages | None:
    if (told := _YEARS_FIRST.match(text)) and (ages := read_ages(told["years"])):
        return ages
    if (told := _SHORT_OF.search(text)) and (ages := read_ages(told["age"])):
        return Ages(ages.low - 1, ages.high - 1)
    many = [before for before, word in pairwise(fold(text).split()) if _IN_MONTHS.match(word)]
    return Ages(0, 0) if any(word in _FEW or read_number(word) for word in many) else None


def read_date(text: str) -> Date | None:
    """14 April 2021, June 22, 2021, 02/09/1988, 2021-06-22, 20210622, autumn 2019, twenty fifteen, February 13th, the
    third of the ninth 2005."""
    folded = spoken_year(fold(text))
    if exact := _numeric(text) or _numeric(folded):
        return exact
    words = folded.split()
    year = next((int(word) for word in words if re.fullmatch(r"(?:19|20)\d{2}", word)), 0)
    month = next((_month(word) for word in words if _month(word)), 0)
    if not month and (numbered := _OF_THE_MONTH.search(folded)):
        day, month = (_day(numbered[part].split()) for part in ("day", "month"))
        return Date(year, month, day)
    season = next((word.replace("fall", "autumn") for word in words if word in (*_SEASONS, "fall")), "")
    day = _day(words) if month else 0
    if not (month or season):
        month, day, season = _festival(folded)
    return Date(year, month, day, season) if year or month or season else None


def read_digits(text: str) -> str:
    """The digits of a number as written or as spoken ("oh seven seven double o"), nothing else."""
    digits, times = "", 1
    for word in fold(text).split():
        if word in ("double", "treble", "triple"):
            times = 2 if word == "double" else 3
            continue
        digit = _SPOKEN_DIGITS.get(word) or "".join(letter for letter in word if letter.isdigit())
        digits += digit * times
        times = 1
    return digits


def part_of_decade(year: int) -> str:
    """2004 -> mid-2000s. The three parts have four, three and three years."""
    part = ("early ", "early ", "early ", "early ", "mid-", "mid-", "mid-", "late ", "late ", "late ")[year % 10]
    return f"{part}{year // 10}0s"


def season_of(month: int) -> str:
    return _SEASONS[month % 12 // 3] if month else ""


def month_name(month: int) -> str:
    return _MONTHS[month - 1].capitalize() if month else ""


def _number_words(folded: str) -> list[str]:
    tens, units = "|".join(_TENS), "|".join(_UNITS)
    return re.findall(rf"\b(?:(?:{tens})(?: (?:{units}))?|{units}|\d{{1,3}})(?=\b|year|yr|yo)", folded)


def spoken_year(folded: str) -> str:
    """twenty fifteen, two thousand and eight, nineteen ninety nine -> digits."""
    tens, units = "|".join(_TENS), "|".join(_UNITS)

    def late(match: re.Match[str]) -> str:
        value = read_number(match[2]) or 0
        return f"{20 if match[1] == 'twenty' else 19}{value:02}"

    def thousand(match: re.Match[str]) -> str:
        return f"{2000 + (read_number(match[1]) or 0)}" if match[1] else "2000"

    two_digits = rf"(?:{tens})(?: (?:{units}))?|(?:oh |o )?(?:{units})"
    folded = re.sub(rf"\btwo thousand(?: and)?(?: ({two_digits}))?\b", thousand, folded)
    return re.sub(rf"\b(twenty|nineteen) ((?:{two_digits}))\b", late, folded)


def _numeric(text: str) -> Date | None:
    if iso := re.search(r"\b((?:19|20)\d{2})[-/. ]?(0[1-9]|1[0-2])[-/. ]?(0[1-9]|[12]\d|3[01])(?!\d)", text):
        return Date(int(iso[1]), int(iso[2]), int(iso[3]))
    # The British order: the day comes first.
    if british := re.search(r"\b(\d{1,2})[-/. ](\d{1,2})[-/. ]((?:19|20)?\d{2})\b", text):
        day, month, year = (int(part) for part in british.groups())
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        return Date(year if year > 99 else year + (2000 if year < 50 else 1900), month, day)
    return None


def _month(word: str) -> int:
    for number, name in enumerate(_MONTHS, 1):
        if word == name or (len(word) in (3, 4) and word in (name[:3], name[:4])):
            return number
    return 0


def _festival(folded: str) -> tuple[int, int, str]:
    """(month, day, season) of a day that goes by a name, as in "Boxing Day 2019"; zeros where none is named."""
    plain = folded.replace("'", "").replace(" s ", "s ")
    for name, (month, day) in _FIXED_DAYS.items():
        if name in plain:
            return month, day, ""
    return 0, 0, next((season for name, season in _FESTIVAL_SEASONS.items() if name in plain), "")


def _day(words: list[str]) -> int:
    for first, word in enumerate(words):
        if match := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", word):
            return int(match[1])
        if word in _TENS and first + 1 < len(words) and _ORDINALS.get(words[first + 1], 10) < 10:
            return _TENS[word] + _ORDINALS[words[first + 1]]
        if word in _ORDINALS:
            return _ORDINALS[word]
    return 0
