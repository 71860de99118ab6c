"""Text nodes: one string out of many XML nodes, and edits of that string put back into the nodes.

The one core algorithm of Word, OpenDocument, REFI-QDA and the like. A name that is split over three runs is one stretch
of the string; the first node it touches takes the new words, the others lose their share, and no run is merged or
moved, so that formatting stays where it was.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from deid.errors import FormatError
from deid.formats._lens import share_out, splice
from deid.formats._text import Edit

# What XML 1.0 cannot hold, in any spelling.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class TextNode:
    """Where a stretch of text lives. slot: text, tail, @attribute, or "" for an element that stands for a character.

    An empty slot without an element keeps paragraphs apart: no segment covers it, so it is never edited.
    twins: elements that hold the same text again (the fallback of a text box) and are changed with it.
    """

    element: etree._Element
    slot: str
    text: str = field(repr=False)
    twins: tuple[etree._Element, ...] = ()


def edit_nodes(nodes: Sequence[TextNode], edits: Iterable[Edit], put: Callable[[TextNode, str], None]) -> None:
    """Make edits of the joined text in the nodes. `put(node, words)` replaces an element that stands for a character.

    Raises FormatError if a replacement holds what XML cannot.
    """
    ordered = sorted(edits)
    if any(_NOT_XML.search(new) for _, _, new in ordered):
        raise FormatError("a replacement holds a control character", hint="choose a pseudonym of letters and digits")
    for number, local in share_out([node.text for node in nodes], ordered).items():
        node = nodes[number]
        words = splice(node.text, local)
        if node.slot:
            _set(node, words)
        else:
            put(node, words)


def _set(node: TextNode, words: str) -> None:
    for element in (node.element, *node.twins):
        if node.slot == "text":
            element.text = words
        elif node.slot == "tail":
            element.tail = words
        else:
            element.set(node.slot[1:], words)


def keep_spaces(element: etree._Element) -> None:
    """Without this mark an XML reader may drop the spaces at the ends of a text."""
    element.set(_SPACE, "preserve")
