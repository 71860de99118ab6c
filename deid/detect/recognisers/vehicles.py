"""Number plates, written, spaced, spelt with a phonetic alphabet, or in part."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.triggers import DIGIT
from deid.detect.vocabulary import TENS, UNITS, word_set
from deid.detect.words import has_digit, word_forms
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "A white van, ⟦KX19 ZZV⟧, outside the gate.",
    "the plate was ⟦kx19zzv⟧ on the camera",
    "His reg's ⟦KX 19 ZZV⟧, I wrote it down.",
    "She saw a car, ⟦B123 XYZ⟧, an old thing.",
    "the reg was ⟦k x one nine z z v⟧ i think",
    "It was ⟦kilo x-ray one nine zulu zulu victor⟧ on the radio.",
    "We had a partial plate, ⟦KX19⟧, nothing more.",
    "number plate ending ⟦ZZV⟧, a blue Corsa",
    "The old one had ⟦XYZ 123K⟧ on it, that car.",
    "the plate was ⟦k x sixty eight z z v⟧ i think",
    "a silver golf, plate ⟦k x sixty eight⟧ something, that's all she got",
    "We only got part of the reg, ⟦Kilo X-ray five one⟧, before it went.",
    "The reg began ⟦KX19⟧ or so.",
    "it had a reg ⟦kx five one⟧ something",
    "A van, no plates, in 2019.",
    "i was a b two c student in the golf club",
    "He did 19 months, the van was registered to his mum.",
    "We went at 10 AM and had 12 new cases.",
    "Year 9 and Year 10, KS3 and KS4.",
    "the reg is on the system and the car was white",
    "whisky and golf in november, hotel bravo",
)

_LETTER = "[A-HJ-PR-Z]"
# KX19 ZZV: two letters, two digits from 02 to 29 or 51 to 79, three letters; no I, no Q.
_CURRENT = caseless(rf"\b[A-HJ-PR-Y]{{2}}\s?(?:[02][1-9]|[1257][0-9]|6[0-9])[\s-]?{_LETTER}{{3}}\b")
# KX99 QQI: no plate of today, but a speaker who mishears one letter still says whose car it was.
_LOOSE = re.compile(r"\b[A-Z]{2}\d{2}\s?[A-Z]{3}\b")
# B123 XYZ (1983 to 2001) and XYZ 123K (1963 to 1983).
_OLDER = re.compile(
    rf"\b(?:[A-HJ-NPR-TV-Y]\d{{1,3}}[\s-]?{_LETTER}{{3}}|{_LETTER}{{3}}[\s-]?\d{{1,3}}[\s-]?[A-HJ-NPR-TV-Y])\b"
)
# "k x one nine z z v": single letters around two digits, as a person reads a plate out.
_DIGIT = rf"(?:\d|{'|'.join(UNITS)}|oh)"
_AGE = rf"(?:(?:{'|'.join(TENS)})(?:[\s-](?:{'|'.join(UNITS[1:10])}))?|{_DIGIT}(?:\s{_DIGIT})?)"
_SPELT = caseless(rf"\b[a-z]\s[a-z]\s{_AGE}\s[a-z]\s[a-z]\s[a-z]\b")
_NATO = (
    "alpha|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliet|kilo|lima|mike|november|oscar|papa|quebec|romeo|"
    "sierra|tango|uniform|victor|whisky|whiskey|x-?\\s?ray|yankee|zulu"
)
# "kilo x-ray one nine zulu zulu victor": at least two words of the alphabet, a digit, and one more.
_RADIO = caseless(
    rf"\b(?:(?:{_NATO})[\s,-]+){{2,3}}(?:{_DIGIT}[\s,-]+){{1,4}}(?:{_NATO})(?:[\s,-]+(?:{_NATO})){{0,3}}\b",
)
# "k x sixty eight something", "Kilo X-ray five one": the first half, where the talk is of a plate.
_FIRST_HALF = caseless(
    rf"\b(?:[b-hj-z]\s[a-z]|(?<=reg\s|ate\s)[a-z]{{2}}|(?:{_NATO})[\s,-]+(?:{_NATO}))[\s,-]+{_AGE}\b(?![\s-](?:{_AGE}\b|[a-z]\s[a-z]\b))",
)
_OF_A_PLATE = caseless(r"\b(?:reg|registration|plates?|index)\b")
_WRITTEN_HALF = re.compile(r"\b[A-HJ-PR-Y]{2}\s?(?:[02][1-9]|[1257][0-9]|6[0-9])\b(?!\s?[A-Za-z]{3}\b)")
# "partial plate, KX19", "registration ending ZZV".
_PARTIAL = re.compile(
    r"\b(?:partial(?:\s+(?:plate|reg|registration|index))?|(?:plate|reg|registration|index)s?\s+(?:ending|ended|ends|"
    r"beginning|began|begins|starting|started|starts))\W{1,3}(?:(?:in|with|was|is|of)\s)?(?P<part>[A-Z]{2}\d{2}|[A-Z]{3}|\d{2}\s?[A-Z]{3})\b"
)
_CUE = caseless(
    r"\b(?:reg|regs|registration|plate|plates|index|car|van|vehicle|bmw|audi|corsa|golf|cab|taxi|bike|drove|driving)\b",
)

_PARTS = word_set("partial plate plates reg regs registration registrations index indexs")
_NATO_WORDS = word_set(
    "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo "
    "sierra tango uniform victor whisky whiskey xray x yankee zulu"
)
_IN_WORDS = _PARTS | {*UNITS, *TENS, "oh"}

_CURRENT_FORM = "a number plate by its form"
_CUED = "a number plate by its form, in talk of a vehicle"
_READ_OUT = "a number plate read out letter by letter"
_IN_PART = "part of a number plate, said to be one"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("vehicles", find, _IN_WORDS | {DIGIT})


def find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    if has_digit(text):
        yield from _written(text)
    forms = word_forms(text)
    for match in _SPELT.finditer(text):
        yield _claim(match.span(), confidence=0.85, why=_READ_OUT)
    for match in _RADIO.finditer(text) if forms & _NATO_WORDS else ():
        yield _claim(match.span(), confidence=0.85, why=_READ_OUT)
    if forms & _PARTS:
        yield from _in_part(text)


def _in_part(text: str) -> Iterator[Claim]:
    parts = {match.span("part") for match in _PARTIAL.finditer(text)}
    for match in (*_FIRST_HALF.finditer(text), *_WRITTEN_HALF.finditer(text)):
        if _OF_A_PLATE.search(text, max(0, match.start() - 60), match.end() + 60):
            parts.add(match.span())
    for span in sorted(parts):
        yield _claim(span, confidence=0.65, why=_IN_PART)


def _written(text: str) -> Iterator[Claim]:
    for match in _CURRENT.finditer(text):
        if match[0].isupper() or (" " not in match[0].strip() or _is_cued(text, match)):
            yield _claim(match.span(), confidence=0.9, why=_CURRENT_FORM)
    for match in (*_OLDER.finditer(text), *_LOOSE.finditer(text)):
        if _is_cued(text, match):
            yield _claim(match.span(), confidence=0.75, why=_CUED)


def _is_cued(text: str, match: re.Match[str]) -> bool:
    return bool(_CUE.search(text, max(0, match.start() - 80), min(len(text), match.end() + 40)))


def _claim(span: tuple[int, int], *, confidence: float, why: str) -> Claim:
    return Claim(*span, Category.IDENTIFIER, "number_plate", confidence, why)
