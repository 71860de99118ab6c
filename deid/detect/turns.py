"""Cuts transcripts into passages, and carries claims about a passage back to the segments that it was made of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from deid.detect.passage import Cast, Claim, Passage, make_passage
from deid.model import Finding, Span, Transcript

LONGEST = 20_000

_LINE_END = str.maketrans("\n\r\v\f\u0085\u2028\u2029", " " * 7)
_LAST_SPACE = re.compile(r"\s(?=\S*\Z)")


@dataclass(frozen=True, slots=True)
class Piece:
    """passage[start:start + length] is segment[offset:offset + length]."""

    start: int
    length: int
    segment: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """A passage of one transcript and the pieces of segments it was made of."""

    transcript: str
    passage: Passage = field(repr=False)
    pieces: tuple[Piece, ...]


def stretches(transcript: Transcript, cast: Cast) -> Iterator[Stretch]:
    """Speech of one turn is one passage, whatever stands between its cues; any other segment is one of its own."""
    speech: list[int] = []
    speaker = speaker_of_speech = ""
    for number, segment in enumerate(transcript.segments):
        if segment.kind == "speaker":
            speaker = segment.text
        if segment.kind != "speech":
            yield from _stretch(transcript, [number], cast, "")
            continue
        if speech and not segment.turn == transcript.segments[speech[0]].turn > 0:
            yield from _stretch(transcript, speech, cast, speaker_of_speech)
            speech = []
        if not speech:
            speaker_of_speech = speaker
        speech.append(number)
    if speech:
        yield from _stretch(transcript, speech, cast, speaker_of_speech)


def findings(stretch: Stretch, recogniser: str, claim: Claim) -> Iterator[Finding]:
    """The claim as one finding for each segment that it touches."""
    for piece in stretch.pieces:
        start, end = max(claim.start, piece.start), min(claim.end, piece.start + piece.length)
        text = stretch.passage.text[start:end]
        start, end = start + len(text) - len(text.lstrip()), start + len(text.rstrip())
        if start < end:
            move = piece.offset - piece.start
            span = Span(piece.segment, start + move, end + move)
            yield Finding(span, claim.category, claim.kind, claim.confidence, recogniser, claim.why)


def _stretch(transcript: Transcript, numbers: Sequence[int], cast: Cast, speaker: str) -> Iterator[Stretch]:
    texts = [transcript.segments[number].text for number in numbers]
    text = " ".join(texts).translate(_LINE_END)
    first = transcript.segments[numbers[0]]
    pieces, start = [], 0
    for number, part in zip(numbers, texts, strict=True):
        pieces.append(Piece(start, len(part), number))
        start += len(part) + 1
    for start, end in _blocks(text):
        passage = make_passage(text[start:end], kind=first.kind, speaker=speaker, turn=first.turn, cast=cast)
        if passage.text.strip():
            yield Stretch(transcript.code, passage, tuple(_cut(pieces, start, end)))


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """A line of a million characters is read in blocks that end in a space, so that no model runs out of memory."""
    start = 0
    while len(text) - start > LONGEST:
        space = _LAST_SPACE.search(text, start + LONGEST // 2, start + LONGEST)
        end = space.end() if space else start + LONGEST
        yield start, end
        start = end
    yield start, len(text)


def _cut(pieces: Sequence[Piece], start: int, end: int) -> Iterator[Piece]:
    for piece in pieces:
        first, last = max(piece.start, start), min(piece.start + piece.length, end)
        if first < last:
            yield Piece(first - start, last - first, piece.segment, first - piece.start)
