import csv
import io
import json
from pathlib import Path

import pytest

from deid.audit.export import COLUMNS, Row, rows_from_log, table, to_csv, to_json, to_workbook
from tests.audit.build import Study, replaced
from tests.audit.sample import INTERVIEWS, RELEASED, whole_study


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return whole_study(tmp_path_factory.mktemp("export") / "study")


def brackets(texts: dict[str, tuple[str, ...]]) -> int:
    return sum(turn.count("[") for turns in texts.values() for turn in turns)


def test_every_replacement_is_one_row_in_the_order_of_the_text(study: Study):
    rows = rows_from_log(study.log.events())
    assert len(rows) == brackets(INTERVIEWS)
    assert [row.replacement for row in rows if row.file == "P01-1_draft.txt"][:2] == ["[Child 31]", "[Professional 72]"]
    assert {row.turn for row in rows if row.file == "P02-1_draft.txt"} == {1, 3}
    assert len(rows_from_log(study.log.events(), "releases/archive/1")) == brackets(RELEASED)


def test_only_the_newest_version_is_told(tmp_path: Path):
    study = Study(tmp_path / "study")
    study.write_draft("P01-1", ("[Person 1] and [Person 2].",))
    study.write_draft("P01-1", ("[Person 1] alone.",))
    assert [row.replacement for row in rows_from_log(study.log.events())] == ["[Person 1]"]
    study.append(("output_removed", {"output": "drafts/P01-1_draft.txt", "reason": "held back by the gate"}))
    assert rows_from_log(study.log.events()) == ()


def test_a_persons_decision_gives_its_reviewer_and_reason(tmp_path: Path):
    study = Study(tmp_path / "study")
    act = {"decision": "cd" * 16, "reason": "missed by the program"}
    study.append(("added", {**act, "category": "PERSON", "kind": "person"}), actor="R2")
    output = "drafts/P01-1_draft.txt"
    place = {**replaced(output, "P01-1", 0, 0, 10, "[Person 1]"), "decision": "cd" * 16}
    intent = {"output": output, "code": "P01-1", "tier": "archive", "sha256": "0" * 64, "replaced": 1}
    study.append(("replaced", place), ("output_intent", {**intent, "kept": 0, "dismissed": 0}))
    (row,) = rows_from_log(study.log.events())
    assert (row.who, row.reason) == ("R2", "missed by the program")


def test_csv_and_json_hold_the_same(study: Study):
    rows = rows_from_log(study.log.events())
    raw = to_csv(rows)
    assert raw.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert tuple(read[0]) == COLUMNS and len(read) == len(rows) + 1
    listed = json.loads(to_json(rows))
    assert [list(each.values()) for each in listed] == read[1:]


def test_originals_come_only_from_a_caller_who_asks(study: Study):
    assert "original" not in table(rows_from_log(study.log.events()))[0]
    rows = rows_from_log(study.log.events(), find_original=lambda event: "Bryony Wrenfield")
    assert b"Wrenfield" not in to_csv(rows)
    assert b"Wrenfield" in to_csv(rows, with_originals=True)
    assert "Wrenfield" not in repr(rows)


def test_no_cell_is_a_formula():
    row = Row("P01-1_draft.txt", 1, "-", "PERSON", '=HYPERLINK("x")', "@", "+1", "deid", "2026")
    for cells in csv.reader(io.StringIO(to_csv([row]).decode("utf-8-sig"))):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_a_workbook_is_made_by_whoever_can():
    row = Row("P01-1_draft.txt", 1, "", "PERSON", "=1", "masking", "", "deid", "2026", "Bryony Wrenfield")
    assert (
        to_workbook([row], lambda rows: "|".join(rows[1]).encode())
        == b"P01-1_draft.txt|1||PERSON|=1|masking||deid|2026"
    )
    assert to_workbook([row], lambda rows: rows[1][-1].encode(), with_originals=True) == b"Bryony Wrenfield"
