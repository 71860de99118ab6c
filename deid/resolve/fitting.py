"""How surely a short form may be a person's: their surname, their first name, a nickname, their initials."""

from collections.abc import Container, Iterable

from deid.resolve.name_forms import PersonName
from deid.resolve.nicknames import LISTED, SAME, SHAPED, FirstNames, is_by_name, stems, sureness
from deid.resolve.people import Person


class People:
    """People by the words of their names, so that a form is compared only with those who may bear it."""

    def __init__(
        self, people: Iterable[Person], names: FirstNames, kin: Container[tuple[str, str]] = frozenset()
    ) -> None:
        self._names = names
        self.kin = kin  # (transcript, surname): somebody of that surname is told of as a relative, by title
        self._by_word: dict[str, list[Person]] = {}
        self._by_start: dict[str, list[Person]] = {}
        for person in people:
            for word in sorted(_words(person)) if not person.alone else ():
                self._by_word.setdefault(word, []).append(person)
                self._by_start.setdefault(word[:3], []).append(person)

    def fitting(self, name: PersonName) -> dict[Person, int]:
        """Everybody whom the form fits, with how surely."""
        word = name.lone or name.given or name.surname or name.initials
        near = list(self._by_word.get(word, ()))
        for other in (*sorted(self._names.beside.get(word, ())), *name.surname.split(), name.surname):
            near += self._by_word.get(other, ())
        for stem in stems(word):
            near += self._by_start.get(stem[:3], ())
        sure = {person: fit(person, name, self._names) for person in dict.fromkeys(near)}
        return {person: level for person, level in sure.items() if level}


def fit(person: Person, name: PersonName, names: FirstNames) -> int:
    """SAME, LISTED, SHAPED or 0."""
    if name.initials:
        return SAME if name.initials in person.initials else 0
    if name.given:  # Grace P, C. Vane
        return max((_fit_abbreviated(name, full, names) for full in person.names), default=0)
    if name.surname:
        return _fit_surname(name.surname, person)
    return max(_fit_lone(name.lone, person, names), _fit_surname(name.lone, person))


def _words(person: Person) -> set[str]:
    surnames = {*(name.surname for name in person.names), *person.surnames}
    parts = {word for surname in surnames for word in surname.split()}
    return {*person.lone, *person.initials, *surnames, *parts, *(name.given for name in person.names)} - {""}


def _fit_lone(word: str, person: Person, names: FirstNames) -> int:
    if word in person.lone:
        return SAME
    levels = [sureness(word, name.given, names) for name in person.names]
    # TAM, as Theodora Alma Moss is called in the transcript, is short for no Tamsin.
    levels += [min(sureness(word, lone, names), LISTED) for lone in person.lone - person.initials]
    levels += [SHAPED for name in person.names if is_by_name(word, name.surname.split()[0], names)]
    return max(levels, default=0)


def _fit_abbreviated(short: PersonName, full: PersonName, names: FirstNames) -> int:
    """Grace P or C. Vane, written for the full name."""
    if not (full.surname == short.surname or (len(short.surname) == 1 and full.surname.startswith(short.surname))):
        return 0
    if len(short.given) == 1 and full.given.startswith(short.given):
        return SAME
    given = sureness(short.given, full.given, names)
    return given if given >= LISTED else 0


def _fit_surname(word: str, person: Person) -> int:
    """The surname, or one half of a double-barrelled one."""
    surnames = {*(name.surname for name in person.names), *person.surnames}
    if word in surnames or (word in person.lone and not person.names):
        return SAME
    return LISTED if any(word in surname.split() and len(word) > 3 for surname in surnames) else 0
