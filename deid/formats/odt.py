"""OpenDocument texts, in place: every place that holds words is read as segments or dropped by a named rule."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from deid.config import Formats
from deid.formats._container import text_parts
from deid.formats._docx_tables import transcript_columns
from deid.formats._lens import Placed, apply, confirm, place, source_edits
from deid.formats._links import escape_link, link_pieces
from deid.formats._odt_clean import PARAGRAPHS, Document, clean, q, save
from deid.formats._text import check_size
from deid.formats._text_nodes import TextNode, edit_nodes
from deid.formats._turns import Line, turns
from deid.model import Replacement, Segment

SUFFIXES = (".odt",)
SUMMARY = "OpenDocument text: text, tables, notes, comments, boxes, links; formatting stays, hidden data is dropped"

_SPACE, _TAB, _BREAK_TAG = q("text:s"), q("text:tab"), q("text:line-break")
_NOTE, _COMMENT, _TABLE = q("text:note"), q("office:annotation"), q("table:table")
_SPAN = q("text:span")
_HEADING = re.compile(r"(?:Heading|Title|Subtitle)(?:_20_.*)?")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_MOST_SPACES = 10_000


@dataclass(slots=True)
class _Reading:
    """All text nodes of a document in one order, and the segments found in their joined text."""

    nodes: list[TextNode] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    covered: set[tuple[etree._Element, str]] = field(default_factory=set)
    length: int = 0

    def add(self, node: TextNode) -> int:
        self.nodes.append(node)
        self.length += len(node.text)
        return self.length - len(node.text)

    def text(self, element: etree._Element, slot: str) -> None:
        words = getattr(element, slot)
        self.covered.add((element, slot))
        if words:
            self.add(TextNode(element, slot, words))

    def whole(self, kind: str, element: etree._Element, slot: str, words: str) -> None:
        """A node that is a segment of its own."""
        if shown := words.strip():
            self.add(TextNode(None, "", "\n\n"))
            start = self.add(TextNode(element, slot, words))
            self.placed.append(place(kind, shown, start + words.index(shown)))


def read(source: bytes, settings: Formats) -> tuple[Segment, ...]:
    """The segments of a document as it will be written: without what the rules drop."""
    check_size(source, settings)
    return tuple(item.segment for item in _read(clean(source, settings)).placed)


def write(source: bytes, replacements: tuple[Replacement, ...], settings: Formats) -> bytes:
    """The document with the replacements made in its own spans and everything dropped that the rules drop."""
    check_size(source, settings)
    document = clean(source, settings)
    reading = _read(document)
    edit_nodes(reading.nodes, source_edits(reading.placed, replacements, lambda _, words: escape_link(words)), _put)
    output = save(document)
    if replacements:
        confirm(read(output, settings), apply([item.segment for item in reading.placed], replacements))
    return output


def dropped(source: bytes, settings: Formats) -> tuple[str, ...]:
    """What the rules drop from this document, with counts."""
    check_size(source, settings)
    found = clean(source, settings).dropped
    return tuple(f"{what} ({count})" for what, count in sorted(found.items()) if count)


def parts(output: bytes) -> Iterator[tuple[str, str]]:
    """Every part of the document as text, and their names."""
    yield from text_parts(output)


def _put(node: TextNode, words: str) -> None:
    """A tab, line break or row of spaces inside a replaced stretch becomes a span of the words that belong there."""
    node.element.tag = _SPAN
    node.element.attrib.clear()
    node.element.text = words or None


def _read(document: Document) -> _Reading:
    reading = _Reading()
    body = document.content.find(f"{q('office:body')}/{q('office:text')}")
    headings = _headings(document)
    reading.placed += turns(list(_lines_of(reading, body, headings)))
    for root in document.roots:
        _stories(reading, root)
    for root in document.roots:
        for link in root.iter(q("text:a")):
            reading.add(TextNode(None, "", "\n\n"))
            target = link.get(q("xlink:href"), "")
            pieces = link_pieces(target, reading.add(TextNode(link, "@" + q("xlink:href"), target)))
            if text := "".join(piece.text for piece in pieces):
                reading.placed.append(Placed(Segment("link", text), pieces, is_escaped=True))
        _leftovers(reading, root)
    return reading


def _headings(document: Document) -> frozenset[str]:
    """Styles that look like headings: those of that name, and what was made from them for single paragraphs."""
    found = set()
    for root in document.roots:
        for style in root.iter(q("style:style")):
            name, parent = style.get(q("style:name"), ""), style.get(q("style:parent-style-name"), "")
            if _HEADING.fullmatch(name) or _HEADING.fullmatch(parent):
                found.add(name)
    return frozenset(found)


def _lines_of(reading: _Reading, container: etree._Element, headings: frozenset[str]) -> Iterator[Line]:
    for block in _blocks(container):
        if block.tag == _TABLE:
            yield from _table(reading, block)
        else:
            start, text = _paragraph(reading, block)
            is_heading = block.tag == q("text:h") or block.get(q("text:style-name")) in headings
            yield from _lines(start, text, "heading" if is_heading else "")


def _blocks(container: etree._Element) -> Iterator[etree._Element]:
    for child in container:
        if child.tag in PARAGRAPHS or child.tag == _TABLE:
            yield child
        elif len(child) and not _is_apart(child):
            yield from _blocks(child)


def _is_apart(element: etree._Element) -> bool:
    """Notes, comments and shapes are not part of the text around them."""
    return element.tag in {_NOTE, _COMMENT} or element.tag.startswith(q("draw:"))


def _table(reading: _Reading, table: etree._Element) -> Iterator[Line]:
    """A table's cells; where its columns are speaker and words, as turns."""
    rows = [
        [[_paragraph(reading, one) for one in _inner(cell)] for cell in row if _is_cell(cell)] for row in _rows(table)
    ]
    columns = transcript_columns([["\n".join(text for _, text in cell) for cell in row] for row in rows])
    for number, row in enumerate(rows):
        is_talk = columns is not None and number >= columns.first_row and len(row) > max(columns.speaker, columns.words)
        for column in columns.order(len(row)) if is_talk and columns else range(len(row)):
            kind = columns.kind(column) if is_talk and columns else "cell"
            for start, text in row[column]:
                yield from _lines(start, text, kind)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == q("table:table-row"):
            yield child
        elif child.tag != _TABLE and len(child):
            yield from _rows(child)


def _is_cell(element: etree._Element) -> bool:
    return element.tag in {q("table:table-cell"), q("table:covered-table-cell")}


def _inner(container: etree._Element) -> Iterator[etree._Element]:
    """Every paragraph, those of tables inside too."""
    for block in _blocks(container):
        if block.tag == _TABLE:
            for row in _rows(block):
                yield from _inner(row)
        else:
            yield block


def _lines(start: int, text: str, kind: str) -> Iterator[Line]:
    for number, line in enumerate(text.split("\n")):
        yield Line(start, line, joins=number > 0, kind=kind)
        start += len(line) + 1


def _paragraph(reading: _Reading, paragraph: etree._Element) -> tuple[int, str]:
    """Append a paragraph's nodes; where it begins and what it says."""
    reading.add(TextNode(None, "", "\n\n"))
    start, first = reading.length, len(reading.nodes)
    _inline(reading, paragraph)
    return start, "".join(node.text for node in reading.nodes[first:])


def _inline(reading: _Reading, element: etree._Element) -> None:
    reading.text(element, "text")
    for child in element:
        if child.tag == _SPACE:
            count = child.get(q("text:c"), "1")
            reading.add(TextNode(child, "", " " * min(int(count) if count.isdigit() else 1, _MOST_SPACES)))
        elif child.tag in {_TAB, _BREAK_TAG}:
            reading.add(TextNode(child, "", "\t" if child.tag == _TAB else "\n"))
        elif not _is_apart(child):
            _inline(reading, child)
        reading.text(child, "tail")


def _stories(reading: _Reading, root: etree._Element) -> None:
    """Paragraphs that stand outside of the talk, each a segment."""
    for paragraph in root.iter(*PARAGRAPHS):
        if (paragraph, "text") in reading.covered:
            continue
        above = {ancestor.tag for ancestor in paragraph.iterancestors()}
        kind = "comment" if _COMMENT in above else "note"
        for place_name in ("header", "footer"):
            if any(tag.startswith(q(f"style:{place_name}")) for tag in above):
                kind = place_name
        start, text = _paragraph(reading, paragraph)
        if words := text.strip():
            reading.placed.append(place(kind, words, start + text.index(words)))


def _leftovers(reading: _Reading, root: etree._Element) -> None:
    """Words in any other place: titles and descriptions of shapes, words of lists, dates and indexes."""
    for element in root.iter():
        if (element, "text") not in reading.covered and (element.text or "").strip():
            kind = "alt_text" if element.tag in {q("svg:title"), q("svg:desc")} else "property"
            if kind == "alt_text" or _LETTERS.search(element.text):
                reading.whole(kind, element, "text", element.text)
        for name, value in element.attrib.items():
            if name.endswith(("num-prefix", "num-suffix")) and _LETTERS.search(value):
                reading.whole("property", element, "@" + name, value)
