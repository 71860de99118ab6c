"""The second reading's capitals."""

from hypothesis import given
from hypothesis import strategies as st

from deid.detect.recase import title_case


def test_names_get_capitals_and_small_words_do_not() -> None:
    assert title_case("so i rang zora quill in deal") == "so i rang Zora Quill in Deal"
    assert title_case("AND THEN ZORA SAID") == "and then Zora said"


@given(st.text())
def test_the_text_keeps_its_length(text: str) -> None:
    assert len(title_case(text)) == len(text)
