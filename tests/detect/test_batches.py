"""Batches of things of similar length."""

from hypothesis import given
from hypothesis import strategies as st

from deid.detect.batches import of_similar_length


def test_the_shortest_go_together_and_keep_their_order() -> None:
    assert list(of_similar_length(["ccc", "a", "bb", "d", "eeee"], 2)) == [[1, 3], [2, 0], [4]]
    assert list(of_similar_length([], 2)) == []


@given(st.lists(st.text(max_size=30), max_size=30), st.integers(1, 5), st.integers(1, 40))
def test_a_batch_keeps_its_bounds_and_nothing_is_lost(texts: list[str], most: int, in_all: int) -> None:
    batches = list(of_similar_length(texts, most, in_all=in_all))
    assert sorted(number for batch in batches for number in batch) == list(range(len(texts)))
    for batch in batches:
        assert 1 <= len(batch) <= most
        assert len(batch) == 1 or sum(len(texts[number]) for number in batch) <= in_all
