"""A workbook made anew from the parts that can be cleaned: sheets, styles and comments. All else is left behind."""

import re
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree

from deid.errors import FormatError
from deid.formats._container import open_container, read_part, write_container
from deid.formats._tables import MOST_CELLS, check_table
from deid.formats._xml import parse, remove, serialise

OFFICE = "http://schemas.openxmlformats.org"
MAIN = f"{OFFICE}/spreadsheetml/2006/main"
_R = f"{OFFICE}/officeDocument/2006/relationships"
_PACKAGE = f"{OFFICE}/package/2006/relationships"
_TYPES = f"{OFFICE}/package/2006/content-types"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_SAVE_AGAIN = "open it in Excel and save it as an Excel Workbook (.xlsx)"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def x(name: str) -> str:
    return f"{{{MAIN}}}{name}"


# Of a sheet only these are kept: what it holds and how it looks.
_KEPT = frozenset(
    x(name)
    for name in ("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "mergeCells",
                 "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks")
)  # fmt: skip
_WHAT = {
    "hyperlinks": "links", "dataValidations": "lists of allowed values", "conditionalFormatting": "conditional formats",
    "autoFilter": "filters", "tableParts": "definitions of tables", "drawing": "pictures and charts",
    "legacyDrawing": "", "oleObjects": "embedded objects", "controls": "form controls", "sheetProtection": "protection",
    "protectedRanges": "protection", "scenarios": "scenarios", "customSheetViews": "views of single users",
    "picture": "pictures and charts", "extLst": "extensions", "phoneticPr": "", "ignoredErrors": "",
}  # fmt: skip
# The shapes in which Excel shows comments, without which it reports damage.
_SHAPE = (
    '<v:shape id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;width:144pt;height:72pt;visibility:hidden"'
    ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:textbox/><x:ClientData ObjectType="Note">'
    "<x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
    "</x:ClientData></v:shape>"
)
_SHAPES = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202" coordsize="21600,21600"'
    ' o:spt="202" path="m,l,21600r21600,l21600,xe"/>{shapes}</xml>'
)
# "Jane Smith" 0      a number format can show words that no cell holds
_WORDS_IN_CODE = re.compile(r'"[^"]*[^\W\d_]{2}[^"]*"')
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


@dataclass(slots=True)
class Sheet:
    """A sheet: its entry in the workbook, its cells, and its comments."""

    entry: etree._Element
    root: etree._Element
    comments: etree._Element | None = None


@dataclass(slots=True)
class Workbook:
    """What is kept of a workbook, and what was dropped."""

    root: etree._Element
    sheets: list[Sheet]
    styles: etree._Element | None
    dropped: Counter[str] = field(default_factory=Counter)
    is_1904: bool = False


def clean(source: bytes) -> Workbook:
    """The workbook without hidden data. Raises FormatError with advice, naming the sheet by its number."""
    container = open_container(source)
    present = {name.casefold(): name for name in container.namelist()}
    main = next(
        (target for kind, target in _relations(container, present, "").values() if kind == "officeDocument"), ""
    )
    if main.casefold() not in present:
        raise FormatError("this is not an Excel workbook", hint=_SAVE_AGAIN)
    if any("vbaproject" in name for name in present):
        raise FormatError("the workbook holds macros", hint=_SAVE_AGAIN)
    root = parse(read_part(container, present[main.casefold()]), "the workbook")
    if root.tag != x("workbook"):
        raise FormatError("this is not a plain Excel workbook", hint=_SAVE_AGAIN)
    relations = _relations(container, present, main)
    by_kind = {kind: target for kind, target in relations.values() if target.casefold() in present}
    styles = _part(container, present, by_kind.get("styles", ""), "the styles")
    workbook = Workbook(root, [], styles)
    used = {main, by_kind.get("styles", ""), by_kind.get("sharedStrings", "")}
    strings = _strings(_part(container, present, by_kind.get("sharedStrings", ""), "the shared strings"))
    _clean_workbook(workbook)
    for number, entry in enumerate(root.iter(x("sheet")), 1):
        kind, target = relations.get(entry.get(f"{{{_R}}}id", ""), ("", ""))
        if kind != "worksheet" or target.casefold() not in present:
            workbook.dropped["sheets that hold no cells"] += 1
            continue
        used.add(target)
        sheet = Sheet(entry, _part(container, present, target, f"sheet {number}"))
        _clean_sheet(workbook, sheet, strings, f"sheet {number}")
        for kind, inner in _relations(container, present, target).values():
            if kind == "comments" and inner.casefold() in present and sheet.comments is None:
                used.add(inner)
                sheet.comments = _part(container, present, inner, f"the comments of sheet {number}")
                _clean_comments(workbook, sheet.comments)
        workbook.sheets.append(sheet)
    if not workbook.sheets:
        raise FormatError("the workbook has no sheet with cells", hint=_SAVE_AGAIN)
    _count_parts(workbook, present, {name.casefold() for name in used})
    _clean_styles(workbook)
    return workbook


def save(workbook: Workbook) -> bytes:
    """The bytes of a cleaned workbook; relationships and content types are made anew."""
    files: dict[str, bytes] = {"_rels/.rels": _rels([("officeDocument", "xl/workbook.xml")])}
    kinds = {"xl/workbook.xml": "sheet.main"}
    links = []
    for number, sheet in enumerate(workbook.sheets, 1):
        name = f"xl/worksheets/sheet{number}.xml"
        sheet.entry.set(f"{{{_R}}}id", f"rId{number}")
        sheet.entry.set("sheetId", str(number))
        links.append(("worksheet", f"worksheets/sheet{number}.xml"))
        kinds[name] = "worksheet"
        for old in sheet.root.findall(x("legacyDrawing")):
            remove(old)
        if sheet.comments is not None:
            drawing = etree.SubElement(sheet.root, x("legacyDrawing"))
            drawing.set(f"{{{_R}}}id", "rId1")
            files[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = _rels(
                [("vmlDrawing", f"../drawings/vmlDrawing{number}.vml"), ("comments", f"../comments{number}.xml")]
            )
            files[f"xl/comments{number}.xml"] = serialise(sheet.comments)
            files[f"xl/drawings/vmlDrawing{number}.vml"] = _shapes(sheet.comments)
            kinds[f"xl/comments{number}.xml"] = "comments"
        files[name] = serialise(sheet.root)
    if workbook.styles is not None:
        files["xl/styles.xml"] = serialise(workbook.styles)
        kinds["xl/styles.xml"] = "styles"
        links.append(("styles", "styles.xml"))
    files["xl/workbook.xml"] = serialise(workbook.root)
    files["xl/_rels/workbook.xml.rels"] = _rels(links)
    return write_container({"[Content_Types].xml": _types(kinds)} | files)


def column_number(reference: str, otherwise: int) -> int:
    """C7 is column 2, counted from nought."""
    found = _REFERENCE.fullmatch(reference)
    if not found:
        return otherwise
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _relations(container: ZipFile, present: dict[str, str], part: str) -> dict[str, tuple[str, str]]:
    """Id -> kind and part of each relationship inside the container."""
    path = PurePosixPath(part)
    name = f"{path.parent}/_rels/{path.name}.rels" if part else "_rels/.rels"
    stored = present.get(name.removeprefix("./").casefold())
    found: dict[str, tuple[str, str]] = {}
    for element in parse(read_part(container, stored), "relationships") if stored else ():
        if element.get("TargetMode") == "External":
            continue
        target = unquote(element.get("Target", "").replace("\\", "/"))
        steps = [] if target.startswith("/") else list(path.parent.parts) if part else []
        for step in target.split("/"):
            if step == "..":
                steps = steps[:-1]
            elif step not in {"", "."}:
                steps.append(step)
        found[element.get("Id", "")] = element.get("Type", "").rpartition("/")[2], "/".join(steps)
    return found


def _part(container: ZipFile, present: dict[str, str], name: str, where: str) -> etree._Element | None:
    stored = present.get(name.casefold())
    return parse(read_part(container, stored), where) if stored else None


def _strings(root: etree._Element | None) -> list[etree._Element]:
    return list(root.iter(x("si"))) if root is not None else []


def _clean_workbook(workbook: Workbook) -> None:
    properties = workbook.root.find(x("workbookPr"))
    workbook.is_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
    names = workbook.root.find(x("definedNames"))
    workbook.dropped["defined names"] += len(names) if names is not None else 0
    for child in list(workbook.root):
        if child.tag not in {x("workbookPr"), x("bookViews"), x("sheets")}:
            workbook.root.remove(child)
    if properties is not None:
        properties.attrib.pop("codeName", None)


def _clean_sheet(workbook: Workbook, sheet: Sheet, strings: list[etree._Element], where: str) -> None:
    if sheet.root is None or sheet.root.tag != x("worksheet"):
        raise FormatError("this is not a plain sheet", where=where, hint=_SAVE_AGAIN)
    for child in list(sheet.root):
        if child.tag not in _KEPT:
            what = _WHAT.get(etree.QName(child).localname, "other parts of sheets")
            if what:
                workbook.dropped[what] += 1
            sheet.root.remove(child)
    for name in [name for name in sheet.root.attrib if name.endswith("}uid")]:
        del sheet.root.attrib[name]
    for tag in ("sheetPr", "pageSetup"):
        for element in sheet.root.iter(x(tag)):
            element.attrib.pop("codeName", None)
            element.attrib.pop(f"{{{_R}}}id", None)
    rows = sheet.root.findall(f"{x('sheetData')}/{x('row')}")
    check_table(len(rows), min(sum(len(row) for row in rows), MOST_CELLS + 1), where)
    for row in rows:
        for cell in row:
            _clean_cell(workbook, cell, strings, where)


def _clean_cell(workbook: Workbook, cell: etree._Element, strings: list[etree._Element], where: str) -> None:
    """Formulas leave their last value; every text stands in its own cell, so that one of two equals can change."""
    for formula in cell.findall(x("f")):
        workbook.dropped["formulas; their values stay"] += 1
        cell.remove(formula)
    value, kind = cell.find(x("v")), cell.get("t", "n")
    words = (value.text or "") if value is not None else ""
    if kind == "s":
        if not words.strip().isdigit() or len(words) > 9 or int(words) >= len(strings):
            raise FormatError("a cell points to a text that is not there", where=f"{where}, {_reference(cell)}")
        _set_text(cell, list(strings[int(words)]))
    elif kind == "str":
        text = etree.Element(x("t"))
        text.text = words
        _set_text(cell, [text])
    for reading in [*cell.iter(x("rPh")), *cell.iter(x("phoneticPr")), *cell.findall(x("extLst"))]:
        remove(reading)


def _reference(cell: etree._Element) -> str:
    return cell.get("r", "") if _REFERENCE.fullmatch(cell.get("r", "")) else "a cell"


def _set_text(cell: etree._Element, children: list[etree._Element]) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    inside = etree.SubElement(cell, x("is"))
    inside.extend([deepcopy(child) for child in children])


def write_text(cell: etree._Element, words: str) -> None:
    """Make a cell of a number, date or formula one of text."""
    text = etree.Element(x("t"))
    text.text = words
    _set_text(cell, [text])


def keep_spaces(root: etree._Element) -> None:
    for text in root.iter(x("t")):
        if text.text and text.text != text.text.strip():
            text.set(_SPACE, "preserve")


def _clean_comments(workbook: Workbook, root: etree._Element) -> None:
    authors = root.find(x("authors"))
    for author in authors if authors is not None else ():
        workbook.dropped["authors of comments"] += (author.text or "") != "Author"
        author.text = "Author"
    for comment in root.iter(x("comment")):
        for name in list(comment.attrib):
            if name not in {"ref", "authorId"}:
                del comment.attrib[name]
    for reading in [*root.iter(x("rPh")), *root.iter(x("extLst"))]:
        remove(reading)


def _clean_styles(workbook: Workbook) -> None:
    root = workbook.styles
    if root is None:
        return
    for extension in root.findall(x("extLst")):
        root.remove(extension)
    for number, style in enumerate(root.iter(x("cellStyle")), 1):
        if style.get("builtinId") is None and style.get("name") != f"Style {number}":
            workbook.dropped["names of styles"] += 1
            style.set("name", f"Style {number}")
        elif style.get("builtinId") is not None and style.get("builtinId") == "0":
            style.set("name", "Normal")
    for code in root.iter(x("numFmt")):
        plain = _WORDS_IN_CODE.sub("", code.get("formatCode", ""))
        workbook.dropped["words in number formats"] += plain != code.get("formatCode", "")
        code.set("formatCode", plain or "General")
    for styles in root.findall(x("tableStyles")):
        root.remove(styles)


def _count_parts(workbook: Workbook, present: dict[str, str], used: set[str]) -> None:
    for name in present:
        ignored = name.endswith(("/", ".rels")) or name in used or name == "[content_types].xml"
        if not ignored and not name.startswith("xl/drawings/vmldrawing"):
            folders = {"docprops": "document properties", "xl/theme": "colour themes"}
            workbook.dropped[
                next((what for start, what in folders.items() if name.startswith(start)), "other parts")
            ] += 1


def _rels(links: list[tuple[str, str]]) -> bytes:
    root = etree.Element(f"{{{_PACKAGE}}}Relationships", nsmap={None: _PACKAGE})
    for number, (kind, target) in enumerate(links, 1):
        etree.SubElement(root, f"{{{_PACKAGE}}}Relationship", Id=f"rId{number}", Type=f"{_R}/{kind}", Target=target)
    return serialise(root)


def _types(kinds: dict[str, str]) -> bytes:
    root = etree.Element(f"{{{_TYPES}}}Types", nsmap={None: _TYPES})
    for extension, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
        ("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing"),
    ):
        etree.SubElement(root, f"{{{_TYPES}}}Default", Extension=extension, ContentType=kind)
    for name, kind in kinds.items():
        etree.SubElement(root, f"{{{_TYPES}}}Override", PartName="/" + name, ContentType=f"{_KIND}{kind}+xml")
    return serialise(root)


def _shapes(comments: etree._Element) -> bytes:
    shapes = []
    for number, comment in enumerate(comments.iter(x("comment")), 1025):
        reference = comment.get("ref", "")
        found = _REFERENCE.fullmatch(reference)
        row = int(found[2]) - 1 if found else 0
        shapes.append(_SHAPE.format(id=number, row=row, column=column_number(reference, 0)))
    return _SHAPES.format(shapes="".join(shapes)).encode()
