"""What would have to become coarser until nobody is unique in the sample and several of the roster fit everybody.

A combination ends with one step, and the next one then gives the same person away. So the steps are taken one after
another on a copy, and the intruder tries again on what is left: what is suggested is known to work.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from deid.region import Region
from deid.risk.coarser import WITHHELD, Item
from deid.risk.intruder import Guess, guesses
from deid.risk.released import Fact, Released
from deid.risk.unique import rows_of, uniques

CROWD = 3  # so many of the roster have to fit; in a smaller study, all


@dataclass(frozen=True, slots=True)
class Step:
    """One value of one participant, what it has to become, and every place where it is told: (code, turn)."""

    who: str
    item: Item = field(repr=False)
    becomes: str = field(repr=False)
    places: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """afterwards: whom the intruder would name once all steps are taken."""

    steps: tuple[Step, ...] = ()
    afterwards: tuple[Guess, ...] = field(default=(), repr=False)

    def of(self, person: str) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.who == person)

    def in_words(self, person: str) -> str:
        """Every step that this participant needs, and whom the roster points to once they are taken."""
        withheld: dict[str, list[str]] = {}
        for step in self.of(person):
            if step.becomes == WITHHELD:
                withheld.setdefault(step.item[0], []).append(step.item[1])
        listed = [f"{attribute} ({', '.join(values)})" for attribute, values in withheld.items()]
        coarser = [f"{s.item[0]} ({s.item[1]}) becomes {s.becomes}" for s in self.of(person) if s.becomes != WITHHELD]
        steps = [*([f"withhold {' and '.join(listed)}"] if listed else []), *coarser]
        return f"{'; '.join(steps) or 'say usual phrases in other words'}{self._then(person)}"

    def _then(self, person: str) -> str:
        after = next((guess for guess in self.afterwards if guess.who == person), None)
        if after is None:
            return ""
        count = len(after.best)
        fit = f"{count} of the roster {'fit' if count > 1 else 'fits'}"
        return f". Then {fit}" if person in after.best else f". Then {fit}, and {person} does not"


def plan(released: Released, facts: Sequence[Fact], region: Region) -> Plan:
    now: dict[tuple[str, Item], str] = {(fact.who, _item(fact)): fact.value for fact in facts}
    found: list[tuple[str, Item]] = []
    while True:
        now |= dict.fromkeys(found, WITHHELD)
        _end_combinations(now, released.participants, region)  # what one loses, another may be left alone with
        tried = _try(now, facts, released, region)
        if not (found := _first_known(tried, now, released)):
            break
    changed = {key: becomes for key, becomes in now.items() if becomes != key[1][1]}
    steps = (Step(who, item, becomes, _places(facts, who, item)) for (who, item), becomes in changed.items())
    return Plan(tuple(sorted(steps, key=lambda step: step.who)), tried)


def _end_combinations(now: dict[tuple[str, Item], str], participants: Iterable[str], region: Region) -> None:
    while found := uniques({person: frozenset() for person in participants} | _rows(now), region, {}):
        for unique in found:
            (attribute, value), coarse = unique.ends
            for who, item in now:
                if who == unique.who and item[0] == attribute and now[who, item] == value:
                    now[who, item] = coarse


def _rows(now: Mapping[tuple[str, Item], str]) -> dict[str, frozenset[Item]]:
    left = [Fact(who, item[0], value) for (who, item), value in now.items() if value != WITHHELD]
    return rows_of(left)


def _try(
    now: Mapping[tuple[str, Item], str], facts: Iterable[Fact], released: Released, region: Region
) -> tuple[Guess, ...]:
    changed = (replace(fact, value=now[fact.who, _item(fact)]) for fact in facts)
    return guesses(released, (fact for fact in changed if fact.value != WITHHELD), region)


def _first_known(
    tried: Iterable[Guess], now: Mapping[tuple[str, Item], str], released: Released
) -> list[tuple[str, Item]]:
    """What is left to withhold of the first participant whom too few of the roster fit: the attribute used first."""
    crowd = min(CROWD, len(released.participants))
    for guess in tried:
        if guess.who in guess.best and len(guess.best) < crowd:
            for attribute in guess.used:
                left = [key for key in now if key[0] == guess.who and key[1][0] == attribute and now[key] != WITHHELD]
                if left:
                    return left
    return []


def _item(fact: Fact) -> Item:
    return fact.attribute, fact.value


def _places(facts: Iterable[Fact], who: str, item: Item) -> tuple[tuple[str, int], ...]:
    return tuple(dict.fromkeys((fact.code, fact.turn) for fact in facts if fact.who == who and _item(fact) == item))
