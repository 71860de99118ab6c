"""Every scenario under cases/: one real thing is one entity, two are never one, and linking again changes nothing."""

from collections import defaultdict
from itertools import count
from pathlib import Path

import pytest

from deid.model import KeyEntry, Mention
from deid.region import Agency, Place, Region
from deid.resolve.link import Linked, link
from tests.resolve.marked import Case, read_case

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))

# An invented region: nothing in the rules may lean on the shipped one.
REGION = Region(
    name="test",
    places=(
        Place("Oxmoor", "town", district="Oxmoor", subregion="North Shire", aliases=("Moor End",)),
        Place("Ash", "village", district="Oxmoor", subregion="North Shire", cue=True),
        Place("Minsted", "village", district="Oxmoor", subregion="North Shire", parent="Isle of Pell"),
        Place("Minsted", "village", district="Harrow Vale", subregion="South Shire"),
        Place("Isle of Pell", "island", district="Oxmoor", subregion="North Shire", aliases=("Pell",)),
        Place("Harrow Vale", "district", subregion="South Shire"),
        Place("Shipway", "suburb", district="Oxmoor", subregion="North Shire"),
    ),
    agencies=(
        Agency("Northshire Police", "police force", "county", ("Northshire Constabulary",)),
        Agency("Missing Young People Team", "police team", "county", ("MYPT",)),
        Agency("Oxmoor Borough Council", "council", "local", ("Oxmoor council",)),
    ),
    nicknames={"Gary": ("Gaz", "Gazza"), "Samuel": ("Sam",), "Samantha": ("Sam",), "David": ("Dave",)},
)


def test_there_are_cases() -> None:
    assert len(CASES) >= 20


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = read_case(path)
    linked = _link(case)
    assert _groups(case, linked.mentions) == _expected(case)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_linking_again_changes_nothing(path: Path) -> None:
    case = read_case(path)
    first = _link(case)
    again = _link(case, first)
    assert again.mentions == first.mentions
    assert again.bindings == first.bindings
    assert {entity.id: entity for entity in again.entities} == {entity.id: entity for entity in first.entities}
    assert {code: [doubt.span for doubt in own] for code, own in again.doubts.items()} == {
        code: [doubt.span for doubt in own] for code, own in first.doubts.items()
    }


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_further_interview_changes_no_earlier_mention(path: Path) -> None:
    case = read_case(path)
    linked: Linked | None = None
    earlier: dict[str, tuple[Mention, ...]] = {}
    known: dict[str, KeyEntry] = {}
    for code in sorted(case.transcripts):
        earlier[code] = ()
        part = Case(
            {one: case.transcripts[one] for one in earlier},
            {one: case.findings[one] for one in earlier},
            case.names,
            case.roster,
        )
        linked = _link(part, linked, known)
        known |= {entity.id: KeyEntry(entity) for entity in linked.entities}
        for one, mentions in earlier.items():
            assert not mentions or linked.mentions[one] == mentions
        earlier = dict(linked.mentions)


def _link(case: Case, before: Linked | None = None, known: dict[str, KeyEntry] | None = None) -> Linked:
    entries = known if known is not None else {e.id: KeyEntry(e) for e in (before.entities if before else ())}
    numbers = count(len(entries))
    return link(
        case.transcripts,
        case.settled,
        tuple(entries.values()),
        case.roster,
        before.bindings if before else {},
        REGION,
        lambda: f"e{next(numbers)}",
    )


def _groups(case: Case, mentions: dict[str, tuple[Mention, ...]]) -> set[frozenset[tuple[str, object]]]:
    groups = defaultdict(set)
    for code, own in mentions.items():
        for mention in own:
            if (code, mention.span) in case.names:
                groups[mention.entity].add((code, mention.span))
    return {frozenset(group) for group in groups.values()}


def _expected(case: Case) -> set[frozenset[tuple[str, object]]]:
    groups = defaultdict(set)
    for place, name in case.names.items():
        groups[name].add(place)
    return {frozenset(group) for group in groups.values()}
