"""An expression that ignores case finds what re finds, only sooner."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deid.detect import age_frames
from deid.detect.caseless import Caseless, caseless, small
from deid.detect.recognisers import unique

SOURCES = (
    r"\b(?P<who>[A-Z]\w+)\sKing(?P=who)?",
    r"(?<!\d)[A-HJ-PR-Y]{2}\d{2}\S",
    r"(?:is|was|so)\b",
    *(value.pattern for value in vars(age_frames).values() if isinstance(value, Caseless)),
)
TEXTS = st.lists(
    st.sampled_from(
        ("is", "King", "k", "İ", "ı", "ſ", "K", "she", "was", "14", " ", "'s", "ß", "Σ", "ABKY", "-", "14th")
    ),
    max_size=12,
).map("".join)


@pytest.mark.parametrize("source", SOURCES)
@given(text=st.one_of(TEXTS, st.text(max_size=30)), start=st.integers(0, 5), end=st.integers(0, 40))
def test_every_match_is_the_one_that_re_finds(source: str, text: str, start: int, end: int) -> None:
    ours, theirs = caseless(source), re.compile(source, re.IGNORECASE)
    found = [(match.span(), match.groups()) for match in ours.finditer(text, start, end)]
    assert found == [(match.span(), match.groups()) for match in theirs.finditer(text, start, end)]
    first, expected = ours.search(text, start, end), theirs.search(text, start, end)
    assert (first and first.span()) == (expected and expected.span())
    assert bool(ours.match(text, start)) == bool(theirs.match(text, start))
    assert bool(ours.fullmatch(text)) == bool(theirs.fullmatch(text))


HOLDING = [value for value in vars(unique).values() if isinstance(value, Caseless) and value.holds]


@pytest.mark.parametrize("ours", HOLDING, ids=lambda ours: ours.pattern[:40])
@settings(max_examples=20, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_is_found_holds_one_of_the_pieces(ours: Caseless, data: st.DataObject) -> None:
    theirs = re.compile(ours.pattern, re.IGNORECASE)
    text = data.draw(st.from_regex(theirs))
    found = theirs.search(text)
    assert found
    assert any(piece in small(found[0]) for piece in ours.holds)
    assert [match.span() for match in ours.finditer(text)] == [match.span() for match in theirs.finditer(text)]


def test_a_part_that_minds_case_is_refused() -> None:
    with pytest.raises(ValueError, match="minds case"):
        caseless(r"\b(?-i:PC)\s\d")


@given(st.text())
def test_small_letters_stay_in_their_places(text: str) -> None:
    assert len(small(text)) == len(text)
