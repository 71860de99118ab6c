"""A mention of a person with all that its place tells: the title before it, who says it, to whom, in which part."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from deid.fold import fold, words
from deid.model import Category, Segment, Span, Transcript
from deid.resolve.cues import (
    introduces_self,
    is_addressed,
    is_another_name,
    is_called_so,
    is_the_other,
    opens_talk,
    part_in_heading,
    part_of,
)
from deid.resolve.name_forms import PersonName, parse_person, title_before, without_possessive
from deid.resolve.placed import Placed

LABEL, HEADING, SPEECH = "label", "heading", "speech"
_WORDS_AROUND = 3
_APPOSITION = re.compile(r"\s*[,.—–-]\s*(?:(?:sorry|um|er|that['’]?s|i mean|it['’]?s)[,\s]+)*", re.IGNORECASE)
_FIRST_TURNS = 2  # in which somebody says who they are
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
    is_other: bool = False
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
        marks = [
            self.name.gender,
            "label" if self.where == LABEL else "",
            "addressed" if self.is_addressed else "",
            "other" if self.is_other else "",
        ]
        return "|".join([f"{Category.PERSON}:{_form(self.text)}", *(mark for mark in marks if mark)])


@lru_cache(maxsize=16_384)  # each mention is asked for its key several times
def _form(text: str) -> str:
    return fold(without_possessive(text)) or text.casefold()


def sightings(transcript: Transcript, placed: Sequence[Placed]) -> tuple[Sighting, ...]:
    """All persons of a transcript in reading order."""
    found: list[Sighting] = []
    speakers = _speakers(transcript.segments)
    first_label = _first_label(transcript.segments)
    firsts = _first_turns(transcript.segments)
    before: Placed | None = None
    for one in placed:
        if one.stretch.surest.category is Category.PERSON:
            is_speech = one.segment.kind not in ("speaker", "heading") and not 0 <= one.spans[0].segment < first_label
            where = LABEL if one.segment.kind == "speaker" else SPEECH if is_speech else HEADING
            speaker = speakers.get(one.segment.turn, "") if where != LABEL else ""
            between = one.text[before.end : one.start] if before and before.run == one.run else None
            behind = one.text[one.end : one.end + _LONGEST_ASIDE]
            also = len(found) - 1 if between is not None and _renames(between, behind) else -1
            comma = between is not None and bool(_APPOSITION.fullmatch(between))
            sighting = _sighting(transcript.code, one, where, speaker, also=also, after_comma=comma)
            if where == SPEECH and one.segment.turn in firsts and _says_own_name(sighting, one):
                sighting = replace(sighting, is_self=True)
            found.append(sighting)
            before = one
    return tuple(_told_apart(found))


def _told_apart(found: Sequence[Sighting]) -> Iterator[Sighting]:
    """Turns that repeat each other word for word: their mentions are numbered, so that none decides for another."""
    seen: Counter[str] = Counter()
    for sighting in found:
        seen[sighting.own_key] += 1
        times = seen[sighting.own_key]
        yield replace(sighting, around=f"{sighting.around}#{times}") if times > 1 else sighting


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
        is_other=speech and is_the_other(one.text, one.start),
        is_self=speech and introduces_self(one.text, one.start),
        part=part_of(one.text, one.start, one.end) if speech else part_in_heading(one.text, one.start),
        also=also,
        after_comma=after_comma,
        around=_around(one.text, one.start, one.end),
    )


def _says_own_name(sighting: Sighting, one: Placed) -> bool:
    """[ann] yeah ann vane: what the label calls by one word says its own name in full when it begins to speak."""
    return sighting.name.given == sighting.speaker != "" and opens_talk(one.text[: one.start], one.text[one.end :])


def _renames(between: str, behind: str) -> bool:
    if len(between) > _LONGEST_ASIDE:
        return False
    return is_another_name(between) or (not re.sub(r"[\W_]", "", between) and is_called_so(behind))


def _around(text: str, start: int, end: int) -> str:
    before = [word for _, _, word in words(text[max(0, start - 80) : start])][-_WORDS_AROUND:]
    after = [word for _, _, word in words(text[end : end + 80])][:_WORDS_AROUND]
    return f"{' '.join(before)}…{' '.join(after)}"


def _first_label(segments: Sequence[Segment]) -> int:
    """The first label of the talk. One that never comes again ("Participant:") heads a sheet of particulars."""
    labels = [(number, fold(segment.text)) for number, segment in enumerate(segments) if segment.kind == "speaker"]
    often = Counter(label for _, label in labels)
    return next((number for number, label in labels if often[label] > 1), labels[0][0] if labels else -1)


def _first_turns(segments: Sequence[Segment]) -> set[int]:
    """The turns in which each speaker says their first words."""
    turns: dict[str, list[int]] = {}
    for segment in segments:
        if segment.kind == "speaker" and segment.turn:
            turns.setdefault(fold(segment.text), []).append(segment.turn)
    return {turn for own in turns.values() for turn in own[:_FIRST_TURNS]}


def _speakers(segments: Sequence[Segment]) -> dict[int, str]:
    return {segment.turn: fold(segment.text) for segment in segments if segment.kind == "speaker" and segment.turn}
