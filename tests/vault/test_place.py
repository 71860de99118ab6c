"""Where a vault may lie."""

import sys
from pathlib import Path

import pytest

from deid.errors import AskedWrongly
from deid.vault.place import check_place, refusal_for, sync_service


def kind(path: Path, study: Path, environment: dict[str, str] | None = None) -> str:
    refusal = refusal_for(path, study, environment or {})
    return refusal.kind if refusal else ""


def test_in_the_studys_folder_and_elsewhere_it_may_lie(tmp_path: Path) -> None:
    assert kind(tmp_path / "study" / "vault.deid", tmp_path / "study") == ""
    assert kind(tmp_path / "stick" / "vault.deid", tmp_path / "study") == ""
    assert kind(tmp_path / "releases" / "vault.deid", tmp_path / "study") == ""


@pytest.mark.parametrize("place", ["drafts/vault.deid", "releases/archive/1/vault.deid", "DRAFTS/vault.deid"])
def test_not_among_what_is_given_away(tmp_path: Path, place: str) -> None:
    assert kind(tmp_path / place, tmp_path) == "given_away"


@pytest.mark.parametrize("mark", [".git", ".hg", ".svn", ".jj"])
def test_not_under_version_control(tmp_path: Path, mark: str) -> None:
    (tmp_path / mark).mkdir()
    assert kind(tmp_path / "a" / "b" / "vault.deid", tmp_path / "a") == "version_control"


def test_not_in_a_second_work_tree(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: elsewhere\n", encoding="utf-8")
    assert kind(tmp_path / "vault.deid", tmp_path) == "version_control"


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Quenby University", "OneDrive"),
        ("OneDrive - Quenby University/Documents", "OneDrive"),
        ("OneDrive-Personal", "OneDrive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/study", "iCloud Drive"),
        ("iCloudDrive", "iCloud Drive"),
        ("Dropbox", "Dropbox"),
        ("Dropbox (Quenby)", "Dropbox"),
        ("Google Drive/My Drive", "Google Drive"),
        ("Library/CloudStorage/GoogleDrive-orla@quenby.example/My Drive", "Google Drive"),
        ("Library/CloudStorage/Something", "another cloud service"),
        ("Nextcloud/study", "Nextcloud"),
    ],
)
def test_a_synchronised_folder_is_known_by_its_name(tmp_path: Path, folder: str, service: str) -> None:
    assert sync_service(tmp_path / folder / "vault.deid", {}) == service


@pytest.mark.parametrize("folder", ["Dropboxes", "my onedriver", "studies about dropbox", "Documents", "Boxes"])
def test_a_folder_that_only_sounds_like_one_is_not(tmp_path: Path, folder: str) -> None:
    assert sync_service(tmp_path / folder / "vault.deid", {}) == ""


def test_a_renamed_one_is_known_by_what_the_service_left(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").write_bytes(b"")
    assert sync_service(tmp_path / "interviews" / "vault.deid", {}) == "Dropbox"


def test_documents_redirected_into_onedrive_are_known_by_the_environment(tmp_path: Path) -> None:
    environment = {"OneDriveCommercial": str(tmp_path / "Cloud"), "OneDrive": ""}
    assert sync_service(tmp_path / "cloud" / "Documents" / "vault.deid", environment) == "OneDrive"
    assert sync_service(tmp_path / "Elsewhere" / "vault.deid", environment) == ""


def test_documents_kept_in_icloud_are_known_by_icloud_having_them(tmp_path: Path) -> None:
    environment = {"HOME": str(tmp_path)}
    assert sync_service(tmp_path / "Documents" / "vault.deid", environment) == ""
    (tmp_path / "Library/Mobile Documents/com~apple~CloudDocs/Documents").mkdir(parents=True)
    assert sync_service(tmp_path / "Documents" / "study" / "vault.deid", environment) == "iCloud Drive"
    assert sync_service(tmp_path / "Desktop" / "vault.deid", environment) == ""


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_is_judged_by_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "Documents").symlink_to(tmp_path / "Dropbox")
    assert kind(tmp_path / "Documents" / "vault.deid", tmp_path / "study") == "synchronised"


def test_only_a_synchronised_folder_can_be_approved(tmp_path: Path) -> None:
    synchronised = tmp_path / "Dropbox" / "vault.deid"
    check_place(synchronised, tmp_path / "study", approved_by="R1", environment={})
    for path, approved_by in ((synchronised, ""), (synchronised, "  "), (tmp_path / "study/drafts/v.deid", "R1")):
        with pytest.raises(AskedWrongly) as caught:
            check_place(path, tmp_path / "study", approved_by=approved_by, environment={})
        assert caught.value.where == str(path) and caught.value.hint and caught.value.exit_code == 2
