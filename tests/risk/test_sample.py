"""The blind re-reading: drawn again the same, and an interval that holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.risk.sample import draw, rate, wilson, words_of
from tests.risk.constructed import made_safe, with_planted


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"),
    [(0, 10, 0.0, 0.2775), (1, 10, 0.0179, 0.4042), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0)],
)
def test_wilson_against_published_values(hits: int, trials: int, low: float, high: float) -> None:
    found = wilson(hits, trials)
    assert found == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 5000).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials))))
def test_the_interval_holds_the_share(case: tuple[int, int]) -> None:
    low, high = wilson(*case)
    assert 0 <= low <= case[0] / case[1] <= high <= 1


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(ValueError):
        wilson(3, 2)


def test_the_same_seed_draws_the_same_and_another_seed_another() -> None:
    assert draw(with_planted(), 0.3, "one") == draw(with_planted(), 0.3, "one")
    assert draw(with_planted(), 0.3, "one") != draw(with_planted(), 0.3, "two")


@pytest.mark.parametrize("share", [0.05, 0.5, 1.0])
def test_as_much_is_drawn_as_was_asked_for(share: float) -> None:
    drawn = draw(made_safe(), share, "one")
    assert sum(passage.words for passage in drawn) >= share * words_of(made_safe())
    assert len({(one.code, one.first) for one in drawn}) == len(drawn)


def test_what_few_misses_say_of_the_whole() -> None:
    found = rate(1, 1000, 100_000)
    assert found.per_thousand == 1.0
    assert found.low < 1.0 < found.high
    assert found.expected == (18, 564)
