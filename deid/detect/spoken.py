"""Numbers as people say them: "oh seven seven double o", "seven hundred and twelve", "forty-six stroke one two"."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from deid.detect.vocabulary import TENS, UNITS
from deid.detect.words import Word, word_forms, words_of

_DIGITS = {word: str(value) for value, word in enumerate(UNITS[:10])} | {
    "oh": "0", "o": "0", "nought": "0", "naught": "0", "nil": "0",
}  # fmt: skip
_TEENS = {word: str(value) for value, word in enumerate(UNITS) if value >= 10}
_TENS = {word: str(20 + 10 * number) for number, word in enumerate(TENS)}
_REPEATS = {"double": 2, "triple": 3, "treble": 3}
_SEPARATORS = {"stroke": "/", "slash": "/", "dash": "-", "hyphen": "-"}
_NUMBERS = _DIGITS | _TEENS | _TENS
BEGINS = frozenset(_NUMBERS | _REPEATS)
"""A said number has one of these words."""
_HESITATIONS = frozenset({"um", "uh", "er", "erm", "then"})
# Between two said digits: a space, a comma, a hyphen, a pause. A sentence end parts two numbers.
_PAUSE = re.compile(r"[\s,\-‐–]{1,3}|…\s?|\s?\.{3}\s?")

_SMALL = "|".join((*UNITS, *TENS))
CARDINAL = rf"(?:{_SMALL}|a hundred|hundred|thousand)(?:[\s-](?:and\s)?(?:{_SMALL}|hundred|thousand))*"
"""A number in words, as the inside of a regular expression: "seven hundred and twelve", "twenty-one"."""


@dataclass(frozen=True, slots=True)
class Said:
    """text[start:end] says `digits` (with / or - where a separator was said); `spelt` words of it were no figures."""

    start: int
    end: int
    digits: str = field(repr=False)
    spelt: int

    @property
    def count(self) -> int:
        return sum(map(str.isdigit, self.digits))


@lru_cache(maxsize=8)
def said_numbers(text: str) -> tuple[Said, ...]:
    """Every run of digits that are said one by one or in small groups, with at least one of them in words."""
    found: list[Said] = []
    if word_forms(text).isdisjoint(BEGINS):
        return ()
    words = words_of(text)
    at = 0
    while at < len(words):
        if words[at].low not in BEGINS and not words[at].text[0].isdigit():
            at += 1
            continue
        stop, digits, spelt = _run(text, words, at)
        if spelt and sum(map(str.isdigit, digits)) >= 3:
            found.append(Said(words[at].start, words[stop - 1].end, digits, spelt))
        at = max(stop, at + 1)
    return tuple(found)


def _run(text: str, words: tuple[Word, ...], at: int) -> tuple[int, str, int]:
    """(word behind the last digit, digits, how many words of them were no figures) of the run that begins here."""
    digits, spelt, first, stop, is_tens = "", 0, at, at, False
    while at < len(words) and (at == first or _PAUSE.fullmatch(text, words[at - 1].end, words[at].start)):
        low = words[at].low
        follower = words[at + 1].low if at + 1 < len(words) else ""
        if low in _REPEATS and follower in _DIGITS:
            digits, spelt, at = digits + _DIGITS[follower] * _REPEATS[low], spelt + 2, at + 2
        elif low in _DIGITS and is_tens:
            digits, spelt, at = digits[:-1] + _DIGITS[low], spelt + 1, at + 1
        elif low in _NUMBERS:
            digits, spelt, at = digits + _NUMBERS[low], spelt + 1, at + 1
        elif low == "hundred" and digits and (follower in _DIGITS or _is_dialled(digits, follower)):
            digits, spelt, at = digits + "00", spelt + 1, at + 1
        elif words[at].text.isdecimal() and words[at].text.isascii():
            digits, at = digits + low, at + 1
        elif digits and (low in _SEPARATORS or low in _HESITATIONS):
            digits, at, is_tens = digits + _SEPARATORS.get(low, ""), at + 1, False
            continue
        else:
            break
        is_tens, stop = low in _TENS, at
    return stop, digits.rstrip("/-"), spelt


def _is_dialled(digits: str, follower: str) -> bool:
    """ "oh double seven hundred", "oh seven seven double oh nine hundred double three": a number that begins with 0."""
    return digits.startswith("0") and len(digits) >= 3 and follower in BEGINS
