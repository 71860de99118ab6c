"""Facts by the shape of what is said: an expression, the words that wake it, and how far what it finds goes."""

import re
from collections.abc import Iterator, Set
from typing import NamedTuple

from deid.detect.caseless import Caseless
from deid.detect.noun_phrases import phrase_end
from deid.detect.words import word_forms


class Shape(NamedTuple):
    """`pattern` has a group `what`, and is searched for only where a text has one of `woken_by`."""

    woken_by: Set[str]
    pattern: Caseless | re.Pattern[str]
    kind: str
    why: str


def read_shapes(
    text: str, whole: tuple[Shape, ...], to_the_end: tuple[Shape, ...]
) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, kind, why): of `whole` the group alone, of `to_the_end` on to the end of the phrase behind it."""
    forms = word_forms(text)
    for woken_by, pattern, kind, why in whole:
        for match in pattern.finditer(text) if forms & woken_by else ():
            yield *match.span("what"), kind, why
    for woken_by, pattern, kind, why in to_the_end:
        for match in pattern.finditer(text) if forms & woken_by else ():
            if end := phrase_end(text, match.end()):
                yield match.start("what"), end, kind, why
