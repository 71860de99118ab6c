"""Reading released talk: sentences, phrases of a list, and the words that stand right before something."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from deid.fold import fold, words

T = TypeVar("T")

# A sentence ends at a full stop, a question or an exclamation mark before a capital, a bracket or a quotation mark.
_END = re.compile(r"(?<=[.?!])[\"”’']?\s+(?=[A-Z\[“‘\"'#<])")


@dataclass(frozen=True, slots=True)
class Phrases(Generic[T]):
    """Phrases by their first folded word, longest first."""

    by_first: Mapping[str, tuple[tuple[tuple[str, ...], T], ...]]


def index(phrases: Iterable[tuple[str, T]]) -> Phrases[T]:
    grouped: dict[str, dict[tuple[str, ...], T]] = {}
    for phrase, value in phrases:
        folded = tuple(fold(phrase).split())
        if folded:
            grouped.setdefault(folded[0], {}).setdefault(folded, value)
    return Phrases({first: tuple(sorted(own.items(), key=lambda one: -len(one[0]))) for first, own in grouped.items()})


def find(text: str, phrases: Phrases[T]) -> Iterator[tuple[int, int, T]]:
    """Each place where a phrase stands: (start, end, its value); the longest at each place, none inside another."""
    tokens = _words(text)
    at = 0
    while at < len(tokens):
        length = 1
        for folded, value in phrases.by_first.get(tokens[at][2], ()):
            if tuple(word for _, _, word in tokens[at : at + len(folded)]) == folded:
                length = len(folded)
                yield tokens[at][0], tokens[at + length - 1][1], value
                break
        at += length


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a text stands."""
    start = 0
    for match in _END.finditer(text):
        yield start, match.start()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def sentence_at(text: str, place: int) -> tuple[int, int]:
    return next(((start, end) for start, end in sentences(text) if start <= place < end), (0, len(text)))


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[tuple[int, int, str], ...]:
    return tuple(words(text))
