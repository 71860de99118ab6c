"""REFI-QDA projects (NVivo, ATLAS.ti, MAXQDA, QualCoder): texts with their rich copies, names, notes, cases, variables.

Every text is read twice where the project holds it twice, and codings move with their words (`_qdpx_text`). Sources
come first, in their own turns; names, notes and values follow.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from types import ModuleType
from zipfile import ZipFile

from lxml import etree

from deid.config import Formats
from deid.errors import FormatError
from deid.formats import docx, odt
from deid.formats._container import open_container, read_part, text_parts, write_container
from deid.formats._lens import Placed, apply, confirm, place, source_edits
from deid.formats._qdpx_text import Counting, Selection, counting, is_quotation, moved, requote
from deid.formats._text import Decoded, check_size, decode, edit
from deid.formats._text_nodes import TextNode, edit_nodes
from deid.formats._turns import split_lines, turns
from deid.formats._xml import parse, serialise
from deid.model import Replacement, Segment, Span

SUFFIXES = (".qdpx",)
SUMMARY = "REFI-QDA projects: texts and their rich copies, names, notes, cases, variables; codings move with the words"

_HINT = "export the project again as REFI-QDA (.qdpx)"
_SPACE = "urn:QDA-XML:project:1.0"
_GUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_RICH: dict[str, ModuleType] = {".docx": docx, ".odt": odt}
_PLAIN = frozenset({".txt", ".text", ""})
_PATHS = ("plainTextPath", "richTextPath", "path", "currentPath")
_POSITIONS = {"startPosition": False, "endPosition": True, "position": False}
# Ids, times, numbers and closed lists of words. Every other attribute is read.
_TECHNICAL = frozenset(
    """color isCodable origin begin end page firstX firstY secondX secondY typeOfVariable direction shape lineStyle
    startPosition endPosition position fromSyncPoint toSyncPoint timeStamp creationDateTime modifiedDateTime dateTime
    creatingUser modifyingUser user cx cy width height representedGUID""".split()
)
_ID = re.compile(r"guid|\w*GUID", re.ASCII)
_KINDS = {"Description": "note", "Note": "note", "PlainTextSelection": "note"}
_VALUES = ("BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")
_BLANK = b"\xef\xbb\xbf\xff\xfe\r\n\t \x00"


def _t(name: str) -> str:
    return f"{{{_SPACE}}}{name}"


@dataclass(slots=True)
class _Text:
    """A text of the project: a file or an element's content; who codes it; where its segments are."""

    data: bytes
    decoded: Decoded | None  # None: there is no word in it
    placed: list[Placed]
    first: int
    selections: list[tuple[etree._Element, str]] = field(default_factory=list)
    how: Counting = field(default_factory=Counting)
    element: etree._Element | None = None


@dataclass(slots=True)
class _Rich:
    """A rich copy of a text."""

    module: ModuleType
    data: bytes
    segments: tuple[Segment, ...]
    first: int


@dataclass(slots=True)
class _Project:
    """A project while it is read."""

    root: etree._Element
    name: str
    folder: str
    container: ZipFile
    settings: Formats
    texts: dict[str, _Text] = field(default_factory=dict)
    riches: dict[str, _Rich] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)  # member -> its new name
    quoted: list[tuple[etree._Element, _Text]] = field(default_factory=list)
    nodes: list[TextNode] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    others: list[Placed] = field(default_factory=list)
    first_other: int = 0
    length: int = 0
    turn: int = 0
    dropped: Counter[str] = field(default_factory=Counter)


def read(source: bytes, settings: Formats) -> tuple[Segment, ...]:
    """The segments of a project. Raises FormatError naming the source, by its number, whose codings do not fit."""
    return tuple(_open(source, settings).segments)


def write(source: bytes, replacements: tuple[Replacement, ...], settings: Formats) -> bytes:
    """The project with the replacements made in every text and copy, and its codings moved."""
    project = _open(source, settings)
    files: dict[str, bytes] = {}
    for member, text in project.texts.items():
        data = _write_text(project, text, _within(replacements, text.first, len(text.placed)))
        if text.element is None:
            files[project.files[member]] = data
    for member, rich in project.riches.items():
        inner = _within(replacements, rich.first, len(rich.segments))
        files[project.files[member]] = rich.module.write(rich.data, inner, settings)
    others = _within(replacements, project.first_other, len(project.others))
    before = {node.element: node.text for node in project.nodes if node.slot == "text"}
    edit_nodes(project.nodes, source_edits(project.others, others), lambda node, words: None)
    _loosen(project.root, before)
    output = write_container({project.name: serialise(project.root)} | dict(sorted(files.items())))
    if replacements:
        confirm(read(output, settings), apply(project.segments, replacements))
    return output


def dropped(source: bytes, settings: Formats) -> tuple[str, ...]:
    """What the rules drop from this project and the rich copies in it, with counts."""
    found = _open(source, settings).dropped
    return tuple(f"{what} ({count})" for what, count in sorted(found.items()) if count)


def parts(output: bytes) -> Iterator[tuple[str, str]]:
    """Every file of the project as text, those inside its rich copies too, and all names."""
    container = open_container(output)
    for name, text in text_parts(output):
        suffix = PurePosixPath(name).suffix.lower()
        if suffix in _RICH:
            inner = _RICH[suffix].parts(read_part(container, name))
            yield from ((f"{name}, {part}", words) for part, words in inner)
        elif suffix in {".txt", ".text"} and text.strip("\ufeff \r\n"):
            yield name, decode(read_part(container, name), Formats(largest_file_mib=1 << 20)).text
        else:
            yield name, text


def _within(replacements: Sequence[Replacement], first: int, count: int) -> tuple[Replacement, ...]:
    return tuple(
        replace(one, span=Span(one.span.segment - first, one.span.start, one.span.end))
        for one in replacements
        if first <= one.span.segment < first + count
    )


def _open(source: bytes, settings: Formats) -> _Project:
    check_size(source, settings)
    container = open_container(source)
    names = [name for name in container.namelist() if name.lower().endswith(".qde") and "/" not in name]
    if len(names) != 1:
        raise FormatError("this is not a REFI-QDA project", hint=_HINT)
    root = parse(read_part(container, names[0]), "the project")
    if root.tag != _t("Project"):
        raise FormatError("this is not a REFI-QDA project", hint=_HINT)
    folder = next(
        (name.split("/")[0] for name in container.namelist() if name.lower().startswith("sources/")), "sources"
    )
    project = _Project(root, "project.qde", folder, container, settings)
    _clean(project)
    _sources(project)
    _codings(project)
    project.first_other = len(project.segments)
    _others(project)
    known = {names[0], *project.files}
    for name in container.namelist():
        if name not in known and not name.endswith("/"):
            project.dropped["files of pictures, recordings and others"] += 1
    return project


def _clean(project: _Project) -> None:
    """Names of the people who coded, paths on their computers, and names of files."""
    for number, user in enumerate(project.root.iter(_t("User")), 1):
        if user.get("name") != f"User {number}" or user.get("id"):
            project.dropped["names of users"] += 1
        user.set("name", f"User {number}")
        user.attrib.pop("id", None)
    if project.root.attrib.pop("basePath", ""):
        project.dropped["paths on a computer"] += 1


def _sources(project: _Project) -> None:
    """Every text that an element points to or holds."""
    present = {name.casefold(): name for name in project.container.namelist()}
    for number, element in enumerate(list(project.root.iter()), 1):
        for attribute in _PATHS:
            if (path := element.get(attribute)) is not None:
                _path(project, element, attribute, path, present)
        if element.tag == _t("PlainTextContent") and (element.text or "").strip():
            raw = element.text
            decoded = Decoded(_one_end(raw), "utf-8", b"", raw, _pairs(raw))
            _text(project, f"content {number}", b"", decoded).element = element


def _pairs(raw: str) -> tuple[int, ...]:
    return tuple(found.start() - number for number, found in enumerate(re.finditer("\r\n", raw)))


def _path(project: _Project, element: etree._Element, attribute: str, path: str, present: dict[str, str]) -> None:
    scheme, mark, rest = path.rpartition("://")
    name = PurePosixPath((rest if mark else path).replace("\\", "/")).name
    member = present.get(f"{project.folder}/{name}".casefold()) if scheme in {"", "internal"} else None
    suffix = PurePosixPath(name).suffix.lower()
    is_plain = attribute == "plainTextPath" and suffix in _PLAIN
    is_rich = attribute == "richTextPath" and suffix in _RICH
    if member is None or not (is_plain or is_rich):
        if attribute == "plainTextPath" and member is None and scheme in {"", "internal"}:
            raise FormatError("a text of the project is not in it", where=_where(element), hint=_HINT)
        del element.attrib[attribute]
        project.dropped["links to files"] += 1
        return
    if member not in project.files:
        stem = PurePosixPath(name).stem
        new = stem if _GUID.fullmatch(stem) else element.get("guid", "")
        taken = set(project.files.values())
        if not _GUID.fullmatch(new) or f"{project.folder}/{new}{suffix}" in taken:
            new = next(f"source-{n}" for n in range(1, 10**6) if f"{project.folder}/source-{n}{suffix}" not in taken)
        is_ours = re.fullmatch(r"source-\d+", stem) is not None
        project.dropped["names of files"] += not (_GUID.fullmatch(stem) or is_ours)
        new = stem if is_ours else new
        project.files[member] = f"{project.folder}/{new}{suffix}"
        data = read_part(project.container, member)
        if is_plain:
            is_blank = not data.strip(_BLANK)
            _text(project, member, data, None if is_blank else decode(data, project.settings))
        else:
            _rich(project, member, _RICH[suffix], data)
    element.set(attribute, f"{scheme}{mark}{PurePosixPath(project.files[member]).name}")


def _text(project: _Project, key: str, data: bytes, decoded: Decoded | None) -> _Text:
    placed = []
    for item in turns(split_lines(decoded.text)) if decoded else ():
        turn = item.segment.turn + project.turn if item.segment.turn else 0
        placed.append(replace(item, segment=replace(item.segment, turn=turn)))
    text = _Text(data, decoded, placed, len(project.segments))
    project.texts[key] = text
    project.segments += [item.segment for item in placed]
    project.turn = max([project.turn, *(item.segment.turn for item in placed)])
    return text


def _rich(project: _Project, member: str, module: ModuleType, data: bytes) -> None:
    segments = module.read(data, project.settings)
    for line in module.dropped(data, project.settings):
        what, _, count = line.rpartition(" (")
        project.dropped[f"in rich copies: {what}"] += int(count.rstrip(")"))
    project.riches[member] = _Rich(module, data, segments, len(project.segments))
    for segment in segments:
        turn = segment.turn + project.turn if segment.turn else 0
        project.segments.append(replace(segment, turn=turn))
    project.turn = max([project.turn, *(one.turn for one in project.segments)])


def _codings(project: _Project) -> None:
    """The positions of each text, and which names are nothing but the words at them."""
    by_name = {
        PurePosixPath(new).name: project.texts[old] for old, new in project.files.items() if old in project.texts
    }
    contents = {text.element: text for text in project.texts.values() if text.element is not None}
    for element in project.root.iter():
        found = [name for name in _POSITIONS if element.get(name) is not None]
        if not found:
            continue
        text = _owner(element, by_name, contents)
        if text is None:
            raise FormatError("a coding has no text", where=_where(element), hint=_HINT)
        for name in found:
            if not re.fullmatch(r"\d{1,9}", element.get(name)):
                raise FormatError("a position is broken", where=_where(element), hint=_HINT)
            text.selections.append((element, name))
    for number, text in enumerate(project.texts.values(), 1):
        _settle(project, text, f"text {number}")


def _settle(project: _Project, text: _Text, where: str) -> None:
    empty = Decoded("", "utf-8", b"", "", ())
    stretches = [
        Selection(int(one.get("startPosition", "0")), int(one.get("endPosition", "0")), one.get("name", ""))
        for one, name in text.selections
        if name == "endPosition"
    ] + [
        Selection(int(one.get(name)), int(one.get(name)), "") for one, name in text.selections if name != "endPosition"
    ]
    text.how = counting(text.decoded or empty, stretches, where)
    base = text.how.base(text.decoded or empty)
    for element, name in text.selections:
        if name == "endPosition":
            words = base[int(element.get("startPosition", "0")) : int(element.get(name))]
            if is_quotation(element.get("name", ""), words):
                project.quoted.append((element, text))


def _owner(element: etree._Element, by_name: dict[str, _Text], contents: dict[etree._Element, _Text]) -> _Text | None:
    """The text that an element's positions are in: of the nearest element around it that has one."""
    for ancestor in element.iterancestors():
        path = ancestor.get("plainTextPath")
        if path is not None:
            return by_name.get(path.rpartition("/")[2])
        content = ancestor.find(_t("PlainTextContent"))
        if content is not None:
            return contents.get(content)
    return None


def _others(project: _Project) -> None:
    """Names, descriptions, values: every attribute and text that is not technical."""
    quoted = {element for element, _ in project.quoted}
    contents = {text.element for text in project.texts.values()}
    for element in project.root.iter():
        tag = etree.QName(element).localname
        for name, value in element.attrib.items():
            is_known = name in _TECHNICAL or name in _PATHS or _ID.fullmatch(name) or name.startswith("{")
            if not is_known and tag != "User" and not (name == "name" and element in quoted):
                _other(project, _KINDS.get(tag, "property"), element, "@" + name, value)
        if element not in contents:
            _other(project, _KINDS.get(tag, "property"), element, "text", element.text or "")
        _other(project, "property", element, "tail", element.tail or "")


def _other(project: _Project, kind: str, element: etree._Element, slot: str, value: str) -> None:
    if words := value.strip():
        project.nodes.append(TextNode(None, "", "\n\n"))
        project.nodes.append(TextNode(element, slot, value))
        project.others.append(place(kind, words, project.length + 2 + value.index(words)))
        project.length += 2 + len(value)
        project.segments.append(project.others[-1].segment)


def _write_text(project: _Project, text: _Text, replacements: tuple[Replacement, ...]) -> bytes:
    """The text with its replacements; its codings, and those of their names that quote it, are moved in the project."""
    if text.decoded is None:
        return text.data
    edits = source_edits(text.placed, replacements)
    output = edit(text.decoded, edits)
    raw = output[len(text.decoded.bom) :].decode(text.decoded.encoding)
    after = replace(text.decoded, raw=raw, text=_one_end(raw), pairs=_pairs(raw))
    base, shifts = text.how.base(after), text.how.edits(text.decoded, edits)
    for element, name in text.selections:
        element.set(name, str(moved(int(element.get(name)), shifts, is_end=_POSITIONS[name])))
    for element, owner in project.quoted:
        if owner is text and edits:
            words = base[int(element.get("startPosition", "0")) : int(element.get("endPosition"))]
            element.set("name", requote(element.get("name"), words))
    if text.element is not None:
        text.element.text = raw
    return output


def _loosen(root: etree._Element, before: dict[etree._Element, str]) -> None:
    """A number or date that became a token is a text now, and so is its variable and every other value of it."""
    changed = {
        value.getparent().find(_t("VariableRef")).get("targetGUID")
        for value in root.iter(*map(_t, _VALUES))
        if value in before and before[value] != value.text and value.getparent().find(_t("VariableRef")) is not None
    }
    for value in root.iter(*map(_t, _VALUES)):
        reference = value.getparent().find(_t("VariableRef"))
        if reference is not None and reference.get("targetGUID") in changed:
            value.tag = _t("TextValue")
    for variable in root.iter(_t("Variable")):
        if variable.get("guid") in changed:
            variable.set("typeOfVariable", "Text")


def _one_end(raw: str) -> str:
    return raw.replace("\r\n", "\n").replace("\r", "\n")


def _where(element: etree._Element) -> str:
    """An element by its number among its kind: names may be names of people."""
    number = sum(1 for _ in element.itersiblings(element.tag, preceding=True)) + 1
    return f"{etree.QName(element).localname} {number}"
