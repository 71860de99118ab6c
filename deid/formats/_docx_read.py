"""A cleaned Word document as text nodes and segments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from deid.errors import FormatError
from deid.formats import _docx_names as names
from deid.formats._docx_clean import Pairs, addresses, style_name
from deid.formats._docx_package import Package, Part
from deid.formats._docx_story import CHARACTERS, text_elements, w
from deid.formats._docx_tables import rows_of, transcript_columns
from deid.formats._lens import Placed, place
from deid.formats._links import link_pieces
from deid.formats._text_nodes import TextNode
from deid.formats._turns import Line, turns
from deid.model import Segment

_P, _TBL, _VAL = w("p"), w("tbl"), w("val")
_NO_BLOCKS = frozenset({w("pPr"), w("rPr"), w("sectPr"), w("sdtPr"), w("tblPr"), w("tcPr"), w("trPr")})
_FALLBACK = f"{{{names.MC}}}Fallback"
_HEADING = re.compile(r"heading \d|title|subtitle", re.IGNORECASE)
_KINDS = {"header": "header", "footer": "footer", "footnotes": "note", "endnotes": "note", "comments": "comment"}
# Attributes with words that a reader sees on hovering, or hears from a screen reader.
_ATTRIBUTES = (
    ("alt_text", f"{{{names.WP}}}docPr", "descr"),
    ("alt_text", f"{{{names.WP}}}docPr", "title"),
    ("alt_text", w("hyperlink"), w("tooltip")),
    ("alt_text", w("tblCaption"), _VAL),
    ("alt_text", w("tblDescription"), _VAL),
    ("property", w("alias"), _VAL),
    ("alt_text", f"{{{names.V}}}*", "alt"),
    ("note", f"{{{names.V}}}*", "string"),
)
# "Interviewer" before a number: Interviewer %1:      a bullet of one letter is no word
_LIST_WORDS = re.compile(r"[^\W\d_]{2}")


@dataclass(slots=True)
class Reading:
    """All text nodes of a document in one order, and the segments found in their joined text."""

    nodes: list[TextNode] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    length: int = 0

    def add(self, node: TextNode) -> int:
        """Append a node and say where its text begins."""
        self.nodes.append(node)
        self.length += len(node.text)
        return self.length - len(node.text)


Copies = dict[etree._Element, etree._Element]
_BREAK = TextNode(None, "", "\n\n")


def read_package(package: Package, pairs: Pairs) -> Reading:
    """The segments of a cleaned document: body, headers and notes, what hovers and hides, links."""
    reading = Reading()
    copies = dict(pairs)
    document = package.parts[0]
    reading.placed += turns(list(_body(reading, document.root, _headings(package), copies)))
    for part in package.stories[1:]:
        _story(reading, part.root, _KINDS[part.tail], copies)
    for part in package.stories:
        _boxes(reading, part, copies)
        _attributes(reading, part)
    _names(reading, package)
    for link in addresses(package):
        reading.add(_BREAK)
        pieces = link_pieces(link.get("Target"), reading.add(TextNode(link, "@Target", link.get("Target"))))
        text = "".join(piece.text for piece in pieces)
        reading.placed.append(Placed(Segment("link", text), pieces, is_escaped=True))
    return reading


def _paragraph(reading: Reading, paragraph: etree._Element, copies: Copies) -> tuple[int, str]:
    """Append a paragraph's nodes; where it begins and what it says."""
    reading.add(_BREAK)
    start = reading.length
    elements = list(text_elements(paragraph))
    twins = list(text_elements(copies[paragraph])) if paragraph in copies else []
    if twins and len(twins) != len(elements):
        raise FormatError("the two copies of a text box differ", hint="open the document in Word and save it again")
    for number, element in enumerate(elements):
        twin = (twins[number],) if twins else ()
        character = CHARACTERS.get(element.tag)
        reading.add(TextNode(element, "" if character else "text", character or element.text or "", twin))
    return start, "".join(node.text for node in reading.nodes[len(reading.nodes) - len(elements) :])


def _lines(start: int, text: str, kind: str = "") -> Iterator[Line]:
    for number, line in enumerate(text.split("\n")):
        yield Line(start, line, joins=number > 0, kind=kind)
        start += len(line) + 1


def _body(reading: Reading, root: etree._Element, headings: frozenset[str], copies: Copies) -> Iterator[Line]:
    """The lines of the running text. A paragraph's first line never joins the paragraph before."""
    for block in _blocks(root):
        if block.tag == _TBL:
            yield from _table(reading, block, copies)
            continue
        start, text = _paragraph(reading, block, copies)
        style = block.find(f"{w('pPr')}/{w('pStyle')}")
        yield from _lines(start, text, "heading" if style is not None and style.get(_VAL) in headings else "")


def _headings(package: Package) -> frozenset[str]:
    """Ids of the styles that Word calls headings."""
    styles = package.find("styles")
    found = styles.root.iter(w("style")) if styles is not None else ()
    return frozenset(style.get(w("styleId"), "") for style in found if _HEADING.fullmatch(style_name(style)))


def _blocks(container: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables in order, those inside content controls too."""
    for child in container:
        if child.tag in {_P, _TBL}:
            yield child
        elif len(child) and child.tag not in _NO_BLOCKS:
            yield from _blocks(child)


def _table(reading: Reading, table: etree._Element, copies: Copies) -> Iterator[Line]:
    """A table's cells; where its columns are speaker and words, as turns."""
    rows = [[[_paragraph(reading, one, copies) for one in _own(cell)] for cell in row] for row in rows_of(table)]
    columns = transcript_columns([["\n".join(text for _, text in cell) for cell in row] for row in rows])
    for number, row in enumerate(rows):
        is_talk = columns is not None and number >= columns.first_row and len(row) > max(columns.speaker, columns.words)
        order = columns.order(len(row)) if is_talk and columns else range(len(row))
        for column in order:
            kind = columns.kind(column) if is_talk and columns else "cell"
            for start, text in row[column]:
                yield from _lines(start, text, kind)


def _own(cell: etree._Element) -> Iterator[etree._Element]:
    """Every paragraph of a cell, those of tables inside it too."""
    for block in _blocks(cell):
        if block.tag == _P:
            yield block
        else:
            for inner in (one for row in rows_of(block) for one in row):
                yield from _own(inner)


def _story(reading: Reading, container: etree._Element, kind: str, copies: Copies) -> None:
    """Paragraphs that stand outside of the talk, each a segment."""
    for paragraph in _own(container):
        start, text = _paragraph(reading, paragraph, copies)
        if words := text.strip():
            reading.placed.append(place(kind, words, start + text.index(words)))


def _boxes(reading: Reading, part: Part, copies: Copies) -> None:
    """Text boxes. The copy for old programs is changed along with the first and not read again."""
    for box in part.root.iter(w("txbxContent")):
        if next(box.iterancestors(_FALLBACK), None) is None:
            _story(reading, box, "note", copies)


def _attributes(reading: Reading, part: Part) -> None:
    for kind, tag, name in _ATTRIBUTES:
        for element in part.root.iter(tag):
            _attribute(reading, kind, element, name)


def _attribute(reading: Reading, kind: str, element: etree._Element, name: str) -> None:
    value = element.get(name, "")
    if words := value.strip():
        reading.add(_BREAK)
        start = reading.add(TextNode(element, "@" + name, value))
        reading.placed.append(place(kind, words, start + value.index(words)))


def _names(reading: Reading, package: Package) -> None:
    """Names that a person gave to styles, and words that lists put before their numbers."""
    for tail, tag in (("styles", w("name")), ("numbering", w("lvlText"))):
        part = package.find(tail)
        for element in part.root.iter(tag) if part is not None else ():
            value = element.get(_VAL, "")
            if not names.BUILT_IN_STYLE.fullmatch(value) if tail == "styles" else _LIST_WORDS.search(value):
                _attribute(reading, "property", element, _VAL)
