"""A mention of a person with all that its place tells: the title before it, who says it, to whom, in which part."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from deid.fold import fold, words
from deid.model import Category, Segment, Settled, Span, Transcript
from deid.resolve.cues import introduces_self, is_addressed, is_another_name, part_in_heading, part_of
from deid.resolve.name_forms import PersonName, parse_person, title_before, without_possessive
from deid.resolve.placed import Placed, place

LABEL, HEADING, SPEECH = "label", "heading", "speech"
_WORDS_AROUND = 3
_APPOSITION = re.compile(r"\s*[,.—–-]\s*(?:(?:sorry|um|er|that['’]?s|i mean|it['’]?s)[,\s]+)*", re.IGNORECASE)
_LONGEST_ASIDE = 40  # "Ann Vane, everyone in the office calls me Annie"


@dataclass(frozen=True, slots=True)
class Sighting:
    """`place`: the mention's own stretch, `more` where a cue cuts it. `also`: which sighting before this one renames,
    by its number in the transcript, or -1."""

    code: str
    place: Span
    text: str = field(repr=False)
    name: PersonName = field(repr=False)
    more: tuple[Span, ...] = ()
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
    before: Placed | None = None
    for one in place(transcript, settled):
        if one.stretch.surest.category is Category.PERSON:
            is_speech = one.segment.kind not in ("speaker", "heading") and not 0 <= one.spans[0].segment < first_label
            where = LABEL if one.segment.kind == "speaker" else SPEECH if is_speech else HEADING
            speaker = speakers.get(one.segment.turn, "") if where != LABEL else ""
            between = one.text[before.end : one.start] if before and before.run == one.run else None
            also = len(found) - 1 if between is not None and _renames(between) else -1
            comma = between is not None and bool(_APPOSITION.fullmatch(between))
            found.append(_sighting(transcript.code, one, where, speaker, also=also, after_comma=comma))
            before = one
    return tuple(found)


def _sighting(code: str, one: Placed, where: str, speaker: str, *, also: int, after_comma: bool) -> Sighting:
    form = " ".join(one.form.split())
    speech = where == SPEECH
    return Sighting(
        code=code,
        place=one.spans[0],
        more=one.spans[1:],
        text=form,
        name=parse_person(form, title_before(one.text, one.start)),
        where=where,
        speaker=speaker,
        is_addressed=speech and is_addressed(one.text, one.start, one.end),
        is_self=speech and introduces_self(one.text, one.start),
        part=part_of(one.text, one.start, one.end) if speech else part_in_heading(one.text, one.start),
        also=also,
        after_comma=after_comma,
        around=_around(one.text, one.start, one.end),
    )


def _renames(between: str) -> bool:
    return len(between) <= _LONGEST_ASIDE and is_another_name(between)


def _around(text: str, start: int, end: int) -> str:
    before = [word for _, _, word in words(text[max(0, start - 80) : start])][-_WORDS_AROUND:]
    after = [word for _, _, word in words(text[end : end + 80])][:_WORDS_AROUND]
    return f"{' '.join(before)}…{' '.join(after)}"


def _speakers(segments: Sequence[Segment]) -> dict[int, str]:
    return {segment.turn: fold(segment.text) for segment in segments if segment.kind == "speaker" and segment.turn}
