"""A text as its reader sees it: nothing moves, and what only looks like a name's disguise stays as it is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.check.seen import parted, seen
from deid.fold import words


@given(st.text())
def test_nothing_moves(text: str) -> None:
    assert len(seen(text)) == len(text)


@given(st.text(alphabet="aZ9 -\n\\\\'{}%&;<>b/*=\x1b[m\u0430xu."))
def test_nothing_moves_among_signs_of_markup(text: str) -> None:
    assert len(seen(text)) == len(text)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (json.dumps("first\nAda Oddington"), ["first", "ada", "oddington"]), ("Ad\\u00e0 O", ["ada", "o"]),
        ("Ada%20Oddington", ["ada", "oddington"]), ("Odd&eacute;n&#39;s", ["odden", "s"]),
        ("Ada%2520Odd%c3%a9n", ["ada", "odden"]), ("\\x4fdd \\u{4f}dd \\U0000004fdd", ["odd"] * 3),
        (r"Bl\'{a}thnaid Bl\'athnaid {\rtf1 Bl\'e1thnaid}", ["blathnaid", "blathnaid", "tf1", "blathnaid"]),
        ("**Odd**ington Odd<b>ing</b>ton Odd<!-- x -->ington", ["oddington"] * 3),
        (r"Odd\-ington {\b Odd}{\i ington}", ["oddington", "b", "oddington"]),
        ("Odd-\nington Odd=\nington Odd\x1b[1mington", ["oddington"] * 3), ("\x1b[31mOddington", ["oddington"]),
        ("\u041eddingt\u043en", ["oddington"]), ("O-D-D-I and o d d i", ["oddi", "and", "oddi"]),
        ("Anne-\nMarie, a*b*c, x <b>y</b> z", ["anne", "marie", "abc", "x", "b", "y", "b", "z"]),
        ("a b c, \u041e\u043d\u0430", ["a", "b", "c", "\u043e\u043d\u0430"]),
    ],
)  # fmt: skip
def test_it_reads_as_it_is_shown(written: str, said: list[str]) -> None:
    assert [word for _, _, word in words(seen(written))] == said


def test_identifiers_are_taken_apart() -> None:
    text = "getOddingtonData(oddington2, HTMLParser, P01Oddington) in plain Words, 1234 and ABCDEF"
    assert dict(parted(text)) == {
        "getOddingtonData": "get Oddington Data", "oddington2": "oddington 2", "HTMLParser": "HTML Parser",
        "P01Oddington": "P 01 Oddington",
    }  # fmt: skip
    assert not list(parted("x1" * 40)), "packed data is no identifier"
