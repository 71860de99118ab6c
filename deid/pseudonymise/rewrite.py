"""Mentions become replacements, and replacements become the transcript that is shared.

The text is put in place by presidio-anonymizer. It merges neighbours of one entity type and garbles overlaps, so every
stretch travels under a type of its own, and a stretch that becomes nothing is redacted rather than replaced.
"""

from collections.abc import Sequence
from dataclasses import replace

from deid import plugins
from deid.fold import fold
from deid.model import Entity, Mention, Replacement, Segment, Span, Transcript
from deid.pseudonymise import strategies
from deid.pseudonymise.assign import Assigned
from deid.pseudonymise.grammar import fit
from deid.pseudonymise.policy import Policy


def replacements(
    transcript: Transcript, mentions: Sequence[Mention], assigned: Assigned, policy: Policy
) -> tuple[Replacement, ...]:
    """One replacement a mention, in reading order; none where the value stays readable (`assigned.kept`)."""
    found: list[Replacement] = []
    before: Mention | None = None
    for mention in sorted(mentions, key=lambda mention: mention.span):
        previous, before = before, mention
        if mention.entity in assigned.kept:
            continue
        entity = assigned.entries[mention.entity].entity
        if previous is not None and _goes_on(transcript, previous, mention, entity):
            found.append(_rest_of(transcript, mention.span, found[-1].technique))
            continue
        one = _replacement(transcript, mention, entity, assigned, policy)
        if found and found[-1].span.overlaps(one.span):
            # The small word before a mention belongs to the mention before it: it is left alone.
            one = replace(one, span=mention.span)
        found.append(one)
    return tuple(found)


def _goes_on(transcript: Transcript, previous: Mention, mention: Mention, entity: Entity) -> bool:
    """Whether a caption's end cuts one form in two: "DC Ashok" / "Vane rang". The first part has the token already."""
    one, other = previous.span, mention.span
    if previous.entity != mention.entity or one.segment == other.segment:
        return False
    first, second = transcript.segments[one.segment].text, transcript.segments[other.segment].text
    if first[one.end :].strip() or second[: other.start].strip() or not second[other.end :].strip():
        return False
    whole = fold(f"{first[one.start : one.end]} {second[other.start : other.end]}")
    return any(fold(form) == whole for form in entity.forms)


def _rest_of(transcript: Transcript, span: Span, technique: str) -> Replacement:
    """Nothing in the place of a form's second part, and of the space behind it."""
    text = transcript.segments[span.segment].text
    end = span.end + 1 if text[span.end : span.end + 1] == " " else span.end
    return Replacement(Span(span.segment, span.start, end), "", technique)


def rewrite(transcript: Transcript, replacements: Sequence[Replacement]) -> Transcript:
    """The transcript with the replacements in their places and everything else as it was."""
    by_segment: dict[int, list[Replacement]] = {}
    for one in sorted(replacements, key=lambda one: one.span):
        own = by_segment.setdefault(one.span.segment, [])
        if own and own[-1].span.end > one.span.start:
            raise ValueError("replacements of one transcript never overlap")
        own.append(one)
    segments = tuple(
        replace(segment, text=put(segment.text, by_segment[index])) if index in by_segment else segment
        for index, segment in enumerate(transcript.segments)
    )
    return Transcript(transcript.code, segments)


def put(text: str, replacements: Sequence[Replacement]) -> str:
    """The text with its replacements. Equal to plain slicing, which a property test holds."""
    from presidio_anonymizer import AnonymizerEngine, OperatorConfig, RecognizerResult

    if not replacements:
        return text
    stretches, operators = [], {}
    for number, one in enumerate(replacements):
        name = f"STRETCH_{number}"
        stretches.append(RecognizerResult(name, one.span.start, one.span.end, 1.0))
        operators[name] = (
            OperatorConfig("replace", {"new_value": one.text}) if one.text else OperatorConfig("redact", {})
        )
    engine = AnonymizerEngine()  # type: ignore[no-untyped-call]
    result = engine.anonymize(text, stretches, operators, merge_entities_with_spaces=False)
    return str(result.text)


def _replacement(
    transcript: Transcript, mention: Mention, entity: Entity, assigned: Assigned, policy: Policy
) -> Replacement:
    segment: Segment = transcript.segments[mention.span.segment]
    span = mention.span
    strategy = plugins.load(strategies, assigned.strategies[entity.id])
    bare = strategy.render(assigned.tokens[entity.id], segment.text[span.start : span.end], entity)
    fitted = fit(segment.text, span.start, span.end, bare, style=policy.style)
    return Replacement(Span(span.segment, fitted.start, fitted.end), fitted.words, strategy.TECHNIQUE)
