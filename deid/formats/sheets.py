"""A table as a workbook, and back: what deid hands to people who work in Excel or LibreOffice.

This is no format of transcripts. Every cell is text and marked as such, so that no cell is ever taken for a formula.
"""

import re
from collections.abc import Mapping, Sequence

from lxml import etree

from deid.errors import FormatError
from deid.formats._tables import check_table
from deid.formats._xlsx_cells import date_styles, grid
from deid.formats._xlsx_clean import MAIN, Sheet, Workbook, clean, keep_spaces, save, write_text, x

# Excel's own limit.
_LONGEST_CELL = 32_767
_NARROWEST, _WIDEST = 8, 60
# What XML cannot hold: a bell, half of a surrogate pair.
_UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Format 49 is Excel's "Text"; the mark of quotation keeps a cell text while it is edited, too.
_PLAIN, _HEAD = "1", "2"
_STYLES = f"""\
<styleSheet xmlns="{MAIN}">
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>
<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" applyAlignment="1">
<alignment vertical="top" wrapText="1"/></xf>
<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" applyFont="1"/>
</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


def write_sheet(
    rows: Sequence[Sequence[str]], name: str = "Sheet1", lists: Mapping[tuple[int, int], Sequence[str]] | None = None
) -> bytes:
    """A workbook of one sheet; the first row is its head and stays in sight. The same rows give the same bytes.

    lists: for a cell, by row and column from 0, the words that a person chooses from.
    """
    check_table(len(rows), sum(len(row) for row in rows), "the table")
    root = etree.Element(x("worksheet"), nsmap={None: MAIN})
    pane = etree.SubElement(etree.SubElement(etree.SubElement(root, x("sheetViews")), x("sheetView")), x("pane"))
    pane.getparent().set("workbookViewId", "0")
    for key, value in {"ySplit": "1", "topLeftCell": "A2", "activePane": "bottomLeft", "state": "frozen"}.items():
        pane.set(key, value)
    _columns(root, rows)
    data = etree.SubElement(root, x("sheetData"))
    for number, row in enumerate(rows, 1):
        line = etree.SubElement(data, x("row"), r=str(number))
        for column, words in enumerate(row):
            if words:
                style = _HEAD if number == 1 else _PLAIN
                cell = etree.SubElement(line, x("c"), r=f"{_letters(column)}{number}", s=style)
                write_text(cell, _written(words, f"row {number}"))
    _choices(root, lists or {})
    keep_spaces(root)
    book = etree.Element(x("workbook"), nsmap={None: MAIN})
    entry = etree.SubElement(etree.SubElement(book, x("sheets")), x("sheet"), name=name)
    return save(Workbook(book, [Sheet(entry, root)], etree.fromstring(_STYLES)))


def _choices(root: etree._Element, lists: Mapping[tuple[int, int], Sequence[str]]) -> None:
    """What a cell may hold, as a list that opens in it; cells of one list share it."""
    cells: dict[tuple[str, ...], list[str]] = {}
    for (row, column), words in lists.items():
        cells.setdefault(tuple(words), []).append(f"{_letters(column)}{row + 1}")
    if not cells:
        return
    every = etree.SubElement(root, x("dataValidations"), count=str(len(cells)))
    for words, places in cells.items():
        one = etree.SubElement(
            every, x("dataValidation"), type="list", allowBlank="1", showErrorMessage="1", sqref=" ".join(places)
        )
        # A list in a formula: its words stand in quotation marks with commas between.
        etree.SubElement(one, x("formula1")).text = f'"{",".join(words)}"'


def read_sheet(source: bytes) -> tuple[tuple[str, ...], ...]:
    """The first sheet of a workbook, as any program saved it: rows of equal width, blank rows left out.

    Numbers are as stored, dates as 2026-03-02, formulas as their last value. Raises FormatError for any other file.
    """
    workbook = clean(source)
    rows, _ = grid(workbook, workbook.sheets[0], date_styles(workbook))
    width = max(map(len, rows), default=0)
    return tuple((*row, *[""] * (width - len(row))) for row in rows if row)


def _columns(root: etree._Element, rows: Sequence[Sequence[str]]) -> None:
    """Columns as wide as their longest line, within reason."""
    width = max(map(len, rows), default=0)
    if not width:
        return
    columns = etree.SubElement(root, x("cols"))
    for at in range(width):
        longest = max((len(line) for row in rows if at < len(row) for line in row[at].splitlines()), default=0)
        size = str(min(max(longest + 2, _NARROWEST), _WIDEST))
        etree.SubElement(columns, x("col"), min=str(at + 1), max=str(at + 1), width=size, customWidth="1")


def _letters(column: int) -> str:
    """A, B ... Z, AA ...: the name of a column counted from nought."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _written(words: str, where: str) -> str:
    """Raises FormatError for more than a cell can hold; what XML cannot hold becomes the replacement character."""
    if len(words) > _LONGEST_CELL:
        raise FormatError(f"a cell holds more than {_LONGEST_CELL:,} characters", where=where, hint="export as CSV")
    return _UNWRITABLE.sub("�", words)
