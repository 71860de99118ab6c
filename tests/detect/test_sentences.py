"""Rows for Rampart: sentences, and windows of an endless one."""

from hypothesis import given
from hypothesis import strategies as st

from deid.detect.sentences import LONGEST, sentences


def rows(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in sentences(text)]


def test_a_passage_is_cut_at_sentence_ends() -> None:
    assert rows("I rang. ‘Stay.’ Why? So [laughs] no") == ["I rang.", "‘Stay.’", "Why?", "So [laughs] no"]


def test_a_title_or_an_initial_ends_no_sentence() -> None:
    assert rows("Mr. Quill and Mrs. Fox met C. Okonjo. Yes.") == ["Mr. Quill and Mrs. Fox met C. Okonjo.", "Yes."]


def test_rows_of_an_endless_sentence_overlap_so_that_no_name_is_cut() -> None:
    text = " ".join(f"word{n}" for n in range(200))
    read = rows(text)
    assert all(len(row.split()) <= LONGEST for row in read)
    pairs = {" ".join(pair) for row in read for pair in zip(row.split(), row.split()[1:], strict=False)}
    assert pairs == {f"word{n} word{n + 1}" for n in range(199)}


@given(st.text(alphabet="ab.?! \n’", max_size=300))
def test_every_word_lies_in_a_row(text: str) -> None:
    covered = {place for start, end in sentences(text) for place in range(start, end)}
    assert all(place in covered for place, character in enumerate(text) if not character.isspace())
