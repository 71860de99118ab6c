"""Where phrases stand in a text: one pass over the folded words, whatever the number of phrases."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

from deid.fold import fold, words

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Phrases(Generic[Value]):
    """Phrases by their folded words. `longest` tells for a first word how many words its longest phrase has."""

    by_words: Mapping[tuple[str, ...], Value] = field(repr=False)
    longest: Mapping[str, int] = field(repr=False)


def index_phrases(phrases: Iterable[tuple[str, Value]]) -> Phrases[Value]:
    """The first of two equal phrases counts; an empty phrase would match everywhere and is left out."""
    by_words: dict[tuple[str, ...], Value] = {}
    longest: dict[str, int] = {}
    for phrase, value in phrases:
        key = tuple(fold(phrase).split())
        if key:
            by_words.setdefault(key, value)
            longest[key[0]] = max(longest.get(key[0], 0), len(key))
    return Phrases(by_words, longest)


@lru_cache(maxsize=20_000)
def folded_words(text: str) -> tuple[tuple[int, int, str], ...]:
    """`fold.words` of a segment; several stages read the same text."""
    return tuple(words(text))


def find_phrases(text: str, phrases: Phrases[Value]) -> Iterator[tuple[int, int, Value]]:
    """Every phrase at every word, the longest of each word only: (start, end, value)."""
    found = folded_words(text)
    for first, (start, _, word) in enumerate(found):
        if word not in phrases.longest:
            continue
        best: tuple[int, int, Value] | None = None
        key: tuple[str, ...] = ()
        for _, end, following in found[first : first + phrases.longest[word]]:
            key += (following,)
            if key in phrases.by_words:
                best = (start, end, phrases.by_words[key])
        if best:
            yield best
