"""Mentions and entities: one real person, place, body or case is one entity, in all transcripts and all runs.

What an earlier run decided always wins, so a thirteenth interview changes no earlier token. New entities get their
ids in canonical order: transcript, segment, place in the text.
"""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field

from deid.model import Category, Doubt, Entity, KeyEntry, KnownPerson, Mention, Settled, Span, Transcript
from deid.region import Region
from deid.resolve.all_things import AllThings
from deid.resolve.full_names import resolve_full
from deid.resolve.gazetteer import index_region
from deid.resolve.mentioned import mentioned
from deid.resolve.nicknames import first_names
from deid.resolve.people import Person, people_before, resolve_bound
from deid.resolve.short_names import resolve_short
from deid.resolve.sightings import Sighting

Bindings = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Linked:
    """`entities`: those mentioned, new and known, with all their forms. `bindings`: what the next run must keep."""

    entities: tuple[Entity, ...]
    mentions: Mapping[str, tuple[Mention, ...]]
    bindings: Bindings = field(repr=False)
    doubts: Mapping[str, tuple[Doubt, ...]]


def link(
    transcripts: Mapping[str, Transcript],
    settled: Mapping[str, tuple[Settled, ...]],
    known_entities: Sequence[KeyEntry],
    roster: Sequence[KnownPerson],
    bindings: Bindings,
    region: Region,
    new_id: Callable[[], str],
) -> Linked:
    """Link the settled stretches of all transcripts of a run to entities, known ones first."""
    codes = sorted(settled)
    gazetteer = index_region(region)
    known = [entry.entity for entry in known_entities]
    read = [mentioned(transcripts[code], settled[code], gazetteer) for code in codes]
    found = [sighting for sightings, _ in read for sighting in sightings]
    people = people_before(known, roster, codes)
    who = resolve_bound(found, people, bindings)
    names = first_names(region)
    unsure = resolve_full(found, who, people, names)
    unclear, told = resolve_short(found, who, people, names)
    what = AllThings([thing for _, things in read for thing in things], known, bindings, gazetteer)
    places = [
        (sighting.code, span, person)
        for sighting, person in zip(found, who, strict=True)
        for span in (sighting.place, *sighting.more)
        if person
    ]
    ids = _number(places, what, new_id)
    mentions = _mentions(codes, places, what, ids)
    return Linked(
        entities=(*_persons(found, who, known), *what.entities(ids)),
        mentions=mentions,
        bindings=_bind(bindings, found, who, told, what, ids),
        doubts=_doubts(codes, found, unsure | unclear, what, ids),
    )


def _number(
    places: Sequence[tuple[str, Span, Person]], what: AllThings, new_id: Callable[[], str]
) -> dict[object, str]:
    """An id for everything that has none, in the order in which the transcripts first mention it."""
    firsts: list[tuple[str, Span, object]] = [(code, span, person) for code, span, person in places]
    firsts += [(thing.code, thing.place, what.keys[n]) for n, thing in enumerate(what.seen) if not what.entity_id(n)]
    ids: dict[object, str] = {}
    for _, _, thing in sorted(firsts, key=lambda first: (first[0], first[1])):
        if isinstance(thing, Person):
            thing.id = thing.id or new_id()
        elif thing not in ids:
            ids[thing] = new_id()
    return ids


def _mentions(
    codes: Sequence[str], places: Sequence[tuple[str, Span, Person]], what: AllThings, ids: Mapping[object, str]
) -> dict[str, tuple[Mention, ...]]:
    mentions: dict[str, list[Mention]] = {code: [] for code in codes}
    for code, span, person in places:
        mentions[code].append(Mention(span, person.id))
    for number, thing in enumerate(what.seen):
        name = what.entity_id(number) or ids[what.keys[number]]
        mentions[thing.code] += [Mention(span, name) for span in (thing.place, *thing.more)]
    return {code: tuple(sorted(own, key=lambda mention: mention.span)) for code, own in mentions.items()}


def _persons(found: Sequence[Sighting], who: Sequence[Person | None], known: Sequence[Entity]) -> tuple[Entity, ...]:
    before = {entity.id: entity for entity in known}
    people: dict[str, Person] = {}
    for sighting, person in zip(found, who, strict=True):
        if person is not None:
            person.add_form(sighting.text)
            people[person.id] = person
    return tuple(
        Entity(
            id=person.id,
            category=Category.PERSON,
            kind=before[person.id].kind if person.id in before else "",
            part=person.part,
            forms=tuple(person.forms.values()),
        )
        for person in people.values()
    )


def _bind(
    bindings: Bindings,
    found: Sequence[Sighting],
    who: Sequence[Person | None],
    told: Container[int],
    what: AllThings,
    ids: Mapping[object, str],
) -> dict[str, dict[str, str]]:
    bound = {code: dict(own) for code, own in bindings.items()}
    for number, (sighting, person) in enumerate(zip(found, who, strict=True)):
        if person is not None:
            by_itself = person.alone or number in told or sighting.own_key in bound.get(sighting.code, {})
            key = sighting.own_key if by_itself else sighting.key
            bound.setdefault(sighting.code, {}).setdefault(key, person.id)
    for number, thing in enumerate(what.seen):
        name = what.entity_id(number) or ids[what.keys[number]]
        bound.setdefault(thing.code, {}).setdefault(thing.bound_key, name)
    return bound


def _doubts(
    codes: Sequence[str],
    found: Sequence[Sighting],
    unsure: Mapping[int, tuple[Person, ...]],
    what: AllThings,
    ids: Mapping[object, str],
) -> dict[str, tuple[Doubt, ...]]:
    doubts: dict[str, list[Doubt]] = {code: [] for code in codes}
    for number, candidates in unsure.items():
        names = tuple(person.id for person in candidates if person.id)
        why = "more than one person fits this name" if len(candidates) > 1 else "it may be this person or another"
        doubts[found[number].code].append(Doubt(found[number].place, "link", why, names))
    told: set[tuple[str, str]] = set()
    for number, thing in enumerate(what.seen):
        keys = what.doubtful.get((thing.code, thing.key), ())
        names = tuple(name for key in keys if (name := what.by_key.get(key) or ids.get(key, "")))
        answered = what.bound[number] in names
        if keys and (thing.code, what.keys[number]) not in told and not answered:
            told.add((thing.code, what.keys[number]))
            doubts[thing.code].append(Doubt(thing.place, "link", "more than one place or body fits this name", names))
    return {code: tuple(sorted(own, key=lambda doubt: doubt.span)) for code, own in doubts.items()}
