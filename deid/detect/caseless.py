"""Regular expressions without regard to case, several times as fast as `re.IGNORECASE`.

`re` compares letter by letter when it ignores case, and skips nothing. So a text in small letters is searched by the
same expression in small letters, where the text has one of the words with which the expression can begin. Where that
finds something, the real expression reads the real text at that place.
"""

import re
from collections.abc import Iterable, Iterator, Set
from functools import cached_property, lru_cache

from deid.detect.openings import openings, places_of

# The letters that re.IGNORECASE takes for i and s, though str.lower leaves them alone or makes two letters of one.
_SMALL = {"İ": "i", "ı": "i", "ſ": "s"}

# A part of an expression: an escape, the name of a group, or a capital letter.
_PART = re.compile(r"\\.|\(\?P<\w+>|\(\?P=\w+\)|[^\W\d_a-z]", re.DOTALL)
_INSIDE_A_WORD = re.compile(r"\w\w")
_OWN_CASE = re.compile(r"\(\?[a-zA-Z]*-?[a-zA-Z]*i")


@lru_cache(maxsize=32)
def small(text: str) -> str:
    """The text in small letters, each in its place."""
    if not text.isascii():
        for letter, plain in _SMALL.items():
            text = text.replace(letter, plain)
    return text.lower()


def caseless(source: str, *, holds: tuple[str, ...] = ()) -> "Caseless":
    """Finds what `re.compile(source, re.IGNORECASE)` finds.

    `holds`: pieces in small letters, of which whatever it finds holds one. A text without any is not searched. Of use
    where the expression can begin with many words; with which ones it can, it tells by itself (deid.detect.openings).
    """
    return Caseless(source, holds)


class Caseless:
    """Holds an expression twice; it is used like a pattern of `re`."""

    def __init__(self, source: str, holds: tuple[str, ...] = ()) -> None:
        if _OWN_CASE.search(source):
            raise ValueError("a part of the expression minds case")
        self.pattern, self.holds = source, holds
        self._fast = re.compile(_PART.sub(lambda part: part[0] if len(part[0]) > 1 else part[0].lower(), source))

    @cached_property
    def _openings(self) -> set[str] | None:
        return openings(self._fast.pattern)

    @cached_property
    def _exact(self) -> re.Pattern[str]:
        return re.compile(self.pattern, re.IGNORECASE)

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        return next(self.finditer(text, start, end), None)

    def match(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        return self._exact.match(text, start, len(text) if end is None else end)

    def fullmatch(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        return self._exact.fullmatch(text, start, len(text) if end is None else end)

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        low = small(text)
        if self.holds and not any(piece in low for piece in self.holds):
            return iter(())
        stop = len(low) if end is None else min(end, len(low))
        is_cut = 0 < stop < len(low) and _INSIDE_A_WORD.match(low, stop - 1)  # what is left of the word is another
        if self._openings is None or is_cut:
            hits = self._fast.finditer(low, start, stop)
        elif here := places_of(low).keys() & self._openings:
            hits = self._hits_at(here, low, start, stop)
        else:
            return iter(())
        return self._exactly(hits, text, stop)

    def _hits_at(self, words: Set[str], low: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """What the expression in small letters finds where one of these words stands."""
        places = places_of(low)
        for place in sorted({place for word in words for place in places[word]}):
            if start <= place < end and (hit := self._fast.match(low, place, end)):
                yield hit
                start = hit.end()

    def _exactly(self, hits: Iterable[re.Match[str]], text: str, end: int) -> Iterator[re.Match[str]]:
        for hit in hits:
            if found := self._exact.match(text, hit.start(), end):
                yield found
