"""An OpenDocument text without what nobody should see: by allow-list of parts, and by named rules inside them."""

import re
from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from deid.config import Formats
from deid.errors import FormatError
from deid.formats._container import open_container, read_part, write_container
from deid.formats._docx_story import NO_OBJECT, NO_PICTURE
from deid.formats._xml import parse, remove, serialise

MIMETYPE = b"application/vnd.oasis.opendocument.text"
_TEMPLATE = b"application/vnd.oasis.opendocument.text-template"
_SAVE_AGAIN = "open it in LibreOffice and save it as ODF Text Document (.odt)"
SPACES = {
    prefix: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
    for prefix, name in {
        "office": "office", "text": "text", "draw": "drawing", "table": "table", "style": "style", "meta": "meta",
        "form": "form", "script": "script", "svg": "svg-compatible", "number": "datastyle", "m": "manifest",
        "presentation": "presentation", "anim": "animation",
    }.items()
} | {"xlink": "http://www.w3.org/1999/xlink", "dc": "http://purl.org/dc/elements/1.1/",
     "xml": "http://www.w3.org/XML/1998/namespace"}  # fmt: skip


def q(name: str) -> str:
    """`text:p` as lxml spells it."""
    prefix, _, local = name.partition(":")
    return f"{{{SPACES[prefix]}}}{local}"


def _tags(words: str) -> frozenset[str]:
    return frozenset(q(word) for word in words.split())


PARAGRAPHS = _tags("text:p text:h")
# Inside a paragraph only these are left as they are; every other text element (a field) becomes its words.
_INLINE = _tags("text:span text:a text:s text:tab text:line-break text:note text:note-citation text:note-body "
                "text:soft-page-break text:ruby text:ruby-base text:ruby-text text:page-number "
                "text:page-count")  # fmt: skip
_BLOCKS = _tags(
    "text:p text:h text:list text:list-item text:list-header text:section text:numbered-paragraph text:number"
)
_REMOVED = {
    q(name): what
    for what, names in {
        "scripts and forms": """office:scripts office:forms office:event-listeners
            presentation:event-listeners draw:control""",
        "marks of bookmarks and indexes": """text:bookmark text:bookmark-start text:bookmark-end text:reference-mark
            text:reference-mark-start text:reference-mark-end text:toc-mark text:toc-mark-start text:toc-mark-end
            text:user-index-mark text:user-index-mark-start text:user-index-mark-end text:alphabetical-index-mark
            text:alphabetical-index-mark-start text:alphabetical-index-mark-end office:annotation-end""",
        "variables": """text:variable-decls text:user-field-decls text:sequence-decls text:dde-connection-decls
            text:alphabetical-index-auto-mark-file""",
        "hidden text": "text:hidden-text text:hidden-paragraph",
        "authors and dates of comments": "dc:creator dc:date meta:date-string meta:creator-initials",
        "links to other files": """text:section-source table:table-source style:background-image draw:fill-image
            svg:font-face-uri svg:font-face-src office:dde-source draw:floating-frame""",
        "animations": "anim:par presentation:animations",
    }.items()
    for name in names.split()
}  # fmt: skip
_CHANGES = _tags("text:change text:change-start text:change-end")
_PICTURES = _tags("draw:image")
_OBJECTS = _tags("draw:object draw:object-ole draw:plugin draw:applet")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_SMALL_INCH = 0.79
_LENGTH = re.compile(r"([\d.]+)(in|cm|mm|pt|px)")
_PER_INCH = {"in": 1.0, "cm": 2.54, "mm": 25.4, "pt": 72.0, "px": 96.0}
_NAMES = _tags("draw:name xml:id text:id draw:id office:name xlink:title draw:caption-id form:id text:condition"
               " table:formula office:string-value office:value office:date-value office:time-value"
               " office:boolean-value office:value-type table:template-name style:display-name table:protection-key"
               " text:protection-key")  # fmt: skip
# What a person never named: P1, T12, fr3, Table1.A2, Heading_20_1, Text_20_body, Standard, List_20_1_20_Cont.
_PLAIN_STYLE = re.compile(
    r"[A-Za-z]{1,4}\d{1,5}(?:[a-z]\d{0,3})?|Style\d+|Table\d+(?:\.[A-Z]{1,3}\d*)?"
    r"|(?:Standard|Default|Heading|Title|Subtitle|Text|body|indent|Index|Contents|List|Numbering|Bullet|Symbols?|Cont|Start"
    r"|End|Header|Footer|left|right|Left|Right|Footnote|Endnote|anchor|Caption|Illustration|Figure|Drawing|Table|Frame"
    r"|Graphics|OLE|Quotations|Quotation|Sender|Addressee|Signature|Salutation|Marginalia|First|line|Hanging|Internet|link"
    r"|Visited|Internet|Link|Emphasis|Strong|Source|Teletype|User|Entry|Example|Variable|Definition|Horizontal|Line|Page|Number"
    r"|Character|Comment|Annotation|Placeholder|Labels?|Formula|Watermark|Paragraph|Font|Normal|Plain|Preformatted|No|Outline"
    r"|Separator|Object|Bibliography|and|page|Style|contents|heading|Main|Rubies|Drop|Caps|Line|numbering|Marker|HTML"
    r"|Default_1|Mp|MP|_20_|_|-|\d)+"
)
_OURS = re.compile(r"(?:Section|Table|Frame|Index)\d+")


@dataclass(slots=True)
class Document:
    """The two parts that are kept, and what was dropped."""

    content: etree._Element
    styles: etree._Element
    dropped: Counter[str] = field(default_factory=Counter)

    @property
    def roots(self) -> tuple[etree._Element, etree._Element]:
        return self.content, self.styles


def clean(source: bytes, settings: Formats) -> Document:
    """The document without hidden data. Raises FormatError with advice."""
    document = _load(source)
    for root in document.roots:
        _settle_changes(root, settings, document.dropped)
        _drop_elements(root, document.dropped)
        _drop_frames(root, document.dropped)
        _flatten(root, document.dropped)
        _drop_attributes(root, document.dropped)
        _join_spaces(root)
    _rename_styles(document)
    return document


def save(document: Document) -> bytes:
    """The bytes of a cleaned document: the type first and not packed, as the standard wants it."""
    manifest = etree.Element(q("m:manifest"), nsmap={"manifest": SPACES["m"]})
    manifest.set(q("m:version"), "1.2")
    for path, kind in (("/", MIMETYPE.decode()), ("content.xml", "text/xml"), ("styles.xml", "text/xml")):
        entry = etree.SubElement(manifest, q("m:file-entry"))
        entry.set(q("m:full-path"), path)
        entry.set(q("m:media-type"), kind)
    parts = {
        "mimetype": MIMETYPE,
        "content.xml": serialise(document.content),
        "styles.xml": serialise(document.styles),
        "META-INF/manifest.xml": serialise(manifest),
    }
    return write_container(parts, stored=("mimetype",))


def _load(source: bytes) -> Document:
    container = open_container(source)
    names = set(container.namelist())
    kind = read_part(container, "mimetype").strip() if "mimetype" in names else b""
    if "content.xml" not in names or kind not in {MIMETYPE, _TEMPLATE}:
        raise FormatError("this is not an OpenDocument text", hint=_SAVE_AGAIN)
    if "META-INF/manifest.xml" in names and b"encryption-data" in read_part(container, "META-INF/manifest.xml"):
        raise FormatError("the document is encrypted", hint="remove its password in LibreOffice and save it again")
    empty = etree.Element(q("office:document-styles"), nsmap={"office": SPACES["office"]})
    empty.set(q("office:version"), "1.2")
    styles = parse(read_part(container, "styles.xml"), "styles.xml") if "styles.xml" in names else empty
    document = Document(parse(read_part(container, "content.xml"), "content.xml"), styles)
    if document.content.find(f"{q('office:body')}/{q('office:text')}") is None:
        raise FormatError("this is not an OpenDocument text", hint=_SAVE_AGAIN)
    kept = {"mimetype", "content.xml", "styles.xml", "META-INF/manifest.xml"}
    for name in names - kept:
        if not name.endswith("/"):
            document.dropped[_what(name)] += 1
    return document


def _what(name: str) -> str:
    known = {"meta.xml": "document properties", "settings.xml": "settings", "manifest.rdf": "metadata"}
    folders = {"Thumbnails": "thumbnails", "Pictures": "files of pictures", "Configurations2": "settings"}
    return known.get(name) or folders.get(name.partition("/")[0], "other parts")


def _settle_changes(root: etree._Element, settings: Formats, dropped: Counter[str]) -> None:
    """Deleted text never survives; what was inserted stays, unmarked."""
    changes = [region for tracked in root.iter(q("text:tracked-changes")) for region in tracked]
    if changes and settings.tracked_changes == "refuse":
        raise FormatError(
            f"the document has {len(changes)} tracked changes",
            hint="accept or reject all changes, or set formats.tracked_changes to accept",
        )
    dropped["tracked changes"] += len(changes)
    for element in list(root.iter(q("text:tracked-changes"), *_CHANGES)):
        remove(element)


def _drop_elements(root: etree._Element, dropped: Counter[str]) -> None:
    for element in list(root.iter(*_REMOVED)):
        if element.getparent() is not None:
            dropped[_REMOVED[element.tag]] += 1
            remove(element)
    hidden = {
        style.get(q("style:name"))
        for style in root.iter(q("style:style"))
        if any(one.get(q("text:display")) in {"none", "condition"} for one in style.iter(q("style:text-properties")))
    }
    for element in list(root.iter(q("text:section"), q("text:span"), *PARAGRAPHS)):
        is_off = element.get(q("text:display")) in {"none", "condition"}
        if element.getparent() is not None and (is_off or element.get(q("text:style-name")) in hidden):
            dropped["hidden text"] += 1
            remove(element)


def _drop_frames(root: etree._Element, dropped: Counter[str]) -> None:
    for element in list(root.iter(*_PICTURES, *_OBJECTS)):
        parent = element.getparent()
        if parent is None:
            continue
        is_picture = element.tag in _PICTURES
        dropped["places of pictures" if is_picture else "embedded objects"] += 1
        remove(element)
        if (
            parent.tag == q("draw:frame")
            and parent.find(q("draw:text-box")) is None
            and not any(child.tag in _PICTURES | _OBJECTS for child in parent)
        ):
            _mark(parent, NO_PICTURE if is_picture else NO_OBJECT)


def _mark(frame: etree._Element, words: str) -> None:
    """Words in the place of a frame; a small picture beside text (an avatar) goes without a mark."""
    parent = frame.getparent()
    if parent is None:
        return
    if parent.tag in PARAGRAPHS | _INLINE and not (_is_small(frame) and "".join(parent.itertext()).strip()):
        frame.tail = words + (frame.tail or "")
    remove(frame)


def _is_small(frame: etree._Element) -> bool:
    sizes = [_LENGTH.fullmatch(frame.get(q(name), "")) for name in ("svg:width", "svg:height")]
    return all(size and float(size[1]) <= _SMALL_INCH * _PER_INCH[size[2]] for size in sizes)


def _settle_link(link: etree._Element, dropped: Counter[str]) -> None:
    """Links to web pages stay, cut after their path; of all others (mail, files, places in the text) the words stay."""
    target = link.get(q("xlink:href"), "")
    if _WEB.match(target):
        address = re.split(r"[?#]", target)[0]
        dropped["queries of web links"] += address != target
        link.set(q("xlink:href"), address)
        return
    dropped["links to mail, files and other programs (their text stays)"] += not target.startswith("#")
    link.tag = q("text:span")
    link.attrib.clear()


def _flatten(root: etree._Element, dropped: Counter[str]) -> None:
    """Fields (author, file name, date, variable) become the words that they showed."""
    fields: set[str] = {q("draw:a")}
    for paragraph in root.iter(*PARAGRAPHS):
        for element in paragraph.iterdescendants():
            if element.tag.startswith("{" + SPACES["text"]) and element.tag not in _INLINE | _BLOCKS:
                fields.add(element.tag)
            elif element.tag == q("text:a"):
                _settle_link(element, dropped)
    etree.strip_tags(root, *fields)


def _drop_attributes(root: etree._Element, dropped: Counter[str]) -> None:
    kept = set(SPACES.values())
    for element in root.iter():
        for name in list(element.attrib):
            space, _, local = name[1:].rpartition("}")
            is_odd = space not in kept and not space.startswith("urn:oasis:names:tc:opendocument")
            if name in _NAMES or local == "rsid" or local == "paragraph-rsid" or (is_odd and space != ""):
                del element.attrib[name]
                dropped["names, ids and values behind the page"] += 1
    for tag, attribute, word in (
        ("text:section", "text:name", "Section"), ("table:table", "table:name", "Table"),
        ("text:table-of-content", "text:name", "Index"),
    ):  # fmt: skip
        for number, element in enumerate(root.iter(q(tag)), 1):
            dropped["names, ids and values behind the page"] += element.get(q(attribute)) != f"{word}{number}"
            element.set(q(attribute), f"{word}{number}")


def _join_spaces(root: etree._Element) -> None:
    """In a paragraph a line end of the XML is a space to its reader, and so are several."""
    for paragraph in root.iter(*PARAGRAPHS):
        for element in paragraph.iter():
            if element.text:
                element.text = re.sub(r"[ \t\r\n]+", " ", element.text)
            if element.tail and element is not paragraph:
                element.tail = re.sub(r"[ \t\r\n]+", " ", element.tail)


def _rename_styles(document: Document) -> None:
    """Styles that somebody named get numbers: a style may be called after a person, a team or a client."""
    declared: dict[str, str] = {}
    for root in document.roots:
        for element in root.iter():
            name = element.get(q("style:name"))
            if name and not _PLAIN_STYLE.fullmatch(name) and element.tag != q("style:font-face"):
                declared.setdefault(name, "")
    for number, name in enumerate(declared, 1):
        declared[name] = f"Style{number}"
    if not declared:
        return
    document.dropped["names of styles"] += len(declared)
    for root in document.roots:
        for element in root.iter():
            for attribute, value in element.attrib.items():
                if value in declared and (attribute == q("style:name") or attribute.endswith(("style-name", "page-name",
                                          "page-layout-name"))) and "font" not in attribute:  # fmt: skip
                    element.set(attribute, declared[value])
