import re

import pytest

from deid.detect.spoken import CARDINAL, said_numbers


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("oh seven seven double o nine hundred one two three", "07700900123"),
        ("oh seven seven double o, nine oh oh um one two three", "07700900123"),
        ("forty six stroke nine nine eight dash twenty one", "46/998-21"),
        ("treble nine", "999"),
        ("oh double seven hundred nine hundred double three five", "07700900335"),
        ("nine 4 one 7", "9417"),
    ],
)
def test_digits_are_read_as_they_are_said(text: str, digits: str) -> None:
    (number,) = said_numbers(text)
    assert number.digits == digits
    assert (number.start, number.end) == (0, len(text))


@pytest.mark.parametrize(
    "text", ["two or three kids", "07700 900123", "one day, two nights", "seven. Eight. Nine.", ""]
)
def test_what_is_no_number_said_digit_by_digit(text: str) -> None:
    assert said_numbers(text) == ()


def test_a_said_number_never_shows_its_digits() -> None:
    assert "999" not in repr(said_numbers("treble nine"))


@pytest.mark.parametrize(
    "text", ["seven hundred and twelve", "twenty-one", "a hundred and six", "two thousand and six"]
)
def test_a_number_in_words_is_one_cardinal(text: str) -> None:
    assert re.fullmatch(CARDINAL, text)
