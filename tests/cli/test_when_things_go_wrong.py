"""Each page of docs/guides/when_things_go_wrong.md, typed as it stands by somebody in that trouble."""

import re
import secrets
import shlex
import shutil
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from deid.study.folder import Study
from deid.study.vault import key_life
from deid.study.vault.backup import back_up
from deid.study.verification import verify_study
from deid.vault.key_text import new_identity, recipient_text
from deid.vault.seal import PublicKey
from tests.cli.test_vault import OTHER, Deid
from tests.cli.test_vault import deid as deid  # the fixtures
from tests.cli.test_vault import study as study
from tests.invented import again, fake_detector

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "when_things_go_wrong.md"


def pages() -> dict[str, list[str]]:
    """The commands of each page, by its heading."""
    found: dict[str, list[str]] = {}
    for page in GUIDE.read_text(encoding="utf-8").split("\n## ")[1:]:
        blocks = re.findall(r"```console\n(.*?)```", page, re.DOTALL)
        found[page.splitlines()[0]] = [line.removeprefix("$ deid ") for block in blocks for line in block.splitlines()]
    return found


PAGES = pages()


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("deid.study.main_job.detector_of", lambda *_, **__: nullcontext(fake_detector()))
    monkeypatch.setenv("DEID_NEW_PASSPHRASE", OTHER)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


Follow = Callable[..., str]


@pytest.fixture
def follow(deid: Deid, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Follow:
    """Types a page's commands one after the other; each must end well. What they said."""

    def follow(heading: str, **words: object) -> str:
        said = ""
        for line in PAGES[heading]:
            for name, value in {"STICK": stick, "SOURCES": tmp_path / "sources", **words}.items():
                line = re.sub(rf"\b{name}\b", str(value).replace("\\", "/"), line)
            code, out, err = deid(*shlex.split(line))
            assert code == 0, f"{line}: {err}"
            said += out + err
            if line.startswith("vault passphrase"):
                monkeypatch.setenv("DEID_PASSPHRASE", OTHER)
        return said

    return follow


def test_every_page_is_followed_here() -> None:
    assert list(PAGES) == [
        "The passphrase is forgotten",
        "The laptop is lost",
        "A custodian leaves",
        "A transcript was sent by mistake",
        "A name is found after a release",
        "A name was pushed to a public repository",
    ]
    assert all(PAGES.values())


def test_the_passphrase_is_forgotten(follow: Follow, study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    _, sheet = key_life.add_recovery_sheet(study)
    code = " ".join(line.strip() for line in sheet.splitlines() if line.count("-") >= 3)
    monkeypatch.setenv("DEID_PASSPHRASE", code)
    said = follow("The passphrase is forgotten")
    assert "recovery-2 (recovery sheet)" in said and "recovery (recovery sheet)" not in said


def test_the_laptop_is_lost(follow: Follow, study: Study, stick: Path, tmp_path: Path) -> None:
    backup = back_up(study, stick, {})
    drafts = sorted(path.name for path in study.drafts.iterdir())
    shutil.rmtree(study.folder)
    said = follow("The laptop is lost", BACKUP=backup.folder)
    assert "internally consistent" in said
    assert sorted(path.name for path in (tmp_path / "recovered" / "drafts").iterdir()) == drafts


def test_a_custodian_leaves(follow: Follow, study: Study, stick: Path) -> None:
    leaver, successor = (PublicKey(new_identity(secrets.token_bytes).public) for _ in range(2))
    key_life.add_key(study, "leaver", leaver)
    follow("A custodian leaves", RECIPIENT=recipient_text(successor))
    names = [recipient.name for recipient in again(study.folder).vault.recipients]
    assert names == ["first", "successor"] and list(stick.glob("deid-backup-*/backup.json"))


def test_a_transcript_was_sent_by_mistake(follow: Follow, study: Study) -> None:
    said = follow("A transcript was sent by mistake")
    assert "CERTIFICATE OF WITHDRAWAL" in said and "[x] first on" in said
    assert not (study.drafts / "P02-1_draft.txt").exists() and verify_study(study.folder).ok


def test_a_name_is_found_after_a_release(follow: Follow, study: Study, tmp_path: Path) -> None:
    later = tmp_path / "sources" / "third.txt"
    later.write_text("P02: Will you ask crabwhistle at the desk?\n", encoding="utf-8")
    draft = study.drafts / "P02-2_draft.txt"
    added = tmp_path / "added.csv"
    added.write_text("code,full_name,aliases\nX01,Ottoline Crabwhistle,Crabwhistle\n", encoding="utf-8")
    follow("A name is found after a release", ADDED=added)
    assert "crabwhistle" not in draft.read_text(encoding="utf-8").casefold() and verify_study(study.folder).ok


def test_a_name_was_pushed_to_a_public_repository(follow: Follow, study: Study, stick: Path) -> None:
    before = study.contents.keys.watch
    follow("A name was pushed to a public repository")
    after = again(study.folder).contents.keys.watch
    assert after != before and (stick / "watchlist.key").read_text(encoding="ascii").strip() == after.hex()
