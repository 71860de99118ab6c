"""Police operations by name: "Operation Saltmarsh", "Op Saltmarsh". Those that must stay are on the keep list."""

from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import PLAIN, STOP, WEEKDAYS, word_set
from deid.detect.words import Word, indexes_of, joins, words_of
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "That became ⟦Operation Saltmarsh⟧ in the end.",
    "⟦Op Saltmarsh⟧ and ⟦Op Blue Heron⟧ overlapped.",
    "A big word; ⟦Operation Quill⟧'s files were thin.",
    "it was part of ⟦operation saltmarsh⟧ wasn't it",
    "we ran ⟦op saltmarsh⟧ out of the back office",
    "{heading} ⟦Operation Saltmarsh⟧ debrief",
    "The operation was a success. Operation went well.",
    "The operation was called ⟦Saltmarsh⟧, and the operation was called off.",
    "the operation name was ⟦saltmarsh⟧ and they'd got six, an operation called off",
    "She had an operation to remove it, an operation on her knee.",
    "it was a joint operation with the other force",
    "the whole operation took months and every operation since has too",
    "The Operations Manager said the co-op was shut.",
    "it became an operation and then operation by operation we learned",
)

# Behind "operation" in talk about operating at all.
_NO_NAME = word_set(
    "room rooms theatre manager managers team teams centre lead name names plan plans order orders manual support "
    "hours cost costs went began ended finished closed started ran takes took needs commander management base"
)

# "the operation was called Saltmarsh", "the operation's name was saltmarsh".
_CALLED = caseless(
    r"\boperation(?:['’]s)?\s(?:(?:it|that|was|is|they|we)\s){0,2}(?:called|named|name\s(?:was|is))\s(?:it\s)?"
    r"(?P<name>[a-z]{4,})\b"
)
_NAMED = "a name behind the word operation"
_TRIGGERS = frozenset({"operation", "op"})


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("operations", find, _TRIGGERS)


def find(passage: Passage) -> Iterator[Claim]:
    words = words_of(passage.text)
    for at in indexes_of(passage.text, _TRIGGERS):
        stop = _name_end(passage, words, at + 1)
        if stop > at + 1:
            confidence = 0.65 if passage.is_lower else 0.9
            yield Claim(words[at].start, words[stop - 1].end, Category.CASE, "operation_name", confidence, _NAMED)

    for match in _CALLED.finditer(passage.text):
        low = match["name"].lower()
        is_name = match["name"][0].isupper() or (passage.is_lower and low not in PLAIN)
        if is_name and low not in STOP | _NO_NAME:
            yield Claim(*match.span("name"), Category.CASE, "operation_name", 0.55, _NAMED)


def _name_end(passage: Passage, words: tuple[Word, ...], first: int) -> int:
    """The word behind the name: one word, or in capitals two."""
    stop = first
    longest = first + (1 if passage.is_lower or passage.is_upper else 2)
    while stop < min(longest, len(words)) and joins(passage.text, words[stop - 1], words[stop]):
        word = words[stop]
        if word.low in STOP or word.low in _NO_NAME or word.low in WEEKDAYS or len(word.low) < 3:
            break
        if passage.is_lower and (word.low in PLAIN or not word.low.isalpha()):
            break
        if not passage.is_lower and not word.is_capital:
            break
        stop += 1
    return stop
