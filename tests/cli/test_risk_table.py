"""The table of `deid risk`: nothing is cut off, and the plan says what, where and what it is worth."""

from deid.cli.risk_table import plan_lines, table_lines
from deid.risk.assess import assess
from deid.risk.matrix import matrix
from deid.risk.released import Released
from tests.risk.constructed import region, released, talk, with_planted


def test_the_table_shows_every_value_whole() -> None:
    values = matrix(assess(with_planted(), region(), {"named nurse": 14}))
    shown = " ".join(" ".join(table_lines(values)).split())
    for words in ("named nurse", "town in East", "27 years", "unique on", "one value", "1 in 14"):
        assert words in shown


def test_without_an_estimate_a_stranger_counts_bodies() -> None:
    text = released(talk("P01-1", "I joined [Police force 2]."), talk("P02-1", "Yes."))
    assert "in 1 body" in "\n".join(table_lines(matrix(assess(text, region(), {}))))


def test_the_plan_is_told_with_its_places_and_its_worth() -> None:
    shown = "\n".join(plan_lines(matrix(assess(with_planted(), region(), {}))))
    assert "named nurse" in shown and "P01-1 turn 2" in shown
    assert "by the roster (by chance: 1); with all of that" in shown


def test_an_empty_study_has_an_empty_table() -> None:
    values = matrix(assess(Released("archive", ()), region(), {}))
    assert len(list(table_lines(values))) == 1
    assert list(plan_lines(values)) == []
