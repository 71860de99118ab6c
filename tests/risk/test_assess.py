"""The whole of `risk` on two constructed studies: what was planted is found where it is, and a safe study is quiet."""

from dataclasses import replace

import pytest

from deid.risk.assess import KINDS, PLAIN, Assessment, assess
from deid.risk.matrix import matrix
from deid.risk.released import ATTRIBUTES, Released
from tests.risk.constructed import PLANTED, made_safe, region, released, talk, with_planted

POPULATION = {"named nurse": 14, "social worker": 900}


@pytest.fixture(scope="module")
def planted() -> Assessment:
    return assess(with_planted(), region(), POPULATION)


@pytest.mark.parametrize("name", PLANTED)
def test_what_was_planted_is_found_at_its_place(planted: Assessment, name: str) -> None:
    kind, code, turn = PLANTED[name]
    here = [risk for risk in planted.risks if (risk.kind, risk.code, risk.turn) == (kind, code, turn)]
    assert here, [(risk.kind, risk.code, risk.turn) for risk in planted.risks]
    assert all(risk.reason.endswith(".") and risk.suggestion for risk in here)


def test_nothing_else_is_planted_and_nothing_else_is_found(planted: Assessment) -> None:
    """Every finding is one of the planted ones: a table full of noise is read by nobody."""
    places = set(PLANTED.values())
    surplus = [(risk.kind, risk.code, risk.turn) for risk in planted.risks]
    assert len([place for place in surplus if place not in places]) <= 2, set(surplus) - places


def test_a_study_made_safe_raises_two_findings_at_most() -> None:
    found = assess(made_safe(), region(), POPULATION)
    assert len(found.risks) <= 2, [risk.reason for risk in found.risks]


def test_the_suggestion_is_what_ends_it(planted: Assessment) -> None:
    nurse = next(risk for risk in planted.risks if risk.code == "P01-1" and risk.kind == "combination")
    assert "role (named nurse)" in nurse.reason
    assert "14 people fit" in nurse.reason and "7%" in nurse.reason
    assert "role" in nurse.suggestion


def test_the_most_telling_come_first(planted: Assessment) -> None:
    kinds = [KINDS.index(risk.kind) for risk in planted.risks]
    assert kinds == sorted(kinds)


def test_the_matrix_has_every_participant_and_attribute(planted: Assessment) -> None:
    values = matrix(planted)
    rows = values["rows"]
    assert isinstance(rows, dict)
    assert list(rows) == [f"P0{number}" for number in range(1, 9)]
    assert all(tuple(row) == ATTRIBUTES for row in rows.values())
    assert rows["P02"]["place"] == ["town in East Kent"]
    assert rows["P05"]["age"] == ["58"]
    assert PLAIN in values["notes"]  # type: ignore[operator]


def test_both_views_stand_beside_each_other(planted: Assessment) -> None:
    views = matrix(planted)["views"]
    assert isinstance(views, dict)
    assert views["P01"]["colleague"] == ["P01"]
    assert views["P01"]["stranger"] == 14
    assert views["P08"]["stranger"] is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (released(talk("P01-1", "I'm the named nurse.")), "one participant"),
        (replace(with_planted(), roster=()), "roster tells no posts"),
    ],
)
def test_what_is_lacking_is_said(text: Released, words: str) -> None:
    assert any(words in note for note in assess(text, region(), {}).notes)


def test_a_stranger_counts_bodies_of_a_kind() -> None:
    text = released(talk("P01-1", "I work for [Youth justice service 4]."), talk("P02-1", "I joined [Police force 2]."))
    found = assess(text, region(), {})
    assert found.bodies == {"P01": 2, "P02": 1}


def test_of_one_participant_nothing_is_called_unique() -> None:
    found = assess(released(talk("P01-1", "I work for the council, and I'm based in Dover.")), region(), {})
    assert found.uniques == () and found.plan.steps == ()
    assert not any(risk.kind == "combination" for risk in found.risks)


def test_an_estimate_of_one_is_said_in_good_english() -> None:
    found = assess(with_planted(), region(), {"named nurse": 1})
    assert any(
        "you estimate that one person fits, so a guess is right 100% of the time" in r.reason for r in found.risks
    )


def test_no_public_facts_are_said_and_survived() -> None:
    bare = replace(region(), public_facts={})
    assert any("no public facts" in note for note in assess(with_planted(), bare, {}).notes)


def test_an_empty_study_is_assessed() -> None:
    found = assess(Released("archive", ()), region(), {})
    assert found.risks == ()
    assert matrix(found)["rows"] == {}


def test_no_repr_holds_what_was_said(planted: Assessment) -> None:
    assert "named nurse" not in repr(planted) and "Welsh" not in repr(with_planted())
