"""The key's life as somebody types it: exit codes, what is said where, and nothing that says a name."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from deid.cli import main
from deid.cli.study_option import given_passphrase
from deid.study.folder import Study
from deid.study.roster import import_roster
from deid.study.verification import verify_study
from tests.invented import PASSPHRASE, again, new_study, run_on, two_sources
from tests.study.vault.test_withdrawal import ROSTER, token_of

Said = tuple[int, str, str]
Deid = Callable[..., Said]
OTHER = "another four invented words"


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = new_study(tmp_path / "study")
    import_roster(made, ROSTER)
    run_on(made, two_sources(tmp_path / "sources"))
    return made


@pytest.fixture
def deid(study: Study, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Deid:
    """Runs one command on the study: exit code, standard output, standard error."""
    monkeypatch.setenv("DEID_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("DEID_STUDY", str(study.folder))

    def run(*words: object) -> Said:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["deid", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


def test_status_needs_no_passphrase(deid: Deid, study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEID_PASSPHRASE")
    code, out, _ = deid("vault", "status", "--json")
    said = json.loads(out)
    assert code == 0 and said["alone"] == ["first"] and said["closed"] is False
    assert said["fingerprint"] == study.log.fingerprint and any("ONE way" in note for note in said["notes"])
    assert deid("vault", "rotate")[0] == 2


def test_a_passphrase_is_changed(deid: Deid, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEID_NEW_PASSPHRASE", OTHER)
    assert deid("vault", "passphrase")[0] == 0
    code, _, err = deid("vault", "rotate")
    assert code == 3 and "wrong passphrase" in err and PASSPHRASE not in err
    monkeypatch.setenv("DEID_PASSPHRASE", OTHER)
    assert deid("vault", "rotate")[0] == 0
    monkeypatch.setenv("DEID_NEW_PASSPHRASE", "short")
    assert deid("vault", "passphrase")[0] == 2


def test_custodians_with_keys_close_the_vault_and_open_it_in_twos(
    deid: Deid, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("bram", "orla"):
        code, out, _ = deid("vault", "keygen", tmp_path / name, "--name", name)
        assert code == 0 and deid("vault", "recipients", "add", name, "--key", out.strip())[0] == 0
    assert deid("vault", "recipients", "quorum", "bram", "orla")[0] == 0
    assert "procedure and not cryptography" in deid("vault", "status")[1]
    assert deid("vault", "close", "--yes")[0] == 0
    code, _, err = deid("vault", "rotate")
    assert code == 3 and "wrong passphrase" in err
    monkeypatch.setenv("DEID_PASSPHRASE_FILE", str(tmp_path / "bram"))
    code, _, err = deid("vault", "rotate")
    assert code == 3 and "--with" in err
    assert deid("vault", "rotate", "--with", tmp_path / "orla")[0] == 0
    assert "nobody: the vault is closed" in deid("vault", "status")[1]
    code, out, _ = deid("vault", "recipients", "list")
    assert code == 0 and [line.split()[0] for line in out.splitlines()] == ["bram", "orla"]


def test_a_recovery_sheet_is_written_outside_the_study_only(deid: Deid, study: Study, tmp_path: Path) -> None:
    assert deid("vault", "recipients", "add", "--sheet", study.folder / "sheet.txt")[0] == 2
    assert deid("vault", "recipients", "add", "--sheet", tmp_path / "sheet.txt")[0] == 0
    assert "RECOVERY SHEET" in (tmp_path / "sheet.txt").read_text(encoding="utf-8")
    assert "recovery (recovery sheet)" in deid("vault", "status")[1]


def test_a_reveal_shows_the_notice_and_asks_for_a_reason(deid: Deid, study: Study, tmp_path: Path) -> None:
    token = token_of(study, "Barnabas Quillfeather")
    assert deid("vault", "reveal", token)[0] == 2
    code, _, err = deid("vault", "reveal", token, "--reason", "to ring Barnabas Quillfeather")
    assert code == 2 and "Quillfeather" not in err
    code, out, err = deid("vault", "reveal", token, "--reason", "safeguarding")
    assert code == 0 and "Barnabas Quillfeather" in out and "section 171" in err and "Quillfeather" not in err
    assert deid("vault", "reveal", "--all", "--reason", "audit")[0] == 2
    assert deid("vault", "reveal", "--all", "--to", study.folder / "key.csv", "--reason", "audit")[0] == 2
    assert deid("vault", "reveal", "--all", "--to", tmp_path / "key.csv", "--reason", "audit")[0] == 0


def test_a_withdrawal_prints_its_certificate_and_takes_confirmations(deid: Deid, study: Study) -> None:
    code, out, err = deid("vault", "withdraw", "P01", "--yes", "--form", "WF-1")
    assert code == 0 and out.startswith("CERTIFICATE OF WITHDRAWAL") and "Run P02-1 again" in err
    assert (study.folder / "certificates" / "withdrawal_P01.txt").read_text(encoding="utf-8") == out
    assert deid("vault", "withdraw", "P01", "--yes")[0] == 2
    code, out, _ = deid("vault", "withdraw", "P01", "--confirm", "first")
    assert code == 0 and "[x] first on" in out
    assert "Oddington" not in out and verify_study(study.folder).ok


def test_without_a_yes_nothing_is_withdrawn_closed_or_destroyed(deid: Deid, study: Study) -> None:
    before = study.vault.path.read_bytes()
    for words in (("withdraw", "P01"), ("close",), ("destroy",)):
        assert deid("vault", *words)[0] == 3
    assert study.vault.path.read_bytes() == before


def test_consent_is_lowered(deid: Deid) -> None:
    code, _, err = deid("roster", "consent", "P01", "none", "--form", "WF-2")
    assert code == 0 and "P01 agrees to none" in err
    assert deid("roster", "consent", "P77", "none")[0] == 2


def test_destroying_needs_the_fingerprint(deid: Deid, study: Study) -> None:
    assert deid("vault", "destroy", "--yes", "--fingerprint", "0" * 32)[0] == 2 and study.vault.path.exists()
    code, out, _ = deid("vault", "destroy", "--yes", "--fingerprint", study.log.fingerprint)
    assert code == 0 and "CERTIFICATE OF DESTRUCTION" in out and not study.vault.path.exists()
    assert "reassessment is due" in deid("vault", "status")[1]
    assert deid("vault", "rotate")[0] == 2 and deid("audit", "verify")[0] == 0


def test_backup_and_restore(deid: Deid, study: Study, tmp_path: Path) -> None:
    code, out, _ = deid("backup", "--to", tmp_path / "stick")
    assert code == 0
    assert deid("restore", out.strip(), "--study", tmp_path / "back")[0] == 0
    assert again(tmp_path / "back").contents.keys == study.contents.keys
    deid("vault", "rotate")
    code, _, err = deid("restore", out.strip())
    assert code == 2 and "newer" in err


def test_a_watchlist_is_exported(deid: Deid, tmp_path: Path) -> None:
    code, out, err = deid("vault", "watchlist", "--out", tmp_path / "list", "--key-to", tmp_path / "key")
    assert code == 0 and not out and "runs of eight words" in err and "SECRET" in err
    assert deid("vault", "keep-sources")[0] == 0


def test_an_older_vault_put_back_is_refused(deid: Deid, study: Study) -> None:
    old = study.vault.path.read_bytes()
    deid("vault", "rotate")
    study.vault.path.write_bytes(old)
    code, _, err = deid("vault", "rotate")
    assert code == 3 and "an old copy was put back" in err


@pytest.mark.parametrize("damage", [b"", b"deid vault 9\n", b"not a vault"])
def test_a_damaged_vault_is_an_error_that_names_the_way_back(deid: Deid, study: Study, damage: bytes) -> None:
    study.vault.path.write_bytes(damage)
    code, _, err = deid("vault", "rotate")
    assert code == 3 and "hint" in err and study.vault.path.read_bytes() == damage


def test_the_lock_of_a_dead_process_is_nobodys(deid: Deid, study: Study) -> None:
    script = (
        "import sys, time; from pathlib import Path; from deid.vault.lock import lock\n"
        "with lock(Path(sys.argv[1]), 5): print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", script, study.vault.path], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None and holder.stdout.readline() == "held\n"
    holder.kill()
    holder.wait(10)
    holder.stdout.close()
    assert deid("vault", "rotate")[0] == 0


def test_the_file_with_the_passphrase_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("from the file\r\n", encoding="utf-8")
    monkeypatch.setenv("DEID_PASSPHRASE", "from the environment")
    assert given_passphrase() == "from the environment"
    monkeypatch.setenv("DEID_PASSPHRASE_FILE", str(tmp_path / "file"))
    assert given_passphrase() == "from the file"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("answer", ["s", "n"])
def test_making_a_study_on_a_terminal_offers_a_second_way_in(tmp_path: Path, answer: str) -> None:
    import pty

    roster, sheet = tmp_path / "roster.csv", tmp_path / "sheet.txt"
    roster.write_text("code,full_name\nP01,Wilhelmina Oddington\n", encoding="utf-8")
    (tmp_path / "study").mkdir()
    (tmp_path / "study" / "deid.toml").write_text("[vault]\nmemory_mib = 64\npasses = 1\n", encoding="utf-8")
    ours, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DEID_")}
    command = [sys.executable, "-c", "from deid.cli import main; main()", "roster", "import", str(roster)]
    process = subprocess.Popen(
        [*command, "--study", str(tmp_path / "study")], stdin=theirs, stdout=theirs, stderr=theirs, env=environment
    )
    os.close(theirs)
    typed = [("four or more words", PASSPHRASE), ("epeat", PASSPHRASE), ("(s, n)", answer)]
    if answer == "s":
        typed.append(("Write the sheet to", str(sheet)))
    said = _converse(ours, typed)
    assert process.wait(60) == 0, said
    assert sheet.exists() == (answer == "s")
    names = [recipient.name for recipient in again(tmp_path / "study").vault.recipients]
    assert names == (["first", "recovery"] if answer == "s" else ["first"])


def _converse(terminal: int, typed: list[tuple[str, str]]) -> str:
    """Wait for each prompt, then answer; everything that was said."""
    said, end = "", time.monotonic() + 60
    for prompt, answer in typed:
        heard = ""
        while prompt not in heard and time.monotonic() < end:
            heard += os.read(terminal, 4096).decode()
        said += heard
        os.write(terminal, f"{answer}\n".encode())
    while True:
        try:
            more = os.read(terminal, 4096).decode()
        except OSError:  # Linux says so when the other end is closed
            return said
        if not more:
            return said
        said += more
