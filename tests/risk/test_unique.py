"""Minimal sample uniques against brute force; estimates of the population, contradictory ones too."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from deid.risk.coarser import steps
from deid.risk.deposit import COLUMNS, safe_rows
from deid.risk.released import ATTRIBUTES
from deid.risk.unique import LARGEST, contradictions, fitting, uniques
from tests.risk.constructed import region

_ITEMS = st.sets(st.tuples(st.sampled_from(("role", "agency", "gender", "trait")), st.sampled_from("abc")), max_size=5)
_ROWS = st.lists(_ITEMS, min_size=1, max_size=5).map(
    lambda rows: {f"P{number}": frozenset(items) for number, items in enumerate(rows, 1)}
)


@settings(max_examples=60, deadline=None)
@given(_ROWS)
def test_minimal_uniques_are_what_brute_force_finds(rows: dict[str, frozenset[tuple[str, str]]]) -> None:
    found = {(one.who, frozenset(one.items)) for one in uniques(rows, region(), {})}
    expected = set()
    for person, own in rows.items():
        alone = [
            frozenset(items)
            for size in range(1, LARGEST + 1)
            for items in combinations(sorted(own), size)
            if not any(set(items) <= other for name, other in rows.items() if name != person)
        ]
        expected |= {(person, items) for items in alone if not any(smaller < items for smaller in alone)}
    assert found == expected


@settings(max_examples=60, deadline=None)
@given(_ROWS)
def test_nobody_is_unique_in_what_is_deposited(rows: dict[str, frozenset[tuple[str, str]]]) -> None:
    """Safe rows hold no combination that one participant alone shows; several values of one attribute stand as one."""
    said = {
        person: frozenset((name, value) for name in COLUMNS for value in row[name].split("; ") if len(value) == 1)
        for person, row in safe_rows(rows, region()).items()
    }
    assert uniques(said, region(), {}) == ()


def test_the_gentlest_coarsening_that_is_enough() -> None:
    rows = {
        "P1": frozenset({("role", "named nurse")}),
        "P2": frozenset({("role", "health visitor")}),
        "P3": frozenset({("role", "social worker")}),
        "P4": frozenset({("role", "social worker")}),
    }
    nurse = uniques(rows, region(), {})[0]
    assert nurse.who == "P1" and nurse.ends == (("role", "named nurse"), "health role")


def test_a_deposit_says_what_can_be_said() -> None:
    rows = {
        "P1": frozenset({("tenure", "12 years"), ("role", "named nurse")}),
        "P2": frozenset({("tenure", "14 years"), ("role", "social worker")}),
    }
    safe = safe_rows(rows, region())
    assert {row["tenure"] for row in safe.values()} == {"10 to 19 years"}
    assert {row["role"] for row in safe.values()} == {"withheld"}
    assert {row["age"] for row in safe.values()} == {"not stated"}


def test_a_table_has_no_value_that_only_one_row_shows() -> None:
    """Beside two named nurses "a health role" is nobody's in a talk; in a table it is the row that is no nurse."""
    rows = {f"P{number}": frozenset({("role", "named nurse")}) for number in (1, 2)}
    safe = safe_rows({**rows, "P3": frozenset({("role", "health role")})}, region())
    assert [row["role"] for row in safe.values()] == ["named nurse", "named nurse", "withheld"]


def test_every_attribute_ends_in_being_withheld() -> None:
    values = {"role": "named nurse", "agency": "council", "place": "Dover", "tenure": "31 years", "age": "58"}
    for attribute in ATTRIBUTES:
        assert steps((attribute, values.get(attribute, "x")), region())[-1] == "withheld"


def test_tenure_and_age_become_bands() -> None:
    assert steps(("tenure", "31 years"), region())[0] == "20 years or more"
    assert steps(("tenure", "since 1999"), region())[:2] == ("since the late 1990s", "since the 1990s")
    assert steps(("tenure", "since the late 1990s"), region()) == ("since the 1990s", "for some years", "withheld")
    assert steps(("age", "58"), region())[0] == "aged 50-59"


def test_the_narrowest_estimate_counts() -> None:
    items = (("role", "named nurse"), ("place", "town in East Kent"))
    assert fitting(items, {"named nurse": 14, "nurse, East Kent": 3, "teacher": 2}) == 3
    assert fitting(items[:1], {"nurse, East Kent": 3}) is None
    assert fitting(items, {}) is None


def test_contradictory_estimates_are_said_and_nothing_breaks() -> None:
    rows = {"P1": frozenset({("role", "named nurse")}), "P2": frozenset({("role", "named nurse")})}
    said = list(contradictions(rows, {"named nurse": 1, "doctor": 0, "teacher": 5, "teacher, Kent": 9}))
    assert any("2 participants fit" in one for one in said)
    assert any("has to be 1 or more" in one for one in said)
    assert any("the broader" in one for one in said)
    assert fitting((("role", "doctor"),), {"doctor": 0}) is None
