"""What the models' spans say of each word: the chance that it belongs to a person's name."""

from bisect import bisect_right
from collections.abc import Iterator

from deid.detect.name_lists import NameLists
from deid.detect.names import has_case, is_suffix, is_wordlike
from deid.detect.passage import ModelSpan, Passage
from deid.detect.person_words import (
    NOT_PEOPLE,
    PARTICLES,
    PERSON_VERBS,
    RANKS,
    RELATIONS,
    TITLES,
    WORD_TITLES,
)
from deid.detect.vocabulary import STOP
from deid.detect.words import Word, joins, opens_sentence

_PERSON_LABELS = frozenset(("PERSON", "GIVEN_NAME", "SURNAME"))
_BEFORE_A_NAME = TITLES | WORD_TITLES | RANKS

# Chance that a span is a person's name, by model; Rampart's own figure counts beside it. Chosen on the open examples
# of tests/gold: with these, what two models agree on is sure and what one says faintly is listed for review.
_TRUST = {"spacy": 0.65, "spacy-recased": 0.45, "rampart": 0.85, "example": 0.9}


def votes(passage: Passage, words: tuple[Word, ...], lists: NameLists) -> dict[int, float]:
    """The chance of each word that may belong to a name, all models together."""
    found: dict[int, float] = {}
    for span in passage.spans:
        if span.label not in _PERSON_LABELS:
            continue
        for at in _inside(words, span):
            if _may_be_a_name(passage, words, at, span, lists):
                chance = _TRUST.get(span.model, 0.5) * (span.score if span.model == "rampart" else 1.0)
                found[at] = 1 - (1 - found.get(at, 0.0)) * (1 - chance)
    return found


def _inside(words: tuple[Word, ...], span: ModelSpan) -> Iterator[int]:
    at = bisect_right(words, span.start, key=lambda word: word.end)
    while at < len(words) and words[at].start < span.end:
        yield at
        at += 1


def _may_be_a_name(passage: Passage, words: tuple[Word, ...], at: int, span: ModelSpan, lists: NameLists) -> bool:
    word = words[at]
    if not is_wordlike(word.low) or word.low in NOT_PEOPLE or is_suffix(passage.text, words, at):
        return False
    if passage.text[word.end : word.end + 1] == "_":  # "SPEAKER_01"
        return False
    if word.low in _BEFORE_A_NAME and at + 1 < len(words) and words[at + 1].start <= span.end:
        return False
    if word.low in RELATIONS and (not word.is_capital or word.is_acronym):
        return False
    if has_case(passage):
        return _is_written_like_a_name(passage.text, words, at, lists)
    if word.low in lists.given or lists.is_unknown(word.low):
        return True
    return _follows_a_first_name(passage.text, words, at, span, lists)


def _is_written_like_a_name(text: str, words: tuple[Word, ...], at: int, lists: NameLists) -> bool:
    word = words[at]
    if not word.is_capital:
        return word.low not in STOP and word.low not in PARTICLES and not lists.is_english(word.low)
    if word.is_acronym and (len(word.low) < 4 or (len(word.low) < 6 and word.low not in lists.given)):
        return False
    if word.low in STOP:
        return word.low in lists.given and not opens_sentence(text, word.start)
    return not _only_greets(text, words, at, lists)


def _only_greets(text: str, words: tuple[Word, ...], at: int, lists: NameLists) -> bool:
    """Whether this is an everyday word in front of the name: "Morning Tess"."""
    if at + 1 == len(words) or not words[at + 1].is_capital or not joins(text, words[at], words[at + 1]):
        return False
    low = words[at].low
    return opens_sentence(text, words[at].start) and lists.is_everyday(low) and low not in lists.given


def _follows_a_first_name(text: str, words: tuple[Word, ...], at: int, span: ModelSpan, lists: NameLists) -> bool:
    """Whether a surname that is a word too stands behind a name that is none: "zora bright", not "zora found"."""
    low = words[at].low
    if low not in lists.surnames or low in PERSON_VERBS or low in RELATIONS:
        return False
    if not at or words[at - 1].start < span.start or not joins(text, words[at - 1], words[at]):
        return False
    return words[at - 1].low in lists.given or lists.is_unknown(words[at - 1].low)
