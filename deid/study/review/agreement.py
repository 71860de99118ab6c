"""Two reviewers who did not see each other's answers: how often they agree, and about what they do not."""

from collections.abc import Sequence
from dataclasses import dataclass

from deid.errors import AskedWrongly
from deid.study.decisions import ACCEPT_RISK, SECOND, Line, in_force

_KEPT = frozenset({"keep", "dismiss", ACCEPT_RISK})
_AS_PROPOSED = frozenset({"replace", "confirm"})


@dataclass(frozen=True, slots=True)
class Disagreement:
    """`doubt` is the fingerprint of the question; both answers are `confirm`, `keep` or `other`."""

    doubt: str
    first: str
    second: str
    is_resolved: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    compared: int
    disagreed: tuple[Disagreement, ...]

    @property
    def percent(self) -> int:
        """Of all that both looked at, how much they answered alike."""
        return round(100 * (self.compared - len(self.disagreed)) / self.compared) if self.compared else 100


def agreement(lines: Sequence[Line]) -> Agreement:
    """What both answered. What the first reviewer answers once more, after the second, resolves a question."""
    first: dict[str, list[tuple[str, int]]] = {}
    second: dict[str, tuple[str, int]] = {}
    for line in in_force(lines):
        for doubt in line.values.get("doubts", "").split():
            if line.verdict == SECOND:
                second[doubt] = (line.values["act"], line.number)
            else:
                first.setdefault(doubt, []).append((_answer(line), line.number))
    both = sorted(first.keys() & second.keys())
    unlike = []
    for doubt in both:
        answer, number = second[doubt]
        is_resolved = len(first[doubt]) > 1 and first[doubt][-1][1] > number
        if first[doubt][0][0] != answer:
            unlike.append(Disagreement(doubt, first[doubt][0][0], answer, is_resolved))
    return Agreement(len(both), tuple(unlike))


def refuse_second(lines: Sequence[Line], reviewer: str) -> None:
    """Raises AskedWrongly where this reviewer has decided here already: nobody checks themselves."""
    answered = (line for line in in_force(lines) if line.values.get("doubts") and line.verdict != SECOND)
    if any(line.reviewer == reviewer for line in answered):
        raise AskedWrongly(
            f"{reviewer} has decided in this study as the first reviewer",
            hint="the second reviewer is another person, with a code of their own, such as R2",
        )


def _answer(line: Line) -> str:
    return "keep" if line.verdict in _KEPT else "confirm" if line.verdict in _AS_PROPOSED else "other"
