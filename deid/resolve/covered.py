"""Stretches of one text that are taken already, asked in logarithmic time."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable


class Covered:
    """Half-open stretches; they may overlap."""

    def __init__(self, stretches: Iterable[tuple[int, int]] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []  # the furthest end of all stretches that begin here or before
        for start, end in sorted(stretches):
            self._starts.append(start)
            self._ends.append(max(end, self._ends[-1]) if self._ends else end)

    def holds(self, start: int, end: int) -> bool:
        """Whether one run of stretches from `start` or before reaches to `end`."""
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and self._ends[at] >= end

    def touches(self, start: int, end: int) -> bool:
        """Whether any stretch overlaps this one."""
        at = bisect_left(self._starts, end) - 1
        return at >= 0 and self._ends[at] > start

    def add(self, start: int, end: int) -> None:
        at = bisect_right(self._starts, start)
        furthest = max(end, self._ends[at - 1]) if at else end
        self._starts.insert(at, start)
        self._ends.insert(at, furthest)
        for later in range(at + 1, len(self._ends)):
            if self._ends[later] >= furthest:
                break
            self._ends[later] = furthest
