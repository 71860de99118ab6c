"""Whose acts are taken back, what a second reviewer can change, and what a withdrawal leaves to take back."""

from pathlib import Path

import pytest

from deid.errors import AskedWrongly
from deid.study.decisions import read_lines
from deid.study.folder import Study
from deid.study.review.asked import Asked
from deid.study.review.reviewing import Reviewing
from deid.study.vault.withdrawal import withdraw_participant
from deid.vault.codec import encode
from tests.invented import again
from tests.study.review.test_reviewing import DETECTOR, do, entity, find, open_cards, study_of_three, text


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return study_of_three(tmp_path)


def test_a_second_reviewer_takes_back_their_own_answers_and_nobody_elses(study: Study) -> None:
    first = Reviewing(study, DETECTOR)
    do(first, "add", places=(find(first, "Zephyrine")[0],), category="PERSON")
    second = Reviewing(again(study.folder), DETECTOR, second=True)
    assert second.undo("R2", second.revision) == "", "what the first one did is not theirs to take back"
    assert "Zephyrine" not in text(second)
    card = next(card for card in open_cards(second) if card.kind != "list")
    second.act(Asked("second", "R2", reason="keep", doubts=card.doubts), second.revision)
    assert second.undo("R2", second.revision) == "second" and second.undo("R2", second.revision) == ""
    assert second.redo("R2", second.revision) == "second"
    with pytest.raises(AskedWrongly, match="changes nothing"):
        second.sign_off("P03-1", "R2")


def test_the_first_reviewer_does_not_take_back_the_second_ones_answers(study: Study) -> None:
    first = Reviewing(study, DETECTOR)
    do(first, "add", places=(find(first, "Zephyrine")[0],), category="PERSON")
    second = Reviewing(again(study.folder), DETECTOR, second=True)
    second.act(Asked("second", "R2", reason="keep", doubts=open_cards(second)[0].doubts), second.revision)
    later = Reviewing(again(study.folder), DETECTOR)
    assert later.undo("R1", later.revision) == "add"
    assert sum(line.verdict == "second" for line in read_lines(later.study)) == 1
    assert later.undo("R1", later.revision) == ""


def test_a_review_of_somebody_who_withdrew_meanwhile_saves_nothing_of_them(study: Study) -> None:
    review = Reviewing(study, DETECTOR)
    assert review.cards() and not review.is_stale
    withdraw_participant(again(study.folder, "terminal"), "P02")
    after = encode(again(study.folder).contents)
    place = find(review, "Zephyrine")[0]
    with pytest.raises(AskedWrongly, match="left the study"):
        do(review, "add", places=(place,), category="PERSON")
    assert review.is_stale and encode(again(study.folder).contents) == after


@pytest.mark.parametrize("turned", ["undo", "redo"])
def test_nothing_of_before_a_withdrawal_is_taken_back_or_done_again(study: Study, turned: str) -> None:
    review = Reviewing(study, DETECTOR)
    who = entity(review, "Barnabas Quillfeather")
    at = [place for place in review.look.mentions_of(who) if place[0] == "P03-1"]
    do(review, "split", entity=who, places=tuple(at))
    if turned == "redo":
        assert review.undo("R1", review.revision) == "split"
    withdraw_participant(study, "P03")
    before = encode(study.contents)
    later = Reviewing(again(study.folder), DETECTOR)
    assert getattr(later, turned)("R1", later.revision) == ""
    assert encode(later.study.contents) == before and "P03-1" not in later.study.contents.bindings


def test_a_name_is_added_as_somebody_of_its_own_category_or_not_at_all(study: Study) -> None:
    review = Reviewing(study, DETECTOR)
    known = entity(review, "Barnabas Quillfeather")
    for other in (known, "nobody"):
        with pytest.raises(AskedWrongly):
            do(review, "add", places=(find(review, "Zephyrine")[0],), category="PLACE", other=other)
    assert "Zephyrine" in text(review) and not read_lines(study)
