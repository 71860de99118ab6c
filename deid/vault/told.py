"""Who told of what: which transcripts speak of an entity, and in which of its forms.

A binding is filed under what it was said as, "PERSON:orla fennimore|label" or "PLACE:quenby marsh": the category, the
folded form, and marks that part two uses of one form.
"""

from collections.abc import Collection, Mapping

from deid.fold import fold
from deid.vault.contents import Contents

Bindings = Mapping[str, Mapping[str, str]]


def transcripts_of(bindings: Bindings) -> dict[str, frozenset[str]]:
    """For each entity the transcripts that speak of it."""
    found: dict[str, set[str]] = {}
    for code, forms in bindings.items():
        for entity in forms.values():
            found.setdefault(entity, set()).add(code)
    return {entity: frozenset(codes) for entity, codes in found.items()}


def told_by_nobody_else(contents: Contents, own: Collection[str], participant: str) -> frozenset[str]:
    """The entities that only these transcripts speak of; where none does, who is said to have told of it counts."""
    speaking = transcripts_of(contents.bindings)
    return frozenset(
        entry.entity.id
        for entry in contents.entries
        if (speaking[entry.entity.id] <= set(own) if entry.entity.id in speaking else entry.subject == participant)
    )


def forms_kept(contents: Contents, own: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Each entity's forms without those that only these transcripts use."""
    theirs = _said(contents.bindings, {code for code in contents.bindings if code in own})
    others = _said(contents.bindings, {code for code in contents.bindings if code not in own})
    kept = {}
    for entry in contents.entries:
        entity = entry.entity
        mine, rest = theirs.get(entity.id, ()), others.get(entity.id, ())
        kept[entity.id] = tuple(form for form in entity.forms if not _is_among(form, mine) or _is_among(form, rest))
    return kept


def _said(bindings: Bindings, codes: Collection[str]) -> dict[str, set[str]]:
    said: dict[str, set[str]] = {}
    for code in codes:
        for key, entity in bindings[code].items():
            said.setdefault(entity, set()).add(key.partition(":")[2].partition("|")[0] or key)
    return said


def _is_among(form: str, said: Collection[str]) -> bool:
    """Said so, or so after an article, which a binding leaves out."""
    folded = fold(form)
    return folded in said or folded.partition(" ")[2] in said
