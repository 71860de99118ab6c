"""The running text of a Word file: tracked changes, hidden text, pictures, objects and second copies are settled."""

from collections import Counter
from collections.abc import Callable, Iterable

from lxml import etree

from deid.errors import FormatError
from deid.formats import _docx_names as names
from deid.formats._text_nodes import keep_spaces
from deid.formats._xml import remove, unwrap

NO_PICTURE = "[image removed]"
NO_OBJECT = "[object removed]"
# A picture of at most 2 cm beside text is an avatar: it goes without a mark. 360,000 units are a centimetre.
_SMALL = 720_000


def w(name: str) -> str:
    return f"{{{names.W}}}{name}"


_P, _R, _T, _PPR, _RPR = w("p"), w("r"), w("t"), w("pPr"), w("rPr")
_ALTERNATE, _CHOICE, _FALLBACK = (f"{{{names.MC}}}{name}" for name in ("AlternateContent", "Choice", "Fallback"))
_TEXT_BOX = w("txbxContent")
_VAL = w("val")
_CHANGES = tuple(w(name) for name in ("ins", "del", "moveFrom", "moveTo"))
_REFUSE_HINT = "accept or reject all changes in Word, or set formats.tracked_changes to accept"


def settle_changes(root: etree._Element, policy: str, dropped: Counter[str]) -> None:
    """Tracked changes by policy. Deleted text never survives: `keep` leaves insertions marked, without their author."""
    changes = list(root.iter(*_CHANGES, *(name for name in names.DROPPED_ELEMENTS if name.endswith("Change"))))
    if not changes:
        return
    if policy == "refuse":
        raise FormatError(f"the document has {len(changes)} tracked changes", hint=_REFUSE_HINT)
    emptied, rows = [], []
    for change in changes:
        parent = change.getparent()
        if parent is None or change.tag not in _CHANGES:
            continue
        is_gone = change.tag in {w("del"), w("moveFrom")}
        dropped["tracked deletions" if is_gone else "marks of tracked insertions"] += is_gone or policy == "accept"
        if is_gone and parent.tag == w("trPr"):
            rows.append(parent.getparent())
        elif is_gone:
            if parent.tag == _RPR and parent.getparent().tag == _PPR:
                emptied.append(parent.getparent().getparent())
            remove(change)
        elif policy == "keep" and change.tag == w("ins"):
            change.set(w("author"), "Author")
            change.attrib.pop(w("date"), None)
        elif parent.tag in {_RPR, w("trPr")}:
            remove(change)
        else:
            unwrap(change)
    for row in rows:
        _remove_row(row)
    for paragraph in reversed(emptied):
        _join_next(paragraph)


def _remove_row(row: etree._Element) -> None:
    table = row.getparent()
    if table is None:
        return
    remove(row)
    if table.find(w("tr")) is None:
        remove(table)


def _join_next(paragraph: etree._Element) -> None:
    """A paragraph whose end was deleted goes on in the next one."""
    following = paragraph.getnext()
    if paragraph.getparent() is None or following is None or following.tag != _P:
        return
    at = 1 if following.find(_PPR) is not None else 0
    for child in reversed([child for child in paragraph if child.tag != _PPR]):
        following.insert(at, child)
    remove(paragraph)


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch such as w:vanish or w:b is there and not set to off."""
    return element is not None and element.get(_VAL, "true").lower() not in {"0", "false", "off"}


def drop_hidden(root: etree._Element, hidden_styles: frozenset[str], dropped: Counter[str]) -> None:
    """Hidden runs and rows go: nobody who reads the page sees them, and nobody would miss them in the transcript."""
    for hidden in list(root.iter(w("hidden"))):
        if is_on(hidden) and hidden.getparent().tag == w("trPr"):
            _remove_row(hidden.getparent().getparent())
            dropped["hidden rows"] += 1
    found = [vanish.getparent().getparent() for vanish in root.iter(w("vanish")) if is_on(vanish)]
    if hidden_styles:
        for style in root.iter(w("rStyle"), w("pStyle")):
            holder = style.getparent().getparent()
            if style.get(_VAL) in hidden_styles and holder is not None:
                found += [holder] if holder.tag == _R else holder.iter(_R)
    for run in found:
        own = run.find(f"{_RPR}/{w('vanish')}") if run.tag == _R else None
        if run.tag == _R and run.getparent() is not None and (own is None or is_on(own)):
            dropped["hidden text"] += any(child.tag != _RPR for child in run)
            remove(run)


def drop_objects(root: etree._Element, keeps: Callable[[etree._Element], bool], dropped: Counter[str]) -> None:
    """Pictures (unless `keeps` says that one may stay), charts, diagrams and embedded objects become a visible mark."""
    for element in list(root.iter(w("object"), w("control"), w("movie"), w("drawing"), w("pict"))):
        if element.getparent() is None:
            continue
        if element.tag == w("drawing"):
            _settle_drawing(element, keeps, dropped)
        elif element.tag == w("pict"):
            _settle_pict(element, dropped)
        else:
            _mark(element, NO_OBJECT)
            dropped["embedded objects"] += 1


def _settle_drawing(drawing: etree._Element, keeps: Callable[[etree._Element], bool], dropped: Counter[str]) -> None:
    data = drawing.find(f".//{{{names.A}}}graphicData")
    uri = data.get("uri") if data is not None else ""
    if uri not in names.SHAPES or next(drawing.iter(f"{{{names.A}}}t"), None) is not None:
        _mark(drawing, NO_OBJECT)
        dropped["charts and diagrams"] += 1
    elif uri == names.PIC:
        if not keeps(drawing):
            _mark(drawing, "" if _is_small(drawing) and _has_text_beside(drawing) else NO_PICTURE)
            dropped["places of pictures"] += 1
    else:
        for picture in list(drawing.iter(f"{{{names.PIC}}}pic")):
            remove(picture)
            dropped["places of pictures"] += 1
        _drop_fills(drawing)


def _settle_pict(pict: etree._Element, dropped: Counter[str]) -> None:
    pictures = list(pict.iter(f"{{{names.V}}}imagedata"))
    has_others = next(pict.iter(f"{{{names.O}}}OLEObject", w("control"), w("movieReference")), None) is not None
    if has_others or (pictures and next(pict.iter(_TEXT_BOX), None) is None):
        _mark(pict, NO_OBJECT if has_others else NO_PICTURE)
        dropped["embedded objects" if has_others else "places of pictures"] += 1
        return
    for picture in pictures:
        remove(picture)
        dropped["places of pictures"] += 1


def _drop_fills(drawing: etree._Element) -> None:
    for fill in list(drawing.iter(f"{{{names.A}}}blipFill", f"{{{names.WPS}}}blipFill")):
        fill.getparent().replace(fill, etree.Element(f"{{{names.A}}}noFill"))


def _is_small(drawing: etree._Element) -> bool:
    extent = drawing.find(f".//{{{names.WP}}}extent")
    sizes = [extent.get("cx", ""), extent.get("cy", "")] if extent is not None else [""]
    return all(size.isdigit() and int(size) <= _SMALL for size in sizes)


def _has_text_beside(drawing: etree._Element) -> bool:
    paragraph = next(drawing.iterancestors(_P), None)
    return paragraph is not None and any((node.text or "").strip() for node in paragraph.iter(_T))


def _mark(element: etree._Element, words: str) -> None:
    """Put words in the place of a picture or object, in the run that holds it."""
    top = element
    for ancestor in element.iterancestors():
        if ancestor.tag == _R:
            break
        if ancestor.tag == _ALTERNATE:
            top = ancestor
    if words and top.getparent() is not None and top.getparent().tag == _R:
        text = etree.Element(_T)
        text.text = words
        keep_spaces(text)
        top.addprevious(text)
    if top.getparent() is not None:
        remove(top)


def pair_copies(root: etree._Element, dropped: Counter[str]) -> list[tuple[etree._Element, etree._Element]]:
    """Of content that is there twice (a text box for new and for old programs), the paragraphs that go together.

    A second copy that does not say the same is dropped.
    """
    pairs: list[tuple[etree._Element, etree._Element]] = []
    for alternate in list(root.iter(_ALTERNATE)):
        choices, fallback = alternate.findall(_CHOICE), alternate.find(_FALLBACK)
        for choice in choices[1:]:
            remove(choice)
        if not choices:
            if fallback is not None:
                unwrap(fallback)
            unwrap(alternate)
            continue
        if fallback is None:
            continue
        ours, theirs = list(choices[0].iter(_P)), list(fallback.iter(_P))
        if [_words(one) for one in ours] == [_words(one) for one in theirs]:
            pairs += zip(ours, theirs, strict=True)
        else:
            remove(fallback)
            dropped["second copies that differ"] += 1
    return pairs


def _words(paragraph: etree._Element) -> tuple[str, ...]:
    return tuple((node.text or "") if node.tag == _T else node.tag for node in text_elements(paragraph))


# Elements of a run that stand for one character.
CHARACTERS = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "\u2011",
    w("softHyphen"): "\u00ad",
    w("sym"): "\ufffc",
}
_MATH_TEXT = f"{{{names.M}}}t"
_TEXTS = frozenset({_T, _MATH_TEXT, *CHARACTERS})
_APART = frozenset({_PPR, _RPR, w("drawing"), w("pict"), _ALTERNATE, w("sdtPr"), w("instrText")})


def text_elements(paragraph: etree._Element) -> Iterable[etree._Element]:
    """The elements that hold a paragraph's own text, in order; its text boxes have paragraphs of their own."""
    for child in paragraph:
        if child.tag in _TEXTS:
            yield child
        elif len(child) and child.tag not in _APART:
            yield from text_elements(child)
