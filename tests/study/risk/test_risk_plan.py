"""The plan carried out in review, on two invented people: the intruder knows everybody before, nobody after."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from deid.errors import AskedWrongly
from deid.model import KnownPerson
from deid.resolve.decide import HERE
from deid.risk.intruder import right
from deid.study.review.cards import RISK, Card
from deid.study.review.reviewing import Reviewing
from deid.study.review.risk_cards import PERSON
from deid.study.roster import import_roster
from tests.invented import fake_detector, new_study, run_on
from tests.study.review.test_reviewing import do, find

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
    return review_of(tmp_path, SOURCES)


def review_of(tmp_path: Path, texts: Mapping[str, str], *, foresees: bool = False) -> Reviewing:
    study = new_study(tmp_path / "study")
    import_roster(study, ROSTER)
    sources = tmp_path / "sources"
    sources.mkdir()
    for name, text in texts.items():
        (sources / name).write_text(text, encoding="utf-8")
    run_on(study, sources)
    made = Reviewing(study, fake_detector(), tier="archive", foresees=foresees)
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
    (card,) = [one for one in review.cards() if one.kind == RISK and one.about == PERSON and one.whose == "P01"]
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


def text(review: Reviewing, code: str) -> str:
    return review.rendered.gated[code].output.decode()


def mend(review: Reviewing, card: Card) -> None:
    do(review, "mend", steps=tuple(one.id for one in card.mends if one.places))


def people(review: Reviewing) -> list[Card]:
    return [one for one in review.cards() if one.kind == RISK and one.about == PERSON and not one.answered]


def test_the_plan_is_carried_out_from_the_cards_in_one_act_each(review: Reviewing) -> None:
    cards = people(review)
    assert [card.whose for card in cards] == ["P01", "P02"]
    for card in cards:
        assert all(one.who == card.whose and one.words and one.places for one in card.mends)
        mend(review, card)
    assert "Agency: [A body]" in text(review, "P01-1") or "Agency: [a body]" in text(review, "P01-1")
    assert "for [a body], and I've been doing this work for [some years]" in text(review, "P01-1")
    assert "I joined [a body]" in text(review, "P02-1")
    after = review.assess().assessment
    assert right(after.guesses)[0] <= 1.0 and after.plan.steps == ()
    assert not people(review)


def test_a_step_is_bound_to_its_places_and_comes_again_where_their_words_change(tmp_path: Path) -> None:
    sources = {**SOURCES, "second.txt": f"{SOURCES['second.txt']}\nP02: Kent Police rang me twice.\n"}
    made = review_of(tmp_path, sources)
    elsewhere = "rang me twice"
    before = next(line for line in text(made, "P02-1").splitlines() if elsewhere in line)
    mend(made, people(made)[0])
    assert "[a body]" in text(made, "P01-1")
    assert before in text(made, "P02-1"), "the same words of somebody else stay as they were"
    (tmp_path / "sources" / "first.txt").write_text(
        SOURCES["first.txt"].replace("I work for Kent Police, and", "You know I am with Kent Police there, and"),
        encoding="utf-8",
    )
    run_on(made.study, tmp_path / "sources")
    edited = Reviewing(made.study, fake_detector(), tier="archive")
    assert "work for [some years]" in text(edited, "P01-1"), "what stands as it stood is not asked again"
    assert "I am with [Police" in text(edited, "P01-1"), "what changed is"


def test_a_plan_carried_out_is_one_undo_and_each_place_is_a_logged_decision(review: Reviewing) -> None:
    before = {code: text(review, code) for code in review.readings}
    card = people(review)[0]
    mend(review, card)
    lines = [line for line in review.lines() if line.verdict == HERE]
    assert len(lines) == sum(len(one.places) for one in card.mends)
    assert {line.reviewer for line in lines} == {"R1"} and {line.code for line in lines} == {"P01-1"}
    logged = [one for one in review.study.log.events() if (one.detail or {}).get("verdict") == HERE]
    assert len(logged) == len(lines)
    assert review.undo("R1", review.revision) == HERE
    assert {code: text(review, code) for code in review.readings} == before
    assert review.redo("R1", review.revision) == HERE
    assert "[a body]" in text(review, "P01-1")


def test_some_steps_may_be_left_out_and_none_is_refused(review: Reviewing) -> None:
    card = people(review)[0]
    tenure = next(one for one in card.mends if one.attribute == "tenure")
    do(review, "mend", steps=(tenure.id,))
    assert "[some years]" in text(review, "P01-1") and "[a body]" not in text(review, "P01-1")
    with pytest.raises(AskedWrongly, match="choose"):
        do(review, "mend", steps=("P01 agency nothing",))
