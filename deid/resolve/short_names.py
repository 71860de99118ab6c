"""First names, nicknames, titled surnames and initials: each goes to the one person it fits, or stands alone.

Those whom the transcript itself introduces come first; a form that no transcript explains goes to the only person of
the corpus whom it fits. What two people fit is an entity of its own in its transcript, with a doubt naming both.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from deid.resolve.fitting import People
from deid.resolve.name_forms import PersonName
from deid.resolve.name_groups import Group, give, group_by_form, new_people, one_a_mention, one_a_transcript
from deid.resolve.nicknames import SAME, SHAPED, FirstNames
from deid.resolve.people import Person, clashes
from deid.resolve.sightings import LABEL, Sighting

_KIN = frozenset({"parent", "relative"})


def resolve_short(
    found: Sequence[Sighting], who: list[Person | None], people: list[Person], names: FirstNames
) -> tuple[dict[int, tuple[Person, ...]], set[int]]:
    """Give every short form its person, adding new people. Returns the doubtful ones, sighting -> candidates, and those
    that their own context decided, whatever the form means elsewhere."""
    _learn_renamings(found, who)
    told = _resolve_appositions(found, who)
    before = list(group_by_form(found, (number for number, person in enumerate(who) if person is not None)))
    groups = list(group_by_form(found, (number for number, person in enumerate(who) if person is None)))
    titled = [group for group in groups if not (group.name.lone or group.name.initials)]
    single = [group for group in groups if group.name.lone or group.name.initials]
    doubts: dict[int, tuple[Person, ...]] = {}
    # Titled surnames introduce people, and so do labels: what is merely called by one word comes last.
    for batch in (titled, _labels(single, True), _labels(single, False)):
        _resolve_batch(batch, found, who, people, names, doubts)
    doubts |= _still_unclear(before, found, who, people, names)
    return doubts, told


def _still_unclear(
    before: Iterable[Group],
    found: Sequence[Sighting],
    who: Sequence[Person | None],
    people: Sequence[Person],
    names: FirstNames,
) -> dict[int, tuple[Person, ...]]:
    """What an earlier run kept apart stays a question until somebody answers it: it has no full name to this day, and
    people who have one fit."""
    doubts = {}
    index, both = People(people, names, _kin(found)), _genders_by_surname(found)
    for group in before:
        first = group.numbers[0]
        person = who[first]
        if person is None or person.names or found[first].name.is_full:
            continue
        fits = _fitting(group, index, both)
        fits = {other: level for other, level in fits.items() if other is not person and other.names}
        if others := _here(group, fits) or _anywhere(group, fits):
            doubts[first] = others
    return doubts


def _resolve_appositions(found: Sequence[Sighting], who: list[Person | None]) -> set[int]:
    """The other Grace, Grace Vane: the second name says who the first is, whoever else is called Grace."""
    told = set()
    for number, (sighting, following) in enumerate(pairwise(found)):
        same = following.after_comma and following.code == sighting.code and following.name.is_full
        if same and who[number] is None and sighting.name.lone == following.name.given:
            who[number] = who[number + 1]
            told.add(number)
    return told


def _labels(groups: Sequence[Group], are_labels: bool) -> list[Group]:
    return [group for group in groups if (group.where == LABEL) is are_labels]


def _resolve_batch(
    batch: Sequence[Group],
    found: Sequence[Sighting],
    who: list[Person | None],
    people: list[Person],
    names: FirstNames,
    doubts: dict[int, tuple[Person, ...]],
) -> None:
    both = _genders_by_surname(found)
    index = People(people, names, _kin(found))
    # Whole transcripts first: what they explain may tell the others what a form means.
    learnt: list[tuple[Person, PersonName]] = []
    waiting: list[Group] = []
    torn: list[Group] = []
    for group in batch:
        if group.is_other:  # somebody else than whom the name means here; who, only a person can say
            waiting.append(group)
            continue
        here = _here(group, _fitting(group, index, both))
        if len(here) == 1:
            give(group, here[0], found, who)
            learnt.append((here[0], group.name))
        elif here:
            doubts[group.numbers[0]] = here
            torn.append(group)
        else:
            waiting.append(group)
    for person, name in learnt:
        person.learn(name)
    index = People(people, names, _kin(found))
    new: list[Group] = []
    unclear: list[Group] = []
    for group in waiting:
        anywhere = _anywhere(group, _fitting(group, index, both))
        if len(anywhere) == 1 and not (group.is_other or _is_a_guess(group, anywhere[0], index)):
            give(group, anywhere[0], found, who)
        elif anywhere:
            doubts[group.numbers[0]] = anywhere
            unclear.append(group)
        else:
            new.append(group)
    people += new_people(new, found, who)
    people += one_a_transcript(unclear, found, who)
    people += one_a_mention(torn, found, who)


def _learn_renamings(found: Sequence[Sighting], who: Sequence[Person | None]) -> None:
    """Marianne Vane, everyone calls me Maz: from then on Maz is one of her names."""
    first: dict[str, int] = {}
    for number, sighting in enumerate(found):
        first.setdefault(sighting.code, number)
        if sighting.also >= 0 and sighting.name.lone:
            person = who[first[sighting.code] + sighting.also]
            if person is not None:
                person.lone.add(sighting.name.lone)


def _kin(found: Sequence[Sighting]) -> frozenset[tuple[str, str]]:
    return frozenset(
        (one.code, one.name.surname) for one in found if one.part in _KIN and one.name.title and one.name.surname
    )


def _genders_by_surname(found: Sequence[Sighting]) -> Mapping[str, set[str]]:
    genders: dict[str, set[str]] = {}
    for sighting in found:
        if sighting.name.gender and sighting.name.surname:
            genders.setdefault(sighting.name.surname, set()).add(sighting.name.gender)
    return genders


def _fitting(group: Group, index: People, both: Mapping[str, set[str]]) -> dict[Person, int]:
    if group.part == "family":
        return {}  # the Vanes are several, and none of them alone
    fits = {p: level for p, level in index.fitting(group.name).items() if not clashes(p, group.name, group.part)}
    if group.name.title and (group.code, group.name.surname) in index.kin:
        # "My mother's Mrs Vane": Ann Vane, who says so, is of that name as well, and nobody's mother.
        fits = {person: level for person, level in fits.items() if person.part in _KIN}
    if group.name.gender and len(both.get(group.name.surname, ())) > 1:
        # Mr Vane and Mrs Vane are both spoken of: only somebody known by that title is either.
        fits = {person: level for person, level in fits.items() if group.name.gender in person.genders}
    return fits


def _here(group: Group, fits: Mapping[Person, int]) -> tuple[Person, ...]:
    """Those whom this transcript introduces, unless somebody elsewhere fits better."""
    here = {person: level for person, level in fits.items() if group.code in person.introduced}
    speaking = [person for person in here if group.code in person.speaks]
    if group.where == LABEL:
        # A label is somebody who takes part, not somebody who is talked about.
        return tuple(speaking) if len(speaking) == 1 else ()
    if not here:
        return ()
    best = max(here.values())
    here = {person: level for person, level in here.items() if level == best}
    better = [person for person, level in fits.items() if level > best]
    if len(here) > 1 and group.is_addressed:
        others = [person for person in here if group.code in person.speaks]
        if len(others) == 1 and not _is_own_voice(others[0], group):
            return tuple(others)
    return (*here, *better)


def _is_a_guess(group: Group, person: Person, index: People) -> bool:
    """Becca who speaks here, and Rebecca Vane of whom another transcript speaks: two people as likely as one."""
    return group.where == LABEL and not person.speaks and index.fitting(group.name)[person] < SAME


def _is_own_voice(person: Person, group: Group) -> bool:
    """People do not call out their own name."""
    own = {*(name.given for name in person.names), *person.lone}
    return any(own & set(speaker.split()) for speaker in group.speakers)


def _anywhere(group: Group, fits: Mapping[Person, int]) -> tuple[Person, ...]:
    """The best of the corpus. A shape alone (Dan, Danielle) does not reach into another transcript."""
    if group.name.initials:
        # RP of another transcript is the same RP only where they are known to hold the interviews.
        fits = {person: level for person, level in fits.items() if person.part == "interviewer"}
    fits = {person: level for person, level in fits.items() if level > SHAPED}
    if group.where == LABEL:
        fits = {p: level for p, level in fits.items() if group.code not in p.introduced or group.code in p.speaks}
    best = max(fits.values(), default=0)
    return tuple(person for person, level in fits.items() if level == best)
