"""Markdown: read as plain text, with front matter, comments, link targets and pictures' descriptions apart."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from deid.config import Formats
from deid.formats._lens import Piece, Placed, apply, by_segment, confirm, place, source_edits, splice
from deid.formats._links import escape_link, link_pieces
from deid.formats._text import Edit, decode, edit
from deid.formats._turns import Line, split_lines, turns
from deid.model import Replacement, Segment

SUFFIXES = (".md", ".markdown")
SUMMARY = "Markdown: as plain text, with front matter, comments, link targets and pictures' descriptions"

# ---\ntitle: Interview\n---      at the very start of the file
_FRONT = re.compile(r"---[ \t]*\n(?P<lines>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?=\n|\Z)")
# author: "Jo Smith"      - Jo Smith
_VALUE = re.compile(r"(?P<key>[ \t]*(?:-[ \t]+|[\w .-]{1,40}:[ \t]+)*)(?P<quote>[\"']?)(?P<value>.*?)(?P=quote)[ \t]*$")
# Characters that YAML does not take for text at the start of a value: deid's own brackets are among them.
_NEEDS_QUOTES = re.compile(r"[\[{\]}&*!|>%@`#]")
_COMMENT = re.compile(r"<!--(?P<inner>.*?)(?:-->|\Z)", re.DOTALL)
# ![Jo at her desk](jo.png "Jo")    [the board](https://example.org/board)    [the board](<a b.html>)
_LINK = re.compile(
    r"(?:!\[(?P<alt>(?:[^\[\]\\\n]|\\.){0,500})\]|\])\([ \t]*"
    r"(?:<(?P<angled>[^<>\n]*)>|(?P<target>(?:[^()\s<>]|\([^()\s<>]*\))+))(?=[ \t)])"
)
# [board]: https://example.org/board "Board"     but not   [Person 12]: Right.   which is a speaker and one word
_DEFINITION = re.compile(
    r"^[ ]{0,3}\[(?P<label>(?:[^\[\]\\\n]|\\.){1,500})\]:[ \t]*<?(?P<target>[^\s<>]*[/#@][^\s<>]*)>?"
    r"(?:[ \t]+[\"'(].*)?[ \t]*$",
    re.MULTILINE,
)
# \[   or a stretch without any such escape
_BRACKET = re.compile(r"\\[\[\]\\]|[^\\]+|\\")
_BRACKET_NEEDS = re.compile(r"[\[\]\\]")
_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]+")
# "## The talk ##": closing marks have a space before them, so that "Talk with ##Person_9##" keeps its own.
_CLOSING = re.compile(r"(?:(?:^|(?<=[ \t]))#+)?[ \t]*$")
# -----   =====   * * *
_RULE = re.compile(r"[ ]{0,3}(?:=+|-{2,}|(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|_{3,})[ \t]*$")
# Front matter lines longer than this are prose, not `key: value`.
_LONGEST_VALUE = 1000


def read(source: bytes, settings: Formats) -> tuple[Segment, ...]:
    """The segments of a Markdown file."""
    return tuple(item.segment for item in _placed(decode(source, settings).text))


def write(source: bytes, replacements: tuple[Replacement, ...], settings: Formats) -> bytes:
    """The file with the replacements made; a front matter value that begins with a bracket gets quotation marks."""
    decoded = decode(source, settings)
    placed = _placed(decoded.text)
    edits = source_edits(placed, replacements, _escape)
    output = edit(decoded, [*edits, *_quotes(decoded.text, placed, replacements)])
    if replacements:
        confirm(read(output, settings), apply([item.segment for item in placed], replacements))
    return output


def dropped(source: bytes, settings: Formats) -> tuple[str, ...]:
    """Nothing is dropped from Markdown."""
    return ()


def parts(output: bytes) -> Iterator[tuple[str, str]]:
    """The whole file as text."""
    yield "text", decode(output, Formats(largest_file_mib=1 << 20)).text


def _placed(text: str) -> list[Placed]:
    front = _FRONT.match(text)
    body = front.end() if front else 0
    cuts, apart = _apart(text, body)
    blanked, done = [text[:body]], body
    for start, end in cuts:
        blanked += [text[done:start], " " * (end - start)]
        done = end
    lines = _lines("".join([*blanked, text[done:]]), body)
    found = [_without(item, text, cuts) for item in turns(lines)] + apart
    head = list(_front_matter(front["lines"], front.start("lines"))) if front else []
    return head + sorted((item for item in found if item.segment.text), key=lambda item: item.pieces[0].start)


def _front_matter(text: str, start: int) -> Iterator[Placed]:
    """One segment a line: the key and the value without its quotation marks."""
    for line in text.split("\n"):
        found = _VALUE.match(line) if len(line) <= _LONGEST_VALUE else None
        spans = [found.span("key"), found.span("value")] if found else [(0, len(line))]
        pieces = tuple(Piece(start + low, start + high, line[low:high]) for low, high in spans if low < high)
        if line.strip():
            yield Placed(Segment("front_matter", "".join(piece.text for piece in pieces)), pieces)
        start += len(line) + 1


Stretch = tuple[str, int, int]


def _apart(text: str, body: int) -> tuple[list[tuple[int, int]], list[Placed]]:
    """What does not belong to the words around it: the stretches to cut out of them, and the segments found there."""
    found: list[tuple[int, int, tuple[Stretch, ...]]] = []
    for comment in _COMMENT.finditer(text, body):
        found.append((*comment.span(), (("comment", *comment.span("inner")),)))
    for link in _LINK.finditer(text, body):
        target = link.span("target" if link["angled"] is None else "angled")
        found.append((*target, (("link", *target),)))
        if link["alt"]:
            found.append((*link.span("alt"), (("alt_text", *link.span("alt")),)))
    for line in _DEFINITION.finditer(text, body):
        found.append((*line.span(), (("alt_text", *line.span("label")), ("link", *line.span("target")))))
    cuts, placed, done = [], [], body
    for start, end, stretches in sorted(found):
        if done <= start < end:
            cuts.append((start, end))
            placed += [_stretch(text, *stretch) for stretch in stretches]
            done = end
    return cuts, placed


def _stretch(text: str, kind: str, start: int, end: int) -> Placed:
    if kind == "link":
        pieces = link_pieces(text[start:end], start)
        return Placed(Segment(kind, "".join(piece.text for piece in pieces)), pieces, is_escaped=True)
    if kind == "alt_text":
        pieces = tuple(_unescaped(text, start, end))
        return Placed(Segment(kind, "".join(piece.text for piece in pieces)), pieces, is_escaped=True)
    words = text[start:end].strip()
    return place(kind, words, text.index(words, start))


def _unescaped(text: str, start: int, end: int) -> Iterator[Piece]:
    """The words between square brackets, where `\\[` stands for a bracket of their own."""
    for found in _BRACKET.finditer(text, start, end):
        yield Piece(*found.span(), found[0][-1] if found[0][0] == "\\" else found[0])


def _escape(kind: str, words: str) -> str:
    return escape_link(words) if kind == "link" else _BRACKET_NEEDS.sub(r"\\\g<0>", words)


def _lines(text: str, body: int) -> list[Line]:
    """The body's lines; headings lose their marks, rules and underlines are no text."""
    lines: list[Line] = []
    for line in split_lines(text[body:], body):
        if mark := _HEADING.match(line.text):
            line = Line(line.start + mark.end(), _CLOSING.sub("", line.text[mark.end() :]), kind="heading")
        elif _RULE.match(line.text):
            if lines and lines[-1].text.strip() and "*" not in line.text and not lines[-1].kind:
                lines[-1] = lines[-1]._replace(kind="heading")
            line = Line(line.start, "")
        lines.append(line)
    return lines


def _without(item: Placed, text: str, cuts: list[tuple[int, int]]) -> Placed:
    """The segment without what was cut out of it."""
    start, end = item.pieces[0].start, item.pieces[0].end
    pieces = []
    for low, high in cuts[bisect_right(cuts, (start, start)) :]:
        if low >= end:
            break
        pieces.append(Piece(start, low, text[start:low]))
        start = high
    pieces.append(Piece(start, end, text[start:end]))
    kept = tuple(piece for piece in pieces if piece.text)
    return replace(item, segment=replace(item.segment, text="".join(piece.text for piece in kept)), pieces=kept)


def _quotes(text: str, placed: Sequence[Placed], replacements: tuple[Replacement, ...]) -> Iterator[Edit]:
    """Quotation marks for front matter values that would otherwise begin with a character of YAML's."""
    segments = [item.segment for item in placed]
    for index, edits in by_segment(segments, replacements).items():
        value = placed[index].pieces[-1]
        if segments[index].kind != "front_matter" or text[value.start - 1] in "\"'":
            continue
        offset = len(segments[index].text) - len(value.text)
        inside = [(start - offset, end - offset, new) for start, end, new in edits if start >= offset]
        after = splice(value.text, inside)
        if _NEEDS_QUOTES.match(after) and '"' not in after and "\\" not in after:
            yield value.start, value.start, '"'
            yield value.end, value.end, '"'
