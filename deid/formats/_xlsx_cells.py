"""The cells of a sheet as a reader sees them: rows of text, dates as days."""

import re
from datetime import datetime, timedelta

from lxml import etree

from deid.errors import FormatError
from deid.formats._xlsx_clean import Sheet, Workbook, column_number, x

_MOST_COLUMNS = 16_384
# Numbers of Excel's own date formats, and what a format of somebody's own shows a date by.
_DATES = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
_TIMES = frozenset({18, 19, 20, 21, 45, 46, 47})
_DATE_CODE = re.compile(r"[dy]|(?<!h:)mmm", re.IGNORECASE)
_NOT_CODE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')


def grid(
    workbook: Workbook, sheet: Sheet, dates: dict[int, str]
) -> tuple[list[list[str]], dict[tuple[int, int], etree._Element]]:
    """What every cell shows, row by row, and the cells that show anything by row and column."""
    rows: list[list[str]] = []
    found: dict[tuple[int, int], etree._Element] = {}
    for row in sheet.root.iterfind(f"{x('sheetData')}/{x('row')}"):
        words: list[str] = []
        for cell in row:
            column = column_number(cell.get("r", ""), len(words))
            if not len(words) <= column < _MOST_COLUMNS:
                raise FormatError("the cells of a row are out of order", where=f"row {len(rows) + 1}")
            text = _shown(cell, dates, is_1904=workbook.is_1904)
            if text.strip():
                words += [""] * (column - len(words)) + [text]
                found[len(rows), column] = cell
        rows.append(words)
    return rows, found


def date_styles(workbook: Workbook) -> dict[int, str]:
    """Numbers of the cell formats that show dates or times."""
    root = workbook.styles
    if root is None:
        return {}
    own = {one.get("numFmtId", ""): _NOT_CODE.sub("", one.get("formatCode", "")) for one in root.iter(x("numFmt"))}
    found = {}
    for number, format_ in enumerate(root.iterfind(f"{x('cellXfs')}/{x('xf')}")):
        known = format_.get("numFmtId", "0")
        code = int(known) if known.isdigit() and len(known) < 6 else 0
        if code in _DATES or _DATE_CODE.search(own.get(known, "")):
            found[number] = "date"
        elif code in _TIMES or re.search(r"h+:|m+:s", own.get(known, ""), re.IGNORECASE):
            found[number] = "time"
    return found


def _shown(cell: etree._Element, dates: dict[int, str], *, is_1904: bool) -> str:
    """What a cell shows, near enough for a detector: a date as 2012-03-14, any other number as it is stored."""
    if cell.get("t") == "inlineStr":
        return "".join(node.text or "" for node in cell.iter(x("t")))
    value = cell.find(x("v"))
    words = (value.text or "").strip() if value is not None else ""
    kind, style = cell.get("t", "n"), cell.get("s", "0")
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(words, words)
    if kind == "n" and style.isdigit() and int(style[:9]) in dates:
        return _date(words, dates[int(style[:9])], is_1904=is_1904)
    return words.removesuffix(".0")


def _date(words: str, kind: str, *, is_1904: bool) -> str:
    try:
        days = float(words)
        when = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30)
        when += timedelta(seconds=round(days * 86400))
    except (ValueError, OverflowError):
        return words
    if kind == "time" and days < 1:
        return f"{when:%H:%M:%S}"
    return f"{when:%Y-%m-%d}" if days == int(days) else f"{when:%Y-%m-%d %H:%M:%S}"
