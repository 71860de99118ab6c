"""One person under all names: full names first, then every shorter form that fits exactly one person.

Never guess (law 4). A short form that fits two people gets an entity of its own in that transcript, and a doubt that
names both. A form joins no two people: full names merge only where all of them agree with each other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from deid.fold import fold
from deid.model import Category, Entity, KnownPerson
from deid.resolve.name_forms import RANKS, PersonName, initials_of, parse_person, without_possessive
from deid.resolve.sightings import HEADING, LABEL, Sighting

# Nobody is both in one study, as far as a machine may say: "Jack, he was fourteen" is not DS Jack Vane.
_ONLY_ONE_OF = tuple(
    map(
        frozenset,
        (
            ("child", "professional"),
            ("child", "suspect"),
            ("child", "parent"),
            ("child", "participant"),
            ("child", "interviewer"),
            ("professional", "suspect"),
            ("professional", "parent"),
            ("professional", "relative"),
        ),
    )
)


@dataclass(slots=True, eq=False)
class Person:
    """A working record, alive only while one run links. `introduced`: transcripts that name the person in full or let
    them speak; `speaks`: transcripts they take part in."""

    id: str = ""
    names: list[PersonName] = field(default_factory=list, repr=False)
    lone: set[str] = field(default_factory=set, repr=False)
    surnames: set[str] = field(default_factory=set, repr=False)
    initials: set[str] = field(default_factory=set, repr=False)
    forms: dict[str, str] = field(default_factory=dict, repr=False)
    introduced: set[str] = field(default_factory=set)
    speaks: set[str] = field(default_factory=set)
    alone: bool = False  # stands for one mention that may be two people's, so its form teaches nothing
    genders: set[str] = field(default_factory=set)
    parts: list[str] = field(default_factory=list)
    given_part: str = ""  # from the roster or the vault: beats every cue
    is_settled: bool = False  # the vault knows the person: a token was given, and a new cue must not change it

    def learn(self, name: PersonName) -> None:
        if name.is_full and name not in self.names:
            self.names.append(name)
            self.initials |= initials_of(name)
        elif name.surname and not name.given:
            self.surnames.add(name.surname)
        self.lone |= {word for word in (name.lone, name.nickname) if word}
        # A surname that stood alone is a surname still, and no short form is made from it.
        self.lone -= {word for full in self.names for word in (full.surname, *full.surname.split())}
        self.initials |= {name.initials} - {""}
        self.genders |= {name.gender} - {""}

    def add_form(self, text: str) -> None:
        form = " ".join(without_possessive(text.strip()).split())
        self.forms.setdefault(fold(form), form)

    @property
    def part(self) -> str:
        if self.given_part or self.is_settled or not self.parts:
            return self.given_part
        ranked = sorted(set(self.parts), key=lambda part: (-self.parts.count(part), part))
        clash = any(pair <= set(ranked) for pair in _ONLY_ONE_OF)
        return "" if clash and self.parts.count(ranked[0]) == self.parts.count(ranked[1]) else ranked[0]


def people_before(known: Iterable[Entity], roster: Iterable[KnownPerson], codes: Sequence[str]) -> list[Person]:
    """The people whom the vault and the roster know, before anything is read."""
    people = [_from_vault(entity) for entity in known if entity.category is Category.PERSON]
    by_form: dict[str, list[Person]] = {}
    for person in people:
        for form in person.forms:
            by_form.setdefault(form, []).append(person)
    for row in roster:
        same = by_form.get(fold(row.full_name), [])
        person = same[0] if len(same) == 1 else Person()
        if not same or len(same) > 1:
            people.append(person)
        _learn_row(person, row, codes)
    return people


def resolve_bound(
    found: Sequence[Sighting], people: Sequence[Person], bindings: Mapping[str, Mapping[str, str]]
) -> list[Person | None]:
    """What earlier runs decided, which always wins; None where nothing was decided yet."""
    by_id = {person.id: person for person in people if person.id}
    keys: dict[str, set[str]] = {}
    for own in bindings.values():
        for key, name in own.items():
            keys.setdefault(name, set()).add(key)
    for name, person in by_id.items():
        # Only ever bound to single mentions: it was nobody's form then, and it is no candidate now.
        person.alone = not person.names and name in keys and all("@" in key for key in keys[name])
    who = [by_id.get(_bound(bindings.get(sighting.code, {}), sighting)) for sighting in found]
    for sighting, decided in zip(found, who, strict=True):
        if decided is not None:
            meet(decided, sighting)
    return who


def _bound(own: Mapping[str, str], sighting: Sighting) -> str:
    return own.get(sighting.own_key) or own.get(sighting.key, "")


def meet(person: Person, sighting: Sighting) -> None:
    """What one resolved mention teaches about a person."""
    if sighting.name.is_full or sighting.where in (LABEL, HEADING) or sighting.name.title:
        person.introduced.add(sighting.code)
    if sighting.where in (LABEL, HEADING) or (sighting.is_self and sighting.name.is_full):
        person.speaks.add(sighting.code)
    if sighting.name.is_full:
        person.learn(sighting.name)
    person.genders |= {sighting.name.gender} - {""}
    person.parts += [sighting.part] if sighting.part else []


def clashes(person: Person, name: PersonName, part: str) -> bool:
    """Whether a title or a part in the account speaks against this being the person."""
    if name.gender and person.genders and name.gender not in person.genders:
        return True
    part = part or ("professional" if name.title in RANKS else "")
    return any(part in pair and person.part in pair and part != person.part for pair in _ONLY_ONE_OF)


def _from_vault(entity: Entity) -> Person:
    person = Person(id=entity.id, given_part=entity.part, is_settled=True)
    for form in entity.forms:
        person.learn(parse_person(form))
        person.forms.setdefault(fold(form), form)
    return person


def _learn_row(person: Person, row: KnownPerson, codes: Sequence[str]) -> None:
    for form in (row.full_name, *row.aliases):
        person.learn(parse_person(form))
        person.forms.setdefault(fold(form), form)
    own = {code for code in codes if row.code and row.code in code.rpartition("-")[0].split("+")}
    person.speaks |= own
    person.introduced |= own
    person.given_part = person.given_part or row.part or _part_by_role(row)


def _part_by_role(row: KnownPerson) -> str:
    if fold(row.role) in ("interviewer", "researcher", "moderator", "facilitator"):
        return "interviewer"
    return "participant" if row.code else ""
