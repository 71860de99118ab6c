"""Lines -> turns: what stands above the talk, who speaks, which lines belong together. For txt, md and docx."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from deid.formats._labels import Label, Style, is_field, is_strict_field, is_time, labels_of
from deid.formats._lens import Placed, place

# Above this many characters a line is a paragraph of its own and not a line of a hard-wrapped one.
_WRAPPED = 160
# A first label further down than this is an accident of the text, and nothing stands "above the talk".
_LONGEST_OPENING = 40
# `Date: ...` lines count as the head of a transcript within this many lines, even when one looks like a label.
_LONGEST_HEAD = 12
# A block without a label or an empty line is cut into segments of this many lines, so that none grows without bound.
_MOST_LINES = 100


class Line(NamedTuple):
    """A line of the source. `joins`: it continues the line before. `kind`: what it is known to be, not speech."""

    start: int
    text: str
    joins: bool = False
    kind: str = ""


def split_lines(text: str, start: int = 0) -> list[Line]:
    """The lines of a text. Only `\\n` ends one: a form feed or a Unicode line separator stays in the text."""
    lines = []
    for line in text.split("\n"):
        lines.append(Line(start, line))
        start += len(line) + 1
    return [Line(line.start, line.text, joins=True) for line in lines] if _is_wrapped(lines) else lines


def _is_wrapped(lines: Sequence[Line]) -> bool:
    """Whether lines were broken by hand or by a mail program; one line in twenty may be long."""
    filled = [len(line.text) for line in lines if line.text.strip()]
    return sum(length > _WRAPPED for length in filled) * 20 < len(filled)


def turns(lines: Sequence[Line]) -> Iterator[Placed]:
    """The segments of a transcript's lines, in file order. Speech never crosses an empty line or a label."""
    found, style = labels_of(["" if line.kind else line.text for line in lines])
    labels = [_given(line) if line.kind else one for line, one in zip(lines, found, strict=True)]
    opening = _opening(lines, labels, style)
    for line in lines[:opening]:
        yield from _above(line)
    yield from _talk(lines[opening:], labels[opening:], style)


def _given(line: Line) -> Label | None:
    """A speaker that stands in a table's cell of its own."""
    words = line.text.strip()
    if line.kind != "speaker" or not words:
        return None
    start = line.text.index(words)
    return Label("cell", start, start + len(words), len(line.text))


def _opening(lines: Sequence[Line], labels: Sequence[Label | None], style: Style) -> int:
    """How many lines stand above the talk."""
    first = next((number for number, found in enumerate(labels[: _LONGEST_OPENING + 1]) if found), 0)
    fields = [
        number
        for number, line in enumerate(lines[:_LONGEST_HEAD])
        if not line.kind and is_strict_field(line.text, style)
    ]
    return max(first, fields[-1] + 1 if len(fields) >= 2 else 0)


def _above(line: Line) -> Iterator[Placed]:
    words = line.text.strip()
    if words:
        kind = line.kind or ("field" if is_field(words) else "heading")
        yield place(kind, words, line.start + line.text.index(words))


def _talk(lines: Sequence[Line], labels: Sequence[Label | None], style: Style) -> Iterator[Placed]:
    turn, clock, is_waiting, guard = 0, "", False, None
    speech: list[tuple[int, str]] = []
    for line, found in zip(lines, labels, strict=True):
        is_more = (
            line.joins and not style.has_bare_brackets and 0 < len(speech) < _MOST_LINES and not found and not line.kind
        )
        words = line.text.strip()
        flows = bool(speech) and line.joins and style.has_bare_brackets
        if speech and not (is_more and words and not is_time(words)):
            yield _speech(speech, turn, clock, guard)
            speech = []
        if line.kind and words and not found:
            yield place(line.kind, words, line.start + line.text.index(words))
        elif is_time(words):
            clock = words
        elif found:
            turn, clock = turn + 1, found.timecode or clock
            yield place(
                "speaker", line.text[found.start : found.end], line.start + found.start, turn=turn, timecode=clock
            )
            said = line.text[found.after :].lstrip()
            is_waiting = not said
            guard = None
            if said:
                speech = [(line.start + len(line.text) - len(said), said)]
        elif words:
            guard = guard if speech else style.guard
            if not speech and not is_waiting and not flows:
                turn += 1
            speech.append(
                (line.start + (0 if speech else line.text.index(words)), line.text if speech else line.text.lstrip())
            )
            is_waiting = False
    if speech:
        yield _speech(speech, turn, clock, guard)


def _speech(lines: Sequence[tuple[int, str]], turn: int, clock: str, guard: re.Pattern[str] | None) -> Placed:
    text = "\n".join(line for _, line in lines).rstrip()
    return place("speech", text, lines[0][0], turn=turn, timecode=clock, guard=guard)
