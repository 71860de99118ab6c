"""The command line as a whole: quick to start, stable exit codes, no transcript's word in any message."""

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from deid import cli
from deid.errors import DeidError
from tests.invented import FakeModel, two_sources

HEAVY = ("spacy", "presidio_analyzer", "presidio_anonymizer", "onnxruntime", "numpy", "lxml", "starlette")
SECRET = "Quillfeather"


def run(*arguments: str, **environment: str) -> tuple[int, str, str]:
    """The command in this process, through the entry point that maps errors to exit codes."""
    import os

    done: list[int] = []
    with pytest.MonkeyPatch.context() as patch, CliRunner().isolation() as streams:
        for name in ("DEID_PASSPHRASE", "DEID_PASSPHRASE_FILE", "DEID_STUDY", "DEID_VAULT"):
            patch.delenv(name, raising=False)
        for name, value in environment.items():
            patch.setenv(name, value)
        patch.setattr(sys, "argv", ["deid", *arguments])
        patch.setattr(os, "dup2", lambda *_: None)
        try:
            cli.main()
        except SystemExit as stop:
            done.append(int(stop.code or 0))
        sys.stdout.flush()
        sys.stderr.flush()
        out, err = streams[0].getvalue().decode(), streams[1].getvalue().decode()
    return done[0], out, err


@pytest.fixture
def fake_models(monkeypatch: pytest.MonkeyPatch) -> None:
    from deid.detect import engine

    monkeypatch.setattr(engine, "load_readers", lambda settings: (FakeModel(),))


@pytest.fixture
def cheap(tmp_path: Path) -> Path:
    study = tmp_path / "study"
    study.mkdir()
    (study / "deid.toml").write_text("[vault]\nmemory_mib = 64\npasses = 1\n", encoding="utf-8")
    return study


@pytest.mark.parametrize("command", ["--help", "run --help", "formats --help"])
def test_help_imports_nothing_heavy(command: str) -> None:
    code = (
        "import sys; from deid.cli import deid\n"
        f"try: deid({command.split()!r})\nexcept SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip().endswith("[]")


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_has_help_and_the_short_line_agrees(name: str) -> None:
    command = cli.deid.get_command(click.Context(cli.deid), name)
    assert command is not None and command.help
    assert cli.SHORT_HELP[name] == command.help.split("\n\n")[0].replace("\n", " ")


def test_json_of_a_run_is_as_the_design_says(tmp_path: Path, cheap: Path, fake_models: None) -> None:
    sources = two_sources(tmp_path / "sources")
    code, out, err = run("run", str(sources), "--study", str(cheap), "--json", DEID_PASSPHRASE="a long passphrase")
    assert code == 0, err
    said = json.loads(out)
    assert set(said) == {"study", "files", "entities", "seconds"}
    for file in said["files"]:
        assert set(file) == {"source", "code", "output", "segments", "replacements", "undecided", "cards", "error"}
        assert Path(file["source"]).is_absolute() and Path(file["output"]).is_absolute()
    assert SECRET not in out + err


def test_no_passphrase_and_no_terminal_is_asked_wrongly(tmp_path: Path, cheap: Path) -> None:
    code, _, err = run("run", str(two_sources(tmp_path / "sources")), "--study", str(cheap))
    assert code == 2
    assert "DEID_PASSPHRASE_FILE" in err


def test_a_wrong_passphrase_could_not_finish(tmp_path: Path, cheap: Path, fake_models: None) -> None:
    sources = str(two_sources(tmp_path / "sources"))
    assert run("run", sources, "--study", str(cheap), DEID_PASSPHRASE="a long passphrase")[0] == 0
    code, out, err = run("run", sources, "--study", str(cheap), DEID_PASSPHRASE="another passphrase")
    assert code == 3
    assert "another passphrase" not in out + err


def test_a_path_that_is_not_there_is_asked_wrongly(cheap: Path) -> None:
    code, _, err = run("run", "no such folder", "--study", str(cheap), DEID_PASSPHRASE="a long passphrase")
    assert code == 2
    assert "no such folder" in err


@pytest.mark.parametrize("arguments", [["nonsense"], ["run", "--nonsense"], ["run"]])
def test_usage_errors_are_2(arguments: list[str]) -> None:
    assert run(*arguments)[0] == 2


@pytest.mark.parametrize(
    ("error", "code"),
    [(KeyboardInterrupt(), 3), (ValueError(SECRET), 3), (DeidError("x"), 3), (MemoryError(SECRET), 3)],
)
def test_a_crash_is_3_and_says_where_and_never_what(
    error: BaseException, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(**_: object) -> None:
        raise error

    monkeypatch.setattr(cli.deid, "main", crash)
    done, out, err = run("formats")
    assert done == code
    assert SECRET not in out + err
    assert "Traceback" not in err


def test_bad_files_are_named_and_the_others_are_done(tmp_path: Path, cheap: Path, fake_models: None) -> None:
    sources = two_sources(tmp_path / "sources")
    before = {path: path.read_bytes() for path in sources.iterdir()}
    (sources / "empty.txt").write_bytes(b"")
    (sources / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (sources / "broken.docx").write_bytes(b"PK\x03\x04 not a zip")
    (sources / "broken.vtt").write_text("WEBVTT\n\n00:99:00 --> nonsense\nhello\n", encoding="utf-8")
    (sources / "talk.mp3").write_bytes(b"ID3\x04" + bytes(100))
    (sources / "~$first.docx").write_bytes(b"lock")
    code, out, err = run("run", str(sources), "--study", str(cheap), "--json", DEID_PASSPHRASE="a long passphrase")
    assert code == 3
    files = {Path(file["source"]).name: file for file in json.loads(out)["files"]}
    for name in ("empty.txt", "binary.txt", "broken.docx", "broken.vtt"):
        assert files[name]["output"] is None and files[name]["error"], name
    assert files["second.txt"]["output"] and "talk.mp3" not in files
    assert SECRET not in out + err
    assert {path: path.read_bytes() for path in before} == before


def test_an_output_folder_that_cannot_be_written_loses_nothing(tmp_path: Path, cheap: Path, fake_models: None) -> None:
    sources = two_sources(tmp_path / "sources")
    (cheap / "drafts").write_text("a file where the folder should be", encoding="utf-8")
    code, _, err = run("run", str(sources), "--study", str(cheap), DEID_PASSPHRASE="a long passphrase")
    assert code == 3
    assert "cannot be written" in err
    (cheap / "drafts").unlink()
    assert run("run", str(sources), "--study", str(cheap), DEID_PASSPHRASE="a long passphrase")[0] == 0
    assert len(list((cheap / "drafts").iterdir())) == 2


def test_a_text_that_is_no_interview_is_refused_and_the_others_are_done(
    tmp_path: Path, cheap: Path, fake_models: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from deid.study import read

    monkeypatch.setattr(read, "_MOST_CHARACTERS", 2_000)
    sources = two_sources(tmp_path / "sources")
    (sources / "huge.txt").write_text("INT: and so it went on.\n\n" * 200, encoding="utf-8")
    code, out, _ = run("run", str(sources), "--study", str(cheap), "--json", DEID_PASSPHRASE="a long passphrase")
    assert code == 3
    files = {Path(file["source"]).name: file for file in json.loads(out)["files"]}
    assert "more than" in files["huge.txt"]["error"]
    assert files["second.txt"]["output"]


def test_a_relative_folder_is_one_place(
    tmp_path: Path, fake_models: None, cheap: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = two_sources(tmp_path / "sources")
    monkeypatch.chdir(tmp_path)
    assert run("run", str(sources), "--study", cheap.name, DEID_PASSPHRASE="a long passphrase")[0] == 0
    assert (cheap / "vault.deid").exists()
    assert run("run", str(sources), "--study", str(cheap), DEID_PASSPHRASE="a long passphrase")[0] == 0


def test_a_refused_run_makes_no_study(tmp_path: Path) -> None:
    sources = two_sources(tmp_path / "sources")
    before = sorted(sources.iterdir())
    assert run("run", str(sources), "--study", str(sources), DEID_PASSPHRASE="a long passphrase")[0] == 2
    assert sorted(sources.iterdir()) == before
    assert run("run", "nowhere", "--study", str(tmp_path / "new"), DEID_PASSPHRASE="a long passphrase")[0] == 2
    assert not (tmp_path / "new").exists()


def test_odd_files_are_named_and_the_others_are_done(tmp_path: Path, cheap: Path, fake_models: None) -> None:
    sources = two_sources(tmp_path / "sources")
    (sources / "loop.txt").symlink_to("loop.txt")
    (sources / "gone.txt").symlink_to("nowhere.txt")
    (sources / "files.csv").write_bytes("file,code\nsecond.txt,P07\ncaf\xe9.txt,P08\n".encode("cp1252"))
    code, out, err = run("run", str(sources), "--study", str(cheap), "--json", DEID_PASSPHRASE="a long passphrase")
    assert code == 0, err
    files = {Path(file["source"]).name: file for file in json.loads(out)["files"]}
    assert files["second.txt"]["code"] == "P07-1" and files["second.txt"]["output"]


def test_a_code_stays_with_its_bytes_when_another_file_takes_its_place(
    tmp_path: Path, cheap: Path, fake_models: None
) -> None:
    sources = two_sources(tmp_path / "sources")
    run("run", str(sources), "--study", str(cheap), DEID_PASSPHRASE="a long passphrase")
    before = (cheap / "drafts" / "P02-1_draft.txt").read_bytes()
    (sources / "second.txt").rename(sources / "zz moved.txt")
    (sources / "second.txt").write_text("INT: Hello?\n\nP02: This is another talk.\n", encoding="utf-8")
    code, out, _ = run("run", str(sources), "--study", str(cheap), "--json", DEID_PASSPHRASE="a long passphrase")
    assert code == 0
    codes = {Path(file["source"]).name: file["code"] for file in json.loads(out)["files"]}
    assert codes["zz moved.txt"] == "P02-1" and codes["second.txt"] == "P02-2"
    assert (cheap / "drafts" / "P02-1_draft.txt").read_bytes() == before


def test_it_runs_as_a_module_where_the_command_is_not_on_the_path() -> None:
    done = subprocess.run([sys.executable, "-m", "deid", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("deid, version ")


def test_drafts_that_are_a_link_are_refused(tmp_path: Path, cheap: Path, fake_models: None) -> None:
    sources = two_sources(tmp_path / "sources")
    (tmp_path / "elsewhere").mkdir()
    (cheap / "drafts").symlink_to(tmp_path / "elsewhere")
    assert run("run", str(sources), "--study", str(cheap), DEID_PASSPHRASE="a long passphrase")[0] == 2
    assert not list((tmp_path / "elsewhere").iterdir())
