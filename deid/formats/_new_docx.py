"""A plain Word document made of paragraphs: what formats become that are read but never written."""

from collections.abc import Sequence

from lxml import etree

from deid.formats._container import write_container
from deid.formats._docx_names import CONTENT_TYPES, MAIN_TYPE, PACKAGE_RELATIONSHIPS, R
from deid.formats._docx_story import w
from deid.formats._text_nodes import keep_spaces
from deid.formats._xml import serialise


def new_docx(paragraphs: Sequence[str]) -> bytes:
    """A document of these paragraphs; `\\n` inside one is a line break."""
    root = etree.Element(w("document"), nsmap={"w": w("")[1:-1]})
    body = etree.SubElement(root, w("body"))
    for text in paragraphs:
        run = etree.SubElement(etree.SubElement(body, w("p")), w("r"))
        for number, line in enumerate(text.split("\n")):
            if number:
                etree.SubElement(run, w("br"))
            words = etree.SubElement(run, w("t"))
            words.text = line
            keep_spaces(words)
    types = etree.Element(f"{{{CONTENT_TYPES}}}Types", nsmap={None: CONTENT_TYPES})
    for extension, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    ):
        etree.SubElement(types, f"{{{CONTENT_TYPES}}}Default", Extension=extension, ContentType=kind)
    etree.SubElement(types, f"{{{CONTENT_TYPES}}}Override", PartName="/word/document.xml", ContentType=MAIN_TYPE)
    links = etree.Element(f"{{{PACKAGE_RELATIONSHIPS}}}Relationships", nsmap={None: PACKAGE_RELATIONSHIPS})
    target = {"Id": "rId1", "Type": f"{R}/officeDocument", "Target": "word/document.xml"}
    etree.SubElement(links, f"{{{PACKAGE_RELATIONSHIPS}}}Relationship", target)
    return write_container(
        {"[Content_Types].xml": serialise(types), "_rels/.rels": serialise(links), "word/document.xml": serialise(root)}
    )
