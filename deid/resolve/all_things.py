"""All places, bodies, cases, numbers and dates of a run: which mention stands for which thing, known or new."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from deid.fold import fold
from deid.model import Category, Entity
from deid.resolve.gazetteer import Gazetteer
from deid.resolve.said_kinds import clearer
from deid.resolve.short_things import join_short
from deid.resolve.things import Thing, key_of_form


class AllThings:
    """Every mention that is no person with the key of the thing it stands for, across the run."""

    def __init__(
        self,
        seen: Sequence[Thing],
        known: Sequence[Entity],
        bindings: Mapping[str, Mapping[str, str]],
        gazetteer: Gazetteer,
    ) -> None:
        self.seen = seen
        self.known = {entity.id: entity for entity in known}
        self.by_key: dict[str, str] = {}
        forms: dict[str, list[str]] = {}
        for entity in known:
            for form in entity.forms if entity.category is not Category.PERSON else ():
                if key := key_of_form(entity, form, gazetteer):
                    self.by_key.setdefault(key, entity.id)
                    forms.setdefault(key, []).append(form)
        listed = {thing.key for thing in seen if _is_listed(thing)}
        joined, self.doubtful = join_short(seen, forms, listed)
        evidence = _evidence(seen)
        self.keys: list[str] = []
        self.bound: list[str] = []
        for thing in seen:
            bound = bindings.get(thing.code, {}).get(thing.bound_key, "")
            self.bound.append(bound if bound in self.known else "")
            key = joined.get((thing.code, thing.key), thing.key)
            if (thing.code, thing.key) in self.doubtful:
                key = f"{thing.category}:here:{thing.code}:{thing.key.partition(':')[2]}"
            elif thing.candidates:
                key, rivals = _in_play(thing, evidence)
                self.doubtful |= {(thing.code, thing.key): rivals} if rivals else {}
            self.keys.append(key)

    def entity_id(self, number: int) -> str:
        return self.bound[number] or self.by_key.get(self.keys[number], "")

    def entities(self, ids: Mapping[object, str]) -> tuple[Entity, ...]:
        """One entity a thing, with the forms of this run added to the known ones."""
        gathered: dict[str, Entity] = {}
        for number, thing in enumerate(self.seen):
            name = self.entity_id(number) or ids[self.keys[number]]
            entity = gathered.get(name) or self.known.get(name) or Entity(name, thing.category, thing.kind, thing.part)
            forms = {fold(form): form for form in (thing.form, *reversed(entity.forms))}
            gathered[name] = replace(
                entity,
                # What has a token keeps its kind: a later interview changes no earlier word.
                kind=entity.kind or thing.kind if name in self.known else clearer(entity.kind, thing.kind),
                part=entity.part or thing.part,
                forms=tuple(entity.forms) + tuple(form for form in forms.values() if form not in entity.forms),
            )
        return tuple(gathered.values())


def _is_listed(thing: Thing) -> bool:
    return "|" in thing.key if thing.category is Category.PLACE else bool(thing.listed)


def _evidence(seen: Sequence[Thing]) -> tuple[set[tuple[str, str]], set[str]]:
    """Which villages of a shared name are named beyond doubt: by transcript, and anywhere."""
    certain = [thing for thing in seen if thing.category is Category.PLACE and "|" in thing.key]
    return {(thing.code, thing.key) for thing in certain}, {thing.key for thing in certain}


def _in_play(thing: Thing, evidence: tuple[set[tuple[str, str]], set[str]]) -> tuple[str, tuple[str, ...]]:
    """The key of the only village of that name that is in play, here or anywhere; of several none, but a question."""
    here, anywhere = evidence
    own = [key for key in thing.candidates if (thing.code, key) in here]
    own = own or [key for key in thing.candidates if key in anywhere]
    if len(own) > 1:
        return f"PLACE:here:{thing.code}:{thing.key.partition(':')[2]}", tuple(own)
    return (own[0] if own else thing.key), ()
