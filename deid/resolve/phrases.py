"""Where phrases stand in a text: one pass over the folded words, whatever the number of phrases."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from deid.fold import begins_a_negation, fold, folded_words

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, eq=False)
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


def find_phrases(text: str, phrases: Phrases[Value]) -> Iterator[tuple[int, int, Value]]:
    """Every phrase at every word, the longest of each word only: (start, end, value)."""
    longest, by_words = phrases.longest, phrases.by_words
    found = folded_words(text)
    for first, (start, end, word) in enumerate(found):
        length = longest.get(word)
        if not length:
            continue
        best = (start, end, by_words[word,]) if (word,) in by_words else None
        key: tuple[str, ...] = (word,)
        for _, end, following in found[first + 1 : first + length]:
            key += (following,)
            if key in by_words:
                best = (start, end, by_words[key])
        if best and not begins_a_negation(text, *best[:2]):
            yield best
