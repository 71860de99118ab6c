"""A backup opens, is whole, and replaces nothing newer."""

import shutil
from pathlib import Path

import pytest

from deid.errors import AskedWrongly, CouldNotFinish, VaultError
from deid.study.folder import Study
from deid.study.vault.backup import MANIFEST, Backup, back_up, restore
from deid.study.vault.key_life import rotate
from deid.study.verification import verify_study
from deid.vault.seal import Passphrase
from tests.invented import PASSPHRASE, clock, everything_in, new_study, random_bytes, run_on, two_sources


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = new_study(tmp_path / "study")
    run_on(made, two_sources(tmp_path / "sources"))
    return made


def put_back(backup: Backup, folder: Path, passphrase: str = PASSPHRASE) -> Study:
    return restore(
        backup.folder, folder, Passphrase(passphrase), environment={}, random=random_bytes("back"), clock=clock
    )


def test_a_lost_study_comes_back_whole(study: Study, tmp_path: Path) -> None:
    backup = back_up(study, tmp_path / "stick", {})
    drafts, contents = everything_in(study.drafts), study.contents
    shutil.rmtree(study.folder)
    back = put_back(backup, tmp_path / "study")
    assert back.contents == contents and everything_in(back.drafts) == drafts
    assert verify_study(back.folder).ok
    assert [event.action for event in back.log.events()][-2:] == ["backup_made", "restored"]
    assert run_on(back, tmp_path / "sources").written == 0


def test_nothing_in_a_backup_can_be_read(study: Study, tmp_path: Path) -> None:
    backup = back_up(study, tmp_path / "stick", {})
    for data in everything_in(backup.folder).values():
        assert b"Quillfeather" not in data and b"Oddington" not in data


@pytest.mark.parametrize("name", ["vault.deid", "audit.jsonl", "deid.toml", "drafts/P01-1_draft.txt"])
def test_a_changed_or_missing_file_of_a_backup_is_refused(study: Study, tmp_path: Path, name: str) -> None:
    backup = back_up(study, tmp_path / "stick", {})
    data = bytearray((backup.folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (backup.folder / name).write_bytes(data)
    with pytest.raises(CouldNotFinish, match="not the one that was written"):
        put_back(backup, tmp_path / "elsewhere")
    (backup.folder / name).unlink()
    with pytest.raises(CouldNotFinish, match="not the one that was written"):
        put_back(backup, tmp_path / "elsewhere")
    assert not (tmp_path / "elsewhere").exists()


def test_an_unfinished_backup_and_a_wrong_passphrase_are_refused(study: Study, tmp_path: Path) -> None:
    backup = back_up(study, tmp_path / "stick", {})
    with pytest.raises(VaultError):
        put_back(backup, tmp_path / "elsewhere", "four words that are wrong")
    (backup.folder / MANIFEST).unlink()
    with pytest.raises(AskedWrongly, match="no backup"):
        put_back(backup, tmp_path / "elsewhere")
    assert not (tmp_path / "elsewhere").exists()


def test_nothing_newer_is_replaced_and_no_other_study(study: Study, tmp_path: Path) -> None:
    backup = back_up(study, tmp_path / "stick", {})
    rotate(study)
    before = everything_in(study.folder)
    with pytest.raises(AskedWrongly, match="newer"):
        put_back(backup, study.folder)
    (study.folder / "audit.jsonl").unlink()
    with pytest.raises(AskedWrongly, match="newer"):
        put_back(backup, study.folder)
    other = new_study(tmp_path / "other", "two")
    with pytest.raises(AskedWrongly, match="another study"):
        put_back(backup, other.folder)
    assert everything_in(study.folder)["vault.deid"] == before["vault.deid"]


def test_a_damaged_vault_is_replaced(study: Study, tmp_path: Path) -> None:
    backup = back_up(study, tmp_path / "stick", {})
    study.vault.path.write_bytes(b"damaged")
    assert put_back(backup, study.folder).contents == study.contents
    assert verify_study(study.folder).ok


@pytest.mark.parametrize("place", ["study/backups", "repository", "OneDrive - Quenby"])
def test_a_backup_goes_nowhere_it_could_be_given_away(study: Study, tmp_path: Path, place: str) -> None:
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    with pytest.raises(AskedWrongly):
        back_up(study, tmp_path / place, {})
    assert not list((tmp_path / "study").glob("backups/*"))
