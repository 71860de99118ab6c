"""The gate stays shut: whatever is missing, wrong, broken or unreadable is told, and is never a pass."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from deid.check import baseline as baselines
from deid.check import texts
from deid.check.findings import Report
from deid.errors import AskedWrongly, CouldNotFinish
from deid.study.check import checking
from deid.study.check.baselining import add_findings, prune_entries
from deid.study.check.checking import check
from deid.study.check.gathering import Request
from tests.check import invented

TODAY = date(2026, 3, 2)
LEAK = "ring 07700 900123\n"


def look(folder: Path, environment: dict[str, str] | None = None, today: date = TODAY, **asked: object) -> Report:
    asked = asked or {"paths": (Path(),)}
    chosen = invented.ENVIRONMENT if environment is None else environment
    return check(Request(**asked), folder=folder, environment=chosen, today=today)  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return invented.repository(tmp_path / "repository")


def allow(folder: Path, until: date = date(2026, 9, 1), reason: str = "an Ofcom drama number") -> int:
    return add_findings(
        Request(paths=(Path(),)), folder / baselines.NAME, kind="", reason=reason, owner="R1", expires=until,
        today=TODAY, folder=folder, environment=invented.ENVIRONMENT, workers=1,
    )[1]  # fmt: skip


def test_a_watchlist_without_its_key_shuts_the_gate_and_the_rest_still_runs(folder: Path) -> None:
    invented.put(folder, {"a.txt": LEAK})
    report = look(folder, environment={})
    assert report.exit_code == 3
    assert [one.kind for one in report.findings] == ["phone"] and report.findings[0].fingerprint is None
    assert any("NOT looked for" in one.why and "a maintainer runs" in one.why for one in report.problems)


@pytest.mark.parametrize("key", ["00" * 32, "xyz", "ab"])
def test_a_wrong_key_shuts_the_gate(folder: Path, key: str) -> None:
    assert look(folder, environment={"DEID_CHECK_KEY": key}).exit_code == 3


def test_a_key_file_that_is_not_there_shuts_the_gate(folder: Path) -> None:
    assert look(folder, environment={"DEID_CHECK_KEY_FILE": str(folder / "absent")}).exit_code == 3


@pytest.mark.parametrize("line", [0, 1, 5, -2, -1])
def test_a_line_taken_out_of_the_watchlist_shuts_the_gate(folder: Path, line: int) -> None:
    lines = invented.examples_list().text.splitlines(keepends=True)
    del lines[line]
    (folder / ".deid-watchlist").write_bytes("".join(lines).encode("utf-8"))
    assert look(folder).exit_code == 3


def test_a_watchlist_elsewhere_without_its_key_is_not_inert(tmp_path: Path) -> None:
    invented.put(tmp_path, {"lists/watch.jsonl": invented.examples_list().text})
    assert look(tmp_path, environment={}).exit_code == 3


def test_without_any_watchlist_the_check_says_so(tmp_path: Path) -> None:
    invented.put(tmp_path, {"a.txt": "nothing\n"})
    report = look(tmp_path, environment={})
    assert report.exit_code == 0
    assert any("no watchlist is configured" in note for note in report.notes)


def test_an_allowed_finding_is_found_again_in_a_renamed_file_and_after_its_end(folder: Path) -> None:
    invented.put(folder, {"a.txt": LEAK})
    assert allow(folder) == 1
    assert look(folder).exit_code == 0
    assert look(folder, today=date(2026, 9, 2)).exit_code == 1
    (folder / "a.txt").write_text("\n\n\n" + LEAK, encoding="utf-8")
    assert look(folder).exit_code == 0, "lines move; the allowance does not name one"
    (folder / "a.txt").write_text(LEAK + "and 07700 900456\n", encoding="utf-8")
    assert [one.line for one in look(folder).findings] == [2], "a new value on an allowed path"
    (folder / "a.txt").write_text(LEAK, encoding="utf-8")
    (folder / "a.txt").rename(folder / "b.txt")
    assert look(folder).exit_code == 1


def test_a_baseline_without_its_key_or_malformed_shuts_the_gate(folder: Path) -> None:
    invented.put(folder, {"a.txt": LEAK})
    allow(folder)
    (folder / ".deid-watchlist").unlink()
    assert look(folder, environment={}).exit_code == 3
    assert look(folder, environment={"DEID_CHECK_KEY": "00" * 32}).exit_code == 3
    place = folder / baselines.NAME
    whole = place.read_text(encoding="utf-8")
    for broken in (whole[:-8], whole.replace("an Ofcom drama number", ""), "[]", "<<<<<<< HEAD\n" + whole):
        place.write_text(broken, encoding="utf-8")
        assert look(folder).exit_code == 3


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"path": "*"}, "more than one"), ({"kind": "all"}, "more than one"), ({"path": ""}, "more than one"),
        ({"reason": "x"}, "reason"), ({"owner": " "}, "owner"), ({"expires": "never"}, "date"),
        ({"fingerprint": ""}, "fingerprint"), ({"fingerprint": "0" * 32}, "fingerprint"),
    ],
)  # fmt: skip
def test_broad_and_empty_allowances_are_refused(changed: dict[str, str], says: str) -> None:
    entry = baselines.Entry("a.txt", "phone", "0123456789abcdef" * 2, "a drama number", "R1", "2026-09-01")
    assert baselines.refused(entry) == ""
    assert says in baselines.refused(replace(entry, **changed))


def test_adding_needs_the_key_an_end_and_a_reason_without_a_name(folder: Path) -> None:
    invented.put(folder, {"a.txt": LEAK})
    with pytest.raises(AskedWrongly, match="within a year"):
        allow(folder, until=date(2028, 1, 1))
    with pytest.raises(AskedWrongly, match="identifiable data"):
        allow(folder, reason="Marianne Thackwray said that it may stay")
    with pytest.raises(AskedWrongly, match="key"):
        add_findings(
            Request(paths=(Path(),)), folder / baselines.NAME, kind="", reason="a drama number", owner="R1",
            expires=TODAY, today=TODAY, folder=folder, environment={}, workers=1,
        )  # fmt: skip
    assert not (folder / baselines.NAME).exists()


def test_prune_takes_out_what_is_stale_and_nothing_where_something_was_not_read(folder: Path) -> None:
    invented.put(folder, {"a.txt": LEAK, "b.txt": "ring 07700 900456\n"})
    assert allow(folder) == 2
    (folder / "a.txt").write_text("clean\n", encoding="utf-8")
    assert any("prune" in note for note in look(folder).notes)
    invented.put(folder, {"c.zip": b"PK\x03\x04 broken"})
    asked = {"today": TODAY, "folder": folder, "environment": invented.ENVIRONMENT, "workers": 1}
    with pytest.raises(CouldNotFinish):
        prune_entries(Request(paths=(Path(),)), folder / baselines.NAME, **asked)  # type: ignore[arg-type]
    (folder / "c.zip").unlink()
    assert prune_entries(Request(paths=(Path(),)), folder / baselines.NAME, **asked) == 1  # type: ignore[arg-type]
    assert look(folder).exit_code == 0


def test_two_branches_that_add_entries_merge(folder: Path) -> None:
    names = [f"{letter}.txt" for letter in "abcdefgh"]
    invented.put(folder, {name: f"ring 07700 90010{place}\n" for place, name in enumerate(names)})
    allow(folder)
    (folder / ".gitattributes").write_text(f"{baselines.NAME} merge=union\n", encoding="utf-8")
    invented.commit(folder, "start")
    for branch, name in (("one", "i.txt"), ("two", "j.txt")):
        invented.git(folder, "checkout", "-q", "-b", branch, "main")
        invented.put(folder, {name: "ring 07700 900111\n" if branch == "one" else "ring 07700 900112\n"})
        assert allow(folder) == 1
        invented.commit(folder, branch)
    invented.git(folder, "merge", "-q", "-m", "both", "one")
    known = baselines.read((folder / baselines.NAME).read_text(encoding="utf-8"), where="")
    assert len(known.entries) == 10
    assert look(folder).exit_code == 0


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("broken.zip", b"PK\x03\x04 nothing"), ("broken.docx", b"no container"), ("cut.gz", b"\x1f\x8b\x08cut"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ("a.7z", b"7z\xbc\xaf\x27\x1c"), ("cut.pdf", b"%PDF-1.7\n"),
    ],
)  # fmt: skip
def test_a_file_that_should_be_readable_and_is_not(folder: Path, name: str, data: bytes) -> None:
    invented.put(folder, {name: data})
    report = look(folder)
    assert report.exit_code == 3
    assert [one.path for one in report.problems] == [name]


def test_a_reader_that_breaks_shuts_the_gate_without_a_word_of_the_text(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> object:
        raise ValueError("Marianne Thackwray")

    monkeypatch.setattr("deid.check.scan.texts", broken)
    invented.put(folder, {"a.txt": LEAK})
    report = look(folder)
    assert report.exit_code == 3 and "Thackwray" not in repr(report)


def test_a_file_that_is_too_large(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deid.study.check.scanning.LARGEST", 100)
    invented.put(folder, {"large.txt": "x" * 101})
    for asked in ({"paths": (Path("large.txt"),)}, {"staged": True}):
        invented.git(folder, "add", "large.txt")
        report = look(folder, **asked)
        assert report.exit_code == 3 and "larger than" in report.problems[0].why


def test_a_bomb(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "_FREE", 1000)
    invented.put(folder, {"bomb.zip": invented.archive({f"{number}.txt": "a" for number in range(5)})})
    assert look(folder).exit_code == 0
    import io
    import zipfile

    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("zeros.txt", "0" * 2_000_000)
    invented.put(folder, {"bomb.zip": output.getvalue()})
    assert look(folder).exit_code == 3


@pytest.mark.skipif(os.name == "nt", reason="links and modes of POSIX")
def test_links_loops_and_closed_files(folder: Path) -> None:
    (folder / "loop").symlink_to(folder)
    (folder / "away").symlink_to("/home/marianne_thackwray/notes.txt")
    report = look(folder)
    assert [one.kind for one in report.findings] == ["person"]
    assert {one.path for one in report.skipped} == {"loop", "away"}
    os.mkfifo(folder / "pipe")
    assert look(folder, paths=(Path("pipe"),)).exit_code == 3
    if os.geteuid():
        (folder / "closed.txt").write_text("x", encoding="utf-8")
        (folder / "closed.txt").chmod(0)
        assert look(folder, paths=(Path("closed.txt"),)).exit_code == 3


def test_a_file_that_goes_while_the_check_runs_shuts_the_gate(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    invented.put(folder, {"a.txt": LEAK, "b.txt": "x\n"})
    whole = checking.gather

    def gathered(*given: object) -> object:
        found = whole(*given)  # type: ignore[arg-type]
        (folder / "a.txt").unlink()
        return found

    monkeypatch.setattr(checking, "gather", gathered)
    report = look(folder)
    assert report.exit_code == 3 and [one.path for one in report.problems] == ["a.txt"]


def test_a_shallow_clone_and_an_absent_base(folder: Path, tmp_path: Path) -> None:
    invented.commit(folder, "one", {"a.txt": "x\n"})
    invented.commit(folder, "two", {"a.txt": "y\n"})
    invented.git(tmp_path, "clone", "-q", "--depth", "1", folder.as_uri(), "shallow")
    with pytest.raises(CouldNotFinish, match="shallow"):
        look(tmp_path / "shallow", history=True)
    with pytest.raises(CouldNotFinish, match="not here"):
        look(folder, diff="no-such-branch")
    with pytest.raises(AskedWrongly, match="no git repository"):
        look(tmp_path, staged=True)
    with pytest.raises(AskedWrongly, match="no such file"):
        look(folder, paths=(Path("absent.txt"),))


def test_a_submodule_and_ignored_files_are_named(folder: Path, tmp_path: Path) -> None:
    other = invented.repository(tmp_path / "other")
    invented.commit(other, "one", {"a.txt": LEAK})
    invented.git(folder, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other), "inner")
    invented.put(folder, {".gitignore": "secret/\n", "secret/a.txt": LEAK})
    report = look(folder)
    assert {one.path for one in report.skipped} == {"inner", "secret"}
    assert {one.path for one in look(folder, staged=True).skipped} == {"inner"}


def test_staged_is_what_is_staged_and_not_what_lies_there(folder: Path) -> None:
    invented.commit(folder, "start", {"a.txt": "x\n"})
    invented.put(folder, {"a.txt": LEAK})
    assert look(folder, staged=True).exit_code == 0
    invented.git(folder, "add", "a.txt")
    (folder / "a.txt").write_text("clean\n", encoding="utf-8")
    assert look(folder, staged=True).exit_code == 1


@pytest.mark.parametrize(
    ("name", "line", "stands"),
    [
        ("a.py", 'X = "07700 900123"  # deid: allow phone an Ofcom drama number', False),
        ("a.js", 'x = "07700 900123"; // deid: allow phone an Ofcom drama number', False),
        ("a.md", "07700 900123 <!-- deid: allow phone an Ofcom drama number -->", False),
        ("a.py", 'X = "07700 900123"  # deid: allow phone', True),
        ("a.py", 'X = "07700 900123"  # deid: allow all an Ofcom drama number', True),
        ("a.py", 'X = "07700 900123"  # deid: allow email an Ofcom drama number', True),
        ("a.txt", "07700 900123 # deid: allow phone an Ofcom drama number", True),
        ("a.csv", "07700 900123 # deid: allow phone an Ofcom drama number", True),
    ],
)
def test_allowances_in_comments(folder: Path, name: str, line: str, stands: bool) -> None:
    invented.put(folder, {name: line + "\n"})
    assert bool(look(folder).findings) is stands


def test_nothing_heavy_is_loaded_on_the_default_path(folder: Path) -> None:
    invented.put(folder, {"a.txt": "plain\n", "b.docx": invented.docx("plain")})
    program = (
        "import sys\nfrom deid.cli import deid\n"
        "try:\n    deid.main(['check', '.', '--workers', '1'], standalone_mode=False)\n"
        "finally:\n    print(sorted({name.partition('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, env={**os.environ, **invented.ENVIRONMENT},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = set(done.stdout.strip().rpartition("\n")[2].strip("[]").replace("'", "").split(", "))
    heavy = {"spacy", "presidio_analyzer", "onnxruntime", "numpy", "pydantic", "lxml", "openpyxl", "cryptography"}
    assert "deid" in loaded and not loaded & heavy
