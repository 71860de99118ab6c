"""Fields of a Word file: page numbers, contents and cross-references stay alive, every other field becomes its text.

A field's code can hold a name in any form (AUTHOR, FILENAME, HYPERLINK "mailto:...", a reference manager's data), and
Word runs some of them on opening.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from deid.formats import _docx_names as names
from deid.formats._xml import remove, unwrap

_CHAR = f"{{{names.W}}}fldChar"
_CODE = f"{{{names.W}}}instrText"
_RUN = f"{{{names.W}}}r"
_RUN_PROPERTIES = f"{{{names.W}}}rPr"
_SIMPLE = f"{{{names.W}}}fldSimple"
_TYPE = f"{{{names.W}}}fldCharType"
_INSTR = f"{{{names.W}}}instr"
_WHY = "field codes (their text stays)"


@dataclass(slots=True)
class _Field:
    marks: list[etree._Element]
    codes: list[etree._Element] = field(default_factory=list)
    others: list[etree._Element] = field(default_factory=list)
    is_code: bool = True


def flatten_fields(root: etree._Element, bookmarks: Mapping[str, str], dropped: Counter[str]) -> None:
    """Keep the safe fields, with their bookmarks renamed, and turn all others into the text they last showed."""
    for simple in list(root.iter(_SIMPLE)):
        code = _safe(simple.get(_INSTR, ""), bookmarks)
        if code is None:
            unwrap(simple)
            dropped[_WHY] += 1
        else:
            simple.set(_INSTR, code)
    if next(root.iter(_CHAR, _CODE), None) is None:
        return
    finished, stray = _fields(root)
    for one in finished:
        code = _safe("".join(element.text or "" for element in one.codes), bookmarks)
        if code is not None and one.codes:
            one.codes[0].text = code
            stray += one.codes[1:] + one.others
        else:
            stray += one.marks + one.codes + one.others
            dropped[_WHY] += 1
    for element in stray:
        if element.getparent() is not None:
            remove(element)


def _fields(root: etree._Element) -> tuple[list[_Field], list[etree._Element]]:
    """All whole fields, and marks and codes that belong to none."""
    open_fields: list[_Field] = []
    finished: list[_Field] = []
    stray: list[etree._Element] = []
    for run in root.iter(_RUN):
        for element in run:
            kind = element.get(_TYPE) if element.tag == _CHAR else ""
            if kind == "begin":
                open_fields.append(_Field([element]))
            elif kind and not open_fields:
                stray.append(element)
            elif kind == "separate":
                open_fields[-1].marks.append(element)
                open_fields[-1].is_code = False
            elif kind == "end":
                open_fields[-1].marks.append(element)
                finished.append(open_fields.pop())
            elif element.tag == _CODE:
                (open_fields[-1].codes if open_fields and open_fields[-1].is_code else stray).append(element)
            elif element.tag == _CHAR:
                stray.append(element)
            elif element.tag != _RUN_PROPERTIES and any(one.is_code for one in open_fields):
                next(one for one in open_fields if one.is_code).others.append(element)
    for one in open_fields:
        stray += one.marks + one.codes
    return finished, stray


def _safe(code: str, bookmarks: Mapping[str, str]) -> str | None:
    """A field's code with its bookmark renamed, or None if it may not stay."""
    if names.SAFE_FIELD.fullmatch(code):
        return code
    jump = names.JUMP_FIELD.fullmatch(code)
    if jump and jump["name"] in bookmarks:
        name = bookmarks[jump["name"]]
        quoted = f'"{name}"' if jump["verb"].upper().startswith("HYPERLINK") else name
        return " ".join(["", *jump["verb"].split(), quoted, *jump["rest"].split(), ""])
    return None
