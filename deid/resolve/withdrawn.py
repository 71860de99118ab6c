"""People who withdrew: their names are known by keyed digests alone, and stay behind the token they had.

Others may go on speaking of them. Where a form of theirs stands it is a finding, and the mention is linked to the
entity that keeps their token. A form that does not identify by itself ("Sarah") counts only where an earlier run had
linked it in that transcript, or where a form that does stands in the same transcript.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from deid.digests import meetings
from deid.model import REPLACED, Category, Finding, Settled, Span, Transcript, Withdrawn
from deid.resolve.name_forms import parse_person
from deid.resolve.placed import place
from deid.resolve.sightings import sightings

RECOGNISER = "withdrawn"
_WHY = "known by its digest alone"


@dataclass(frozen=True, slots=True)
class Met:
    """A stretch that says a withdrawn participant's name. entity: "" where it may be one of several."""

    span: Span
    entity: str


def meet(
    transcripts: Mapping[str, Transcript], findings: Mapping[str, Sequence[Finding]], withdrawn: Withdrawn
) -> dict[str, tuple[Met, ...]]:
    """Where withdrawn participants are named, by transcript."""
    digests = withdrawn.digests
    met = {}
    for code, transcript in transcripts.items() if digests else ():
        seen = [(span, digest) for span, digest in _stretches(transcript, withdrawn, digests)]
        certain = {entity for _, digest in seen for entity, alone in withdrawn.forms.get(digest, ()) if alone}
        linked = withdrawn.linked.get(code, {})
        found = (_met(span, digest, linked.get(digest, ""), certain, withdrawn) for span, digest in seen)
        own = findings.get(code, ())
        met[code] = tuple(one for one in found if one and not _is_part_of_another_name(one.span, transcript, own))
    return met


def claims(met: Sequence[Met]) -> tuple[Finding, ...]:
    return tuple(Finding(one.span, Category.PERSON, "person", 1.0, RECOGNISER, _WHY) for one in met)


def bind(
    bindings: Mapping[str, Mapping[str, str]],
    transcripts: Mapping[str, Transcript],
    settled: Mapping[str, Sequence[Settled]],
    met: Mapping[str, Sequence[Met]],
) -> Mapping[str, Mapping[str, str]]:
    """The bindings of earlier runs, and for this run those that the digests stand for."""
    bound = dict(bindings)
    for code, own in met.items():
        entities = {stretch.span: entity for stretch in settled[code] if (entity := _entity_of(stretch, own))}
        stretches = tuple(stretch for stretch in settled[code] if stretch.span in entities)
        if stretches:
            found = sightings(transcripts[code], place(transcripts[code], stretches))
            here = {sighting.key: entities[sighting.place] for sighting in found}
            bound[code] = {**bindings.get(code, {}), **here}
    return bound


def _entity_of(stretch: Settled, met: Sequence[Met]) -> str:
    name = stretch.surest.span
    entities = {one.entity for one in met if name.covers(one.span) or one.span.covers(name)}
    return entities.pop() if len(entities) == 1 else ""


def _stretches(transcript: Transcript, withdrawn: Withdrawn, digests: frozenset[str]) -> Iterator[tuple[Span, str]]:
    for index, segment in enumerate(transcript.segments):
        for start, end, digest in meetings(segment.text, withdrawn.watch, digests, withdrawn.longest):
            if any(alone for _, alone in withdrawn.forms.get(digest, ())) or segment.text[start].isupper():
                yield Span(index, start, end), digest


def _met(span: Span, digest: str, linked: str, certain: set[str], withdrawn: Withdrawn) -> Met | None:
    """What an earlier run linked wins; then forms that identify; a lone first name only beside one that does."""
    if linked:
        return Met(span, linked)
    forms = withdrawn.forms.get(digest, ())
    entities = {entity for entity, alone in forms if alone} or {entity for entity, _ in forms} & certain
    if not entities:
        return None
    return Met(span, next(iter(entities)) if len(entities) == 1 else "")


def _is_part_of_another_name(span: Span, transcript: Transcript, findings: Sequence[Finding]) -> bool:
    """The surname in somebody else's full name: replaced in any case, and not the participant."""
    text = transcript.segments[span.segment].text
    if parse_person(text[span.start : span.end]).is_full:
        return False
    longer = (one.span for one in findings if one.category is Category.PERSON and one.confidence >= REPLACED)
    return any(
        other != span and other.covers(span) and parse_person(text[other.start : other.end]).is_full for other in longer
    )
