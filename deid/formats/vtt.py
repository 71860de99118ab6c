"""WebVTT captions in the Teams, Zoom and YouTube styles. Times, settings, tags and cue numbers are never touched."""

import re
from collections.abc import Iterator

from deid.config import Formats
from deid.errors import FormatError
from deid.formats._cues import Block, Cue, blocks, payload, refuse_gaps, speak, timing
from deid.formats._lens import Placed, apply, confirm, place, source_edits
from deid.formats._text import Edit, decode, edit
from deid.model import Replacement, Segment

SUFFIXES = (".vtt",)
SUMMARY = "WebVTT captions (Teams, Zoom, YouTube): words, voices, notes, styles and cue names; times and settings stay"

# 7c1e4f0a-52d3-4b8e-9a66-0d1f3b2c1000/6-0   Teams names each cue after the meeting, which its organiser can look up
_MEETING = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?=$|[/_-])")
_NO_MEETING = "00000000-0000-0000-0000-000000000000"
_NUMBER = re.compile(r"[\d\s/_.:-]*")
# align:start position:10%,line-left region:r1
_SETTINGS = re.compile(r"(?:[ \t]+(?:align|position|line|size|vertical|region):[\w.,%-]{1,30})*[ \t]*")
# ::cue(v[voice="Joanne Smith"]) { color: lime }   /* Joanne is green */
_STYLED = re.compile(
    r"""voice\s*[~^$*|]?=\s*(?P<quote>["'])(?P<name>[^"'\n]+)(?P=quote)|/\*(?P<words>.*?)(?:\*/|\Z)""", re.DOTALL
)


def read(source: bytes, settings: Formats) -> tuple[Segment, ...]:
    """The segments of a caption file. Raises FormatError, naming the line, where the times are broken."""
    return tuple(item.segment for item in _placed(decode(source, settings).text))


def write(source: bytes, replacements: tuple[Replacement, ...], settings: Formats) -> bytes:
    """The captions with the replacements made and meeting numbers blanked."""
    decoded = decode(source, settings)
    placed = _placed(decoded.text)
    refuse_gaps(replacements)
    output = edit(decoded, [*source_edits(placed, replacements, _escape), *_meetings(decoded.text)])
    if replacements:
        confirm(read(output, settings), apply([item.segment for item in placed], replacements))
    return output


def dropped(source: bytes, settings: Formats) -> tuple[str, ...]:
    """Teams writes the meeting's number into every cue's name; it is blanked."""
    count = len(_meetings(decode(source, settings).text))
    return (f"meeting numbers in the names of cues ({count})",) if count else ()


def parts(output: bytes) -> Iterator[tuple[str, str]]:
    """The whole file as text."""
    yield "text", decode(output, Formats(largest_file_mib=1 << 20)).text


def _placed(text: str) -> list[Placed]:
    found = list(blocks(text))
    if not found or not re.match(r"WEBVTT(?=[ \t]|$)", found[0].lines[0]) or found[0].line != 1:
        raise FormatError("the first line is not WEBVTT", where="line 1", hint="export the captions again as WebVTT")
    items: list[Cue | Placed] = list(_header(found[0]))
    for block in found[1:]:
        items.extend(_block(text, block))
    if not any(isinstance(item, Cue) for item in items):
        raise FormatError("there are no cues in this file", hint="export the captions again")
    return list(speak(items))


def _header(block: Block) -> Iterator[Placed]:
    yield from _words("heading", block.lines[0][6:], block.start + 6)
    start = block.start + len(block.lines[0]) + 1
    for number, line in enumerate(block.lines[1:], block.line + 1):
        if "-->" in line:
            raise FormatError("there is no empty line between WEBVTT and the first cue", where=f"line {number}")
        yield from _words("field", line, start)
        start += len(line) + 1


def _block(text: str, block: Block) -> Iterator[Cue | Placed]:
    whole = "\n".join(block.lines)
    first = re.match(r"(NOTE|STYLE|REGION)(?=\s|$)", block.lines[0])
    if first and first[1] == "STYLE" and "-->" not in whole:
        yield from _style(whole, block.start)
    elif first and first[1] == "NOTE" and "-->" not in whole:
        yield from _words("note", whole[4:], block.start + 4)
    elif first and first[1] == "REGION" and "-->" not in whole:
        yield from _words("field", whole[6:], block.start + 6)
    elif "-->" in whole:
        yield from _cue(text, block)
    else:
        yield from _words("note", whole, block.start)


def _cue(text: str, block: Block) -> Iterator[Cue | Placed]:
    arrow, *others = [number for number, line in enumerate(block.lines) if "-->" in line]
    if arrow > 1 or others:
        where = f"line {block.line + (others or [arrow])[0]}"
        raise FormatError("there is no empty line before this cue, or an arrow in its words", where=where)
    found = timing(block.lines[arrow], block.line + arrow)
    start = block.start + sum(len(line) + 1 for line in block.lines[:arrow])
    meeting = _MEETING.match(block.lines[0])
    name = meeting.end() if meeting else 0
    if arrow and not _NUMBER.fullmatch(block.lines[0][name:]):
        yield from _words("cue_id", block.lines[0][name:], block.start + name)
    if not _SETTINGS.fullmatch(found["settings"]):
        yield from _words("field", found["settings"], start + found.start("settings"))
    end = block.start + sum(len(line) + 1 for line in block.lines) - 1
    begins = min(start + len(block.lines[arrow]) + 1, end)
    yield Cue(found["from"], payload(text, begins, end, is_escaped=True), is_escaped=True)


def _style(text: str, start: int) -> Iterator[Placed]:
    """Of a style sheet only voices and remarks are words of a person."""
    for found in _STYLED.finditer(text):
        kind, group = ("speaker", "name") if found["name"] else ("comment", "words")
        yield from _words(kind, found[group] or "", start + found.start(group))


def _words(kind: str, text: str, start: int) -> Iterator[Placed]:
    if words := text.strip():
        yield place(kind, words, start + text.index(words))


def _meetings(text: str) -> list[Edit]:
    """Edits that blank the meeting's number where it stands in a cue's name."""
    edits: list[Edit] = []
    for block in blocks(text):
        found = _MEETING.match(block.lines[0]) if any("-->" in line for line in block.lines[1:2]) else None
        if found and found[0] != _NO_MEETING:
            edits.append((block.start, block.start + found.end(), _NO_MEETING))
    return edits


def _escape(kind: str, words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
