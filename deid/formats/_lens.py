"""What every format's `read` and `write` share: a segment and the stretches of the source that hold its text.

Law 1 of the design: `write(s, ())` gives `s` back, and `read(write(s, r))` gives the segments with `r` applied.
`confirm` keeps the second half at run time, so that a replacement which the format cannot hold is an error and never
a damaged file.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from deid.errors import FormatError
from deid.formats._text import Edit
from deid.model import Replacement, Segment

_NO_LETTER = re.compile(r"[\W\d_]+")
# Kinds between which a token can move a line: `[Person 4]: ...` is a label where `Deal, I said: ...` was none.
_TALK = frozenset({"speech", "speaker", "heading", "field"})


@dataclass(frozen=True, slots=True)
class Piece:
    """source[start:end] shows the reader `text`: the same characters, or one escape such as `&amp;`."""

    start: int
    end: int
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Placed:
    """A segment and the pieces of the source whose texts, joined, are its text."""

    segment: Segment
    pieces: tuple[Piece, ...]
    is_escaped: bool = False  # new words need the format's escapes here
    guard: re.Pattern[str] | None = None  # what this speech must not begin with: a space is put before it


def place(
    kind: str, text: str, start: int, *, turn: int = 0, timecode: str = "", guard: re.Pattern[str] | None = None
) -> Placed:
    """A segment that stands in the source in one piece."""
    return Placed(Segment(kind, text, turn, timecode), (Piece(start, start + len(text), text),), guard=guard)


def apply(segments: Sequence[Segment], replacements: Iterable[Replacement]) -> tuple[Segment, ...]:
    """The segments with the replacements made: what a reader of the output must find."""
    wanted = by_segment(segments, replacements)
    return tuple(
        replace(segment, text=splice(segment.text, wanted[index])) if index in wanted else segment
        for index, segment in enumerate(segments)
    )


def by_segment(segments: Sequence[Segment], replacements: Iterable[Replacement]) -> dict[int, list[Edit]]:
    """Edits by the number of their segment, in order. Raises ValueError if two overlap or one leaves its segment."""
    found: dict[int, list[Edit]] = defaultdict(list)
    for item in replacements:
        found[item.span.segment].append((item.span.start, item.span.end, item.text))
    for index, edits in found.items():
        edits.sort()
        if edits[-1][1] > len(segments[index].text) or any(one[1] > two[0] for one, two in pairwise(edits)):
            raise ValueError(f"the replacements of segment {index} overlap or leave it")
    return dict(found)


def splice(text: str, edits: Sequence[Edit]) -> str:
    """`text` with ordered edits made."""
    pieces, done = [], 0
    for start, end, new in edits:
        pieces += [text[done:start], new]
        done = end
    return "".join([*pieces, text[done:]])


def share_out(texts: Sequence[str], edits: Sequence[Edit]) -> dict[int, list[Edit]]:
    """Edits of the joined texts as edits of each one: the first text touched takes the new words, the others only lose.

    Nothing is moved from one text to another, so what lies between them (a bold run's border, a tag) stays.
    """
    found: dict[int, list[Edit]] = defaultdict(list)
    index, offset = 0, 0
    for start, end, new in edits:
        while offset + len(texts[index]) <= start:
            offset += len(texts[index])
            index += 1
        here, base, words = index, offset, new
        while here < len(texts) and base < end:
            size = len(texts[here])
            if size:
                found[here].append((max(start - base, 0), min(end - base, size), words))
                words = ""
            base += size
            here += 1
    return dict(found)


def source_edits(
    placed: Sequence[Placed], replacements: Iterable[Replacement], escape: Callable[[str, str], str] | None = None
) -> list[Edit]:
    """The replacements as edits of the source. An escape is replaced whole, everything else by the character.

    `escape(kind of segment, words)` spells new words as the format wants them in segments that are escaped.
    """
    edits: list[Edit] = []
    for index, wanted in by_segment([item.segment for item in placed], replacements).items():
        item = placed[index]
        if item.guard and wanted[0][0] == 0 and item.guard.match(splice(item.segment.text, wanted)):
            wanted[0] = (0, wanted[0][1], " " + wanted[0][2])
        for number, local in share_out([piece.text for piece in item.pieces], wanted).items():
            piece = item.pieces[number]
            is_escape = piece.end - piece.start != len(piece.text)
            for start, end, new in local:
                outer = (piece.start, piece.end) if is_escape else (piece.start + start, piece.start + end)
                edits.append((*outer, escape(item.segment.kind, new) if escape and item.is_escaped else new))
    return edits


def confirm(found: Sequence[Segment], wanted: Sequence[Segment]) -> None:
    """Raises FormatError unless the output reads as it should.

    A token at the start of a line can look like a speaker label (`[Person 4] said ...`), so where the segments differ
    the letters must still be the same, in the same order, in the talk and in each stretch outside of it.
    """
    if tuple(found) != tuple(wanted) and _letters(found) != _letters(wanted):
        raise FormatError(
            "a replacement would break this file", hint="choose a pseudonym without line breaks or special characters"
        )


def _letters(segments: Iterable[Segment]) -> list[tuple[str, str]]:
    stretches = groupby(segments, key=lambda segment: "talk" if segment.kind in _TALK else segment.kind)
    joined = ((kind, _NO_LETTER.sub("", "".join(one.text for one in group))) for kind, group in stretches)
    return [(kind, letters) for kind, letters in joined if letters]
