"""Where a noun phrase ends, and whether it says of somebody what few are."""

import pytest

from deid.detect.noun_phrases import is_kind, is_special, is_telling, phrase_end


def read(text: str) -> tuple[str, int, int]:
    """The text without its bar, which stands where the phrase begins, and the phrase."""
    start = text.index("|")
    text = text.replace("|", "")
    end = phrase_end(text, start)
    assert end is not None
    return text, start, end


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("he was a |whelk boiler, they said", "whelk boiler"),
        ("born in a |tinker's tent in the hills and moved", "tinker's tent in the hills"),
        ("who was the |duty senior that week", "duty senior"),
        ("a |bell founder at Pelham", "bell founder"),
        ("the |milk float", "milk float"),
        ("a |red brick corner cottage garden", "red brick corner cottage"),
    ],
)
def test_a_phrase_ends_before_what_begins_something_new(text: str, phrase: str) -> None:
    text, start, end = read(text)
    assert text[start:end] == phrase


@pytest.mark.parametrize("text", ["a |and she", "it was |", "the |, then"])
def test_where_no_noun_stands_there_is_no_phrase(text: str) -> None:
    assert phrase_end(text.replace("|", ""), text.index("|")) is None


@pytest.mark.parametrize(
    ("text", "special", "kind"),
    [
        ("a |bingo caller", True, True),
        ("the |duty senior", False, True),
        ("a |good man", False, False),
        ("a |patient of the clinic", True, True),
        ("a |caller", False, False),
    ],
)
def test_two_words_say_what_somebody_is(text: str, special: bool, kind: bool) -> None:
    assert (is_special(*read(text)), is_kind(*read(text))) == (special, kind)


@pytest.mark.parametrize(
    ("text", "telling"),
    [("a |suffragette", True), ("a |worry", False), ("a |blessing", False), ("a |bell founder", False)],
)
def test_one_word_alone_says_what_somebody_is_where_few_are(text: str, telling: bool) -> None:
    assert is_telling(*read(text)) == telling
