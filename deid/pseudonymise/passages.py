"""Whole passages that speak of somebody, taken out: a withdrawn participant may ask for that too."""

from collections.abc import Collection, Sequence

from deid import plugins
from deid.model import Category, Entity, Mention, Replacement, Span, Transcript
from deid.pseudonymise import strategies
from deid.pseudonymise.grammar import fit
from deid.pseudonymise.policy import Policy
from deid.pseudonymise.subject import Subject

_STRATEGY = "passage_removed"
_REASON = "at participant's request"
_LABELS = frozenset({"speaker", "heading"})  # who speaks stays, as a token


def take_out(
    transcript: Transcript,
    mentions: Sequence[Mention],
    replacements: Sequence[Replacement],
    entities: Collection[str],
    policy: Policy,
) -> tuple[Replacement, ...]:
    """The replacements, with one for the whole of each passage that mentions one of these entities."""
    gone = {mention.span.segment for mention in mentions if mention.entity in entities}
    gone = {index for index in gone if transcript.segments[index].kind not in _LABELS}
    kept = [one for one in replacements if one.span.segment not in gone]
    taken = [_removed(index, transcript.segments[index].text, policy) for index in gone]
    return tuple(sorted((*kept, *taken), key=lambda one: one.span))


def _removed(index: int, text: str, policy: Policy) -> Replacement:
    strategy = plugins.load(strategies, _STRATEGY)
    nobody = Entity("", Category.TRAIT, "removed")
    bare = strategy.invent(Subject(nobody, 0, "", policy.themes, None, _REASON))
    words = fit(text, 0, len(text), bare, style=policy.style).words
    return Replacement(Span(index, 0, len(text)), words, strategy.TECHNIQUE)
