"""A passage's case: recognisers trust capitals only where somebody minded them."""

import pytest

from deid.detect.passage import make_passage


@pytest.mark.parametrize(
    "text",
    [
        "so i rang tess",
        "so I rang tess and I'm sure",
        "we told mash and the CSE lot",
        "émile rang",
        "so " * 400 + "Tess",
    ],
)
def test_speech_recognition_is_lower(text: str) -> None:
    assert make_passage(text).is_lower


@pytest.mark.parametrize(
    "text", ["So I rang Tess.", "Yes.", "A lad came.", "Émile rang", "I rang Tess", "2019", "...", "CSE", "TESS RANG"]
)
def test_talk_with_capitals_and_text_without_letters_are_not(text: str) -> None:
    assert not make_passage(text).is_lower


def test_shouting_is_upper_and_a_label_is_not() -> None:
    assert make_passage("SO I RANG TESS").is_upper
    assert not make_passage("TESS").is_upper
    assert not make_passage("So I rang TESS").is_upper


def test_nothing_of_a_text_shows_in_a_traceback() -> None:
    assert "Tess" not in repr(make_passage("Tess", speaker="Tess"))
