"""A roster is read whole or not at all; every refusal names line and column, and never a cell."""

from pathlib import Path

import pytest

from deid.errors import AskedWrongly
from deid.study.roster import compare, import_roster, read_roster
from deid.study.vault.withdrawal import change_consent
from tests.invented import new_study

HEAD = "code,full_name,aliases,consent,chosen_pseudonym,public\n"
ROW = "P01,Wilhelmina Oddington,Mina;DI Oddington,archive,Tamsin Vale,\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "roster.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "message", "where"),
    [
        (HEAD + ROW + ROW, "code P01 stands here a second time", "roster.csv, line 3"),
        ("code,aliases\nP01,Mina\n", "lacks the column full_name", "roster.csv, line 1"),
        ("code,full_name,nickname\nP01,Wilhelmina Oddington,Mina\n", "does not know: column 3", "roster.csv, line 1"),
        (HEAD + ROW.replace("archive", "everybody"), "consent is team, archive, public or none", "roster.csv, line 2"),
        (HEAD + "P01,,,,,\n", "full_name is empty", "roster.csv, line 2"),
        (HEAD + "P01,Wilhelmina Oddington\n", "does not have the columns of the first", "roster.csv, line 2"),
        (HEAD, "has no rows", "roster.csv"),
    ],
)
def test_a_roster_that_is_wrong_is_refused_with_its_place(tmp_path: Path, text: str, message: str, where: str) -> None:
    with pytest.raises(AskedWrongly, match=message) as caught:
        read_roster(written(tmp_path, text))
    assert caught.value.where == where
    assert caught.value.exit_code == 2
    assert "Oddington" not in str(caught.value)


@pytest.mark.parametrize("source", [b"PK\x03\x04\x81\x00", b"PK\x03\x04\x00", (HEAD + ROW).encode("utf-16")])
def test_a_workbook_is_refused_with_what_to_do(tmp_path: Path, source: bytes) -> None:
    path = tmp_path / "roster.xlsx"
    path.write_bytes(source)
    with pytest.raises(AskedWrongly, match="no CSV file") as caught:
        read_roster(path)
    assert "CSV UTF-8" in caught.value.hint


def test_a_roster_that_is_not_there_is_not_one_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(AskedWrongly, match="there is no such file"):
        read_roster(tmp_path / "rostr.csv")
    with pytest.raises(AskedWrongly, match="cannot be read"):
        read_roster(tmp_path)


def test_what_excel_saves_as_plain_csv_is_read(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes((HEAD + ROW.replace("Mina", "Zoë")).replace("\n", "\r\n").encode("cp1252"))
    assert read_roster(path)[0].aliases == ("Zoë", "DI Oddington")


def test_importing_again_shows_what_changes_and_removes_nobody(tmp_path: Path) -> None:
    study = new_study(tmp_path / "study")
    people = read_roster(written(tmp_path, HEAD + ROW + "P02,Leopold Brackwater,,,,\n"))
    import_roster(study, people)
    later = read_roster(written(tmp_path, HEAD + ROW.replace("archive", "public") + "P03,Isolde Quarrington,,,,\n"))
    difference = compare(study.contents.roster, later)
    assert (difference.added, difference.changed) == (("P03",), {"P01": ("consent",)})
    assert (difference.same, difference.only_in_vault) == (0, ("P02",))
    import_roster(study, later)
    assert [person.code for person in study.contents.roster] == ["P01", "P02", "P03"]


def test_consent_is_on_record_with_its_form_and_a_form_that_names_somebody_is_refused(tmp_path: Path) -> None:
    study = new_study(tmp_path / "study")
    import_roster(study, read_roster(written(tmp_path, HEAD + ROW)))
    change_consent(study, "P01", "public", form="consent form 2026-03-02")
    event = next(event for event in study.log.events() if event.action == "consent_changed")
    assert event.detail == {"code": "P01", "before": "archive", "after": "public", "form": "consent form 2026-03-02"}
    with pytest.raises(AskedWrongly):
        change_consent(study, "P01", "team", form="signed by Wilhelmina Oddington")
    assert study.contents.roster[0].consent == "public"
    with pytest.raises(AskedWrongly, match="no P09"):
        change_consent(study, "P09", "team")
