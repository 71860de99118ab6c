"""Captions: the blocks, cues and speakers that WebVTT and SubRip share. Every byte that is no segment stays."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from deid.errors import FormatError
from deid.formats._labels import Label, labels_of
from deid.formats._lens import Piece, Placed
from deid.model import Replacement, Segment

# 00:00:04.120 --> 00:00:08.740 align:start       1:02,5 --> 1:03,000
_CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
TIMING = re.compile(rf"[ \t]*(?P<from>{_CLOCK})[ \t]*-->[ \t]*(?P<to>{_CLOCK})(?P<settings>(?:[ \t].*)?)$")
# <v Joanne Smith>   <v.loud Joanne>   </v>   <c.colorE5E5E5>   <00:00:01.200>   <b>   <font color="red">   {\an8}
# Only these are tags. Whatever else stands between angle brackets is text, so that nothing readable is passed over.
_CLASS = (
    r"(?:[.](?:color[0-9A-Fa-f]{6}|bg_[a-z]{3,8}|white|lime|cyan|red|yellow|magenta|blue|black|green|loud|speaker\d*))*"
)
_TAG = re.compile(
    rf"""<v{_CLASS}[ \t\n]+(?P<voice>[^<>]*[^<>\s])\s*>|(?P<end></v>)
    |</?(?:c|i|b|u|s|ruby|rt|lang|font|v){_CLASS}[ ]?/?>
    |<lang[ ][A-Za-z]{{2,3}}(?:-[A-Za-z0-9]{{2,4}})*>|<font[ ]+(?:color|size)=["']?[\#A-Za-z0-9]{{1,12}}["']?>
    |<{_CLOCK}>|\{{\\[a-z]{{1,6}}[0-9A-F&H().,]{{0,20}}\}}""",
    re.VERBOSE,
)
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_GAP = re.compile(r"\n\s*\n")
# Without any speaker a caption file would be one endless turn.
_MOST_CUES = 40


@dataclass(frozen=True, slots=True)
class Block:
    """Lines between two empty lines: `start` is the offset of the first, `line` its number from 1."""

    start: int
    line: int
    lines: tuple[str, ...]


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """What one cue shows, cut at its voice tags: the voice's name (empty without a tag) and what it says."""

    timecode: str
    voices: tuple[tuple[Pieces, Pieces], ...]
    is_escaped: bool


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a caption file."""
    start, number, held = 0, 0, []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            held.append(line)
        elif held:
            yield Block(start - sum(len(one) + 1 for one in held), number - len(held), tuple(held))
            held = []
        start += len(line) + 1
    if held:
        yield Block(start - sum(len(one) + 1 for one in held), number - len(held) + 1, tuple(held))


def timing(line: str, number: int) -> re.Match[str]:
    """The times in a line that holds an arrow. Raises FormatError if they are broken."""
    found = TIMING.match(line)
    if found is None or _seconds(found["from"]) > _seconds(found["to"]):
        raise FormatError("the times of this cue are broken", where=f"line {number}", hint="export the captions again")
    return found


def _seconds(clock: str) -> float:
    seconds = 0.0
    for part in clock.replace(",", ".").split(":"):
        seconds = seconds * 60 + float(part)
    return seconds


def payload(text: str, start: int, end: int, *, is_escaped: bool) -> tuple[tuple[Pieces, Pieces], ...]:
    """text[start:end] of a cue as (voice, what it says) in order: tags are left out, escapes are read."""
    found: list[tuple[Pieces, list[Piece]]] = [((), [])]
    done = start
    for tag in _TAG.finditer(text, start, end):
        found[-1][1].extend(_pieces(text, done, tag.start(), is_escaped=is_escaped))
        done = tag.end()
        if tag["voice"]:
            found.append((tuple(_pieces(text, *tag.span("voice"), is_escaped=is_escaped)), []))
        elif tag["end"]:
            found.append(((), []))
    found[-1][1].extend(_pieces(text, done, end, is_escaped=is_escaped))
    return tuple((voice, tuple(said)) for voice, said in found if voice or _text(said).strip())


def _pieces(text: str, start: int, end: int, *, is_escaped: bool) -> Iterator[Piece]:
    done = start
    for found in _ENTITY.finditer(text, start, end) if is_escaped else ():
        shown = html.unescape(found[0])
        if len(shown) == 1:
            if found.start() > done:
                yield Piece(done, found.start(), text[done : found.start()])
            yield Piece(found.start(), found.end(), shown)
            done = found.end()
    if end > done:
        yield Piece(done, end, text[done:end])


def refuse_gaps(replacements: Sequence[Replacement]) -> None:
    """Raises FormatError for new words with an empty line, which would end the cue."""
    if any(_GAP.search(item.text) for item in replacements):
        raise FormatError("a replacement holds an empty line", hint="choose a pseudonym without line breaks")


def speak(cues: Sequence[Cue | Placed]) -> Iterator[Placed]:
    """The segments of all cues in file order; what is placed passes through. A change of speaker is a new turn."""
    texts = [_text(words).split("\n") for cue in cues if isinstance(cue, Cue) for _, words in cue.voices]
    starts = (number == 0 for lines in texts for number in range(len(lines)))
    found, style = labels_of([line for lines in texts for line in lines], starts)
    labels = iter(found)
    turn, speaker, since = 0, "", 0
    for cue in cues:
        if isinstance(cue, Placed):
            yield cue
            continue
        since += 1
        for name, words in (part for voice in cue.voices for part in _labelled(*voice, labels)):
            shown = _text(name)
            if not turn or (shown and shown != speaker) or (not speaker and since > _MOST_CUES):
                turn, since = turn + 1, 0
            speaker = shown or speaker
            if name:
                yield Placed(Segment("speaker", shown, turn, cue.timecode), name, cue.is_escaped)
            if words:
                guard = None if name else style.guard
                yield Placed(Segment("speech", _text(words), turn, cue.timecode), words, cue.is_escaped, guard)


def _labelled(voice: Pieces, words: Pieces, labels: Iterator[Label | None]) -> Iterator[tuple[Pieces, Pieces]]:
    """What a cue says, cut where a line begins with a label such as `[joanne]` or `Jo Smith:`."""
    text = _text(words)
    name, start, offset = voice, 0, 0
    for line in text.split("\n"):
        if found := next(labels):
            if name or text[start:offset].strip():
                yield name, _cut(words, text, start, offset)
            name = _cut(words, text, offset + found.start, offset + found.end)
            start = offset + found.after
        offset += len(line) + 1
    yield name, _cut(words, text, start, len(text))


def _cut(pieces: Pieces, text: str, start: int, end: int) -> Pieces:
    """The pieces of text[start:end] without the white space around it."""
    end = start + len(text[start:end].rstrip())
    start = end - len(text[start:end].lstrip())
    kept, offset = [], 0
    for piece in pieces:
        size = len(piece.text)
        low, high = max(start - offset, 0), min(end - offset, size)
        offset += size
        if low < high:
            is_whole = piece.end - piece.start != size
            kept.append(piece if is_whole else Piece(piece.start + low, piece.start + high, piece.text[low:high]))
    return tuple(kept)


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)
