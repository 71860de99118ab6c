"""What people chose to stand for a thing: a reviewer's pseudonym or own words, a participant's name of the roster."""

from collections.abc import Iterable, Sequence

from deid.fold import fold
from deid.model import Category, Decision, Entity, KnownPerson
from deid.pseudonymise.policy import Policy

_WORDED = frozenset({"describe", "describe_here", "remove"})
_PASSAGES = ("described", "removed")
_STRATEGY = "chosen_pseudonym"


def chosen_words(
    entities: Iterable[Entity], decisions: Sequence[Decision], roster: Sequence[KnownPerson], policy: Policy
) -> dict[str, str]:
    """Entity -> words. A reviewer's later word beats an earlier one, and both beat the roster.

    A name of the roster stands only in a tier whose policy asks for chosen names: the same name in two tiers would say
    at once who is who.
    """
    named = {one.entity: one.form for one in decisions if one.verdict == "pseudonym"}
    passages = {fold(one.form): one.reason for one in decisions if one.verdict in _WORDED}
    listed = {fold(one.full_name): one.chosen_pseudonym for one in roster if one.chosen_pseudonym}
    if policy.rules[Category.PERSON].strategy != _STRATEGY:
        listed = {}
    found = {}
    for entity in entities:
        by_form = passages if entity.kind in _PASSAGES else listed
        words = named.get(entity.id) or next((by_form[f] for f in map(fold, entity.forms) if f in by_form), "")
        if words:
            found[entity.id] = words
    return found
