"""Excel workbooks: a turn or a case a row. Formats, also inside a cell, stay; formulas leave their values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from deid.config import Formats
from deid.errors import FormatError
from deid.formats._container import text_parts
from deid.formats._lens import Piece, Placed, apply, by_segment, source_edits, splice
from deid.formats._tables import cells_of, confirm_cells
from deid.formats._text import Edit, check_size
from deid.formats._text_nodes import TextNode, edit_nodes
from deid.formats._xlsx_cells import date_styles, grid
from deid.formats._xlsx_clean import Sheet, Workbook, clean, keep_spaces, save, write_text, x
from deid.model import Replacement, Segment

SUFFIXES = (".xlsx",)
SUMMARY = "Excel: cells, sheet names, comments, headers; formats stay; formulas leave values, hidden data is dropped"

# &L &C &R (where)   &P &N &D (fields)   &"Arial,Bold" &12 &K00FF00 (looks)   && (an ampersand)
_HEADER_CODE = re.compile(r"&(?:\"[^\"]*\"|\d{1,3}|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|[LCRPNDTZFAGBIUESXYHO&])")
# Square brackets cannot stand in a sheet's name; curly ones can.
_TO_SHEET, _FROM_SHEET = str.maketrans("[]", "{}"), str.maketrans("{}", "[]")
_NOT_IN_SHEET = re.compile(r"[\[\]:*?/\\]")
_LONGEST_SHEET = 31


@dataclass(slots=True)
class _Reading:
    """The text nodes of a workbook in one order, its segments, and the cells that have a number instead of nodes."""

    nodes: list[TextNode] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    numbers: dict[int, etree._Element] = field(default_factory=dict)
    names: dict[int, etree._Element] = field(default_factory=dict)
    length: int = 0

    def add(self, node: TextNode) -> int:
        self.nodes.append(node)
        self.length += len(node.text)
        return self.length - len(node.text)

    def text(self, nodes: list[TextNode]) -> tuple[int, str]:
        self.add(TextNode(None, "", "\n\n"))
        start = self.length
        for node in nodes:
            self.add(node)
        return start, "".join(node.text for node in nodes)


def read(source: bytes, settings: Formats) -> tuple[Segment, ...]:
    """The cells of a workbook as it will be written, sheet by sheet, and what stands around them."""
    check_size(source, settings)
    return tuple(item.segment for item in _read(clean(source)).placed)


def write(source: bytes, replacements: tuple[Replacement, ...], settings: Formats) -> bytes:
    """The workbook with the replacements made in its cells and everything dropped that the rules drop."""
    check_size(source, settings)
    workbook = clean(source)
    reading = _read(workbook)
    segments = [item.segment for item in reading.placed]
    wanted = by_segment(segments, replacements)
    apart = reading.numbers.keys() | reading.names.keys()
    in_nodes = [one for one in replacements if one.span.segment not in apart]
    edit_nodes(reading.nodes, source_edits(reading.placed, in_nodes, _escape), lambda node, words: None)
    for index, cell in reading.numbers.items():
        if index in wanted:
            write_text(cell, splice(segments[index].text, wanted[index]))
    expected = list(apply(segments, replacements))
    _rename(reading, wanted, expected)
    for sheet in workbook.sheets:
        keep_spaces(sheet.root)
        if sheet.comments is not None:
            keep_spaces(sheet.comments)
    output = save(workbook)
    if replacements:
        confirm_cells(read(output, settings), expected)
    return output


def dropped(source: bytes, settings: Formats) -> tuple[str, ...]:
    """What the rules drop from this workbook, with counts."""
    check_size(source, settings)
    found = clean(source).dropped
    return tuple(f"{what} ({count})" for what, count in sorted(found.items()) if count)


def parts(output: bytes) -> Iterator[tuple[str, str]]:
    """Every part of the workbook as text, and their names."""
    yield from text_parts(output)


def _escape(kind: str, words: str) -> str:
    """In headers `&` begins a code."""
    return words.replace("&", "&&")


def _rename(reading: _Reading, wanted: dict[int, list[Edit]], expected: list[Segment]) -> None:
    """New names of sheets. Raises FormatError for one that is too long, or there already."""
    taken: set[str] = set()
    for number, (index, entry) in enumerate(reading.names.items(), 1):
        name = splice(reading.placed[index].segment.text, wanted.get(index, ())).translate(_TO_SHEET)
        if index in wanted and (
            _NOT_IN_SHEET.search(name)
            or len(name) > _LONGEST_SHEET
            or name.casefold() in taken
            or name.strip("'") != name
        ):
            raise FormatError(
                "the new name of a sheet does not fit into 31 characters, or stands there twice",
                where=f"sheet {number}",
                hint="give this sheet a short name without a person in it, and run again",
            )
        taken.add(name.casefold())
        if index in wanted:
            entry.set("name", name)


def _read(workbook: Workbook) -> _Reading:
    reading = _Reading()
    dates = date_styles(workbook)
    turn = 0
    for sheet in workbook.sheets:
        turn = _cells(reading, workbook, sheet, dates, turn)
    for sheet in workbook.sheets:
        _comments(reading, sheet)
        _headers(reading, sheet)
    for sheet in workbook.sheets:
        name = sheet.entry.get("name", "").translate(_FROM_SHEET)
        if name.strip():
            reading.names[len(reading.placed)] = sheet.entry
            reading.placed.append(Placed(Segment("property", name.strip()), ()))
    return reading


def _cells(reading: _Reading, workbook: Workbook, sheet: Sheet, dates: dict[int, str], turn: int) -> int:
    """The cells of a sheet as segments; the turn of its last row."""
    rows, found = grid(workbook, sheet, dates)
    for one in cells_of(rows, turn=turn):
        cell = found[one.row, one.column]
        turn = max(turn, one.segment.turn)
        if cell.get("t") == "inlineStr":
            start, text = reading.text([TextNode(node, "text", node.text) for node in cell.iter(x("t")) if node.text])
            start += text.index(one.segment.text)
            reading.placed.append(Placed(one.segment, (Piece(start, start + len(one.segment.text), one.segment.text),)))
        else:
            reading.numbers[len(reading.placed)] = cell
            reading.placed.append(Placed(one.segment, ()))
    return turn


def _comments(reading: _Reading, sheet: Sheet) -> None:
    for comment in sheet.comments.iter(x("comment")) if sheet.comments is not None else ():
        start, text = reading.text([TextNode(node, "text", node.text) for node in comment.iter(x("t")) if node.text])
        if words := text.strip():
            start += text.index(words)
            reading.placed.append(Placed(Segment("comment", words), (Piece(start, start + len(words), words),)))


def _headers(reading: _Reading, sheet: Sheet) -> None:
    """Headers and footers, code by code: `&LJane Smith&CPage &P` holds two texts."""
    for element in sheet.root.iterfind(f"{x('headerFooter')}/*"):
        kind = "footer" if element.tag.endswith("Footer") else "header"
        start, text = reading.text([TextNode(element, "text", element.text)] if element.text else [])
        done = 0
        for code in [*_HEADER_CODE.finditer(text), None]:
            part = text[done : code.start() if code else len(text)]
            if words := part.strip():
                at = start + done + part.index(words)
                piece = Piece(at, at + len(words), words)
                reading.placed.append(Placed(Segment(kind, words), (piece,), is_escaped=True))
            done = code.end() if code else done
