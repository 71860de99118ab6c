"""Clean a Word file by allow-list: afterwards every word left in it is either read as a segment or Word's own.

Names of shapes, bookmarks and custom style ids are replaced by numbers, because they are names for programs and may
repeat what they mark; authors of comments become "Author 1", "Author 2".
"""

import re
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit, urlunsplit

from lxml import etree

from deid.config import Formats
from deid.errors import FormatError
from deid.formats import _docx_names as names
from deid.formats._docx_fields import flatten_fields
from deid.formats._docx_images import png_of
from deid.formats._docx_package import Package, Part, load
from deid.formats._docx_story import drop_hidden, drop_objects, is_on, pair_copies, settle_changes, w
from deid.formats._xml import remove, unwrap

Pairs = list[tuple[etree._Element, etree._Element]]

_VAL, _ID, _NAME, _ANCHOR = w("val"), w("id"), w("name"), w("anchor")
_EMBED = f"{{{names.R}}}embed"
_REL_ID = f"{{{names.R}}}id"
_STYLE_USES = tuple(
    w(name) for name in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link", "numStyleLink", "styleLink")
)
_TEXTS = frozenset({w("t"), w("instrText"), f"{{{names.M}}}t"})
# <wp:posOffset>12700</wp:posOffset>   <wp:align>center</wp:align>
_POSITIONS = frozenset(
    [f"{{{names.WP}}}{name}" for name in ("posOffset", "align")]
    + [f"{{{names.WP14}}}{name}" for name in ("pctWidth", "pctHeight", "pctPosHOffset", "pctPosVOffset")]
)
_POSITION = re.compile(r"-?\d{1,12}|left|right|center|inside|outside|top|bottom")
_NAMED = (f"{{{names.WP}}}docPr", *(f"{{{space}}}cNvPr" for space in (names.PIC, names.WPS, names.WPG, names.WPC)))
_LINKED = frozenset(
    {w("hyperlink"), w("headerReference"), w("footerReference"), f"{{{names.A}}}blip"}  # these are linked anew
)
_SPACES = names.KNOWN | {"", names.XML}
# _x0000_s1026   _x0000_t202: the ids that Word gives to old-style shapes
_SHAPE_ID = re.compile(r"#?_x0000_[a-z]\d{1,9}")
_CSS = re.compile(r"[\w:;.,\-%# ()]*")
_TOKEN = re.compile(r"[\w#.,+\-*/%@:() ]{0,200}")
_IGNORABLE = {
    "w14": names.W14, "wp14": names.WP14, "wps": names.WPS, "wpg": names.WPG, "wpc": names.WPC, "w10": names.W10,
    "v": names.V, "o": names.O,
}  # fmt: skip


def clean(source: bytes, settings: Formats) -> tuple[Package, Pairs]:
    """The document with everything dropped that the rules drop, and the paragraphs that are there twice."""
    package = load(source)
    hidden = _hidden_styles(package.find("styles"))
    bookmarks = _bookmarks(package)
    _link_parts(package)
    pairs: Pairs = []
    for part in package.stories:
        _refuse(part.root)
        settle_changes(part.root, settings.tracked_changes, package.dropped)
        drop_hidden(part.root, hidden, package.dropped)
        drop_objects(part.root, _keeper(package, part, settings), package.dropped)
        flatten_fields(part.root, bookmarks, package.dropped)
        _rename_bookmarks(package, part.root, bookmarks)
        _settle_links(package, part, bookmarks)
        _settle_controls(package, part.root)
        pairs += pair_copies(part.root, package.dropped)
    _settle_comments(package)
    _settle_style_ids(package)
    for part in package.parts:
        _CLEANERS.get(part.tail, _no_more)(package, part.root)
        _allow(package, part.root)
    package.dropped["files of pictures"] += max(0, len(_picture_files(package)) - len(package.pictures))
    return package, [pair for pair in pairs if pair[1].getparent() is not None]


def _picture_files(package: Package) -> set[str]:
    """One picture may stand in many places: an avatar beside each turn is one file."""
    linked = ((part, item) for part in package.parts for item in part.relations.values() if item.tail == "image")
    return {name for part, item in linked if (name := package.inside(part, item))}


def _refuse(root: etree._Element) -> None:
    if next(root.iter(w("altChunk")), None) is not None:
        raise FormatError("the document holds another file inside (altChunk)", hint="open it in Word and save it again")


def _hidden_styles(styles: Part | None) -> frozenset[str]:
    """Ids of the styles whose text is not shown, with those based on them."""
    if styles is None:
        return frozenset()
    based, hidden = {}, set()
    for style in styles.root.iter(w("style")):
        name = style.get(w("styleId"), "")
        parent = style.find(w("basedOn"))
        based[name] = parent.get(_VAL) if parent is not None else None
        vanish = style.find(f"{w('rPr')}/{w('vanish')}")
        if vanish is not None and is_on(vanish):
            hidden.add(name)
    for name in based:
        chain, at = set(), name
        while at is not None and at not in chain and at not in hidden:
            chain.add(at)
            at = based.get(at)
        if at in hidden:
            hidden |= chain
    return frozenset(hidden)


def _bookmarks(package: Package) -> dict[str, str]:
    """A new name for every bookmark; those that Word numbered itself keep theirs."""
    found = (mark.get(_NAME, "") for part in package.stories for mark in part.root.iter(w("bookmarkStart")))
    given = [name for name in dict.fromkeys(found) if name != "_GoBack"]
    numbered = {name: f"bookmark{number}" for number, name in enumerate(given, 1)}
    return {name: name if names.SAFE_BOOKMARK.fullmatch(name) else new for name, new in numbered.items()}


def _rename_bookmarks(package: Package, root: etree._Element, bookmarks: dict[str, str]) -> None:
    gone = set()
    for mark in list(root.iter(w("bookmarkStart"))):
        name = mark.get(_NAME, "")
        if name in bookmarks:
            package.dropped["names of bookmarks"] += bookmarks[name] != name
            mark.set(_NAME, bookmarks[name])
        else:
            gone.add(mark.get(_ID))
            remove(mark)
    for mark in list(root.iter(w("bookmarkEnd"))):
        if mark.get(_ID) in gone:
            remove(mark)


def _settle_links(package: Package, part: Part, bookmarks: dict[str, str]) -> None:
    """Links to web pages stay, cut after their path; links to places in the document follow their bookmark."""
    for link in list(part.root.iter(w("hyperlink"))):
        item = part.relations.get(link.attrib.pop(_REL_ID, ""))
        anchor = bookmarks.get(link.attrib.pop(_ANCHOR, ""))
        address = _web_address(item.target) if item is not None and item.is_external else None
        if address is not None and item is not None:
            package.dropped["queries of web links"] += address != item.target
            link.set(_REL_ID, part.link("hyperlink", address, is_external=True))
        elif anchor is not None:
            link.set(_ANCHOR, anchor)
        else:
            unwrap(link)
            package.dropped["links to mail, files and other programs (their text stays)"] += 1


def _web_address(target: str) -> str | None:
    """The address without name, password, query and fragment, which carry accounts and search words."""
    try:
        parts = urlsplit(target)
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return _written(target)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


_INSIDE = r"[\w%.,~-]{1,200}"
# [Web address 1]   ##Web_address_1##   <seg type="deid">Web address 1</seg>   escaped as targets are
_OURS = re.compile(rf"%5B{_INSIDE}%5D|%23%23{_INSIDE}%23%23|%3Cseg%20type=%22deid%22%3E{_INSIDE}%3C/seg%3E")


def _written(target: str) -> str | None:
    """A target that deid wrote itself stays: `%5BWeb%20address%201%5D` in place of a whole address, in any style."""
    return target if _OURS.fullmatch(target) else None


def _settle_controls(package: Package, root: etree._Element) -> None:
    for properties in list(root.iter(w("smartTagPr"), w("customXmlPr"))):
        remove(properties)
    for wrapper in list(root.iter(w("smartTag"), w("customXml"))):
        unwrap(wrapper)
        package.dropped["smart tags and XML marks (their text stays)"] += 1
    for properties in list(root.iter(w("sdtPr"))):
        for child in list(properties):
            if child.tag not in names.CONTROL:
                remove(child)
                package.dropped["choices and data of content controls"] += 1


def _settle_comments(package: Package) -> None:
    """Authors become numbers, dates go; marks of comments that are not there go too."""
    comments = package.find("comments")
    found = list(comments.root.iter(w("comment"))) if comments is not None else []
    authors = {name: number for number, name in enumerate(dict.fromkeys(one.get(w("author"), "") for one in found), 1)}
    for comment in found:
        number = authors[comment.get(w("author"), "")]
        package.dropped["authors and dates of comments"] += comment.get(w("author")) != f"Author {number}"
        comment.set(w("author"), f"Author {number}")
        comment.set(w("initials"), f"A{number}")
        comment.attrib.pop(w("date"), None)
    ids = {comment.get(_ID) for comment in found}
    for part in package.stories:
        for mark in list(part.root.iter(w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"))):
            if mark.get(_ID) not in ids:
                remove(mark)


def _settle_style_ids(package: Package) -> None:
    """Ids of styles that a person named are numbered; Word's own are its own words."""
    styles = package.find("styles")
    ids: dict[str, str] = {}
    for style in styles.root.iter(w("style")) if styles is not None else ():
        old, name = style.get(w("styleId"), ""), style_name(style)
        is_own = names.BUILT_IN_STYLE.fullmatch(name) and _letters(name) == _letters(old)
        ids[old] = old if is_own else f"Custom{len(ids) + 1}"
        package.dropped["ids of custom styles"] += ids[old] != old
        style.set(w("styleId"), ids[old])
    for part in package.parts:
        for use in list(part.root.iter(*_STYLE_USES)):
            if use.get(_VAL) in ids:
                use.set(_VAL, ids[use.get(_VAL)])
            else:
                remove(use)


def _letters(name: str) -> str:
    return re.sub(r"\W", "", name).casefold()


def style_name(style: etree._Element) -> str:
    name = style.find(w("name"))
    return name.get(_VAL, "") if name is not None else ""


def _clean_styles(package: Package, root: etree._Element) -> None:
    for element in list(root.iter(w("aliases"))):
        remove(element)
    for exception in list(root.iter(w("lsdException"))):
        if not names.BUILT_IN_STYLE.fullmatch(exception.get(_NAME, "")):
            remove(exception)


def _clean_numbering(package: Package, root: etree._Element) -> None:
    for element in list(root.iter(w("numPicBullet"), w("lvlPicBulletId"), w("name"))):
        remove(element)


def _clean_settings(package: Package, root: etree._Element) -> None:
    gone = [child for child in root if child.tag not in names.SETTINGS]
    for child in gone:
        remove(child)
    if gone:
        package.dropped["settings (variables, template, protection, revision marks)"] += len(gone)


def _clean_theme(package: Package, root: etree._Element) -> None:
    extra = ("objectDefaults", "extraClrSchemeLst", "custClrLst", "extLst")
    for element in list(root.iter(*(f"{{{names.A}}}{name}" for name in extra))):
        remove(element)
    for fill in list(root.iter(f"{{{names.A}}}blipFill")):
        fill.getparent().replace(fill, etree.Element(f"{{{names.A}}}noFill"))
    for element in root.iter():
        if "name" in element.attrib and element.tag != f"{{{names.A}}}gd":
            element.set("name", "Office")


def _no_more(package: Package, root: etree._Element) -> None:
    """Other parts need nothing but the allow-list."""


_CLEANERS: dict[str, Callable[[Package, etree._Element], None]] = {
    "styles": _clean_styles,
    "numbering": _clean_numbering,
    "settings": _clean_settings,
    "theme": _clean_theme,
}


def _allow(package: Package, root: etree._Element) -> None:
    """Drop every element, attribute and text that the lists do not name."""
    for element in list(root.iter()):
        space = etree.QName(element).namespace
        if space not in names.KNOWN or element.tag in names.DROPPED_ELEMENTS or element.tag == _EXTENSIONS:
            if element.getparent() is not None:
                package.dropped[names.DROPPED_ELEMENTS.get(element.tag, "extensions of other programs")] += 1
                remove(element)
            continue
        if element.text and element.tag not in _TEXTS and element.text.strip() and not _is_position(element):
            element.text = None
            package.dropped["text outside of paragraphs"] += 1
        if element.tail and element.tail.strip():
            element.tail = None
            package.dropped["text outside of paragraphs"] += 1
        if element.attrib:
            _allow_attributes(package, element)
    etree.cleanup_namespaces(root, keep_ns_prefixes=sorted(_ignorable(root)))


_EXTENSIONS = f"{{{names.A}}}extLst"


def _is_position(element: etree._Element) -> bool:
    return element.tag in _POSITIONS and _POSITION.fullmatch(element.text.strip()) is not None


def _ignorable(root: etree._Element) -> set[str]:
    """The prefixes that mc:Ignorable and mc:Choice name: they must stay declared, with their own meaning."""
    name = f"{{{names.MC}}}Ignorable"
    declared = {prefix for prefix, space in _IGNORABLE.items() if root.nsmap.get(prefix) == space}
    listed = [prefix for prefix in root.get(name, "").split() if prefix in declared]
    if listed:
        root.set(name, " ".join(listed))
    else:
        root.attrib.pop(name, None)
    needed = {element.get("Requires") for element in root.iter(f"{{{names.MC}}}Choice")}
    return declared & ({*listed} | {prefix for one in needed if one for prefix in one.split()})


def _allow_attributes(package: Package, element: etree._Element) -> None:
    if element.tag in _NAMED:
        _blank_names(package, element)
    for name, value in element.attrib.items():
        space, _, local = name[1:].partition("}") if name[0] == "{" else ("", "", name)
        is_plain = names.PLAIN_VALUE.fullmatch(value) is not None
        if space not in _SPACES and space != names.R:
            is_allowed = False
        elif space == names.W:
            is_allowed = (is_plain or local in names.WORD_ATTRIBUTES) and local[:4] != "rsid"
        elif space == names.R:
            is_allowed = element.tag in _LINKED and local in {"id", "embed"}
        elif space == names.W14 and local in {"paraId", "textId"}:
            is_allowed = False
        else:
            is_allowed = is_plain or (local in names.OTHER_ATTRIBUTES and _fits(element, local, value))
        if not is_allowed:
            del element.attrib[name]
            kind = (
                "revision marks (rsid)" if local[:4] == "rsid" or local in {"paraId", "textId"} else "other attributes"
            )
            package.dropped[kind] += 1


def _fits(element: etree._Element, local: str, value: str) -> bool:
    """Whether an attribute that could hold free words holds what Word puts there."""
    if local in {"descr", "title"}:
        return str(element.tag) == _NAMED[0]
    if local in {"alt", "string"}:
        return bool(element.tag.startswith(f"{{{names.V}}}"))
    if local == "id":
        return _SHAPE_ID.fullmatch(value) is not None
    if local == "style":
        return _CSS.fullmatch(value) is not None
    return _TOKEN.fullmatch(value) is not None


def _blank_names(package: Package, element: etree._Element) -> None:
    """Names of shapes are file names more often than not; descriptions stay where they are read as text."""
    if element.get("name"):
        package.dropped["names of shapes"] += 1
        element.set("name", "")
    if element.tag != _NAMED[0]:
        for name in ("descr", "title"):
            element.attrib.pop(name, None)


def _keeper(package: Package, part: Part, settings: Formats) -> Callable[[etree._Element], bool]:
    """Says of a picture whether it stays: only if asked for, whole, and drawn again without what cameras write."""

    def keeps(drawing: etree._Element) -> bool:
        blips = list(drawing.iter(f"{{{names.A}}}blip"))
        crop = drawing.find(f".//{{{names.A}}}srcRect")
        item = part.relations.get(blips[0].get(_EMBED, "")) if len(blips) == 1 else None
        name = package.inside(part, item) if item is not None else None
        if settings.images != "keep" or name is None or (crop is not None and crop.attrib):
            return False
        data = png_of(package.container, name)
        if data is None:
            return False
        target = next((path for path, known in package.pictures.items() if known == data), None)
        target = target or f"word/media/image{len(package.pictures) + 1}.png"
        package.pictures[target] = data
        blips[0].attrib.clear()
        blips[0].set(_EMBED, part.link("image", target.removeprefix("word/")))
        for link in list(drawing.iter(f"{{{names.A}}}hlinkClick", f"{{{names.A}}}hlinkHover")):
            remove(link)
        return True

    return keeps


def _link_parts(package: Package) -> None:
    """Relationships of the document to its parts, under new ids."""
    document = package.parts[0]
    new_ids = {part.old_name: document.link(part.tail, part.name.removeprefix("word/")) for part in package.parts[1:]}
    for reference in list(document.root.iter(w("headerReference"), w("footerReference"))):
        item = document.relations.get(reference.get(_REL_ID, ""))
        name = package.inside(document, item) if item is not None else None
        if name in new_ids:
            reference.set(_REL_ID, new_ids[name])
        else:
            remove(reference)


def addresses(package: Package) -> Iterable[etree._Element]:
    """The relationships that point outside."""
    for part in package.stories:
        yield from (link for link in part.links if link.get("TargetMode") == "External")
