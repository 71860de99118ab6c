"""A mention of a person with all that its place tells: the title before it, who says it, to whom, in which part."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from deid.fold import fold, words
from deid.model import Category, Segment, Settled, Span, Transcript
from deid.resolve.cues import introduces_self, is_addressed, is_another_name, part_in_heading, part_of
from deid.resolve.name_forms import PersonName, parse_person, title_before, without_possessive

LABEL, HEADING, SPEECH = "label", "heading", "speech"
_WORDS_AROUND = 3
_APPOSITION = re.compile(r"\s*[,.—–-]\s*(?:(?:sorry|um|er|that['’]?s|i mean|it['’]?s)[,\s]+)*", re.IGNORECASE)
_LONGEST_ASIDE = 40  # "Ann Vane, everyone in the office calls me Annie"


@dataclass(frozen=True, slots=True)
class Sighting:
    """`place`: the mention's own stretch. `also`: the number of the sighting before that this one renames, or -1."""

    code: str
    place: Span
    text: str = field(repr=False)
    name: PersonName = field(repr=False)
    where: str = SPEECH
    speaker: str = field(default="", repr=False)
    is_addressed: bool = False
    is_self: bool = False
    part: str = ""
    also: int = -1
    after_comma: bool = False
    around: str = field(default="", repr=False)

    @property
    def own_key(self) -> str:
        """What decides about this one mention where its form may be two people's: the form and the words around it."""
        return f"{self.key}@{self.around}"

    @property
    def key(self) -> str:
        """What decides about a mention inside its transcript: the form, a gendered title, a label, an address."""
        marks = [self.name.gender, "label" if self.where == LABEL else "", "addressed" if self.is_addressed else ""]
        form = fold(without_possessive(self.text)) or self.text.casefold()
        return "|".join([f"{Category.PERSON}:{form}", *(mark for mark in marks if mark)])


def sightings(transcript: Transcript, settled: Sequence[Settled]) -> tuple[Sighting, ...]:
    """All persons of a transcript in reading order."""
    found: list[Sighting] = []
    speakers = _speakers(transcript.segments)
    first_label = next((n for n, segment in enumerate(transcript.segments) if segment.kind == "speaker"), -1)
    for stretch in settled:
        if stretch.surest.category is not Category.PERSON:
            continue
        found.append(_sighting(transcript, stretch, speakers, first_label, found))
    return tuple(found)


def _sighting(
    transcript: Transcript, stretch: Settled, speakers: Mapping[int, str], first_label: int, found: Sequence[Sighting]
) -> Sighting:
    span = stretch.surest.span
    segment = transcript.segments[span.segment]
    text = segment.text[span.start : span.end]
    name = parse_person(text, title_before(segment.text, span.start))
    speech = segment.kind not in ("speaker", "heading") and not 0 <= span.segment < first_label
    return Sighting(
        code=transcript.code,
        place=stretch.span,
        text=text,
        name=name,
        where=LABEL if segment.kind == "speaker" else SPEECH if speech else HEADING,
        speaker=speakers.get(segment.turn, "") if segment.kind != "speaker" else "",
        is_addressed=speech and is_addressed(segment.text, span.start, span.end),
        is_self=speech and introduces_self(segment.text, span.start),
        part=part_of(segment.text, span.start, span.end) if speech else part_in_heading(segment.text, span.start),
        also=_renamed(segment, span, found),
        after_comma=_is_apposition(segment, span, found),
        around=_around(segment.text, span),
    )


def _renamed(segment: Segment, span: Span, found: Sequence[Sighting]) -> int:
    if not found or found[-1].place.segment != span.segment:
        return -1
    between = segment.text[found[-1].place.end : span.start]
    return len(found) - 1 if len(between) <= _LONGEST_ASIDE and is_another_name(between) else -1


def _is_apposition(segment: Segment, span: Span, found: Sequence[Sighting]) -> bool:
    """Grace, Grace Vane: nothing but a comma (or "that's", "sorry") between this name and the one before it."""
    if not found or found[-1].place.segment != span.segment:
        return False
    return bool(_APPOSITION.fullmatch(segment.text[found[-1].place.end : span.start]))


def _around(text: str, span: Span) -> str:
    before = [word for _, _, word in words(text[max(0, span.start - 80) : span.start])][-_WORDS_AROUND:]
    after = [word for _, _, word in words(text[span.end : span.end + 80])][:_WORDS_AROUND]
    return f"{' '.join(before)}…{' '.join(after)}"


def _speakers(segments: Sequence[Segment]) -> dict[int, str]:
    return {segment.turn: fold(segment.text) for segment in segments if segment.kind == "speaker" and segment.turn}
