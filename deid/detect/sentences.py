"""Cuts a passage into the rows that Rampart reads best: one sentence, or about forty words of unpunctuated speech."""

import re
from collections.abc import Iterator

# A sentence ends in a full stop or its like, a closing quote or bracket perhaps, and space: "Go. ‘Stay.’ Why?"
# "Mr. Smith" and "J. Smith" are not cut: one capital or a short title before the stop holds the sentence together.
_END = re.compile(r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St))(?<!\bMrs)[.?!…]+[’”'\")\]]*\s+")

LONGEST = 48
_SHARED = 8


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The (start, end) of each row. Rows of a very long sentence share a few words, so that no name is cut in two."""
    start = 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        if text[start:end].strip():
            yield from _windows(text, start, end)
        start = end


def _windows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = [(match.start(), match.end()) for match in re.compile(r"\S+").finditer(text, start, end)]
    first = 0
    while first + LONGEST < len(words):
        yield words[first][0], words[first + LONGEST - 1][1]
        first += LONGEST - _SHARED
    yield words[first][0], words[-1][1]
