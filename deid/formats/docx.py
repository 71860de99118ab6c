"""Word documents, in place: every place that holds words is read as segments or dropped by a named rule.

The document is cleaned first (`_docx_clean`). What is then left is one long string over all its text nodes, paragraphs
kept apart by empty lines, so that turns are found as in plain text and new words go back into the runs they came from.
"""

from collections.abc import Iterator

from lxml import etree

from deid.config import Formats
from deid.formats._container import text_parts
from deid.formats._docx_clean import clean
from deid.formats._docx_package import save
from deid.formats._docx_read import read_package
from deid.formats._docx_story import w
from deid.formats._lens import apply, confirm, source_edits
from deid.formats._links import escape_link
from deid.formats._text import check_size
from deid.formats._text_nodes import TextNode, edit_nodes, keep_spaces
from deid.formats._xml import remove
from deid.model import Replacement, Segment

SUFFIXES = (".docx",)
SUMMARY = "Word: text, tables, headers, notes, comments, boxes, links; formatting stays, hidden data is dropped"

_TEXT = w("t")


def read(source: bytes, settings: Formats) -> tuple[Segment, ...]:
    """The segments of a Word document as it will be written: without what the rules drop."""
    check_size(source, settings)
    return tuple(item.segment for item in read_package(*clean(source, settings)).placed)


def write(source: bytes, replacements: tuple[Replacement, ...], settings: Formats) -> bytes:
    """The document with the replacements made in its own runs and everything dropped that the rules drop."""
    check_size(source, settings)
    package, pairs = clean(source, settings)
    reading = read_package(package, pairs)
    edit_nodes(reading.nodes, source_edits(reading.placed, replacements, _escape), _put)
    for part in package.stories:
        for text in part.root.iter(_TEXT):
            if text.text and text.text != text.text.strip():
                keep_spaces(text)
    output = save(package)
    if replacements:
        confirm(read(output, settings), apply([item.segment for item in reading.placed], replacements))
    return output


def dropped(source: bytes, settings: Formats) -> tuple[str, ...]:
    """What the rules drop from this document, with counts."""
    check_size(source, settings)
    package, _ = clean(source, settings)
    return tuple(f"{what} ({count})" for what, count in sorted(package.dropped.items()) if count)


def parts(output: bytes) -> Iterator[tuple[str, str]]:
    """Every part of the document as text, and their names."""
    yield from text_parts(output)


def _escape(kind: str, words: str) -> str:
    """Only link targets are escaped here; XML is escaped where it is written."""
    return escape_link(words)


def _put(node: TextNode, words: str) -> None:
    """Take out a tab or line break inside a replaced stretch; words that belong there get a text of their own."""
    for element in (node.element, *node.twins):
        if words:
            text = etree.Element(_TEXT)
            text.text = words
            element.addprevious(text)
        remove(element)
