"""Who can open the vault: nobody is locked out by accident, and a closed vault is closed."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.errors import AskedWrongly
from deid.vault.layout import Recipient
from deid.vault.recipients import Access, add, alone, change, close, custodians, is_closed, join, remove


def person(number: int) -> Recipient:
    return Recipient(f"r{number}", bytes([number]) * 32)


ONE = Access((person(1),), frozenset({("r1",)}))
THREE = add(add(ONE, person(2)), person(3))
QUORUM = join(THREE, ["r3", "r1", "r2"])


def test_who_opens_it_alone_and_who_with_another() -> None:
    assert (alone(THREE), custodians(THREE), is_closed(THREE)) == (("r1", "r2", "r3"), (), False)
    assert custodians(QUORUM) == alone(QUORUM) == ("r1", "r2", "r3")
    closed = close(QUORUM)
    assert (alone(closed), custodians(closed), is_closed(closed)) == ((), ("r1", "r2", "r3"), True)


def test_closing_drops_whoever_is_in_no_pair() -> None:
    closed = close(join(THREE, ["r1", "r2"]))
    assert [one.name for one in closed.recipients] == ["r1", "r2"]


def test_a_closed_vault_takes_nobody_who_opens_it_alone() -> None:
    with pytest.raises(AskedWrongly, match="closed"):
        add(close(QUORUM), person(4))
    more = join(add(close(QUORUM), person(4), opens_alone=False), ["r1", "r2", "r3", "r4"])
    assert is_closed(more) and len(more.ways) == 6


def test_a_custodian_who_leaves_takes_their_pairs_along() -> None:
    left = remove(close(QUORUM), "r2")
    assert left.ways == {("r1", "r3")}
    with pytest.raises(AskedWrongly, match="nobody could open"):
        remove(left, "r1")


def test_what_would_lock_everybody_out_is_refused() -> None:
    with pytest.raises(AskedWrongly, match="nobody could open"):
        remove(ONE, "r1")
    with pytest.raises(AskedWrongly, match="no quorum"):
        close(THREE)


def test_a_changed_key_keeps_what_it_opened() -> None:
    changed = change(QUORUM, Recipient("r2", bytes(32)))
    assert changed.ways == QUORUM.ways and Recipient("r2", bytes(32)) in changed.recipients
    assert person(2) not in changed.recipients


@pytest.mark.parametrize(
    "action",
    [
        lambda: add(THREE, person(2)),
        lambda: add(THREE, Recipient("r4", bytes([2]) * 32)),
        lambda: change(THREE, Recipient("r1", bytes([2]) * 32)),
        lambda: change(THREE, person(9)),
        lambda: remove(THREE, "r9"),
        lambda: join(THREE, ["r1"]),
        lambda: join(THREE, ["r1", "r9"]),
    ],
)
def test_what_makes_no_sense_is_asked_wrongly(action: Callable[[], Access]) -> None:
    with pytest.raises(AskedWrongly):
        action()


def test_sixteen_are_enough() -> None:
    many = ONE
    for number in range(2, 17):
        many = add(many, person(number))
    assert len(join(many, [one.name for one in many.recipients]).ways) == 136
    with pytest.raises(AskedWrongly, match="at most 16"):
        add(many, person(17))


@given(st.lists(st.tuples(st.sampled_from(["add", "remove", "join", "close"]), st.integers(1, 6)), max_size=20))
def test_whatever_is_done_everybody_named_has_a_way_in(steps: list[tuple[str, int]]) -> None:
    access = ONE
    for step, number in steps:
        try:
            if step == "add":
                access = add(access, person(number))
            elif step == "remove":
                access = remove(access, f"r{number}")
            elif step == "join":
                access = join(access, [f"r{number}", "r1"])
            else:
                access = close(access)
        except AskedWrongly:
            continue
        assert {name for way in access.ways for name in way} == {one.name for one in access.recipients} != set()
