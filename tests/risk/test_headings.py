"""What a heading tells of its participant, in lines and in a table's cells."""

from dataclasses import replace

import pytest

from deid.risk.headings import headings_of
from deid.risk.released import Released, Talk
from tests.risk.constructed import region, released, talk, turn


def _headed(*lines: str, participants: tuple[str, ...] = ("P01",)) -> Released:
    plain = talk("P01-1", "I like it here.")
    heading = tuple(turn(0, "", line) for line in lines)
    return released(Talk(plain.code, participants, (*heading, *plain.turns)))


@pytest.mark.parametrize(
    ("lines", "facts"),
    [
        (("Agency: [Council 12], [Town 4, East Kent]",), {("agency", "council"), ("place", "town in East Kent")}),
        (("Agency", "[Police team 31]"), {("agency", "police team")}),
        (("Job title: Named nurse",), {("role", "named nurse")}),
        (("Where: Dover",), {("place", "Dover")}),
        (("Interviewer: [Interviewer 3], [University 4]",), set()),
        (("Agency: [Council 12]", "Interviewer: [University 4]"), {("agency", "council")}),
        (("Held at [Hospital 7, East Kent].",), set()),
    ],
)
def test_a_heading_tells(lines: tuple[str, ...], facts: set[tuple[str, str]]) -> None:
    found = headings_of(_headed(*lines), region())
    assert {(fact.attribute, fact.value) for fact in found} == facts
    assert all(fact.who == "P01" and fact.turn == 0 for fact in found)


def test_a_heading_of_two_participants_is_nobodys() -> None:
    assert headings_of(_headed("Agency: [Council 12]", participants=("P01", "P02")), region()) == ()


def test_what_stands_behind_the_name_of_a_field_is_read_only_in_the_heading() -> None:
    text = replace(_headed(), talks=(talk("P01-1", "Agency: [Council 12], that is what the form says."),))
    assert headings_of(text, region()) == ()
