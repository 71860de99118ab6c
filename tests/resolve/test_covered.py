from hypothesis import given
from hypothesis import strategies as st

from deid.resolve.covered import Covered

STRETCHES = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 8)).map(lambda p: (p[0], p[0] + p[1])), max_size=8)


@given(STRETCHES, STRETCHES, st.integers(0, 45), st.integers(1, 8))
def test_touches_is_what_a_search_through_all_would_say(
    first: list[tuple[int, int]], more: list[tuple[int, int]], start: int, length: int
) -> None:
    covered = Covered(first)
    for stretch in more:
        covered.add(*stretch)
    end = start + length
    assert covered.touches(start, end) == any(a < end and start < b for a, b in first + more)


@given(STRETCHES, STRETCHES, st.integers(0, 45), st.integers(1, 8))
def test_what_one_stretch_holds_is_held(
    first: list[tuple[int, int]], more: list[tuple[int, int]], start: int, length: int
) -> None:
    covered = Covered(first)
    for stretch in more:
        covered.add(*stretch)
    if any(a <= start and start + length <= b for a, b in first + more):
        assert covered.holds(start, start + length)
    if not any(a <= start for a, b in first + more):
        assert not covered.holds(start, start + length)
