"""What the tagger reads and no rule knows: facts of a life, posts, bodies and the rest, each from a cut of its own."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.passage import Claim, ModelSpan, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.tagger import LABEL
from deid.detect.vocabulary import word_set
from deid.detect.words import Word, words_inside, words_of
from deid.detect.written import is_written_prose
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "Her dad ‹TAGGED_TRAIT|⟦kept the ferrets that got out⟧› that summer.",
    "I rang ‹TAGGED_ROLE|the ⟦duty lead up there⟧› and asked.",
    "She went back to ‹TAGGED_AGENCY|⟦wavelength⟧› on the Monday.",
    "It was ‹TAGGED_TRAIT|and the› usual.",
)

# The kind of each category, the lowest chance that is hidden, and what a reviewer is told.
_READ = {
    Category.PERSON: ("name", 0.97, "somebody's name"),
    Category.PLACE: ("area", 0.7, "a place"),
    Category.AGENCY: ("body", 0.5, "a body"),
    Category.CASE: ("reference", 0.8, "a case"),
    Category.ROLE: ("job", 0.5, "one person's post"),
    Category.DATE: ("date", 0.7, "a date"),
    Category.AGE: ("age", 0.65, "one person's age"),
    Category.CONTACT: ("handle", 0.8, "a way to reach somebody"),
    Category.IDENTIFIER: ("number", 0.8, "somebody's number"),
    Category.TRAIT: ("biography", 0.65, "a fact of somebody's life"),
}
# A time of day is no date: "14:00", "10.30".
_CLOCK = re.compile(r"\d{1,2}(?:[:.]\d{2})?(?:\s?[ap]\.?m)?")
_IN_PROSE = 0.98  # it was taught on talk, and judgments read otherwise
_SURE = 0.9  # from here a reviewer need not look
# Words at the ends of a span that tell nothing.
_EDGES = word_set("a an the and or but of in at on with to for his her their my your our its he she they it was is")


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("tagged", find)


def find(passage: Passage) -> Iterator[Claim]:
    if passage.kind != "speech":
        return  # it was taught on talk
    words = words_of(passage.text)
    least = _IN_PROSE if is_written_prose(passage.text) else 0.0
    for span in passage.spans:
        if not span.label.startswith(LABEL):
            continue
        category = Category(span.label.removeprefix(LABEL))
        kind, cut, what = _READ[category]
        told = _told(words, span)
        if told and span.score >= max(cut, least) and not (category is Category.DATE and _is_clock(passage.text, told)):
            confidence = 0.65 if span.score >= _IN_PROSE else 0.6 if span.score >= _SURE else 0.5
            yield Claim(told[0].start, told[-1].end, category, kind, confidence, f"the tagger reads {what}")


def _is_clock(text: str, told: list[Word]) -> bool:
    return _CLOCK.fullmatch(text, told[0].start, told[-1].end) is not None


def _told(words: tuple[Word, ...], span: ModelSpan) -> list[Word]:
    """The words of a span without the little ones at its ends."""
    inside = [words[at] for at in words_inside(words, span.start, span.end)]
    while inside and inside[0].low in _EDGES:
        inside.pop(0)
    while inside and inside[-1].low in _EDGES:
        inside.pop()
    return inside
