"""Where a stretch of the source stands once replacements are in the text, and the way back."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from deid.model import Replacement, Span


class Shift:
    """The places of one transcript before and after its replacements. Half-open spans, code points."""

    def __init__(self, replacements: Iterable[Replacement]) -> None:
        self._edits: dict[int, list[Replacement]] = {}
        for replacement in sorted(replacements, key=lambda one: one.span):
            self._edits.setdefault(replacement.span.segment, []).append(replacement)
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
