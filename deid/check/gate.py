"""The last step of a run: what the known forms say of each rewritten transcript and of each written file."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field

from deid.check.leaks import Forms, hits, known_forms, leaks
from deid.fold import fold
from deid.model import Dismissal, Entity, Finding, Leak, Replacement, Segment, Span, Transcript
from deid.region import Region, english_words
from deid.spans import Shift


@dataclass(frozen=True, slots=True)
class GateWords:
    """Words that make no form distinctive. plain: English and keep-list words; public: places and bodies; folded."""

    plain: Container[str] = field(repr=False)
    public: Container[str] = field(repr=False)

    def forms(self, entities: Iterable[Entity]) -> Forms:
        return known_forms(entities, plain=self.plain, public=self.public)


def gate_words(region: Region) -> GateWords:
    kept = {word for keep in region.keep for word in fold(keep.words).split()}
    places = (form for place in region.places for form in (place.name, *place.aliases))
    agencies = (form for agency in region.agencies for form in (agency.name, *agency.aliases, *agency.cue_aliases))
    return GateWords(english_words() | kept, frozenset(fold(form) for form in (*places, *agencies)))


def overlooked(transcript: Transcript, replacements: Sequence[Replacement], forms: Forms) -> tuple[Finding, ...]:
    """Distinctive forms that still stand in a rewritten transcript, as findings in the source's own places.

    A form that one recogniser found in one place is known in every other: it is replaced there too, and listed.
    """
    shift = Shift(replacements)
    rewritten = _applied(transcript.segments, replacements)
    found = []
    for index, segment in enumerate(rewritten):
        for start, end, entity, distinctive in hits(segment.text, forms):
            if distinctive and not shift.is_ours(index, start, end):
                before = Span(index, *shift.back(index, start, end))
                why = "a form that is known elsewhere"
                found.append(Finding(before, forms.categories[entity], "", 0.5, "gate", why))
    return tuple(found)


def gate(
    segments: Sequence[Segment],
    parts: Iterable[tuple[str, str]],
    *,
    transcript: Transcript,
    replacements: Sequence[Replacement],
    dismissed: Sequence[Dismissal],
    forms: Forms,
) -> tuple[Leak, ...]:
    """What blocks a written file: `segments` are its own, read back; `parts` its raw parts."""
    expected = _applied(transcript.segments, replacements)
    if [segment.text for segment in expected] != [segment.text for segment in segments]:
        return (Leak("the whole file", 0, "it does not read back as it was written"),)
    shift = Shift(replacements)
    considered = _considered(dismissed, shift)
    return leaks(
        segments,
        parts,
        forms=forms,
        ours=shift.is_ours,
        considered=lambda index, start, end: any(
            place.start < end and start < place.end for place in considered.get(index, ())
        ),
        own_texts={replacement.text for replacement in replacements},
    )


def _applied(segments: Sequence[Segment], replacements: Sequence[Replacement]) -> tuple[Segment, ...]:
    texts = [segment.text for segment in segments]
    for one in sorted(replacements, key=lambda one: one.span, reverse=True):
        text = texts[one.span.segment]
        texts[one.span.segment] = text[: one.span.start] + one.text + text[one.span.end :]
    return tuple(
        Segment(segment.kind, text, segment.turn, segment.timecode)
        for segment, text in zip(segments, texts, strict=True)
    )


def _considered(dismissed: Iterable[Dismissal], shift: Shift) -> dict[int, list[Span]]:
    places: dict[int, list[Span]] = {}
    for dismissal in dismissed:
        place = shift.forward(dismissal.finding.span)
        if place is not None:
            places.setdefault(place.segment, []).append(place)
    return places
