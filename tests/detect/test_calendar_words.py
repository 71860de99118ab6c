import re

import pytest

from deid.detect.calendar_words import DAY, YEAR


@pytest.mark.parametrize(
    "text",
    [
        "1999",
        "2031",
        "two thousand and six",
        "twenty twelve",
        "twenty twenty-one",
        "nineteen ninety nine",
        "twenty oh nine",
    ],
)
def test_a_year_is_read_as_it_is_written_or_said(text: str) -> None:
    assert re.fullmatch(YEAR, text)


@pytest.mark.parametrize("text", ["twenty one", "twenty thirty", "1899", "2050", "two thousand", "nineteen", "twenty"])
def test_what_only_counts_is_no_year(text: str) -> None:
    assert not re.fullmatch(YEAR, text)


@pytest.mark.parametrize("text", ["1", "09", "31st", "twenty first", "thirtieth", "third"])
def test_a_day_is_read_as_it_is_written_or_said(text: str) -> None:
    assert re.fullmatch(DAY, text)


@pytest.mark.parametrize("text", ["0", "32", "40th", "twenty tenth"])
def test_what_is_no_day(text: str) -> None:
    assert not re.fullmatch(DAY, text)
