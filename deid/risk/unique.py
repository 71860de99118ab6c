"""Who is the only one in the sample with a value, or with two or three together: minimal sample uniques.

With ten or twelve participants k-anonymity as pass or fail says nothing: nearly everybody is unique on something. So
each participant's smallest unique combinations are listed, with what would end them and how many people outside the
sample may fit as well. Unique in the sample is not unique in the population.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from deid.fold import fold
from deid.region import Region
from deid.risk.coarser import WITHHELD, Item, gentlest, steps
from deid.risk.released import ATTRIBUTES, Fact

LARGEST = 3


@dataclass(frozen=True, slots=True)
class Unique:
    """A smallest combination that only this participant shows."""

    who: str
    items: tuple[Item, ...] = field(repr=False)
    ends: tuple[Item, str] = field(repr=False)
    fitting: int | None = None

    @property
    def expected(self) -> float | None:
        """The share of right guesses among all who fit: 1/F; None where nobody gave an estimate."""
        return 1 / self.fitting if self.fitting else None


def rows_of(facts: Iterable[Fact]) -> dict[str, frozenset[Item]]:
    rows: dict[str, set[Item]] = {}
    for fact in facts:
        rows.setdefault(fact.who, set()).add((fact.attribute, fact.value))
    return {person: frozenset(items) for person, items in sorted(rows.items())}


def uniques(
    rows: Mapping[str, frozenset[Item]], region: Region, population: Mapping[str, int], *, is_table: bool = False
) -> tuple[Unique, ...]:
    """Minimal sample uniques up to three values, smallest first.

    Whoever tells a finer value may be meant by the coarser one too: "health role" is not unique beside a named nurse.
    In a table (is_table) it is: there every row says its value as finely as it is known.
    """
    may_be = {person: items if is_table else _with_coarser(items, region) for person, items in rows.items()}
    found = [
        Unique(person, items, gentlest(items, person, rows, region), fitting(items, population))
        for person in rows
        for items in _smallest(rows[person], [own for other, own in may_be.items() if other != person])
    ]
    return tuple(sorted(found, key=lambda one: (len(one.items), one.fitting or 10**9, one.who, one.items)))


def fitting(items: Iterable[Item], population: Mapping[str, int]) -> int | None:
    """How many people have these values, by the user's estimates: the smallest count whose words they all cover."""
    values = [f" {fold(value)} " for _, value in items]
    counts = [
        count
        for words, count in population.items()
        if count > 0 and all(any(f" {fold(part)} " in value for value in values) for part in words.split(","))
    ]
    return min(counts, default=None)


def contradictions(rows: Mapping[str, frozenset[Item]], population: Mapping[str, int]) -> Iterator[str]:
    """What cannot be true in [risk.population], in words."""
    for words, count in population.items():
        inside = sum(1 for items in rows.values() if fitting(items, {words: max(count, 1)}))
        if count < 1:
            yield f"[risk.population] {words!r} is {count}: an estimate has to be 1 or more, so it was not used"
        elif inside > count:
            yield f"[risk.population] {words!r} is {count}, but {inside} participants fit: the estimate is too low"
        parts = {fold(part) for part in words.split(",")}
        for other, larger in population.items():
            if {fold(part) for part in other.split(",")} < parts and larger < count:
                yield f"[risk.population] {words!r} is {count}, yet the broader {other!r} is {larger}"


def in_words(items: Iterable[Item]) -> str:
    return " + ".join(f"{attribute} ({value})" for attribute, value in items)


def ending(unique: Unique) -> str:
    (attribute, value), coarse = unique.ends
    return f"withhold {attribute} ({value})" if coarse == WITHHELD else f"{attribute} ({value}) becomes {coarse}"


def _with_coarser(items: frozenset[Item], region: Region) -> frozenset[Item]:
    coarser = {(item[0], value) for item in items for value in steps(item, region) if value != WITHHELD}
    return items | coarser


def _smallest(items: frozenset[Item], others: Sequence[frozenset[Item]]) -> Iterator[tuple[Item, ...]]:
    own = sorted(items, key=lambda item: (ATTRIBUTES.index(item[0]), item[1]))
    smaller: list[frozenset[Item]] = []
    for size in range(1, LARGEST + 1):
        for some in combinations(own, size):
            chosen = frozenset(some)
            if any(one <= chosen for one in smaller) or any(chosen <= other for other in others):
                continue
            smaller.append(chosen)
            yield some
