"""The mentions of one transcript that share a form, and the people they become where nobody known fits."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from deid.resolve.name_forms import PersonName
from deid.resolve.people import Person, meet
from deid.resolve.sightings import LABEL, Sighting


@dataclass(frozen=True, slots=True)
class Group:
    """The mentions of one transcript that share a form."""

    code: str
    key: str
    numbers: tuple[int, ...]
    name: PersonName = field(repr=False)
    where: str
    speakers: frozenset[str] = field(repr=False)
    is_addressed: bool
    is_other: bool
    part: str


def group_by_form(found: Sequence[Sighting], numbers: Iterable[int]) -> Iterator[Group]:
    """The given sightings in groups that one decision covers, in order of first appearance."""
    groups: dict[tuple[str, str], list[int]] = {}
    for number in numbers:
        groups.setdefault((found[number].code, found[number].key), []).append(number)
    for (code, key), own in groups.items():
        yield _group(found, code, key, own)


def _group(found: Sequence[Sighting], code: str, key: str, numbers: Sequence[int]) -> Group:
    own = [found[number] for number in numbers]
    name = next((sighting.name for sighting in own if sighting.name.title), own[0].name)
    parts = [sighting.part for sighting in own if sighting.part]
    return Group(
        code,
        key,
        tuple(numbers),
        name,
        own[0].where,
        frozenset(one.speaker for one in own),
        own[0].is_addressed,
        own[0].is_other,
        parts[0] if parts else "",
    )


def give(group: Group, person: Person, found: Sequence[Sighting], who: list[Person | None]) -> None:
    for number in group.numbers:
        who[number] = person
        meet(person, found[number])


def new_people(groups: Sequence[Group], found: Sequence[Sighting], who: list[Person | None]) -> list[Person]:
    """One person a form over all transcripts, unless parts differ; for labels and initials one a transcript."""
    parts: dict[tuple[str, ...], set[str]] = {}
    for group in groups:
        parts.setdefault(_shape(group), set()).add(group.part)
    people: dict[tuple[str, ...], Person] = {}
    for group in groups:
        shape = _shape(group)
        if group.where == LABEL or group.name.initials or len(parts[shape] - {""}) > 1:
            shape = (*shape, group.code)
        person = people.setdefault(shape, Person())
        person.learn(group.name)
        give(group, person, found, who)
    return list(people.values())


def one_a_transcript(groups: Sequence[Group], found: Sequence[Sighting], who: list[Person | None]) -> list[Person]:
    """A form that two people elsewhere bear is one person here, and neither of them until somebody says so."""
    people: dict[tuple[str, ...], Person] = {}
    for group in groups:
        person = people.setdefault((*_shape(group), group.code), Person())
        person.learn(group.name)
        give(group, person, found, who)
    return list(people.values())


def one_a_mention(groups: Sequence[Group], found: Sequence[Sighting], who: list[Person | None]) -> list[Person]:
    """Where two people of the transcript itself bear the form, each mention may be either: nothing is joined. A title
    with a surname is one person at least within a transcript."""
    alone: list[Person] = []
    for group in groups:
        if group.name.surname:
            alone += one_a_transcript([group], found, who)
            continue
        for number in group.numbers:
            person = Person(alone=True)
            alone.append(person)
            who[number] = person
            person.parts += [found[number].part] if found[number].part else []
    return alone


def _shape(group: Group) -> tuple[str, ...]:
    name = group.name
    return (name.given, name.surname, name.lone, name.initials, name.gender)
