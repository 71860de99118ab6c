"""The plan carried out in review, on two invented people: the intruder knows everybody before, nobody after."""

from pathlib import Path

import pytest

from deid.model import KnownPerson
from deid.risk.intruder import right
from deid.study.cards import RISK
from deid.study.reviewing import Reviewing
from deid.study.roster import import_roster
from tests.invented import fake_detector, new_study, run_on
from tests.study.test_reviewing import do, find

SOURCES = {
    "first.txt": """\
Participant: Wilhelmina Oddington
Agency: Kent Police
Where: Maidstone

INT: Could you say who you are?

P01: I work for Kent Police, and I've been doing this work for twenty-seven years.
""",
    "second.txt": """\
Participant: Leopold Brackwater
Agency: Medway Council

INT: And who are you?

P02: I joined Medway Council, and I like it there.
""",
}
ROSTER = (
    KnownPerson("P01", "Wilhelmina Oddington", agency="Kent Police", base="Maidstone", tenure="27 years"),
    KnownPerson("P02", "Leopold Brackwater", agency="Medway Council", base="Chatham"),
)


@pytest.fixture
def review(tmp_path: Path) -> Reviewing:
    study = new_study(tmp_path / "study")
    import_roster(study, ROSTER)
    sources = tmp_path / "sources"
    sources.mkdir()
    for name, text in SOURCES.items():
        (sources / name).write_text(text, encoding="utf-8")
    run_on(study, sources)
    made = Reviewing(study, fake_detector(), tier="archive")
    made.assess()
    return made


def test_the_heading_is_read_and_named_as_a_place(review: Reviewing) -> None:
    places = {(step.who, step.item[0]): step.places for step in review.assess().assessment.plan.steps}
    assert places["P01", "agency"] == (("P01-1", 2), ("P01-1", 0))
    assert places["P01", "place"] == (("P01-1", 0),)
    assert places["P02", "agency"] == (("P02-1", 2), ("P02-1", 0))


def test_a_card_about_the_heading_shows_it(review: Reviewing) -> None:
    do(review, "describe", places=tuple(find(review, "I work for Kent Police, and")), words="I work here, and")
    do(review, "describe", places=tuple(find(review, "twenty-seven years")), words="some years")
    review.assess()
    (card,) = [one for one in review.cards() if one.kind == RISK and one.about == "combination" and _of(one) == "P01-1"]
    assert "the heading of P01-1" in card.why[0]
    assert {place.turn for place in card.places} == {0}


def test_the_plan_carried_out_leaves_the_intruder_with_lots(review: Reviewing) -> None:
    before = review.assess().assessment
    assert right(before.guesses)[0] == 2.0
    assert right(before.plan.afterwards)[0] <= 1.0
    for words, instead in (
        ("Kent Police", "a body"), ("Medway Council", "a body"), ("Maidstone", "a place"),
        ("twenty-seven years", "some years"),
    ):  # fmt: skip
        do(review, "describe", places=tuple(find(review, words)[:1]), words=instead)
    after = review.assess().assessment
    assert right(after.guesses)[0] <= 1.0
    assert after.plan.steps == ()
    assert not any(risk.kind in ("combination", "colleague") for risk in after.risks)


def _of(card: object) -> str:
    at = getattr(card, "at", ())
    return at[0][0] if at else ""
