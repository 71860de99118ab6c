"""The queue as a table: no original in it, the same acts behind it, all of it applied or nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from deid.errors import AskedWrongly
from deid.formats.sheets import read_sheet, write_sheet
from deid.study.decisions import read_lines
from deid.study.folder import Study
from deid.study.review.queue_table import COLUMNS, export_queue, import_queue
from deid.study.review.reviewing import Reviewing
from tests.invented import again, fake_detector
from tests.study.review.test_reviewing import do, entity, find, study, text

DETECTOR = fake_detector()
KEEP, RISK = "not a name", "too many others fit"
__all__ = ["study"]

Row = dict[str, str]


def opened(study: Study) -> Reviewing:
    return Reviewing(study, DETECTOR, foresees=True)


def exported(study: Study, path: Path) -> list[Row]:
    export_queue(opened(study), path, {})
    return rows(path)


def rows(path: Path) -> list[Row]:
    head, *table = read_sheet(path.read_bytes())
    return [dict(zip(head, row, strict=True)) for row in table]


def filled(table: list[Row], choice: Callable[[Row], tuple[str, str]]) -> bytes:
    done = [
        [*row.values()] for row in (one | dict(zip(("choice", "reason"), choice(one), strict=True)) for one in table)
    ]
    return write_sheet([[*table[0]], *done])


SUGGESTED = {"risk": ("accept", RISK), "list": ("nothing", ""), "link": ("own", ""), "several": ("confirm", "")}


def suggested(row: Row) -> tuple[str, str]:
    return SUGGESTED.get(row["kind"], ("replace", ""))


def test_the_table_has_every_open_card_and_no_original(study: Study, tmp_path: Path) -> None:
    table = exported(study, tmp_path / "queue.xlsx")
    assert tuple(table[0]) == COLUMNS
    review = opened(study)
    review.assess()
    assert [row["card"] for row in table] == [card.id for card in review.cards()]
    assert {row["kind"] for row in table} & {"unsure", "several"}
    for form in ("Quillfeather", "Oddington", "900123"):
        assert form not in str(table)
    assert all("»" in row["where it stands"] for row in table)
    with pytest.raises(AskedWrongly, match="already"):
        export_queue(review, tmp_path / "queue.xlsx", {})


def test_what_the_gate_holds_back_is_not_in_the_table(study: Study, tmp_path: Path) -> None:
    review = opened(study)
    do(review, "keep", places=(find(review, "Barnabas Quillfeather")[0],), reason=KEEP)
    table = exported(study, tmp_path / "queue.xlsx")
    assert [row for row in table if row["kind"] == "gate"]
    assert "Quillfeather" not in str(table) and "known name still stands" in str(table)


def test_originals_only_as_a_reveal_on_record(study: Study, tmp_path: Path) -> None:
    review, path = opened(study), tmp_path / "with.xlsx"
    with pytest.raises(AskedWrongly, match="reason"):
        export_queue(review, path, {}, originals_for="x")
    with pytest.raises(AskedWrongly, match="inside the study"):
        export_queue(review, study.folder / "with.xlsx", {}, originals_for="correction")
    assert not path.exists()
    export_queue(review, path, {}, originals_for="correction", actor="R1")
    assert any(row["originally"] for row in rows(path))
    events = [event for event in study.log.events() if event.action in ("reveal_intent", "reveal_done")]
    assert [event.action for event in events] == ["reveal_intent", "reveal_done"]
    assert all(event.detail and event.detail["scope"] == "queue" for event in events)


def test_choices_are_applied_through_the_same_acts_once(study: Study, tmp_path: Path) -> None:
    table = exported(study, tmp_path / "queue.xlsx")
    data = filled(table, suggested)
    first = import_queue(opened(study), data, "R2")
    assert (first.decided, first.before, first.empty) == (len(table), 0, 0)
    lines = read_lines(again(study.folder))
    assert {line.reviewer for line in lines} == {"R2"} and {"closed", "accept_risk"} <= {line.verdict for line in lines}
    second = import_queue(opened(again(study.folder)), data, "R2")
    assert (second.decided, second.before) == (0, len(table))
    assert read_lines(again(study.folder)) == lines
    left = opened(again(study.folder))
    left.assess()
    assert not [card for card in left.cards() if not card.answered and card.id in {row["card"] for row in table}]


def test_a_keep_of_the_table_keeps(study: Study, tmp_path: Path) -> None:
    table = exported(study, tmp_path / "queue.xlsx")
    row = next(row for row in table if row["kind"] == "unsure")
    data = filled(table, lambda one: ("keep", KEEP) if one["card"] == row["card"] else ("", ""))
    applied = import_queue(opened(study), data, "R1")
    assert (applied.decided, applied.empty) == (1, len(table) - 1)
    assert {line.verdict for line in read_lines(study)} & {"dismiss", "confirm"}


@pytest.mark.parametrize(
    ("column", "value", "where"),
    [("card", "risk-0000", "row 2"), ("choice", "delete", "row 2, choice"), ("reason", "because", "row 2, reason")],
)
def test_a_wrong_row_is_named_and_nothing_is_applied(
    study: Study, tmp_path: Path, column: str, value: str, where: str
) -> None:
    table = exported(study, tmp_path / "queue.xlsx")
    table = [one | dict(zip(("choice", "reason"), suggested(one), strict=True)) for one in table]
    table[0] |= {"choice": "keep", "reason": KEEP} | {column: value}
    with pytest.raises(AskedWrongly) as caught:
        import_queue(opened(study), write_sheet([[*table[0]], *([*row.values()] for row in table)]), "R1")
    assert caught.value.where == where
    assert not read_lines(study)


def test_another_table_is_refused(study: Study) -> None:
    with pytest.raises(AskedWrongly, match="no queue"):
        import_queue(opened(study), write_sheet([["name", "age"], ["x", "3"]]), "R1")


def test_no_cell_is_a_formula(study: Study, tmp_path: Path) -> None:
    review = opened(study)
    who = entity(review, "Snapchattery Vane")
    do(review, "pseudonym", entity=who, words="=HYPERLINK Birch")
    review.settle()
    assert "=HYPERLINK" in text(review)
    for row in exported(study, tmp_path / "queue.xlsx"):
        assert not [cell for cell in row.values() if cell[:1] in ("=", "+", "-", "@")]
