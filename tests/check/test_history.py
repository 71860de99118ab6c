"""Sixty planted identifiers are found and none is printed; clean repositories are clean; a quotation is known."""

import json
from datetime import date
from pathlib import Path

import pytest

from deid.check.findings import Report
from deid.cli.check import written_as
from deid.study.check.checking import check
from deid.study.check.gathering import Request
from tests.check import invented
from tests.invented import fake_detector

TODAY = date(2026, 3, 2)
FORMATS = ("text", "json", "sarif", "github", "gitlab", "junit")
CLEAN = (invented.clean_code, invented.clean_documents, invented.clean_analysis)


def look(folder: Path, **asked: object) -> Report:
    return check(Request(**asked), folder=folder, environment=invented.ENVIRONMENT, today=TODAY)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return invented.planted(tmp_path_factory.mktemp("planted"))


@pytest.fixture(scope="module")
def found(planted: Path) -> Report:
    return look(planted, history=True)


def test_all_sixty_are_found(found: Report) -> None:
    assert len(found.findings) == 60
    assert not found.problems
    assert len({one.fingerprint for one in found.findings}) == 60


@pytest.mark.parametrize("form", FORMATS)
def test_none_is_printed(found: Report, form: str) -> None:
    written = written_as(found, form)
    folded = written.casefold()
    for value in invented.PLANTED:
        assert value.casefold() not in folded, "a planted value stands in the output"
        assert json.dumps(value).strip('"').casefold() not in folded
    assert "███" in written or "%E2%96%88" in written or "\\u2588" in written


def test_a_finding_has_one_fingerprint_in_every_mode(planted: Path, found: Report) -> None:
    by_path = {one.fingerprint for one in look(planted, paths=(Path("src"), Path("data.csv"))).findings}
    whole = {one.fingerprint for one in found.findings}
    assert by_path and by_path <= whole
    assert {one.fingerprint for one in look(planted, messages=True).findings} <= whole


def test_a_tag_that_nothing_names_and_notes_are_read(tmp_path: Path) -> None:
    folder = invented.repository(tmp_path / "named")
    invented.commit(folder, "start", {"a.txt": "x\n"})
    invented.git(folder, "tag", "-a", "v1", "-m", "ring 07700 900123")
    invented.git(folder, "tag", "-d", "v1")
    invented.git(folder, "notes", "add", "-m", "ask Marianne Thackwray")
    told = look(folder, history=True).findings
    assert sorted(one.kind for one in told) == ["person", "phone"]


def test_what_was_staged_and_never_committed_says_how_it_goes(tmp_path: Path) -> None:
    folder = invented.repository(tmp_path / "tried")
    invented.commit(folder, "start", {"a.txt": "x\n"})
    invented.put(folder, {"try.txt": "ask Marianne Thackwray\n"})
    invented.git(folder, "add", "try.txt")
    invented.git(folder, "rm", "-q", "--cached", "try.txt")
    (told,) = look(folder, history=True).findings
    assert told.path.startswith("blob ") and "git gc" in told.reason
    invented.git(folder, "gc", "-q", "--prune=now")
    assert look(folder, history=True).exit_code == 0


def test_diff_finds_what_a_later_commit_took_out_again(planted: Path) -> None:
    start = invented.git(planted, "rev-list", "--max-parents=0", "HEAD").strip()
    paths = {one.path for one in look(planted, diff=start).findings}
    assert "side.txt" in paths, "merged, and gone again"
    assert "gone.txt" not in paths, "no commit since the start has it"


@pytest.mark.parametrize("make", CLEAN)
def test_clean_repositories_have_no_finding(make: object, tmp_path: Path) -> None:
    folder = make(tmp_path / "clean")  # type: ignore[operator]
    for asked in ({"history": True}, {"paths": (Path(),)}, {"staged": True}, {"messages": True}):
        report = look(folder, **asked)
        assert [(one.path, one.line, one.kind) for one in report.findings] == []
        assert report.exit_code == 0


RAW = next(
    line
    for line in json.loads((invented.EXAMPLES / "gold.jsonl").read_text(encoding="utf-8").splitlines()[0])[
        "text"
    ].split("\n")
    if line.startswith("RP:") and len(line.split()) > 14
)


def test_a_raw_sentence_without_a_name_is_known_and_other_words_are_not(tmp_path: Path) -> None:
    folder = invented.repository(tmp_path / "paper")
    quoted = " ".join(RAW.split()[2:14])
    invented.commit(folder, "start", {"paper.md": "# Results\n"})
    start = invented.git(folder, "rev-parse", "HEAD").strip()
    said = f"One asked: “{quoted}”.\n\nAnother said that [Person 9] moved to [Town 27, East Kent] that spring.\n"
    invented.commit(folder, "quote", {"paper.md": f"# Results\n\n{said}"})
    told = look(folder, diff=start).findings
    assert [(one.kind, one.path, one.line) for one in told] == [("raw_quotation", "paper.md", 3)]
    changed = said.replace(quoted.split()[5], "[Person 41]")
    invented.commit(folder, "quote the release", {"paper.md": f"# Results\n\n{changed}"})
    assert look(folder, paths=(Path("paper.md"),)).exit_code == 0


def test_team_members_are_findings_in_talk(tmp_path: Path) -> None:
    folder = invented.repository(tmp_path / "talk")
    turns = "Interviewer: Good morning.\nP01: Hello, Rhiannon Pask.\nInterviewer: Shall we?\nP01: Yes.\n"
    invented.put(folder, {"turns.txt": turns, "AUTHORS": "Rhiannon Pask\n"})
    assert [(one.path, one.line) for one in look(folder, paths=(Path(),)).findings] == [("turns.txt", 2)]


def test_several_processes_find_the_same(planted: Path, found: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deid.study.check.scanning._WORTH_PROCESSES", 0)
    monkeypatch.setattr("deid.study.check.scanning._A_BATCH", 8)
    asked = {"folder": planted, "environment": invented.ENVIRONMENT, "today": TODAY, "workers": 2}
    assert check(Request(history=True), **asked) == found  # type: ignore[arg-type]


def test_a_region_pack_adds_its_local_names(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("They met in Maidstone, and in Cliftonville on Northdown Road.\n", encoding="utf-8")
    asked = {"folder": tmp_path, "environment": {}, "today": TODAY}
    assert check(Request((Path("a.md"),)), **asked).exit_code == 0  # type: ignore[arg-type]
    told = check(Request((Path("a.md"),), region="kent-medway"), **asked).findings  # type: ignore[arg-type]
    assert told and {one.kind for one in told} == {"place"}
    assert all(one.column > 20 for one in told), "a town of the whole county is in every paper"


def test_the_models_add_names_that_nothing_else_knows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the tests' own reader in place of the two models."""
    monkeypatch.setattr("deid.detect.engine.Detector", lambda *_: fake_detector())
    (tmp_path / "a.md").write_text("# Notes\n\nWe spoke with Wilhelmina Oddington at www.northfield.example.\n")
    asked = {"folder": tmp_path, "environment": {}, "today": TODAY}
    assert check(Request((Path("a.md"),)), **asked).exit_code == 0  # type: ignore[arg-type]
    told = check(Request((Path("a.md"),), models=True), **asked).findings  # type: ignore[arg-type]
    assert [(one.line, one.column) for one in told] == [(3, 15)]
    assert "Oddington" not in repr(told)
