"""Raw material is refused by its bytes; a transcript counts as released only by a manifest that verifies."""

from datetime import date
from pathlib import Path

import pytest

from deid.check.findings import Report
from deid.model import KnownPerson
from deid.study.check.checking import check
from deid.study.check.gathering import Request
from deid.study.check.watchlist import export_watchlist
from deid.study.release.release import release
from deid.study.render import render, reread
from deid.study.roster import import_roster
from deid.study.sign_off import sign_off
from tests.check import invented
from tests.invented import fake_detector, new_study, run_on, two_sources

TODAY = date(2026, 3, 2)
TALK = "P01: We met [Person 41] there.\nInterviewer: Where?\nP01: In [Town 27, East Kent].\nInterviewer: I see.\n"


def look(folder: Path, *paths: str, **asked: object) -> Report:
    request = Request(tuple(map(Path, paths or (".",))), **asked)  # type: ignore[arg-type]
    return check(request, folder=folder, environment={}, today=TODAY)


def kinds(report: Report) -> list[str]:
    return [one.kind for one in report.findings]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("notes.txt", b"deid vault 1\nid 00", "vault"),
        ("backup.bin", b"deid kept source 1\n\x00\x01", "vault"),
        ("people.csv", b"code,full_name,aliases\nP01,Ada Oddington,\n", "roster"),
        ("people.txt", b"Code;Full name\nP01;Ada Oddington\n", "roster"),
        ("talk.bin", b"RIFF\x00\x00\x00\x00WAVEfmt ", "recording"),
        ("talk.m4a", b"anything", "recording"),
        ("P02-1_draft.txt", b"anything", "draft"),
        ("key.txt", b"DEID-KEY-1-ABCDE-FGHJK-MNPQR-STVWX-YZ234\n", "vault_key"),
        ("turns.txt", TALK.encode(), "unreleased_transcript"),
        ("turns.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n[Person 41] said so\n", "unreleased_transcript"),
        ("turns.docx", invented.docx(TALK.strip()), "unreleased_transcript"),
    ],
)
def test_raw_material_is_refused(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert kinds(look(tmp_path, name)) == [kind]


def test_what_only_speaks_of_tokens_passes(tmp_path: Path) -> None:
    log = "- Releases: [Person 41].\n- Policies: none.\n- Releases: more.\n" + "- and what else there is to say\n" * 40
    invented.put(tmp_path, {"CHANGELOG.md": log})
    invented.put(tmp_path, {"guide.md": "A token is [Person 41].\n", "a.py": "X = '[Town 27, East Kent]'\n"})
    assert kinds(look(tmp_path)) == []


def test_the_key_of_the_check_is_refused(tmp_path: Path) -> None:
    invented.put(tmp_path, {"watch.key": invented.KEY.hex() + "\n"})
    asked = Request(paths=(tmp_path,))
    report = check(asked, folder=tmp_path, environment=invented.ENVIRONMENT, today=TODAY)
    assert kinds(report) == ["check_key"]


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of two invented transcripts, one of them released."""
    folder = tmp_path_factory.mktemp("released")
    study = new_study(folder / "study")
    import_roster(study, (KnownPerson("P01", "Wilhelmina Oddington", role="Inspector", consent="archive"),))
    run_on(study, two_sources(folder / "sources"))
    with study.writing():
        made = render(study, reread(study), "archive", fake_detector())
        sign_off(study, made, "P01-1", "R1")
    with study.writing():
        release(study, render(study, reread(study), "archive", fake_detector()), is_clean=lambda _: True)
    return folder / "study"


def test_a_released_transcript_passes_and_an_altered_one_does_not(released: Path, tmp_path: Path) -> None:
    folder = invented.repository(tmp_path / "repository")
    (folder / ".deid-watchlist").unlink()
    for path in (released / "releases" / "archive" / "1").iterdir():
        invented.put(folder, {f"data/{path.name}": path.read_bytes()})
    transcript = next((folder / "data").glob("*_archive.txt"))
    report = look(folder, requires_release=True)
    assert kinds(report) == [] and not report.problems
    invented.git(folder, "add", "-A")
    assert kinds(look(folder, requires_release=True, staged=True)) == []
    elsewhere = folder / "copy.txt"
    elsewhere.write_bytes(transcript.read_bytes() + b"\n[Person 9]: and more\n[Person 9]: more\n[Person 9]: more\n")
    assert [(one.path, one.kind) for one in look(folder).findings] == [("copy.txt", "unreleased_transcript")]
    elsewhere.write_text(TALK.replace("[Person 41]", "him").replace("[Town 27, East Kent]", "town"), encoding="utf-8")
    assert kinds(look(folder)) == [] and kinds(look(folder, requires_release=True)) == ["unreleased_transcript"]
    elsewhere.unlink()
    transcript.write_bytes(transcript.read_bytes() + b"\n")
    altered = look(folder, requires_release=True)
    assert altered.exit_code == 1 and "does not add up" in altered.problems[0].why


def test_a_watchlist_older_than_a_release_shuts_the_gate(tmp_path: Path) -> None:
    """A list that was exported before the second interview came cannot know who is in it."""
    study = new_study(tmp_path / "study")
    import_roster(study, (KnownPerson("P01", "Wilhelmina Oddington", role="Inspector", consent="archive"),))
    sources = two_sources(tmp_path / "sources")
    run_on(study, sources / "Wilhelmina first.txt")
    folder = invented.repository(tmp_path / "repository")
    key = {"DEID_CHECK_KEY": study.contents.keys.watch.hex()}
    export_watchlist(study, folder / ".deid-watchlist", environment={})
    run_on(study, sources / "second.txt")
    with study.writing():
        sign_off(study, render(study, reread(study), "archive", fake_detector()), "P01-1", "R1")
    with study.writing():
        made = release(study, render(study, reread(study), "archive", fake_detector()), is_clean=lambda _: True)
    for path in made.folder.iterdir():
        invented.put(folder, {f"data/{path.name}": path.read_bytes()})
    invented.git(folder, "add", "-A")

    def asked(**more: object) -> Report:
        return check(Request((Path(),), **more), folder=folder, environment=key, today=TODAY)  # type: ignore[arg-type]

    stale = asked(requires_release=True)
    assert stale.exit_code == 3 and "older than this release" in stale.problems[0].why
    assert asked(requires_release=True, staged=True).exit_code == 3
    assert asked().exit_code == 0, "without --require-release nobody asked how old it is"
    export_watchlist(study, folder / ".deid-watchlist", environment={})
    assert asked(requires_release=True).exit_code == 0
    invented.put(folder, {"b.md": "Wilhelmina Oddington and Barnabas Quillfeather\n"})
    assert kinds(asked()) == ["person", "person"], "a form of the vault without a kind has its category's name"


def test_a_draft_is_known_by_its_digest(released: Path, tmp_path: Path) -> None:
    draft = next((released / "drafts").iterdir())
    invented.put(tmp_path, {"innocent.txt": draft.read_bytes()})
    assert "draft" in kinds(look(tmp_path, manifests=(released / "audit.jsonl",)))
