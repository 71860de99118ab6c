"""The blind re-reading: drawn again the same, and an interval that holds."""

import pytest

from deid.risk.sample import draw, rate, words_of
from tests.risk.constructed import made_safe, with_planted


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
