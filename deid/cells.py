"""Tables for spreadsheets, as CSV: what Excel and LibreOffice open by a double click."""

import csv
import io
from collections.abc import Iterable, Sequence

# A spreadsheet takes a cell that begins so for a formula: =, +, -, @, tab, carriage return.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def inert(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula stands behind an apostrophe."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def write_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a byte order mark, without which Excel guesses the encoding; no cell is taken for a formula."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([inert(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
