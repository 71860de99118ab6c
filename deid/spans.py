"""What has a place in a transcript: by segment, in reading order, and where it stands once words were replaced."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from deid.model import Finding, Replacement, Span


class HasSpan(Protocol):
    @property
    def span(self) -> Span: ...


Placed = TypeVar("Placed", bound=HasSpan)


def by_segment(things: Iterable[Placed]) -> dict[int, list[Placed]]:
    """The things of each segment, in the order in which they come."""
    found: dict[int, list[Placed]] = {}
    for thing in things:
        found.setdefault(thing.span.segment, []).append(thing)
    return found


def reading_order(finding: Finding) -> tuple[object, ...]:
    """By place, and in one place by everything that tells two findings apart, so that no order is left to chance."""
    span = finding.span  # number by number: comparing spans as such costs several times as much
    return (
        span.segment,
        span.start,
        span.end,
        finding.category,
        finding.kind,
        -finding.confidence,
        finding.recogniser,
        finding.why,
    )


class Shift:
    """The places of one transcript before and after its replacements. Half-open spans, code points."""

    def __init__(self, replacements: Iterable[Replacement]) -> None:
        self._edits = by_segment(sorted(replacements, key=lambda one: one.span))
        # Per segment, for each edit: its start in the source, its start in the output, and its output's end.
        self._before = {segment: [edit.span.start for edit in edits] for segment, edits in self._edits.items()}
        self._after = {segment: _output_starts(edits) for segment, edits in self._edits.items()}

    def new_text(self, replacement: Replacement) -> Span | None:
        """Where a replacement's own text stands in the output; None for an empty one."""
        segment = replacement.span.segment
        start = self._after[segment][self._before[segment].index(replacement.span.start)]
        return Span(segment, start, start + len(replacement.text)) if replacement.text else None

    def forward(self, span: Span) -> Span | None:
        """Where a stretch of the source stands in the output; None where it was replaced away.

        An end that lies inside a replaced stretch snaps outwards to the replacement's edge.
        """
        start = self._move(span.segment, span.start, is_end=False)
        end = self._move(span.segment, span.end, is_end=True)
        return Span(span.segment, start, end) if start < end else None

    def back(self, segment: int, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the output stood in the source; inside a replacement it is the whole replaced stretch."""
        return self._unmove(segment, start, is_end=False), self._unmove(segment, end, is_end=True)

    def is_ours(self, segment: int, start: int, end: int) -> bool:
        """Whether a stretch of the output lies wholly inside one replacement's text."""
        edits = self._edits.get(segment, [])
        at = bisect_right(self._after.get(segment, []), start) - 1
        if at < 0:
            return False
        mine = self._after[segment][at]
        return mine <= start and end <= mine + len(edits[at].text)

    def _move(self, segment: int, place: int, *, is_end: bool) -> int:
        edits = self._edits.get(segment, [])
        starts = self._before.get(segment, [])
        at = (bisect_right(starts, place - 1) if is_end else bisect_right(starts, place)) - 1
        if at < 0:
            return place
        edit, new_start = edits[at], self._after[segment][at]
        new_end = new_start + len(edit.text)
        if place >= edit.span.end:
            return new_end + place - edit.span.end
        return new_end if is_end else new_start

    def _unmove(self, segment: int, place: int, *, is_end: bool) -> int:
        edits = self._edits.get(segment, [])
        starts = self._after.get(segment, [])
        at = (bisect_right(starts, place - 1) if is_end else bisect_right(starts, place)) - 1
        if at < 0:
            return place
        edit, new_start = edits[at], starts[at]
        if place >= new_start + len(edit.text):
            return edit.span.end + place - new_start - len(edit.text)
        return edit.span.end if is_end else edit.span.start


def _output_starts(edits: Sequence[Replacement]) -> list[int]:
    starts, shift = [], 0
    for edit in edits:
        starts.append(edit.span.start + shift)
        shift += len(edit.text) - (edit.span.end - edit.span.start)
    return starts
