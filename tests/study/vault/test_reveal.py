"""A reveal is on record before anything is shown, with a reason that names nobody."""

import csv
import sys
from pathlib import Path

import pytest

from deid.errors import AskedWrongly
from deid.study.folder import Study
from deid.study.review.asked import Asked
from deid.study.review.reviewing import Reviewing
from deid.study.roster import import_roster
from deid.study.vault.reveal import became, reveal, reveal_all
from deid.study.vault.withdrawal import withdraw_participant
from deid.study.verification import verify_study
from tests.invented import PUBLIC_PLACES, fake_detector, new_study, public_place, run_on, two_sources
from tests.study.vault.test_withdrawal import ROSTER, token_of


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder = tmp_path_factory.mktemp("reveal")
    made = new_study(folder / "study")
    import_roster(made, ROSTER)
    run_on(made, two_sources(folder / "sources"))
    return made


def last(study: Study, action: str) -> dict[str, object]:
    return [dict(event.detail or {}) for event in study.log.events() if event.action == action][-1]


@pytest.mark.parametrize("dressed", ["[{}]", "{}", " [{}] "])
def test_a_token_is_revealed_and_on_record(study: Study, dressed: str) -> None:
    token = token_of(study, "Barnabas Quillfeather")
    found = reveal(study, dressed.format(token), "safeguarding", "R1")
    assert [forms for forms in found if "Barnabas Quillfeather" in forms]
    said = last(study, "reveal_intent")
    assert said["token"] == token and str(said["reason"]).startswith("safeguarding") and said["count"] == 1
    assert verify_study(study.folder).ok


def test_a_token_that_the_study_does_not_hold_is_refused_and_leaves_no_trace(study: Study) -> None:
    events = study.log.head
    with pytest.raises(AskedWrongly, match="no such token"):
        reveal(study, "[Person 1000000]", "legal")
    assert study.log.head == events


@pytest.mark.parametrize(
    "reason", ["", "x", "to ring Barnabas Quillfeather", "call 07700 900123", "what about mrs oddington"]
)
def test_a_reason_that_says_nothing_or_too_much_is_refused(study: Study, reason: str) -> None:
    with pytest.raises(AskedWrongly) as refused:
        reveal(study, token_of(study, "Barnabas Quillfeather"), reason)
    assert "Quillfeather" not in str(refused.value) + refused.value.hint


def test_the_whole_key_goes_into_a_private_file_outside(study: Study, tmp_path: Path) -> None:
    target = tmp_path / "key.csv"
    count = reveal_all(study, target, "the board asked for the key", {})
    rows = list(csv.DictReader(target.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == count == len(study.contents.entries) == last(study, "reveal_intent")["count"]
    assert any("Barnabas Quillfeather" in row["forms"] for row in rows)
    if sys.platform != "win32":
        assert target.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("place", PUBLIC_PLACES)
def test_the_whole_key_goes_nowhere_it_could_be_given_away(study: Study, tmp_path: Path, place: str) -> None:
    target = public_place(place, study, tmp_path, "key.csv")
    events = study.log.head
    with pytest.raises(AskedWrongly):
        reveal_all(study, target, "audit", {})
    assert study.log.head == events and not (target.parent / "key.csv").exists()


def test_nobody_is_revealed_who_withdrew(tmp_path: Path) -> None:
    study = new_study(tmp_path / "study")
    import_roster(study, ROSTER)
    run_on(study, two_sources(tmp_path / "sources"))
    token = token_of(study, "Wilhelmina Oddington")
    withdraw_participant(study, "P01")
    with pytest.raises(AskedWrongly, match="withdrawn"):
        reveal(study, token, "legal")


def test_a_token_that_was_merged_away_leads_to_what_it_is_now(tmp_path: Path) -> None:
    study = new_study(tmp_path / "study")
    run_on(study, two_sources(tmp_path / "sources"))
    review = Reviewing(study, fake_detector())
    kept, gone = (
        next(one for one in study.contents.entries if form in one.entity.forms)
        for form in ("Barnabas Quillfeather", "Wilhelmina Oddington")
    )
    kept_token, gone_token = kept.tokens["archive"], gone.tokens["archive"]
    review.act(Asked("merge", "R1", entity=kept.entity.id, other=gone.entity.id), review.revision)
    assert became(study, gone_token) == (kept_token,) or became(study, kept_token) == (gone_token,)
    merged_away = gone_token if became(study, gone_token) else kept_token
    (forms,) = reveal(study, f"[{merged_away}]", "correction")
    assert {"Barnabas Quillfeather", "Wilhelmina Oddington"} <= set(forms)
    Reviewing(study, fake_detector()).undo("R1", 0)
    assert became(study, merged_away) == ()
