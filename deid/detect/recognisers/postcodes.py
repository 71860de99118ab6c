"""Postcodes: whole ones anywhere, outward halves of the region or after a cue, and ones spelt out letter by letter."""

import re
from collections.abc import Callable, Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.triggers import DIGIT
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "The address was ⟦ME14 9ZZ⟧ on the form.",
    "It's in ⟦ME7⟧ and he's moved to ⟦CT9⟧.",
    "postcode ⟦ct10 9zy⟧ she said",
    "the postcode was ⟦m e seven nine z z⟧",
    "he's in ⟦me four⟧ and she's in ⟦me ten⟧ and it was in me to go",
    "the postcode is ⟦t n twenty three 9 z y⟧",
    "Postcode's ⟦SE18⟧, so it's London really.",
    "We looked at the ⟦DA11⟧ area first.",
    "⟦CT1 9ZZ⟧",
    "Me? 9 times out of 10, and me 15 years ago.",
    "He's in B12 for his vitamins and I had ten of them.",
    "I got it for me 4 kids and then some.",
    "Section 47 and the SE corner.",
    "it was her and me nine times out of ten",
)

_DIGITS = "one|two|three|four|five|six|seven|eight|nine|zero|oh"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty"
_CUE = caseless(r"\b(?:post\s?codes?(?:'s)?|zip|address)\W+(?:\w+\W+){0,5}$")

# A whole postcode, "ME14 9ZZ" or "ct109zy": area, district, sector digit, two letters that are never C I K M O V.
_WHOLE = caseless(r"\b[A-Z]{1,2}\d[A-Z\d]?\s{0,2}\d[ABD-HJLNP-UW-Z]{2}\b")
# The first half alone, "ME7", in capitals as it is written.
_OUTWARD = re.compile(r"\b([A-Z]{1,2})(\d{1,2}[A-Z]?)\b")
# Spelt out, "m e seven nine z z": letters apart, digits as words or figures.
_SPELT = caseless(rf"\b([a-z](?:\s[a-z])?)\s(?:(?:{_DIGITS}|{_TEENS}|\d{{1,2}})\s){{1,4}}[a-z]\s?[a-z]\b")
# "he's in me four": the first half as a word, which nobody is in otherwise.
_SAID_HALF = caseless(
    rf"\bin\s(?P<half>(?P<area>[a-z]{{2}})\s(?:{_DIGITS}|{_TEENS}|\d{{1,2}}))(?=[.,;]|$|\s(?:and|but|so|area|postcode|now)\b)"
)

_IS_WHOLE = "a whole postcode"
_IS_OUTWARD = "the first half of a postcode of the region or after a cue"
_IS_SPELT = "a postcode spelt out"
_TRIGGERS = frozenset((DIGIT, *_DIGITS.split("|"), *_TEENS.split("|")))


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("postcodes", finder(region), _TRIGGERS)


def finder(region: Region) -> Callable[[Passage], Iterator[Claim]]:
    """The recogniser's find function; the region's postcode districts need no cue."""
    districts = frozenset(place.name.upper() for place in region.places if place.type == "postcode_district")
    areas = frozenset(re.sub(r"\d.*", "", district) for district in districts)

    def find(passage: Passage) -> Iterator[Claim]:
        text = passage.text
        whole = [match for match in _WHOLE.finditer(text) if _is_whole(text, match, areas)]
        for match in whole:
            yield _claim(match, "postcode", confidence=0.95, why=_IS_WHOLE)
        for match in _OUTWARD.finditer(text):
            is_half = not any(match.start() == other.start() for other in whole)
            if is_half and (match[0] in districts or _is_cued(text, match)):
                yield _claim(match, "postcode_district", confidence=0.65, why=_IS_OUTWARD)
        for match in _SPELT.finditer(text):
            if match[1].replace(" ", "").upper() in areas or _is_cued(text, match):
                yield _claim(match, "postcode", confidence=0.8, why=_IS_SPELT)
        for match in _SAID_HALF.finditer(text):
            if match["area"].upper() in areas and (passage.is_lower or match["area"].isupper()):
                yield Claim(*match.span("half"), Category.PLACE, "postcode_district", 0.6, _IS_OUTWARD)

    return find


def _is_whole(text: str, match: re.Match[str], areas: frozenset[str]) -> bool:
    """In small letters, the area must be the region's or a cue must stand before it."""
    area = re.sub(r"\d.*", "", match[0]).upper()
    return match[0].isupper() or area in areas or _is_cued(text, match)


def _is_cued(text: str, match: re.Match[str]) -> bool:
    return bool(_CUE.search(text, max(0, match.start() - 60), match.start()))


def _claim(match: re.Match[str], kind: str, *, confidence: float, why: str) -> Claim:
    return Claim(match.start(), match.end(), Category.PLACE, kind, confidence, why)
