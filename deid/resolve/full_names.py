"""Which full names are one person's: Maz Vane and Marianne Vane, Craig Alan Vane and Craig Vane.

Two names agree when one could be written for the other. They become one person only where every name in the group
agrees with every other; a name that agrees with two who do not agree with each other (Sam, between Samuel and
Samantha) stays apart and goes to review. So nothing is ever joined through an ambiguous form.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from deid.fold import fold
from deid.resolve.agreement import agree, is_within
from deid.resolve.name_forms import PersonName
from deid.resolve.nicknames import SAME, FirstNames
from deid.resolve.people import Person, clashes, meet
from deid.resolve.sightings import LABEL, SPEECH, Sighting

_Key = tuple[str, tuple[str, ...], str, str]


@dataclass(slots=True, eq=False)
class _Node:
    """Either a known person or one new full name, with the transcripts that say it."""

    names: list[PersonName] = field(repr=False)
    person: Person | None = None
    spoken: set[str] = field(default_factory=set)
    also: set[str] = field(default_factory=set, repr=False)
    beside: list["_Node"] = field(default_factory=list, repr=False)


def resolve_full(
    found: Sequence[Sighting], who: list[Person | None], people: list[Person], names: FirstNames
) -> dict[int, tuple[Person, ...]]:
    """Give every full name its person, adding new people; returns the doubtful ones: sighting -> candidates."""
    groups: dict[_Key, list[int]] = {}
    for number, sighting in enumerate(found):
        if who[number] is None and sighting.name.is_full:
            groups.setdefault(_key(sighting.name), []).append(number)
    spoken = _spoken(found, who)
    nodes = [
        _Node(names=person.names, person=person, spoken=spoken.get(person, set()), also=person.lone)
        for person in people
        if person.names
    ]
    fresh: dict[_Key, _Node] = {}
    for key, numbers in groups.items():
        says = {found[number].code for number in numbers if found[number].where == SPEECH}
        fresh[key] = _Node(names=[found[numbers[0]].name], spoken=says)
    _learn_short_forms(found, fresh)
    _settle_equals(fresh, nodes)
    _merge([*nodes, *(node for node in fresh.values() if node.person is None)], _renamings(found, fresh), names)
    _adopt([node for node in fresh.values() if node.person and not node.person.id], people)
    for key, node in fresh.items():
        assert node.person is not None  # noqa: S101  _merge leaves nobody out
        if node.person not in people:
            people.append(node.person)
        for number in groups[key]:
            who[number] = node.person
            meet(node.person, found[number])
    return _kept_apart(found, who, names)


def _agree(one: PersonName, other: PersonName, also: set[str], names: FirstNames) -> int:
    """As `agree`, where the text itself says that somebody goes by another name."""
    if {one.given, other.given} & also and one.surname == other.surname and one.suffix == other.suffix:
        return SAME
    return agree(one, other, names)


def _key(name: PersonName) -> _Key:
    return name.given, name.middles, name.surname, name.suffix


def _spoken(found: Sequence[Sighting], who: Sequence[Person | None]) -> dict[Person, set[str]]:
    """In which transcripts somebody says each known person's full name."""
    spoken: dict[Person, set[str]] = {}
    for sighting, person in zip(found, who, strict=True):
        if person is not None and sighting.name.is_full and sighting.where == SPEECH:
            spoken.setdefault(person, set()).add(sighting.code)
    return spoken


def _settle_equals(fresh: Mapping[_Key, _Node], known: Sequence[_Node]) -> None:
    """A name that exactly one known person bears is that person's."""
    bearers: dict[tuple[str, str, str], list[_Node]] = {}
    for node in known:
        for key in {(name.given, name.surname, name.suffix) for name in node.names}:
            bearers.setdefault(key, []).append(node)
    for node in fresh.values():
        name = node.names[0]
        same = bearers.get((name.given, name.surname, name.suffix), [])
        fitting = [other for other in same if any(is_within(name.middles, known.middles) for known in other.names)]
        if len(fitting) == 1:
            node.person = fitting[0].person


def _learn_short_forms(found: Sequence[Sighting], fresh: Mapping[_Key, _Node]) -> None:
    """Marianne Vane, everyone calls me Maz: then Maz Vane is she too."""
    for sighting in found:
        before = _before(found, sighting) if sighting.also >= 0 and sighting.name.lone else None
        if before and before.name.is_full and _key(before.name) in fresh:
            fresh[_key(before.name)].also.add(sighting.name.lone)


def _merge(nodes: Sequence[_Node], renamed: Sequence[tuple[_Node, _Node]], names: FirstNames) -> None:
    """Join new names that agree among themselves or with one person; those that agree with several stay apart."""
    told = {frozenset((id(one), id(other))) for one, other in renamed}
    for one, other in _pairs(nodes):
        if _are_one(one, other, frozenset((id(one), id(other))) in told, names):
            one.beside.append(other)
            other.beside.append(one)
    torn = {id(node) for node in nodes if _is_torn(node)}
    for node in nodes:
        if id(node) in torn or node.person is not None:
            continue
        group = [node, *(other for other in node.beside if id(other) not in torn)]
        person = next((other.person for other in group if other.person), None) or Person()
        for other in group:
            other.person = person
    for node in nodes:
        node.person = node.person or Person()


def _kept_apart(
    found: Sequence[Sighting], who: Sequence[Person | None], names: FirstNames
) -> dict[int, tuple[Person, ...]]:
    """People whose full names agree and who are two all the same: a question at the later one's first full name."""
    first: dict[Person, int] = {}
    for number, (sighting, person) in enumerate(zip(found, who, strict=True)):
        if person is not None and sighting.name.is_full:
            first.setdefault(person, number)
    doubts: dict[int, list[Person]] = {}
    for one, other in _pairs([_Node(names=person.names, person=person) for person in first]):
        if one.person and other.person and any(agree(a, b, names) for a in one.names for b in other.names):
            doubts.setdefault(first[other.person], []).append(one.person)
    return {number: tuple(people) for number, people in doubts.items()}


def _adopt(fresh: Sequence[_Node], people: Sequence[Person]) -> None:
    """Kaya of the first interviews is Kaya Vane of the thirteenth, where nobody else is either."""
    lone = [person for person in people if person.id and not person.names and not person.alone]
    full = {name.given for person in people for name in person.names}
    for node in fresh:
        given = {name.given for name in node.names}
        mine = [person for person in lone if given & person.lone and not clashes(person, node.names[0], "")]
        rivals = [
            other for other in fresh if other.person is not node.person and given & {n.given for n in other.names}
        ]
        if len(mine) == 1 and not rivals and not given & full:
            adopted = node.person
            for other in fresh:
                other.person = mine[0] if other.person is adopted else other.person


def _pairs(nodes: Sequence[_Node]) -> Sequence[tuple[_Node, _Node]]:
    """Only names that share a word of a surname are ever compared."""
    by_word: dict[str, list[int]] = {}
    for number, node in enumerate(nodes):
        for word in sorted({word for name in node.names for word in name.surname.split()}):
            by_word.setdefault(word, []).append(number)
    pairs = {(a, b) for numbers in by_word.values() for a in numbers for b in numbers if a < b}
    return [(nodes[a], nodes[b]) for a, b in sorted(pairs)]


def _are_one(one: _Node, other: _Node, is_told: bool, names: FirstNames) -> bool:
    if one.person is not None and other.person is not None:
        return False  # the vault or the roster holds them apart
    if is_told:
        return True
    best = max(_agree(a, b, one.also | other.also, names) for a in one.names for b in other.names)
    # Two different first names with one surname, both spoken in one transcript, are a couple, or father and son.
    return best == SAME or (best > 0 and not one.spoken & other.spoken)


def _is_torn(node: _Node) -> bool:
    return any(second not in first.beside for first in node.beside for second in node.beside if first is not second)


def _renamings(found: Sequence[Sighting], fresh: Mapping[_Key, _Node]) -> list[tuple[_Node, _Node]]:
    """Full names that the text itself calls one person's: by saying so, or by a speaker introducing themselves."""
    pairs = []
    for sighting in found:
        if not sighting.name.is_full or (node := fresh.get(_key(sighting.name))) is None:
            continue
        if sighting.also >= 0:
            before = _before(found, sighting)
            other = fresh.get(_key(before.name)) if before and before.name.is_full else None
            if other is not None and other is not node:
                pairs.append((node, other))
        if sighting.is_self and sighting.speaker:
            pairs += [
                (node, fresh[_key(label.name)])
                for label in found
                if label.code == sighting.code and label.where == LABEL and label.name.is_full
                and fold(label.text) == sighting.speaker
                and _key(label.name) in fresh and fresh[_key(label.name)] is not node
                and label.name.surname == sighting.name.surname
            ]  # fmt: skip
    return pairs


def _before(found: Sequence[Sighting], sighting: Sighting) -> Sighting | None:
    own = [other for other in found if other.code == sighting.code]
    return own[sighting.also] if sighting.also < len(own) else None
