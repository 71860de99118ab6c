"""Labels with nothing behind them: "[0:13] db yeah i am", "DB Yeah, I am".

No line shows them; the whole transcript does: two to six words open nearly every line, in turns. Talk does not do that,
nor do notes.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple


class _Shape(NamedTuple):
    """What a transcript must be like for such words to open its lines as labels."""

    head: re.Pattern[str]
    fewest_lines: int
    most_speakers: int
    covered: float  # of the lines
    alternating: float  # of the pairs of lines that follow each other


# s 2   speaker 1; DB   P02; Dumisani; D.B. Any word may be a name ("called", "visit" open the lines of notes), so more
# is asked of a transcript with names.
_SHAPES = (
    _Shape(re.compile(r"[^\W\d_]{1,12} \d{1,2}(?=\s+\S)"), 8, 6, 0.9, 0.6),
    _Shape(re.compile(r"[^\W\d_]{1,3}\d{0,2}(?=\s+\S)"), 8, 6, 0.9, 0.6),
    _Shape(re.compile(r"[^\W\d_][\w’'-]{2,20}(?=\s+\S)"), 20, 3, 0.97, 0.8),
    _Shape(re.compile(r"(?:[A-Z]\.){2,3}(?=\s+\S)"), 8, 12, 0.9, 0.6),
)
_UTTERED = frozenset("mm hm mhm um uh er erm ah eh ok right sure well just also then yep nope".split())
# Q and A, I and R: letters that are words too are labels beside one that is none.
_LETTERS = frozenset("ai")
_LONGEST_HEAD = 12  # lines that may stand above the talk
_SELDOMEST = 20  # who speaks opens at least one line in so many


def bare_label(said: Sequence[str], never: frozenset[str]) -> re.Pattern[str] | None:
    """What opens the lines of this transcript and names who speaks; None as a rule.

    said: each line without its time. never: words that open sentences and name nobody, in small letters.
    """
    for shape in _SHAPES:
        if labels := _of_shape(shape, said, never | _UTTERED):
            words = "|".join(map(re.escape, sorted(labels, key=len, reverse=True)))
            return re.compile(rf"(?:{words})(?=\s+\S)", re.IGNORECASE)
    return None


def _of_shape(shape: _Shape, said: Sequence[str], never: frozenset[str]) -> frozenset[str]:
    heads = [found[0].casefold() if (found := shape.head.match(line)) else "" for line in said]
    counts = Counter(heads)
    labels = frozenset(head for head, count in counts.items() if head and count * _SELDOMEST >= len(said) and count > 1)
    first = next((number for number, head in enumerate(heads) if head in labels), 0)
    talk = heads[first:]
    changes = sum(one != other for one, other in pairwise(talk))
    is_talk = (
        len(talk) >= shape.fewest_lines
        and first <= _LONGEST_HEAD
        and 2 <= len(labels) <= shape.most_speakers
        and not labels & (never - _LETTERS)
        and not labels <= _LETTERS
        and sum(head in labels for head in talk) >= shape.covered * len(talk)
        and changes >= shape.alternating * (len(talk) - 1)
    )
    return labels if is_talk else frozenset()
