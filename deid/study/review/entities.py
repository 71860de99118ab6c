"""What a reviewer says of entities, as changes of the vault that can be taken back: merge, split, part, retire.

No entity is ever removed. One that was merged into another keeps its id and its tokens without forms, so that no later
thing is given a token that a reader knows already, and an undo gives the forms back.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from deid.fold import fold
from deid.model import Category, Entity, KeyEntry
from deid.study.known import entity_ids
from deid.vault.contents import Contents

Key = tuple[str, str]  # transcript code, key of a binding


@dataclass(frozen=True, slots=True)
class Change:
    """Forms that come and go, parts and bindings before and after, all by entity. It is kept in the vault."""

    made: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)  # id -> category, kind, part
    come: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    gone: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    parts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    bound: tuple[tuple[str, str, str, str], ...] = field(default=(), repr=False)  # code, key, before, after


def merging(contents: Contents, entity: str, other: str) -> Change:
    """`other` becomes `entity`: every form, every binding. The tokens of `entity` stay."""
    kept, merged = _entity(contents, entity), _entity(contents, other)
    known = {fold(form) for form in kept.forms}
    come = tuple(form for form in merged.forms if fold(form) not in known)
    bound = tuple(
        (code, key, other, entity) for code, own in contents.bindings.items() for key, id in own.items() if id == other
    )
    parts = {} if kept.part or not merged.part else {entity: ("", merged.part)}
    return Change(come={entity: come}, gone={other: merged.forms}, parts=parts, bound=bound)


def splitting(
    contents: Contents, entity: str, keys: Iterable[Key], forms: Sequence[str], left: Sequence[str]
) -> tuple[Change, str]:
    """Mentions leave `entity` and become a thing of their own; also its id.

    keys: what binds these mentions. forms: what they say. left: what the mentions that stay say.
    """
    before = _entity(contents, entity)
    new = entity_ids(contents)()
    bound = tuple((code, key, contents.bindings.get(code, {}).get(key, ""), new) for code, key in keys)
    staying = {fold(form) for form in left}
    gone = tuple(form for form in before.forms if fold(form) in set(map(fold, forms)) - staying)
    change = Change(
        made={new: (before.category, before.kind, before.part)},
        come={new: tuple(dict.fromkeys(forms))},
        gone={entity: gone},
        bound=bound,
    )
    return change, new


def with_part(contents: Contents, entity: str, part: str) -> Change:
    return Change(parts={entity: (_entity(contents, entity).part, part)})


def retiring(contents: Contents, entity: str, forms: Iterable[str]) -> Change:
    """Forms that a reviewer judged not to identify, and that stand for nothing any more."""
    folded = set(map(fold, forms))
    return Change(gone={entity: tuple(form for form in _entity(contents, entity).forms if fold(form) in folded)})


def without_form(contents: Contents, form: str, category: str) -> Contents:
    """What a decision alone had taught the study, forgotten with it."""
    folded = fold(form)
    entries = (
        replace(one, entity=replace(one.entity, forms=tuple(own for own in one.entity.forms if fold(own) != folded)))
        if one.entity.category == category
        else one
        for one in contents.entries
    )
    return replace(contents, entries=tuple(entries))


def bears(contents: Contents, form: str, category: str) -> bool:
    """Whether something of this category is known by this form."""
    folded = fold(form)
    own = (one.entity for one in contents.entries if one.entity.category == category)
    return any(fold(known) == folded for entity in own for known in entity.forms)


def changed(contents: Contents, change: Change) -> Contents:
    """The vault with a change made."""
    return _moved(contents, change, change.gone, change.come, forward=True)


def changed_back(contents: Contents, change: Change) -> Contents:
    """The vault with a change taken back. What was learnt since stays."""
    return _moved(contents, change, change.come, change.gone, forward=False)


def to_text(change: Change) -> str:
    return json.dumps({one.name: getattr(change, one.name) for one in fields(change)}, ensure_ascii=False)


def from_text(text: str) -> Change:
    """A change as the vault keeps it."""
    values = json.loads(text)
    tables = {name: {id: tuple(row) for id, row in values[name].items()} for name in ("made", "come", "gone", "parts")}
    return Change(**tables, bound=tuple(tuple(row) for row in values["bound"]))


def _entity(contents: Contents, id: str) -> Entity:
    return next(entry.entity for entry in contents.entries if entry.entity.id == id)


def _moved(
    contents: Contents,
    change: Change,
    gone: Mapping[str, Sequence[str]],
    come: Mapping[str, Sequence[str]],
    *,
    forward: bool,
) -> Contents:
    entries = {entry.entity.id: entry for entry in contents.entries}
    options = dict(contents.options)
    for id, (category, kind, part) in change.made.items() if forward else ():
        if id not in entries:
            entries[id] = KeyEntry(Entity(id, Category(category), kind, part))
            options["entities_made"] = str(int(options.get("entities_made", "0")) + 1)
    for id in {*gone, *come, *change.parts} & set(entries):
        entity = entries[id].entity
        lost = set(map(fold, gone.get(id, ())))
        forms = [form for form in entity.forms if fold(form) not in lost]
        forms += [form for form in come.get(id, ()) if fold(form) not in set(map(fold, forms))]
        part = change.parts[id][forward] if id in change.parts else entity.part
        entries[id] = replace(entries[id], entity=replace(entity, forms=tuple(forms), part=part))
    bindings = {code: dict(own) for code, own in contents.bindings.items()}
    for code, key, before, after in change.bound:
        old, new = (before, after) if forward else (after, before)
        own = bindings.setdefault(code, {})
        if own.get(key, "") != old:
            continue  # a later run or decision has the last word
        if new:
            own[key] = new
        else:
            own.pop(key, None)
    return replace(
        contents,
        entries=tuple(entries[id] for id in sorted(entries)),
        bindings={code: own for code, own in bindings.items() if own or code in contents.bindings},
        options=options,
    )
