"""The key's end is signed, leaves nothing to open, and is never called anonymity."""

from pathlib import Path

import pytest

from deid.errors import AskedWrongly
from deid.study.folder import destroyed_on
from deid.study.kept_sources import keep_sources, kept_folder
from deid.study.vault.certificate import certificate_of_destruction
from deid.study.vault.destroy import destroy
from deid.study.vault.key_life import status
from deid.study.verification import verify_study
from tests.invented import again, new_study, run_on, two_sources


def test_nothing_is_left_to_open_and_the_log_still_verifies(tmp_path: Path) -> None:
    study = new_study(tmp_path / "study")
    run_on(study, two_sources(tmp_path / "sources"))
    keep_sources(study)
    assert destroy(study) == ("first",)
    assert not study.vault.path.exists() and not list(kept_folder(study).glob("*"))
    assert [event.action for event in study.log.events()][-2:] == ["destroy_intent", "destroyed"]
    assert verify_study(study.folder).ok and not study.log.torn
    text = certificate_of_destruction(study.log, ("first",))
    assert "NOT anonymous" in text and "reassessment is due" in text and "deid-anchor-1" in text
    found = status(study.folder, {})
    assert found.destroyed == "2026-03-02" and "reassessment is due" in found.notes[0]


def test_no_command_opens_or_remakes_a_destroyed_study(tmp_path: Path) -> None:
    study = new_study(tmp_path / "study")
    destroy(study)
    with pytest.raises(AskedWrongly, match="destroyed on 2026-03-02"):
        again(study.folder)
    with pytest.raises(AskedWrongly, match="destroyed on 2026-03-02"):
        new_study(study.folder)


def test_a_destruction_that_was_announced_and_killed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = new_study(tmp_path / "study")

    def killed(*_: object) -> Path:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("deid.study.vault.destroy.kept_folder", killed)
        destroy(study)
    assert study.vault.path.exists() and verify_study(study.folder).ok
    assert any("not carried out" in note for note in status(study.folder, {}).notes)
    destroy(again(study.folder))
    assert destroyed_on(study.folder) and verify_study(study.folder).ok
    with pytest.raises(AskedWrongly):
        certificate_of_destruction(new_study(tmp_path / "other", "two").log, ())
