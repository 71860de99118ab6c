"""What two transcripts tell of one event or person from two sides, and participants whom others name.

One thing has one token in every file, so that analysis stays possible; the price is that accounts can be laid side by
side. This says where.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from deid.model import Category
from deid.risk.clusters import Cluster, join
from deid.risk.released import Released, Risk, Talk

_COMMON_DETAILS = 3
# Professionals who know one another are public knowledge in a small field; of the others nobody says so.
_PARTS = frozenset({"child", "suspect", "parent", "relative", "family", ""})


def linkage(released: Released, found: Sequence[Cluster]) -> Iterator[Risk]:
    named = {entity: person for person, entity in released.people.items() if entity}
    linked: set[frozenset[str]] = set()
    for entity, first in _shared(released.talks).items():
        codes = sorted(first)
        linked |= {frozenset(pair) for pair in combinations(codes, 2)}
        code = codes[-1]
        others = join([f"{other} (turn {first[other][0]})" for other in codes[:-1]])
        kind = first[code][1]
        yield Risk(
            "linkage", code, first[code][0],
            f"The same {kind} is told of in {others} too: laid side by side, the accounts tell more than either.",
            "remove the passage in one of them, or describe it so that the two do not meet",
            key=f"shared {entity}",
        )  # fmt: skip
    yield from _alike(found, linked)
    yield from _named_by_others(released.talks, named)


def _shared(talks: Iterable[Talk]) -> dict[str, dict[str, tuple[int, str]]]:
    """Cases and the people in them that two or more transcripts speak of: entity -> code -> (turn, what it is)."""
    first: dict[str, dict[str, tuple[int, str]]] = {}
    for talk in talks:
        for turn in talk.own():
            for token in turn.tokens:
                is_case = token.category is Category.CASE
                if is_case or (token.category is Category.PERSON and token.part in _PARTS):
                    what = token.label.lower() or "case"
                    first.setdefault(token.entity, {}).setdefault(talk.code, (turn.number, what))
    whose = {talk.code: talk.participants for talk in talks}
    return {entity: places for entity, places in first.items() if len({whose[code] for code in places}) > 1}


def _alike(found: Sequence[Cluster], linked: set[frozenset[str]]) -> Iterator[Risk]:
    """Two clusters that share details without sharing a token."""
    for one, other in combinations(found, 2):
        pair = frozenset({one.code, other.code})
        if len(pair) < 2 or pair in linked:
            continue
        common = {(d.kind, d.value) for d in one.details if d.weight >= 0.5} & {
            (d.kind, d.value) for d in other.details if d.weight >= 0.5
        }
        if len({kind for kind, _ in common}) >= _COMMON_DETAILS:
            linked.add(pair)
            kinds = ", ".join(sorted({kind for kind, _ in common}))
            yield Risk(
                "linkage", other.code, other.turn,
                f"A case with the same {kinds} is told in {one.code} (turn {one.turn}): it is one case from two sides.",
                "remove the passage in one of them, or describe it so that the two do not meet",
                key=f"alike {one.code} {kinds}",
            )  # fmt: skip


def _named_by_others(talks: Sequence[Talk], named: dict[str, str]) -> Iterator[Risk]:
    """One finding a participant: who else speaks of them by the token that their own transcript bears."""
    places: dict[str, dict[str, int]] = {}
    bears = {
        person: any(talk.bears(entity) for talk in talks if person in talk.participants)
        for entity, person in named.items()
    }
    for talk in talks:
        for turn in talk.own():
            for token in turn.tokens:
                person = named.get(token.entity, "")
                if person and person not in talk.participants and bears[person]:
                    places.setdefault(person, {}).setdefault(talk.code, turn.number)
    for person, found in sorted(places.items()):
        code, turn_number = next(iter(found.items()))
        speak = "speak" if len(found) > 1 else "speaks"
        yield Risk(
            "linkage", code, turn_number,
            f"{join(list(found))} {speak} of {person} by the token that {person}'s own transcript bears:"
            f" whoever recognises one recognises the other.",
            f"coarser: give {person} a token of its own where others speak of them, or accept with a reason",
            key=f"named {person} {' '.join(sorted(found))}", who=person,
        )  # fmt: skip
