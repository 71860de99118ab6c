"""Names that the name lists know: weak evidence, so they need a capital inside a sentence, or company."""

from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.name_lists import NameLists, name_lists
from deid.detect.names import has_case, in_a_listed_phrase, is_suffix, looks_like_a_place_or_body, runs
from deid.detect.neighbours import labels_at, person_context
from deid.detect.passage import Claim, Passage
from deid.detect.person_words import MODALS
from deid.detect.phrases import lexicon
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import MONTHS
from deid.detect.words import Word, opens_sentence, words_of
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "It took ⟦Gary Whitcombe⟧ a year.",
    "That was ⟦Gary⟧.",
    "i think it was ⟦gary whitcombe⟧ that year",
    "We went down Gary Street and past Sharon House.",
    "It was a long year.",
    "We were shut from March to April, and in May and June it was busy.",
    "Then it was between April and June that ⟦June⟧ rang.",
    "The Missing Team, the Front Door and Early Help.",
)

# "April was busy", "Summer is the worst": said of the time far more often than of a child.
_TIMES = frozenset((*MONTHS, "summer", "autumn", "will"))


def build(settings: Settings, region: Region) -> EntityRecognizer:
    lists, lines = name_lists(region), lexicon(region)

    def find(passage: Passage) -> Iterator[Claim]:
        words = words_of(passage.text)
        for first, stop in runs(passage, lists):
            if looks_like_a_place_or_body(passage.text, words, stop):
                continue
            several = stop > first + 1
            confidence = (_several if several else _single)(passage, words, first, stop, lists)
            if confidence and in_a_listed_phrase(passage.text, words, first, stop, lines):
                confidence = 0.35 if several else 0.0
            if confidence:
                start, end = words[first].start, words[stop - 1].end
                yield Claim(start, end, Category.PERSON, "name", confidence, "a listed name, written like one")

    return as_recogniser("names_by_list", find)


def _several(passage: Passage, words: tuple[Word, ...], first: int, stop: int, lists: NameLists) -> float:
    opening, last = words[first].low, words[stop - 1].low
    context = person_context(passage, words, first, stop)
    if not has_case(passage) and all(lists.is_english(word.low) for word in words[first:stop]):
        return 0.45 if context == 2 and opening in lists.given and opening not in MODALS else 0.0
    is_place = context < 0
    starts_well = opening in lists.given
    ends_well = last in lists.surnames or lists.is_unknown(last)
    if starts_well and ends_well:
        return 0.6 if is_place else 0.85
    if starts_well and not lists.is_english(opening):
        return 0.4 if is_place else 0.7
    if starts_well and has_case(passage):
        return 0.3 if is_place else 0.5
    if lists.is_unknown(opening) and last in lists.surnames and not is_place:
        return 0.6 if has_case(passage) or not lists.is_english(last) else 0.4
    if lists.is_unknown(opening) and lists.is_unknown(last) and not is_place and has_case(passage):
        return 0.5
    return 0.0


def _single(passage: Passage, words: tuple[Word, ...], first: int, stop: int, lists: NameLists) -> float:
    word = words[first]
    if word.is_acronym and has_case(passage):
        return 0.0  # "the LADO": models read the few names that are typed in capitals
    context = person_context(passage, words, first, stop)
    is_opening = opens_sentence(passage.text, word.start)
    is_english = lists.is_english(word.low)
    if word.low in lists.given and not is_english:
        return _given(passage, context, is_place=word.low in lists.places)
    if not has_case(passage) or context < 0 or (word.low not in lists.given and _means_else(passage, word)):
        return 0.0
    if is_opening:
        is_time = word.low in _TIMES and not is_suffix(passage.text, words, stop)
        return 0.42 if word.low in lists.given and context and not is_time else 0.0
    if word.low in lists.given:
        return 0.6 if context else 0.5
    if word.low in lists.surnames and not is_english:
        return 0.45 if context else 0.35
    return 0.4 if lists.is_unknown(word.low) and context == 1 else 0.0


def _means_else(passage: Passage, word: Word) -> bool:
    """Whether a model takes the word for a nation or a town, which no list of names contradicts."""
    return not labels_at(passage, word).isdisjoint(("NORP", "GPE", "LANGUAGE"))


def _given(passage: Passage, context: int, *, is_place: bool) -> float:
    if context < 0 or (is_place and not context):
        return 0.3
    if not has_case(passage):
        return 0.6
    return 0.75 if context else 0.65
