import pytest

from deid.detect.occupations import is_occupation


@pytest.mark.parametrize("word", ["magistrate", "plasterer", "florist", "fisherman", "blacksmith", "vicar"])
def test_trades_and_offices_are_told_by_a_list_or_by_their_ending(word: str) -> None:
    assert is_occupation(word)


@pytest.mark.parametrize("word", ["dealer", "teenager", "mother", "older", "river", "order", "victim", "her"])
def test_other_words_with_such_an_ending_are_no_trade(word: str) -> None:
    assert not is_occupation(word)
