"""Words beside a name that speak of a person, or of a place."""

import pytest

from deid.detect.neighbours import person_context
from deid.detect.passage import make_passage
from deid.detect.words import words_of


def context(text: str, name: str) -> int:
    words = words_of(text)
    at = next(number for number, word in enumerate(words) if word.text == name)
    return person_context(make_passage(text), words, at, at + 1)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("So I rang Hope about it.", "Hope"),
        ("There's a lad called Ash.", "Ash"),
        ("They call him Ghost.", "Ghost"),
        ("Everyone knows her as Bunny.", "Bunny"),
        ("My manager Joy was off.", "Joy"),
        ("Then Hope said no.", "Hope"),
        ("Thanks, Grace.", "Grace"),
        ("Grace, can you hear me?", "Grace"),
        ("I spoke to Hope.", "Hope"),
        ("The Quill boys were there.", "Quill"),
        ("we got it off will over a tea", "will"),
        ("if will had been there", "will"),
    ],
)
def test_these_words_speak_of_a_person(text: str, name: str) -> None:
    assert context(text, name) == 2


@pytest.mark.parametrize(
    ("text", "name"),
    [("It went with Hope.", "Hope"), ("Hope would know.", "Hope"), ("It was about Hope's car.", "Hope")],
)
def test_these_say_a_little(text: str, name: str) -> None:
    assert context(text, name) == 1


@pytest.mark.parametrize(
    ("text", "name"), [("nobody will say so", "will"), ("and will you do it", "will"), ("we have hope", "hope")]
)
def test_these_say_nothing(text: str, name: str) -> None:
    assert context(text, name) == 0


@pytest.mark.parametrize(("text", "name"), [("She lives in Ash now.", "Ash"), ("It's near Hope.", "Hope")])
def test_these_speak_of_a_place(text: str, name: str) -> None:
    assert context(text, name) == -1
