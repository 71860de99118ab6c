"""XML read without entities, document types, networks or schemas, and written the same bytes every time."""

from lxml import etree

from deid.errors import FormatError

# A Word file of 500 pages has half a million tags; each costs some hundred bytes of memory once it is read.
_MOST_TAGS = 4_000_000


def parse(data: bytes, where: str) -> etree._Element:
    """The root of a part. Raises FormatError, naming the line, if it is not well formed or declares anything."""
    if data.count(b"<") > _MOST_TAGS:
        raise FormatError(f"this part has more than {_MOST_TAGS:,} tags", where=where, hint="split the document")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, remove_pis=True,
        remove_comments=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise FormatError("this part is not well-formed XML", where=f"{where}, line {error.lineno}") from None
    except ValueError:
        raise FormatError("this part is not XML", where=where) from None
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        raise FormatError("this part declares a document type, which can hide entities", where=where)
    return root


def serialise(root: etree._Element) -> bytes:
    """The bytes of a part."""
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def remove(element: etree._Element) -> None:
    """Take an element out and leave the text behind it where it is."""
    parent, tail = element.getparent(), element.tail
    if tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + tail
        else:
            before.tail = (before.tail or "") + tail
        element.tail = None
    parent.remove(element)


def unwrap(element: etree._Element) -> None:
    """Put an element's children in its place. Its own text is lost: where it is used, such text means nothing."""
    parent = element.getparent()
    at = parent.index(element)
    for number, child in enumerate(list(element)):
        parent.insert(at + number, child)
    remove(element)
