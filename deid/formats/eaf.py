"""ELAN annotation files, edited where the words stand. Times, ids and every byte outside replaced words stay."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from deid.config import Formats
from deid.errors import FormatError
from deid.formats._lens import Piece, Placed, apply, by_segment, confirm, source_edits, splice
from deid.formats._markup import Tag, escape, shown, tags
from deid.formats._text import Edit, decode, edit
from deid.formats.textgrid import is_phones
from deid.model import Replacement, Segment

SUFFIXES = (".eaf",)
SUMMARY = "ELAN: annotations, tiers, speakers, vocabularies; times and ids stay; authors, media and linked files go"

_HINT = "open it in ELAN and save it again"
_DROPPED = {
    "MEDIA_DESCRIPTOR": "links to media",
    "LINKED_FILE_DESCRIPTOR": "links to other files",
    "PROPERTY": "properties",
    "EXTERNAL_REF": "links to other files",
    "LEXICON_REF": "links to other files",
    "REF_LINK_SET": "links between annotations",
}
_LAST_ID = re.compile(r"\d{0,12}")
# Values that programs give: ids, times, names of constraints and languages.
_TECHNICAL = frozenset(
    """FORMAT VERSION TIME_UNITS TIME_SLOT_ID TIME_VALUE ANNOTATION_ID TIME_SLOT_REF1 TIME_SLOT_REF2 ANNOTATION_REF
    PREVIOUS_ANNOTATION TIME_ALIGNABLE GRAPHIC_REFERENCES CONSTRAINTS STEREOTYPE LANG_ID LANG_DEF LANG_REF
    DEFAULT_LOCALE LANGUAGE_CODE COUNTRY_CODE CVE_ID CVE_REF EXT_REF LEXICON_REF SVG_REF CONSTRAINT""".split()
)
_NAMESPACE = re.compile(r"xmlns(?::\w+)?|xsi:\w+")
_BLANKED = {"AUTHOR": "names of authors", "ANNOTATOR": "names of authors", "MEDIA_FILE": "links to media"}
_DATE, _NO_DATE = "DATE", "1980-01-01T00:00:00+00:00"
# An attribute that names something, and those that refer to it by that name.
_REFERENCES = {
    "PARENT_REF": "TIER_ID",
    "LINGUISTIC_TYPE_REF": "LINGUISTIC_TYPE_ID",
    "CONTROLLED_VOCABULARY_REF": "CV_ID",
}
_KEYS = frozenset(_REFERENCES.values())
_TEXTS = {"ANNOTATION_VALUE": "speech", "CVE_VALUE": "property", "LICENSE": "field", "CV_ENTRY": "property",
          "DESCRIPTION": "property"}  # fmt: skip


@dataclass(slots=True)
class _Layout:
    placed: list[Placed] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    dropped: dict[str, int] = field(default_factory=dict)
    keys: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))  # by value: index of its segment
    ends: dict[int, int] = field(default_factory=dict)  # where the value of such a segment ends
    references: list[tuple[str, str, int, int]] = field(default_factory=list)

    def drop(self, what: str, start: int, end: int, new: str = "") -> None:
        self.edits.append((start, end, new))
        self.dropped[what] = self.dropped.get(what, 0) + 1


def read(source: bytes, settings: Formats) -> tuple[Segment, ...]:
    """The segments of a file. Raises FormatError where times or tiers do not fit each other."""
    return tuple(item.segment for item in _Walk(source, settings).layout.placed)


def write(source: bytes, replacements: tuple[Replacement, ...], settings: Formats) -> bytes:
    """The file with the replacements made, names of tiers wherever they are referred to, and without what goes."""
    walk = _Walk(source, settings)
    layout = walk.layout
    edits = source_edits(layout.placed, replacements, lambda _, words: escape(words))
    edits += _renamed(layout, replacements)
    output = edit(walk.decoded, [*edits, *layout.edits])
    if replacements:
        confirm(read(output, settings), apply([item.segment for item in layout.placed], replacements))
    return output


def dropped(source: bytes, settings: Formats) -> tuple[str, ...]:
    """What the rules drop from this file, with counts."""
    found = _Walk(source, settings).layout.dropped
    return tuple(f"{what} ({count})" for what, count in sorted(found.items()))


def parts(output: bytes) -> Iterator[tuple[str, str]]:
    """The whole file as text."""
    yield "text", decode(output, Formats(largest_file_mib=1 << 20)).text


def _renamed(layout: _Layout, replacements: Sequence[Replacement]) -> Iterator[Edit]:
    """Edits of the references to what was renamed. Two tiers that get one name are told apart by a number."""
    wanted = by_segment([item.segment for item in layout.placed], replacements)
    new: dict[tuple[str, str], str] = {}
    for key, values in layout.keys.items():
        taken: set[str] = set()
        for value, index in values.items():
            words = splice(layout.placed[index].segment.text, wanted.get(index, ()))
            number = 1
            while (name := f"{words} ({number})" if number > 1 else words) in taken:
                number += 1
            taken.add(name)
            new[key, value] = name
            if number > 1:
                yield layout.ends[index], layout.ends[index], f" ({number})"
    for key, value, start, end in layout.references:
        if new[key, value] != value:
            yield start, end, escape(new[key, value])


class _Walk:
    """One pass over the tags of a file."""

    def __init__(self, source: bytes, settings: Formats) -> None:
        self.decoded = decode(source, settings)
        self.layout = _Layout()
        self._text = self.decoded.text
        self._slots: dict[str, int | None] = {}
        self._turn, self._is_new = 0, True
        self._last, self._clock = "", ""
        self._is_phones = False
        self._go()

    def _go(self) -> None:
        skipped: Tag | None = None
        opened: Tag | None = None
        depth = count = 0
        for tag in tags(self.decoded, "the file"):
            count += tag.name == "ANNOTATION_DOCUMENT" and tag.kind == "open"
            if skipped is None and self._goes(tag):
                skipped, depth = tag, 0
            if skipped is not None:
                depth += (tag.kind == "open") - (tag.kind == "close")
                if depth == 0:
                    what = "remarks in the XML" if skipped.kind == "remark" else _DROPPED[skipped.name]
                    self.layout.drop(what, skipped.start, tag.end)
                    skipped = None
                opened = None
                continue
            if tag.kind == "close" and opened is not None and opened.name == tag.name:
                self._words(tag.name, opened.end, tag.start)
            opened = tag if tag.kind == "open" else None
            self._tag(tag)
        if not count:
            raise FormatError("this is not an ELAN file", hint=_HINT)
        for key, value, start, _ in self.layout.references:
            if value not in self.layout.keys[key]:
                raise FormatError("this tier refers to one that is not there", where=self._where(start), hint=_HINT)
        if not any(item.segment.kind == "speech" for item in self.layout.placed):
            raise FormatError("there is no annotation in this file", hint=_HINT)

    def _goes(self, tag: Tag) -> bool:
        if tag.kind == "remark":
            return not self._text.startswith("<?xml ", tag.start)
        if tag.name not in _DROPPED or tag.kind == "close":
            return False
        if tag.name == "PROPERTY" and self._value(tag, "NAME") == "lastUsedAnnotationId":
            end = self._text.index("<", tag.end) if tag.kind == "open" else tag.end
            return not _LAST_ID.fullmatch(self._text[tag.end : end].strip())
        return True

    def _tag(self, tag: Tag) -> None:
        if tag.name == "TIME_SLOT":
            value = self._value(tag, "TIME_VALUE")
            if value and (not value.isdigit() or len(value) > 12):
                raise FormatError("a time is broken", where=self._where(tag.start), hint=_HINT)
            self._slots[self._value(tag, "TIME_SLOT_ID")] = int(value) if value else None
        elif tag.name == "TIER" and tag.kind != "close":
            self._last, self._is_new = "", True
            self._is_phones = is_phones(self._value(tag, "TIER_ID"))
        elif tag.name == "ALIGNABLE_ANNOTATION" and tag.kind == "open":
            self._aligned(tag)
        elif tag.name == "REF_ANNOTATION" and tag.kind == "open":
            self._next("ref " + self._value(tag, "ANNOTATION_REF"), "ref " + self._value(tag, "ANNOTATION_REF"), "")
        for name, (start, end) in tag.attributes.items():
            self._attribute(tag, name, start, end)

    def _aligned(self, tag: Tag) -> None:
        begin, end = self._value(tag, "TIME_SLOT_REF1"), self._value(tag, "TIME_SLOT_REF2")
        if begin not in self._slots or end not in self._slots:
            raise FormatError("an annotation has a time that is not there", where=self._where(tag.start), hint=_HINT)
        first, last = self._slots[begin], self._slots[end]
        if first is not None and last is not None and first > last:
            raise FormatError("an annotation ends before it begins", where=self._where(tag.start), hint=_HINT)
        self._next(f"at {begin if first is None else first}", f"at {end if last is None else last}", str(first or ""))

    def _next(self, begin: str, end: str, clock: str) -> None:
        """Annotations that follow each other without a gap are one turn: they may be single words."""
        self._is_new |= begin != self._last
        self._last, self._clock = end, clock

    def _attribute(self, tag: Tag, name: str, start: int, end: int) -> None:
        value = self._text[start:end]
        pieces = shown(self._text, start, end)
        words = "".join(piece.text for piece in pieces)
        if name in _BLANKED and value:
            self.layout.drop(_BLANKED[name], start, end)
        elif name == _DATE and value != _NO_DATE:
            self.layout.drop("dates of saving", start, end, _NO_DATE)
        elif name in _KEYS:
            if not words or words in self.layout.keys[name]:
                raise FormatError("a name is empty or stands twice", where=self._where(start), hint=_HINT)
            self.layout.keys[name][words] = len(self.layout.placed)
            self.layout.ends[len(self.layout.placed)] = end
            self._add("speaker" if name == "TIER_ID" else "property", pieces)
        elif name in _REFERENCES and words:
            self.layout.references.append((_REFERENCES[name], words, start, end))
        elif words and name not in _TECHNICAL | _REFERENCES.keys() | {_DATE, "NAME"} and not _NAMESPACE.fullmatch(name):
            self._add("speaker" if name == "PARTICIPANT" else "property", pieces)

    def _words(self, name: str, start: int, end: int) -> None:
        pieces = shown(self._text, start, end)
        if not pieces or name == "PROPERTY":
            return
        kind = _TEXTS.get(name, "property")
        if kind == "speech" and self._is_phones:
            self.layout.drop("labels of phone tiers", start, end)
        elif kind == "speech":
            self._turn += self._is_new
            self._is_new = False
            self._add(kind, pieces, self._turn, self._clock)
        else:
            self._add(kind, pieces)

    def _add(self, kind: str, pieces: tuple[Piece, ...], turn: int = 0, clock: str = "") -> None:
        words = "".join(piece.text for piece in pieces)
        self.layout.placed.append(Placed(Segment(kind, words, turn, clock), pieces, is_escaped=True))

    def _shown(self, start: int, end: int) -> str:
        return "".join(piece.text for piece in shown(self._text, start, end))

    def _value(self, tag: Tag, name: str) -> str:
        start, end = tag.attributes.get(name, (0, 0))
        return self._shown(start, end)

    def _where(self, start: int) -> str:
        return f"line {self._text.count(chr(10), 0, start) + 1}"
