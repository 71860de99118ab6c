"""Settled stretches in the text of their turn, so that what a caption cuts in two is read as one.

The speech of one turn runs on over its cues; a name that a cue cuts ("DC Ashok" / "Vane rang") is one mention.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from deid.model import Category, Finding, Segment, Settled, Span, Transcript


@dataclass(frozen=True, slots=True)
class Placed:
    """text[start:end] is the form; `run` is the first segment of that text. `spans`: one for each segment touched."""

    stretch: Settled
    spans: tuple[Span, ...]
    segment: Segment
    run: int
    text: str = field(repr=False)
    start: int
    end: int

    @property
    def form(self) -> str:
        return self.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class _Run:
    first: int
    text: str = field(repr=False)
    offsets: dict[int, int]


def place(transcript: Transcript, settled: tuple[Settled, ...]) -> tuple[Placed, ...]:
    """Every stretch in its running text, in reading order; two that are one claim over a cue's end as one."""
    runs = {index: run for run in _runs(transcript.segments) for index in run.offsets}
    found: list[Placed] = []
    for stretch in settled:
        one = _placed(transcript, stretch, runs[stretch.span.segment])
        if found and _goes_on(found[-1], one):
            before = found[-1]
            found[-1] = replace(before, spans=(*before.spans, *one.spans), end=one.end)
        else:
            found.append(one)
    return tuple(found)


def _runs(segments: Sequence[Segment]) -> Iterable[_Run]:
    speech: list[int] = []
    for index, segment in enumerate(segments):
        if segment.kind != "speech" or not segment.turn:
            yield _Run(index, segment.text, {index: 0})
            continue
        if speech and segments[speech[0]].turn != segment.turn:
            yield _run(segments, speech)
            speech = []
        speech.append(index)
    if speech:
        yield _run(segments, speech)


def _run(segments: Sequence[Segment], speech: Sequence[int]) -> _Run:
    offsets, place = {}, 0
    for index in speech:
        offsets[index] = place
        place += len(segments[index].text) + 1
    return _Run(speech[0], "\n".join(segments[index].text for index in speech), offsets)


def _placed(transcript: Transcript, stretch: Settled, run: _Run) -> Placed:
    span = stretch.surest.span
    offset = run.offsets[span.segment]
    segment = transcript.segments[span.segment]
    return Placed(stretch, (stretch.span,), segment, run.first, run.text, offset + span.start, offset + span.end)


def _goes_on(before: Placed, one: Placed) -> bool:
    """One claim that a segment's end has cut: nothing between the parts, and every recogniser says the same of both."""
    if one.run != before.run or one.spans[0].segment == before.spans[-1].segment:
        return False
    if before.text[before.end : one.start].strip():
        return False
    firsts, seconds = _claims(before.stretch), _claims(one.stretch)
    if before.stretch.surest.category is one.stretch.surest.category is Category.CASE:
        # A bare "Saltmarsh" behind a cut "Operation" is known by itself as well: one claim over the cut says enough.
        return not set(firsts).isdisjoint(seconds)
    return firsts == seconds


def _claims(stretch: Settled) -> list[tuple[object, ...]]:
    return sorted(_of(finding) for finding in (stretch.claims or (stretch.surest,)))


def _of(finding: Finding) -> tuple[object, ...]:
    return finding.category, finding.kind, finding.confidence, finding.recogniser, finding.why
