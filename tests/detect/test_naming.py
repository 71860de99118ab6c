import pytest

from deid.detect.naming import is_led_to, name_before
from deid.detect.passage import make_passage
from deid.detect.words import words_of


def reach(text: str, head: str, longest: int = 4) -> str | None:
    """The name in front of the last occurrence of `head`."""
    words = words_of(text)
    at = max(number for number, word in enumerate(words) if word.low == head)
    first = name_before(make_passage(text), words, at, longest=longest)
    return None if first is None else text[words[first].start : words[at].start].strip()


@pytest.mark.parametrize(
    ("text", "head", "name"),
    [
        ("He lives on Great Tansy Road now", "road", "Great Tansy"),
        ("The Tansy Road flat", "road", "Tansy"),
        ("In Tansy Road we waited", "road", "Tansy"),
        ("off St. Elphin's Road", "road", "St. Elphin's"),
        ("the Isle of Teal Road", "road", "Isle of Teal"),
        ("Teal and Rush Road", "road", "Rush"),
        ("DC Tansy Road", "road", "Tansy"),
        ("the main road", "road", None),
        ("A Children's Home", "home", None),
        ("he lives on old tansy road now", "road", "old tansy"),
        ("she walked and tansy road was dark", "road", "tansy"),
        ("it was like a comedy sketch in every way tansy road", "road", "tansy"),
        ("the same road", "road", None),
    ],
)
def test_how_far_back_a_name_reaches(text: str, head: str, name: str | None) -> None:
    assert reach(text, head) == name


def test_a_word_leads_to_a_place_only_right_before_it() -> None:
    text = "in Tansy Road, Rush Road"
    words = words_of(text)
    assert is_led_to(text, words, 1)
    assert not is_led_to(text, words, 3)
