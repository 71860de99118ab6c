"""Two spellings that a reader takes for one name fold to the same words; nothing hides behind what nobody sees."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.fold import begins_a_negation, fold, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bronwen Llŷr", "BRONWEN LLYR"),
        ("Anne-Marie", "anne_marie"),
        ("Łukasz Dąbek", "Lukasz Dabek"),
        ("O’Hara", "o'hara"),
        ("ﬁona", "Fiona"),
        ("Zoë", "Zoe\u0308"),
        ("Jo\u200banne", "joanne"),
        ("Jo\u200eanne", "joanne"),
        ("Jo\ufe0fanne", "joanne"),
        ("Jo\u034fanne", "joanne"),
        ("Jo\u00adanne", "joanne"),
        ("Jo\u2066anne\u2069", "joanne"),
    ],
)
def test_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text(max_size=40))
def test_places_are_places_of_the_text_and_folding_twice_changes_nothing(text: str) -> None:
    for start, end, folded in words(text):
        assert 0 <= start < end <= len(text)
        assert folded
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_plain_text_folds_as_any_other(text: str) -> None:
    """The quick way for plain text gives what the way for all text gives: an accent elsewhere changes no word."""
    assert list(words(text)) == list(words(text + " é"))[: len(list(words(text)))]
    assert fold(text) == fold(text + " é").removesuffix("e").strip()


def test_no_format_character_parts_a_word() -> None:
    """Every invisible character of Unicode (category Cf) is folded away inside a word."""
    invisible = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Cf"]
    visible = {chr(code) for code in (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD)}
    shorthand = {chr(code) for code in (*range(0x13430, 0x13440), *range(0x1BCA0, 0x1BCA4))}
    parting = [f"U+{ord(c):04X}" for c in invisible if c not in visible | shorthand and fold(f"jo{c}anne") != "joanne"]
    assert not parting


@pytest.mark.parametrize("text", ["don't", "Don’t", "CAN'T", "won't", "shan’t", "isn't"])
def test_the_beginning_of_a_negation_is_nobodys_name(text: str) -> None:
    assert begins_a_negation(text, 0, len(text) - 2)
    assert not begins_a_negation(text, 0, len(text))


@pytest.mark.parametrize("text", ["Don'tavius", "Don's", "Don 't", "Ann't", "Evan't"])
def test_a_name_stays_a_name(text: str) -> None:
    assert not begins_a_negation(text, 0, len(text.split("'")[0].strip()))
