"""SubRip captions. Numbers, times, coordinates and tags are never touched."""

import re
from collections.abc import Iterator

from deid.config import Formats
from deid.errors import FormatError
from deid.formats._cues import Block, Cue, blocks, payload, refuse_gaps, speak, timing
from deid.formats._lens import Placed, apply, confirm, place, source_edits
from deid.formats._text import decode, edit
from deid.model import Replacement, Segment

SUFFIXES = (".srt",)
SUMMARY = "SubRip captions: words and labels ([name], Name:); numbers, times, coordinates and <b> tags stay"

# X1:117 X2:619 Y1:042 Y2:428
_COORDINATES = re.compile(r"(?:[ \t]+[XY][12]:\d{1,5})*[ \t]*")
# 00:00:01,040 00:00:06,520     00:00:01,040 -> 00:00:06,520
_NO_ARROW = re.compile(r"\s*\d{1,3}:\d\d:\d\d[,.]\d+\s*-*>?\s*\d{1,3}:\d\d:\d\d[,.]\d+\s*$")


def read(source: bytes, settings: Formats) -> tuple[Segment, ...]:
    """The segments of a caption file. Raises FormatError, naming the line, where the times are broken."""
    return tuple(item.segment for item in _placed(decode(source, settings).text))


def write(source: bytes, replacements: tuple[Replacement, ...], settings: Formats) -> bytes:
    """The captions with the replacements made."""
    decoded = decode(source, settings)
    placed = _placed(decoded.text)
    refuse_gaps(replacements)
    output = edit(decoded, source_edits(placed, replacements))
    if replacements:
        confirm(read(output, settings), apply([item.segment for item in placed], replacements))
    return output


def dropped(source: bytes, settings: Formats) -> tuple[str, ...]:
    """Nothing is dropped from captions of this kind."""
    return ()


def parts(output: bytes) -> Iterator[tuple[str, str]]:
    """The whole file as text."""
    yield "text", decode(output, Formats(largest_file_mib=1 << 20)).text


def _placed(text: str) -> list[Placed]:
    items: list[Cue | Placed] = []
    for block in blocks(text):
        items.extend(_block(text, block))
    if not any(isinstance(item, Cue) and item.timecode for item in items):
        raise FormatError("there are no cues in this file", hint="export the captions again")
    return list(speak(items))


def _block(text: str, block: Block) -> Iterator[Cue | Placed]:
    arrows = [number for number, line in enumerate(block.lines) if "-->" in line]
    for number, line in enumerate(block.lines, block.line):
        if "-->" not in line and _NO_ARROW.match(line):
            raise FormatError("the times of this cue are broken", where=f"line {number}")
    end = block.start + sum(len(line) + 1 for line in block.lines) - 1
    if not arrows:
        # An empty line inside a cue, which many programs write: the words go on.
        yield Cue("", payload(text, block.start, end, is_escaped=False), is_escaped=False)
        return
    if arrows[0] > 1 or len(arrows) > 1:
        where = f"line {block.line + arrows[-1]}"
        raise FormatError("there is no empty line before this cue", where=where, hint="export the captions again")
    found = timing(block.lines[arrows[0]], block.line + arrows[0])
    start = block.start + sum(len(line) + 1 for line in block.lines[: arrows[0]])
    if arrows[0] and not block.lines[0].strip().isdigit():
        yield place("cue_id", block.lines[0], block.start)
    if not _COORDINATES.fullmatch(found["settings"]):
        yield place("field", found["settings"], start + found.start("settings"))
    begins = min(start + len(block.lines[arrows[0]]) + 1, end)
    yield Cue(found["from"], payload(text, begins, end, is_escaped=False), is_escaped=False)
