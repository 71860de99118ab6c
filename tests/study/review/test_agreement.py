"""Two reviewers: what both answered, what they saw differently, and what has been resolved since."""

from deid.study.decisions import SECOND, UNDO, Line
from deid.study.review.agreement import agreement


def line(number: int, verdict: str, doubts: str = "", act: str = "", undoes: str = "") -> Line:
    values = {name: value for name, value in (("doubts", doubts), ("act", act), ("undoes", undoes)) if value}
    return Line(number, "", "R1", verdict, values=values)


def test_what_both_answered_is_compared() -> None:
    first = [line(1, "replace", "a b"), line(2, "dismiss", "c"), line(3, "merge", "d"), line(4, "replace", "e")]
    second = [line(5, SECOND, "a b", "confirm"), line(6, SECOND, "c", "confirm"), line(7, SECOND, "d", "other")]
    found = agreement([*first, *second])
    assert (found.compared, found.percent) == (4, 75)
    assert [(one.doubt, one.first, one.second, one.is_resolved) for one in found.disagreed] == [
        ("c", "keep", "confirm", False)
    ]


def test_a_later_answer_resolves_without_changing_the_figure() -> None:
    lines = [line(1, "keep", "a"), line(2, SECOND, "a", "confirm"), line(3, "replace", "a")]
    found = agreement(lines)
    assert found.percent == 0 and found.disagreed[0].is_resolved


def test_the_order_of_the_passes_does_not_matter_and_undone_answers_do_not_count() -> None:
    lines = [line(1, SECOND, "a", "keep"), line(2, "replace", "a")]
    assert not agreement(lines).disagreed[0].is_resolved
    assert agreement([*lines, line(3, UNDO, undoes="2")]).compared == 0
