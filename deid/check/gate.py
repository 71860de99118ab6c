"""The last step of a run: what the known forms say of each rewritten transcript and of each written file."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from deid.check.leaks import Forms, hits, known_forms, leaks
from deid.check.withdrawn import leaks_of_withdrawn
from deid.errors import DeidError
from deid.fold import fold
from deid.model import (
    Dismissal,
    Doubt,
    Entity,
    File,
    Finding,
    Gated,
    Leak,
    Product,
    Replacement,
    Segment,
    Span,
    Transcript,
    Withdrawn,
)
from deid.region import Region, english_words
from deid.spans import Shift

LOWER_CASE = "an English word in lower case"
SHARED_WORD = "a word that is a known name elsewhere"
_FEWEST_CAPITALS = 0.01  # ordinary prose has two or three capitals in a hundred letters


@dataclass(frozen=True, slots=True)
class GateWords:
    """Words that make no form distinctive. plain: English and keep-list words; public: places and bodies; folded."""

    plain: Container[str] = field(repr=False)
    public: Container[str] = field(repr=False)

    def forms(self, entities: Iterable[Entity]) -> Forms:
        return known_forms(entities, plain=self.plain, public=self.public)


@lru_cache(maxsize=4)
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


def shared_words(
    transcript: Transcript, replacements: Sequence[Replacement], dismissed: Sequence[Dismissal], forms: Forms
) -> tuple[tuple[Dismissal, ...], tuple[Doubt, ...]]:
    """Words of a rewritten transcript that are a known name elsewhere ("will", "Loose") and unjudged here.

    In a text with capitals a word without one is the word. Any other stays for a person to look at: a doubt.
    """
    shift = Shift(replacements)
    considered = _considered(dismissed, shift)
    has_case = _has_case(transcript)
    found = []
    for index, segment in enumerate(_applied(transcript.segments, replacements)):
        for start, end, entity, distinctive in hits(segment.text, forms):
            if distinctive or shift.is_ours(index, start, end) or _is_in(considered, index, start, end):
                continue
            reason = LOWER_CASE if has_case and segment.text[start:end].islower() else SHARED_WORD
            span = Span(index, *shift.back(index, start, end))
            found.append(Dismissal(Finding(span, forms.categories[entity], "", 0.3, "gate", reason), reason))
    unclear = (Doubt(one.finding.span, "unsure", one.reason) for one in found if one.reason == SHARED_WORD)
    return tuple(found), tuple(unclear)


def gate_file(file: File, product: Product, forms: Forms, withdrawn: Withdrawn) -> Gated:
    """The file as it would be written, and what blocks it."""
    try:
        output = file.write(product.replacements)
        segments, parts = file.reread(output), file.parts(output)
    except DeidError as fault:
        return Gated(b"", (), fault)  # one file that cannot hold its new words stops no other
    blocking = gate(
        segments,
        parts,
        transcript=product.transcript,
        replacements=product.replacements,
        dismissed=product.dismissed,
        forms=forms,
    )
    of_withdrawn = leaks_of_withdrawn(
        segments,
        parts,
        watch=withdrawn.watch,
        digests=withdrawn.certain,
        longest=withdrawn.longest,
        ours=Shift(product.replacements).is_ours,
        own_texts={replacement.text for replacement in product.replacements},
    )
    return Gated(output, (*blocking, *of_withdrawn))


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
        considered=lambda index, start, end: _is_in(considered, index, start, end),
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


def _is_in(places: Mapping[int, Sequence[Span]], index: int, start: int, end: int) -> bool:
    return any(place.start < end and start < place.end for place in places.get(index, ()))


def _has_case(transcript: Transcript) -> bool:
    """Whether people are written with capitals here: speech recognition often writes none."""
    speech = [segment.text for segment in transcript.segments if segment.kind == "speech"]
    letters = sum(sum(map(str.isalpha, text)) for text in speech)
    capitals = sum(sum(map(str.isupper, text)) for text in speech)
    return _FEWEST_CAPITALS * letters < capitals < letters / 2


def _considered(dismissed: Iterable[Dismissal], shift: Shift) -> dict[int, list[Span]]:
    places: dict[int, list[Span]] = {}
    for dismissal in dismissed:
        place = shift.forward(dismissal.finding.span)
        if place is not None:
            places.setdefault(place.segment, []).append(place)
    return places
