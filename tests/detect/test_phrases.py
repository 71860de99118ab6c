import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.detect.phrases import lexicon, widest
from tests.detect.small_region import SMALL

LEXICON = lexicon(SMALL)


def found(text: str, source: str = "place") -> list[str]:
    return [text[hit.start : hit.end] for hit in widest(h for h in LEXICON.read(text) if h.phrase.source == source)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("in Northbourne", ["Northbourne"]),
        ("in NORTHBOURNE's streets", ["NORTHBOURNE"]),
        ("in north bourne", ["north bourne"]),
        ("in quill-sea", ["quill-sea"]),
        ("at St. Elphin’s church", ["St. Elphin’s"]),
        ("at st elphins", ["st elphins"]),
        ("at Saint Elphin's", ["Saint Elphin's"]),
        ("Mallow and Tansy, Mallow & Tansy", ["Mallow and Tansy", "Mallow & Tansy"]),
        ("Northbourne\nQuillsea", ["Northbourne", "Quillsea"]),
        ("northbourner and unnorthbourne", []),
        ("up north. Bourne again", []),
        ("te al, ru sh", []),
    ],
)
def test_a_name_is_found_however_it_is_spelt_and_only_as_whole_words(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_initials_are_found_spelt_out() -> None:
    assert found("the n b c x rang", "agency") == ["n b c x"]
    assert found("the N.B.C.X. rang", "agency") == ["N.B.C.X"]


def test_a_name_that_is_a_word_is_flagged() -> None:
    (hit,) = LEXICON.read("Teal")
    assert hit.phrase.needs_cue
    assert all(not hit.phrase.needs_cue for hit in LEXICON.read("Quillsea"))


def test_short_and_descriptive_by_names_need_a_cue_too() -> None:
    assert all(hit.phrase.needs_cue for text in ("NB", "the Bourne") for hit in LEXICON.read(text))


def test_a_hit_never_shows_its_phrase() -> None:
    assert "Teal" not in repr(LEXICON.read("Teal"))


def test_one_lexicon_serves_all_recognisers_of_a_region() -> None:
    assert lexicon(SMALL) is lexicon(SMALL)


@given(st.text(alphabet="NorthbuquilseaST .'-\n", max_size=60))
def test_every_hit_lies_on_word_bounds(text: str) -> None:
    for hit in LEXICON.read(text):
        assert 0 <= hit.start < hit.end <= len(text)
        assert not text[hit.start - 1 : hit.start].isalnum()
        assert not text[hit.end : hit.end + 1].isalnum()
