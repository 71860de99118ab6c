"""Work behind the page: whoever waits for an answer goes first, and nobody is shown what was read for somebody else."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deid.detect.engine import Detector
from deid.errors import AskedWrongly
from deid.review import forms, screens
from deid.review.desk import Desk
from deid.study.review.reviewing import Reviewing
from deid.study.vault import withdrawal
from tests.invented import again, clock, fake_detector, new_study, random_bytes, two_sources
from tests.study.review.test_reviewing import do, entity, read


def test_the_pipeline_stands_still_while_a_request_is_in_hand(tmp_path: Path) -> None:
    study = new_study(tmp_path / "study")
    read(study, two_sources(tmp_path / "sources"))
    desk = Desk(
        folder=study.folder, environment={}, random=random_bytes("desk"), clock=clock, monotonic=time.monotonic,
        study=study,
    )  # fmt: skip
    desk.review = review = Reviewing(study, fake_detector(), foresees=True, wait=desk._give_way)
    review.cards()
    do(review, "part", entity=entity(review, "Barnabas Quillfeather"), part="child")
    desk.settling = threading.Thread(target=review.settle, daemon=True)
    with desk.answering():
        desk.settling.start()
        desk.settling.join(0.3)
        assert not review.is_settled, "it waits"
        assert review.rendered, "and the request itself does not"
    desk.settling.join(60)
    assert review.is_settled and not desk.in_hand


def desk_of(tmp_path: Path, may_read: threading.Event) -> Desk:
    """A desk whose reading waits until it may."""

    @contextmanager
    def detector(_: object) -> Iterator[Detector]:
        assert may_read.wait(60)
        yield fake_detector()

    study = new_study(tmp_path / "study")
    read(study, two_sources(tmp_path / "sources"))
    return Desk(
        folder=study.folder, environment={}, random=random_bytes("desk"), clock=clock, monotonic=time.monotonic,
        study=study, detector=detector,
    )  # fmt: skip


def over(desk: Desk) -> None:
    job = desk.job
    while job is not None and not job.is_over:
        time.sleep(0.01)
    assert job is None or not job.error, job.error


def prepared(tmp_path: Path, *, second: bool = False, reviewer: str = "") -> Desk:
    """A desk whose review is ready."""
    may_read = threading.Event()
    may_read.set()
    desk = desk_of(tmp_path, may_read)
    desk.second, desk.reviewer = second, reviewer or desk.reviewer
    desk.prepare()
    over(desk)
    return desk


def test_a_study_that_is_locked_while_it_is_read_stays_locked(tmp_path: Path) -> None:
    may_read = threading.Event()
    desk = desk_of(tmp_path, may_read)
    desk.prepare()
    job = desk.job
    desk.forget()
    may_read.set()
    while job is not None and not job.is_over:
        time.sleep(0.01)
    assert desk.study is None and desk.review is None, "whoever opens it next may be the second reviewer"


def test_a_page_of_an_earlier_reading_is_refused(tmp_path: Path) -> None:
    desk = prepared(tmp_path)
    assert desk.review is not None
    was = desk.review.revision
    desk.review = None  # a file was read again, a consent changed, somebody else has opened the study
    desk.prepare()
    over(desk)
    with pytest.raises(AskedWrongly, match="another window"):
        forms.CALLS["/act"](desk, {"act": "note", "words": "read twice", "revision": was})


@pytest.mark.parametrize(
    "path", ["/withdraw", "/consent", "/roster", "/run", "/sign-off", "/make-release", "/custodian"]
)
def test_nothing_is_changed_while_the_study_is_read_or_by_a_second_reviewer(tmp_path: Path, path: str) -> None:
    may_read = threading.Event()
    desk = desk_of(tmp_path, may_read)
    log = (desk.folder / "audit.jsonl").read_bytes()
    values = {"code": "P01", "again": "P01", "consent": "none", "sure": "yes", "tier": "archive", "custodian": "us"}
    values["path"] = str(tmp_path)
    desk.prepare()
    with pytest.raises(AskedWrongly, match="under way"):
        forms.FORMS[path](desk, values)
    may_read.set()
    over(desk)
    desk.second = True
    with pytest.raises(AskedWrongly, match="second reviewer"):
        forms.FORMS[path](desk, values)
    assert (desk.folder / "audit.jsonl").read_bytes() == log


def test_a_withdrawal_on_the_terminal_reaches_an_open_page(tmp_path: Path) -> None:
    desk = prepared(tmp_path)
    withdrawal.withdraw_participant(again(desk.folder, "terminal"), "P02")
    with pytest.raises(AskedWrongly):
        forms.CALLS["/act"](desk, {"act": "note", "words": "read twice", "revision": 0})
    with pytest.raises(AskedWrongly, match="read anew"):
        forms.CALLS["/originals"](desk, {"places": []})
    assert desk.review is None


def test_the_second_reviewer_is_told_nothing_of_the_first_ones_answers(tmp_path: Path) -> None:
    desk = prepared(tmp_path, second=True, reviewer="R2")
    shown = screens.screen(desk, "", screens.SCREENS["/second"], {}, fragment=True).html
    assert "once you are through" in shown and "agree on" not in shown


def test_a_withdrawal_that_was_broken_off_is_shown_and_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_of(tmp_path, threading.Event())
    draft = desk.folder / "drafts" / "P02-1_draft.txt"

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(withdrawal, "_finish", killed)
        withdrawal.withdraw_participant(again(desk.folder, "killed"), "P02")
    assert draft.exists()
    desk.study = again(desk.folder)
    for path in ("/", "/people"):
        shown = screens.screen(desk, "", screens.SCREENS[path], {}, fragment=True).html
        assert "withdrawal of P02 was broken off" in shown, path
    assert forms.FORMS["/withdraw"](desk, {"code": "P02", "again": "P02"}) == "/people?said=withdrawn"
    assert not draft.exists() and not withdrawal.unfinished(desk.study.contents)
    assert "broken off" not in screens.screen(desk, "", screens.SCREENS["/people"], {}, fragment=True).html


@pytest.mark.parametrize("path", ["/sign-off", "/make-release"])
def test_nobody_signs_or_releases_what_they_have_not_seen(tmp_path: Path, path: str) -> None:
    desk = prepared(tmp_path)
    assert desk.review is not None
    seen = {"code": "P01-1", "revision": str(desk.review.revision)}
    forms.CALLS["/act"](desk, {"act": "note", "words": "read twice", "revision": desk.review.revision})
    for values in (seen, {"code": "P01-1"}):
        with pytest.raises(AskedWrongly, match="another window"):
            forms.FORMS[path](desk, values)
    seen["revision"] = str(desk.review.revision)
    forms.FORMS["/tier"](desk, {"tier": "team"})
    desk.prepare()
    over(desk)
    with pytest.raises(AskedWrongly, match="another window"):
        forms.FORMS[path](desk, seen)
