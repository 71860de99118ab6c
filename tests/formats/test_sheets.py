import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.errors import FormatError
from deid.formats import choose
from deid.formats.sheets import read_sheet, write_sheet

# What XML holds as it is; a carriage return alone is a line feed to every reader of XML, so it is escaped.
_WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc")) | st.sampled_from("\t\n\r"), max_size=30)
_ROWS = st.lists(st.tuples(_WORDS, _WORDS, _WORDS.filter(str.strip)), min_size=1, max_size=6)


@given(_ROWS)
def test_what_is_written_is_read_back(rows):
    shown = tuple(tuple(cell if cell.strip() else "" for cell in row) for row in rows)
    assert read_sheet(write_sheet(rows)) == shown


@pytest.mark.parametrize("cell", ["=1+1", "+44", "-x", "@SUM(A1)", "\tx", "\r=1", '=HYPERLINK("http://x.example")'])
def test_no_cell_is_a_formula_in_a_spreadsheet(cell: str):
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(io.BytesIO(write_sheet([["head"], [cell]]))).active
    assert sheet["A2"].data_type in {"s", "inlineStr"} and sheet["A2"].value == cell
    assert sheet["A2"].quotePrefix and sheet["A2"].number_format == "@"
    assert sheet.freeze_panes == "A2" and sheet["A1"].font.bold


def test_what_another_program_saved_is_read():
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["what", "count"], ["one", 7], [None, None], ["three", None, "late"]):
        book.active.append(row)
    saved = io.BytesIO()
    book.save(saved)
    assert read_sheet(saved.getvalue()) == (("what", "count", ""), ("one", "7", ""), ("three", "", "late"))


def test_the_same_rows_are_the_same_bytes():
    rows = [["a", "b"], ["1", "2"]]
    assert write_sheet(rows) == write_sheet(tuple(map(tuple, rows)))


def test_what_a_cell_cannot_hold():
    assert read_sheet(write_sheet([["a\x07b"]])) == (("a�b",),)
    with pytest.raises(FormatError, match="more than 32,767"):
        write_sheet([["x" * 32_768]])


@pytest.mark.parametrize("source", [b"", b"code,verdict\n", b"PK\x03\x04" + b"\x00" * 40])
def test_what_is_no_workbook_is_refused(source: bytes):
    with pytest.raises(FormatError):
        read_sheet(source)


def test_it_is_no_format_of_transcripts():
    assert "sheets" not in choose.names()


def test_a_cell_may_offer_a_list() -> None:
    import io

    import openpyxl

    rows = [["card", "choice"], ["one", ""], ["two", ""], ["three", ""]]
    data = write_sheet(rows, lists={(1, 1): ("keep", "replace"), (2, 1): ("keep", "replace"), (3, 1): ("nothing",)})
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    found = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert found == {"B2 B3": '"keep,replace"', "B4": '"nothing"'} or found == {
        "B2:B3": '"keep,replace"',
        "B4": '"nothing"',
    }
    assert read_sheet(data)[1][0] == "one"
