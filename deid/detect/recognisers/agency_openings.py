"""Bodies whose telling word comes first: "HMP Northfield", "University of Pelham", "St Anselm's"."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import STOP, word_set
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "He's in ⟦HMP Northfield⟧ now, he was in ⟦HMYOI Pelham Down⟧ before.",
    "he's in ⟦hmp northfield⟧ on remand",
    "She's at the ⟦University of Pelham⟧.",
    "⟦London Borough of Pelham⟧ placed him here.",
    "She went to ⟦St Anselm's⟧ until year nine.",
    "They live in ⟦St. Alphege's⟧, by the church.",
    "he goes to ⟦st anselm's⟧ over the road",
    "I ran ⟦All Saints ABC⟧ since the old ⟦Holy Trinity⟧ closed.",
    "All saints, he said, and holy trinity of problems. All Souls of the dead.",
    "The ⟦Diocese of Pelham⟧ had its own process.",
    "a lad from ⟦saint anselm's⟧ said so",
    "There's a bank of phones, a house of cards and a borough of people.",
    "On St Patrick's Day and St George's Day we close.",
    "she's at university and he's in prison",
    "Saint or sinner, he said. The first of many.",
)

# "HMP Northfield", "HMYOI Pelham Down": one or two words in capitals.
_PRISON = re.compile(r"\b(?:HMP(?:\s?/\s?YOI| and YOI)?|HMYOI|YOI|STC)\s[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?")
_LOWER_PRISON = re.compile(r"\b(?:hmp|hmyoi)\s(?P<name>[a-z]{3,})")
# "University of Pelham", "London Borough of Pelham", "Diocese of Pelham".
_OF = re.compile(
    r"\b(?P<kind>(?:London |Royal )?(?:University|Diocese|Archdiocese|Borough|College|Parish|Bishop|Mayor))\sof\s"
    r"(?:the\s)?[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?"
)
# "St Anselm's", "St. Alphege's", "Saint Anselm".
_SAINT = re.compile(r"\b(?:St|Saint)\.?\s[A-Z][\w-]+(?:['’]s?)?")
_LOWER_SAINT = re.compile(r"\b(?:st|saint)\.?\s(?P<name>[a-z]{4,})(?:['’]s)?\b")
# "All Saints ABC", "the old Holy Trinity": a dedication, with what it is of.
_DEDICATION = re.compile(
    r"\b(?:All\s(?:Saints|Souls)|Holy\s(?:Trinity|Cross|Family|Name|Rood)|Our\sLady|Sacred\sHeart|Corpus\sChristi)"
    r"(?:['’]s?)?(?:\s(?!(?:Day|Eve|Road|Street|Lane|Avenue|Close)\b)[A-Z]\w+){0,2}(?!\s(?:of|Day|Eve|Road|Street|Lane|Avenue)\b)"
)
_DAY = re.compile(r"\s(?:Day|Eve|day|eve|flag|cross|Cross)\b")
_LIVES_THERE = caseless(r"\b(?:in|near|round|around|to|from)\s(?:the\s)?$")

_WHY = "a name behind a word for a body"
_SAINTS = "a name of a saint, as schools, churches and parishes bear it"
_TRIGGERS = word_set(
    "hmp hmyoi yoi stc london royal university diocese archdiocese borough college parish bishop mayor st saint "
    "saints souls holy lady sacred corpus"
)


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("agency_openings", find, _TRIGGERS)


def find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    for match in _PRISON.finditer(text):
        yield Claim(match.start(), match.end(), Category.AGENCY, "prison", 0.9, _WHY)
    for match in _OF.finditer(text):
        kind = "university" if "University" in match["kind"] else "body"
        yield Claim(match.start(), match.end(), Category.AGENCY, kind, 0.8, _WHY)
    for match in _DEDICATION.finditer(text):
        yield Claim(match.start(), match.end(), Category.AGENCY, "place_of_worship", 0.6, _SAINTS)
    for match in _SAINT.finditer(text):
        if not _DAY.match(text, match.end()):
            yield _saint(text, match, confidence=0.7)
    if passage.is_lower:
        for match in _LOWER_PRISON.finditer(text):
            if match["name"] not in STOP:
                yield Claim(match.start(), match.end(), Category.AGENCY, "prison", 0.7, _WHY)
        for match in _LOWER_SAINT.finditer(text):
            if match["name"] not in STOP and not _DAY.match(text, match.end()):
                yield _saint(text, match, confidence=0.55)


def _saint(text: str, match: re.Match[str], *, confidence: float) -> Claim:
    lives_there = _LIVES_THERE.search(text, max(0, match.start() - 12), match.start())
    category = Category.PLACE if lives_there else Category.AGENCY
    return Claim(match.start(), match.end(), category, "parish" if lives_there else "school", confidence, _SAINTS)
