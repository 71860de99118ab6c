"""Findings of what is left as cards of the queue: one a finding, decided once, open again when it says more."""

from pathlib import Path

import pytest

from deid.errors import AskedWrongly
from deid.study.folder import Study
from deid.study.review.cards import LIST, ORDER, RISK, Card
from deid.study.review.reviewing import Reviewing
from deid.study.risk.risk import ACCEPTED, REASONS
from deid.study.roster import import_roster
from tests.invented import again, fake_detector, new_study, run_on
from tests.study.review.test_reviewing import do
from tests.study.risk.test_risk import FIRST, ROSTER, SECOND

DETECTOR = fake_detector()
MORE = """
INT: Go on.

P01: I was the only one in the county who did it then. You could find it in five minutes if you googled it.
"""


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = new_study(tmp_path / "study")
    import_roster(made, ROSTER)
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "first.txt").write_text(FIRST + MORE, encoding="utf-8")
    (sources / "second.txt").write_text(SECOND, encoding="utf-8")
    run_on(made, sources)
    return made


@pytest.fixture
def review(study: Study) -> Reviewing:
    made = Reviewing(study, DETECTOR, tier="team")
    made.assess()
    return made


def risks(review: Reviewing) -> list[Card]:
    return [card for card in review.cards() if card.kind == RISK]


def test_alike_findings_are_one_card_each_with_its_passage(review: Reviewing) -> None:
    assessed = review.assess()
    cards = risks(review)
    assert sorted(one.id for card in cards for one in card.left) == sorted(one.id for one in assessed.findings)
    assert len(assessed.findings) > len(cards) >= 3
    assert len({(card.about, card.whose) for card in cards}) == len({card.id for card in cards}) == len(cards)
    turns = {one.id: one.risk.turn for one in assessed.findings}
    for card in cards:
        for one in card.left:
            assert one.reason.endswith(".") and one.suggestion and one.kind
            assert {card.look.place(*at).turn for at in one.at} == {turns[one.id]}
        assert {place.turn for place in card.places} == {turns[one.id] for one in card.left}
    kinds = [card.kind for card in review.cards()]
    assert kinds == sorted(kinds, key=ORDER.index) and LIST not in kinds[: kinds.index(RISK)]


def test_some_of_a_card_are_accepted_and_the_others_stay_open(review: Reviewing) -> None:
    card = next(one for one in risks(review) if len(one.left) > 1)
    first, *others = card.left
    do(review, "accept", doubts=(first.id,), reason=REASONS[0])
    (now,) = [one for one in risks(review) if one.id == card.id]
    assert not now.answered and [one.id for one in now.left if one.is_open] == [one.id for one in others]
    assert len(now.why) == len(others)
    do(review, "accept", doubts=tuple(one.id for one in others), reason=REASONS[3])
    (now,) = [one for one in risks(review) if one.id == card.id]
    assert now.answered and len(now.why) == len(card.left)
    review.undo("R1", review.revision)
    (now,) = [one for one in risks(review) if one.id == card.id]
    assert not now.answered


def test_an_acceptance_is_remembered_logged_and_taken_back(review: Reviewing, study: Study) -> None:
    card = next(one for one in risks(review) if len(one.left) > 1)
    do(review, "accept", doubts=card.doubts, reason=REASONS[2])
    assert [one.id for one in risks(review) if one.answered] == [card.id]
    assert {one.id for one in review.assess().findings if one.state == ACCEPTED} == {one.id for one in card.left}
    events = [event for event in study.log.events() if event.action == "risk_accepted"]
    assert len(events) == len(card.left)
    assert all(one.detail and one.detail["reason"] == REASONS[2] and one.actor == "R1" for one in events)
    counts = [event.detail for event in study.log.events() if event.action == "risk_assessed"][-1]
    assert counts is not None
    accepted = sum(n for name, n in counts["counts"].items() if name.endswith("accepted"))  # type: ignore[attr-defined]
    assert accepted == len(card.left)
    afresh = Reviewing(again(study.folder), DETECTOR, tier="team")
    afresh.assess()
    assert [one.id for one in risks(afresh) if one.answered] == [card.id]
    review.undo("R1", review.revision)
    assert not [one for one in risks(review) if one.answered]


def test_only_a_finding_is_accepted_and_only_for_a_listed_reason(review: Reviewing) -> None:
    with pytest.raises(AskedWrongly, match="not found any more"):
        do(review, "accept", doubts=("0" * 16,), reason=REASONS[0])
    with pytest.raises(AskedWrongly, match="reason"):
        do(review, "accept", doubts=risks(review)[0].doubts, reason="because Barnabas said so")
    assert not review.lines()


def test_a_removed_passage_ends_its_finding(review: Reviewing) -> None:
    one = next(one for card in risks(review) for one in card.left if one.kind == "public_case")
    do(review, "remove", places=one.at, reason="to protect a child")
    review.assess()
    assert one.id not in {one.id for card in risks(review) for one in card.left}
