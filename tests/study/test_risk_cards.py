"""Findings of what is left as cards of the queue: one a finding, decided once, open again when it says more."""

from pathlib import Path

import pytest

from deid.errors import AskedWrongly
from deid.study.cards import LIST, ORDER, RISK, Card
from deid.study.folder import Study
from deid.study.reviewing import Reviewing
from deid.study.risk import ACCEPTED, REASONS
from tests.invented import again, fake_detector
from tests.study.test_reviewing import do
from tests.study.test_risk import study

DETECTOR = fake_detector()
__all__ = ["study"]


@pytest.fixture
def review(study: Study) -> Reviewing:
    made = Reviewing(study, DETECTOR, tier="team")
    made.assess()
    return made


def risks(review: Reviewing) -> list[Card]:
    return [card for card in review.cards() if card.kind == RISK]


def test_every_finding_is_one_card_with_its_passage(review: Reviewing) -> None:
    assessed = review.assess()
    cards = risks(review)
    assert {f"risk-{one.id}" for one in assessed.findings} == {card.id for card in cards}
    assert len(cards) == len(assessed.findings) >= 3
    for card in cards:
        assert card.why[0].endswith(".") and card.hint and card.about
        assert {place.turn for place in card.places} == {
            one.risk.turn for one in assessed.findings if f"risk-{one.id}" == card.id
        }
    kinds = [card.kind for card in review.cards()]
    assert kinds == sorted(kinds, key=ORDER.index) and LIST not in kinds[: kinds.index(RISK)]


def test_an_acceptance_is_remembered_logged_and_taken_back(review: Reviewing, study: Study) -> None:
    card = risks(review)[0]
    do(review, "accept", doubts=card.doubts, reason=REASONS[2])
    assert [one.id for one in risks(review) if one.answered] == [card.id]
    states = {f"risk-{one.id}": one.state for one in review.assess().findings}
    assert [id for id, state in states.items() if state == ACCEPTED] == [card.id]
    (event,) = [event for event in study.log.events() if event.action == "risk_accepted"]
    assert event.detail is not None and event.detail["reason"] == REASONS[2] and event.actor == "R1"
    counts = [event.detail for event in study.log.events() if event.action == "risk_assessed"][-1]
    assert counts is not None and sum(n for name, n in counts["counts"].items() if name.endswith("accepted")) == 1  # type: ignore[attr-defined]
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


def test_a_removed_passage_ends_its_finding(review: Reviewing, tmp_path: Path) -> None:
    card = next(one for one in risks(review) if one.about == "public_case")
    do(review, "remove", places=card.at, reason="to protect a child")
    review.assess()
    assert card.id not in {one.id for one in risks(review)}
