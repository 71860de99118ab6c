"""The anonymisation log with originals is a bulk reveal: exact, on record first, and only into a private file."""

import json
import sys
from pathlib import Path

import pytest

from deid.errors import AskedWrongly, SourceError
from deid.formats.sheets import read_sheet
from deid.study.folder import Study
from deid.study.release.board import export, written
from deid.study.release.originals import export_with_originals, tier_of
from deid.study.render import Rendered, render, reread
from deid.study.roster import import_roster
from deid.study.verification import verify_study
from tests.invented import PUBLIC_PLACES, fake_detector, new_study, public_place, run_on, two_sources
from tests.study.release.test_release import PEOPLE, released, sign


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = new_study(tmp_path / "study")
    import_roster(made, PEOPLE)
    run_on(made, two_sources(tmp_path / "sources"))
    return made


def rendered(study: Study, place: str) -> Rendered:
    return render(study, reread(study), tier_of(study, place), fake_detector())


def exported(study: Study, out: Path, place: str = "drafts", form: str = "json", reason: str = "audit") -> int:
    with study.writing():
        return export_with_originals(
            study,
            rendered(study, place),
            place,
            lambda rows: written(rows, form, with_originals=True),
            out,
            reason,
            {},
            "R1",
        )


def test_every_replacement_stands_beside_what_it_replaced(study: Study, tmp_path: Path) -> None:
    out = tmp_path / "with.json"
    count = exported(study, out)
    rows = json.loads(out.read_text(encoding="utf-8"))
    assert len(rows) == count == len(json.loads(export(study.folder, "json")))
    placed = {(row["file"], row["turn"], row["original"]) for row in rows}
    assert ("P01-1_draft.txt", "2", "Wilhelmina Oddington") in placed
    sources = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "sources").iterdir())
    assert all(row["original"] and row["original"] in sources for row in rows)
    assert [row["original"] for row in rows if row["file"] == "P01-1_draft.txt" and row["turn"] == "4"] == [
        "Barnabas Quillfeather",
        "Barnabas",
        "07700 900123",
    ]


def test_it_is_on_record_and_private(study: Study, tmp_path: Path) -> None:
    out = tmp_path / "with.xlsx"
    count = exported(study, out, form="xlsx")
    said = [event for event in study.log.events() if event.action.startswith("reveal_")]
    assert [event.action for event in said] == ["reveal_intent", "reveal_done"] and said[0].actor == "R1"
    assert said[0].detail == {
        "scope": "export",
        "count": count,
        "reason": "audit: the ethics board or the data protection officer asked for it",
    }
    assert read_sheet(out.read_bytes())[0][-1] == "original"
    assert b"Oddington" not in study.log.path.read_bytes()
    assert verify_study(study.folder).ok
    if sys.platform != "win32":
        assert out.stat().st_mode & 0o077 == 0


def test_of_a_release_too(study: Study, tmp_path: Path) -> None:
    sign(study, "archive", "P01-1")
    released(study, "archive")
    exported(study, tmp_path / "with.csv", "releases/archive/1", "csv")
    text = (tmp_path / "with.csv").read_text(encoding="utf-8-sig")
    assert "Barnabas Quillfeather" in text and "P01-1" not in text and "_archive.txt" in text


@pytest.mark.parametrize("place", PUBLIC_PLACES)
def test_it_goes_nowhere_it_could_be_given_away(study: Study, tmp_path: Path, place: str) -> None:
    target = public_place(place, study, tmp_path, "with.csv")
    events = study.log.head
    with pytest.raises(AskedWrongly):
        exported(study, target)
    assert study.log.head == events and not (target.parent / "with.csv").exists()


@pytest.mark.parametrize("reason", ["", "x", "to ring Barnabas Quillfeather"])
def test_a_reason_that_says_nothing_or_too_much_is_refused(study: Study, tmp_path: Path, reason: str) -> None:
    events = study.log.head
    with pytest.raises(AskedWrongly):
        exported(study, tmp_path / "with.csv", reason=reason)
    assert study.log.head == events and not (tmp_path / "with.csv").exists()


def test_nothing_is_guessed_where_a_transcript_would_come_out_otherwise(study: Study, tmp_path: Path) -> None:
    (study.folder / "deid.toml").write_text('[policy]\ntier = "team"\n', encoding="utf-8")
    events, changed = study.log.head, render(study, reread(study), "team", fake_detector())
    with pytest.raises(SourceError, match="as it was written") as refused, study.writing():
        export_with_originals(study, changed, "drafts", lambda rows: b"", tmp_path / "with.csv", "audit", {})
    assert refused.value.where == "P01-1" and study.log.head == events


def test_a_place_without_outputs_is_named(study: Study) -> None:
    with pytest.raises(AskedWrongly, match="no output"):
        tier_of(study, "releases/archive/9")


def test_without_originals_a_workbook_needs_no_key(study: Study) -> None:
    head, *rows = read_sheet(export(study.folder, "xlsx"))
    assert head[0] == "file" and "original" not in head and rows
    assert len(rows) == len(json.loads(export(study.folder, "json")))
