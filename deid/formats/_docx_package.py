"""A Word file as parts and relationships: which are kept, how they are called, and how they are written back."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree

from deid.errors import FormatError
from deid.formats import _docx_names as names
from deid.formats._container import open_container, read_part, write_container
from deid.formats._xml import parse, serialise

_SAVE_AGAIN = "open it in Word and save it as a Word Document (.docx)"
_REFUSED = {
    "aFChunk": ("the document holds another file inside (altChunk)", _SAVE_AGAIN),
    "vbaProject": ("the document holds macros", _SAVE_AGAIN),
}
_STORIES = frozenset({"document", "header", "footer", "footnotes", "endnotes", "comments"})
_NO_PREFIX = {None: names.PACKAGE_RELATIONSHIPS}
_RELATIONSHIPS = f"{{{names.PACKAGE_RELATIONSHIPS}}}Relationships"
_RELATIONSHIP = f"{{{names.PACKAGE_RELATIONSHIPS}}}Relationship"


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part says of another, or of an address outside."""

    id: str
    tail: str
    target: str = field(repr=False)
    is_external: bool = False


@dataclass(slots=True)
class Part:
    """A part that is kept: its new name, its old one, and its relationships by their old ids."""

    name: str
    tail: str
    root: etree._Element
    old_name: str
    relations: dict[str, Relation]
    links: etree._Element = field(default_factory=lambda: etree.Element(_RELATIONSHIPS, nsmap=_NO_PREFIX))

    @property
    def is_story(self) -> bool:
        return self.tail in _STORIES

    def link(self, tail: str, target: str, *, is_external: bool = False) -> str:
        """The new id of a relationship, made if it is not there yet."""
        mode = "External" if is_external else None
        for element in self.links:
            if (element.get("Target"), element.get("TargetMode")) == (target, mode):
                return str(element.get("Id"))
        element = etree.SubElement(self.links, _RELATIONSHIP, Id=f"rId{len(self.links) + 1}", Type=_type(tail))
        element.set("Target", target)
        if is_external:
            element.set("TargetMode", "External")
        return str(element.get("Id"))


@dataclass(slots=True)
class Package:
    """A Word file while it is cleaned: its parts in order, its pictures by new name, and what was dropped."""

    parts: list[Part]
    container: ZipFile
    present: dict[str, str]
    pictures: dict[str, bytes] = field(default_factory=dict)
    dropped: Counter[str] = field(default_factory=Counter)

    @property
    def stories(self) -> list[Part]:
        return [part for part in self.parts if part.is_story]

    def find(self, tail: str) -> Part | None:
        return next((part for part in self.parts if part.tail == tail), None)

    def inside(self, part: Part, item: Relation) -> str | None:
        """The name of the part that a relationship points to, as the container spells it."""
        return None if item.is_external else self.present.get(_inside(part.old_name, item).casefold())


def load(source: bytes) -> Package:
    """The parts that can be kept; every other part is counted and left behind. Raises FormatError with advice."""
    container = open_container(source)
    present = {name.casefold(): name for name in container.namelist()}
    package = Package([], container, present)
    root = _relations(package, "")
    main = next((_inside("", item) for item in root if item.tail == "officeDocument" and not item.is_external), "")
    if main.casefold() not in present:
        raise FormatError("this is not a Word document", hint=_SAVE_AGAIN)
    _check_type(package, main)
    document = _load_part(package, main, "document", "word/document.xml")
    package.parts.append(document)
    counts: Counter[str] = Counter()
    for item in list(document.relations.values()):
        name = package.inside(document, item)
        is_second = counts[item.tail] and item.tail in names.IMPLICIT
        if (
            item.tail not in names.PARTS
            or name is None
            or is_second
            or name in {part.old_name for part in package.parts}
        ):
            continue
        counts[item.tail] += 1
        number = "" if item.tail in names.UNNUMBERED else str(counts[item.tail])
        package.parts.append(_load_part(package, name, item.tail, names.PARTS[item.tail][0].format(number)))
    _count_dropped(package, root)
    return package


def save(package: Package) -> bytes:
    """The bytes of the cleaned package: parts in a fixed order, relationships and content types made anew."""
    types = etree.Element(f"{{{names.CONTENT_TYPES}}}Types", nsmap={None: names.CONTENT_TYPES})
    files: dict[str, bytes] = {}
    top = Part("", "", types, "", {})
    top.link("officeDocument", "word/document.xml")
    files["_rels/.rels"] = serialise(top.links)
    for extension, kind in names.DEFAULT_TYPES.items():
        etree.SubElement(types, f"{{{names.CONTENT_TYPES}}}Default", Extension=extension, ContentType=kind)
    for part in package.parts:
        kind = names.MAIN_TYPE if part.tail == "document" else names.PARTS[part.tail][1]
        etree.SubElement(types, f"{{{names.CONTENT_TYPES}}}Override", PartName="/" + part.name, ContentType=kind)
        files[part.name] = serialise(part.root)
        if len(part.links):
            folder, _, name = part.name.rpartition("/")
            files[f"{folder}/_rels/{name}.rels"] = serialise(part.links)
    return write_container({"[Content_Types].xml": serialise(types)} | files | package.pictures)


def _load_part(package: Package, name: str, tail: str, new_name: str) -> Part:
    root = parse(read_part(package.container, package.present[name.casefold()]), new_name)
    if root.tag.startswith("{" + names.STRICT):
        raise FormatError("this is a Strict Open XML document", hint=_SAVE_AGAIN)
    return Part(
        new_name, tail, root, package.present[name.casefold()], {item.id: item for item in _relations(package, name)}
    )


def _count_dropped(package: Package, root: list[Relation]) -> None:
    kept = {part.old_name.casefold() for part in package.parts}
    spoken = set(kept)
    for base, relations in [("", root)] + [(part.old_name, list(part.relations.values())) for part in package.parts]:
        for item in relations:
            name = "" if item.is_external else _inside(base, item).casefold()
            is_left = name in package.present and name not in spoken and item.tail != "image"
            if is_left or (item.is_external and item.tail not in {"hyperlink", "image"}):
                package.dropped[_kind(item.tail)] += 1
            spoken.add(name)
    for name in package.present:
        if name not in spoken and not name.endswith((".rels", "/")) and name != "[content_types].xml":
            package.dropped["parts of other parts"] += 1


def _kind(tail: str) -> str:
    return next((why for start, why in names.DROPPED_PARTS.items() if tail.startswith(start)), "other parts")


def _type(tail: str) -> str:
    return f"{names.R}/{tail}"


def _relations(package: Package, name: str) -> list[Relation]:
    path = PurePosixPath(name)
    where = f"{path.parent}/_rels/{path.name}.rels" if name else "_rels/.rels"
    stored = package.present.get(where.removeprefix("./").casefold())
    if stored is None:
        return []
    found = []
    for element in parse(read_part(package.container, stored), "relationships").iter(_RELATIONSHIP):
        kind = element.get("Type", "")
        if kind.startswith(names.STRICT):
            raise FormatError("this is a Strict Open XML document", hint=_SAVE_AGAIN)
        tail = kind.rpartition("/")[2]
        if tail in _REFUSED:
            message, hint = _REFUSED[tail]
            raise FormatError(message, hint=hint)
        external = element.get("TargetMode") == "External"
        found.append(Relation(element.get("Id", ""), tail, element.get("Target", ""), external))
    return found


def _inside(base: str, item: Relation) -> str:
    """The name of the part that a relationship of `base` points to."""
    target = unquote(item.target.replace("\\", "/"))
    if target.startswith("/"):
        return target.lstrip("/")
    steps: list[str] = list(PurePosixPath(base).parent.parts) if base else []
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps)


def _check_type(package: Package, main: str) -> None:
    """Raises FormatError unless the main part is a plain document (not one with macros)."""
    stored = package.present.get("[content_types].xml")
    if stored is None:
        raise FormatError("this is not a Word document", hint=_SAVE_AGAIN)
    types = parse(read_part(package.container, stored), "content types")
    found = {
        element.get("PartName", "").lstrip("/").casefold(): element.get("ContentType", "")
        for element in types.iter(f"{{{names.CONTENT_TYPES}}}Override")
    }
    if "macroEnabled" in found.get(main.casefold(), "") or any("vbaProject" in kind for kind in found.values()):
        raise FormatError("the document holds macros", hint=_SAVE_AGAIN)
    if found.get(main.casefold(), names.MAIN_TYPE) not in {names.MAIN_TYPE, names.TEMPLATE_TYPE}:
        raise FormatError("this is not a Word document", hint=_SAVE_AGAIN)
