"""Finds names that are known already, and asks the neighbours where such a name is a word or a place as well."""

from collections.abc import Callable, Iterator

from deid.detect.known_names import KnownNames
from deid.detect.name_lists import NameLists
from deid.detect.names import has_case, is_suffix
from deid.detect.neighbours import person_context
from deid.detect.passage import Cast, Claim, Passage
from deid.detect.person_words import RANKS, RELATIONS, TITLES, WORD_TITLES
from deid.detect.vocabulary import DETERMINERS, MONTHS
from deid.detect.words import Word, after, before, indexes_of, joins, opens_sentence, words_of
from deid.model import Category

_STANDS_FOR_PEOPLE = WORD_TITLES | RANKS | RELATIONS
_DETERMINED = frozenset((word,) for word in DETERMINERS)
_TO_A_MONTH = frozenset((word,) for word in ("next", "last", "this", "since", "until", "till", "early", "late", "mid"))
# Kinds of segment in which words stand alone.
_NO_PROSE = frozenset(("file_name", "property", "link", "bookmark", "field", "alt_text", "author"))


def claims_of(passage: Passage, names: KnownNames, lists: NameLists, why: str) -> Iterator[Claim]:
    if not names.by_first:
        return
    words = words_of(passage.text)
    done = 0
    for at in indexes_of(passage.text, names.firsts):
        if at < done:
            continue
        stop, kind = names.longest(words, at, lambda near: joins(passage.text, words[near - 1], words[near]))
        confidence = _confidence(passage, words, at, stop, kind, lists) if stop > at else 0.0
        if confidence:
            yield Claim(words[at].start, words[stop - 1].end, Category.PERSON, kind, confidence, why)
        done = max(stop, at + 1)


def remember(make: Callable[[Cast], KnownNames]) -> Callable[[Cast], KnownNames]:
    """Keeps the last cast's names: a run has one cast, and hashing it for each passage costs too much."""
    last: list[tuple[Cast, KnownNames]] = []

    def names_of(cast: Cast) -> KnownNames:
        if not last or last[0][0] is not cast:
            last[:] = [(cast, make(cast))]
        return last[0][1]

    return names_of


def _confidence(passage: Passage, words: tuple[Word, ...], first: int, stop: int, kind: str, lists: NameLists) -> float:
    word = words[first]
    if is_suffix(passage.text, words, first):
        return 0.0
    if stop > first + 1:
        is_plain = has_case(passage) and all(lists.is_english(near.low) for near in words[first:stop])
        return 0.98 if not is_plain or words[first].is_capital else 0.0
    if passage.kind in _NO_PROSE and not is_suffix(passage.text, words, first):
        return 0.7  # no sentence stands around it that could tell a name from a word
    if kind == "initials":
        # "DC Bell", but not "DC to ring".
        is_rank = word.low in RANKS | TITLES and stop < len(words) and words[stop].is_capital
        return 0.8 if word.is_acronym and not passage.is_upper and not is_rank else 0.0
    context = person_context(passage, words, first, stop)
    if word.low in lists.places:
        return _shared_with_a_place(passage, word, context)
    if not lists.is_english(word.low):
        return 0.95
    if not lists.is_everyday(word.low) and (word.is_capital or not has_case(passage)):
        return 0.85 if context else 0.6
    if word.low in _STANDS_FOR_PEOPLE or before(passage.text, words, first, 1)[:1] in _DETERMINED:
        return 0.0  # "the judge said": the word, though somebody is called Judge
    if not has_case(passage):
        if before(passage.text, words, first, 1) == ("to",) and context == 1:
            return 0.0  # "to ring", "to hope": a verb
        return {2: 0.75, 1: 0.5}.get(context) or (0.45 if _is_brought_in(passage.text, words, first, stop) else 0.0)
    return _written_like_a_word(passage, words, first, context)


def _shared_with_a_place(passage: Passage, word: Word, context: int) -> float:
    if has_case(passage) and not word.is_capital:
        return 0.0
    return {2: 0.85, 1: 0.6, 0: 0.45, -1: 0.3}[context]


def _written_like_a_word(passage: Passage, words: tuple[Word, ...], first: int, context: int) -> float:
    word = words[first]
    if not word.is_capital:
        return 0.0
    if opens_sentence(passage.text, word.start):
        return {2: 0.85, 1: 0.6}.get(context, 0.0)
    if word.low in MONTHS and context < 2 and before(passage.text, words, first, 1)[:1] in _TO_A_MONTH:
        return 0.0  # "I retire next May", though somebody is called May
    return 0.35 if context < 0 else 0.92


def _is_brought_in(text: str, words: tuple[Word, ...], first: int, stop: int) -> bool:
    """Whether somebody is fetched from somewhere: "we had hope from the police" (and not "there's hope from ...")."""
    lead, follow = before(text, words, first, 1), after(text, words, stop, 1)
    return follow[:1] in (("from",), ("at",)) and lead[:1] in (("had",), ("have",), ("got",), ("with",), ("and",))
