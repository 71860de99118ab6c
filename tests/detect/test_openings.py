"""The first words of an expression stand where it matches, whatever it is made of."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deid import plugins
from deid.detect import age_frames, recognisers
from deid.detect.caseless import Caseless
from deid.detect.openings import openings, places_of


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (r"\b(?:mum|dad)\s", {"mum", "dad"}),
        (r"\b(?:one\sof\s)?them\b", {"one", "them"}),
        (r"(?<![\w/])(?:46|year)\s?-", {r"\d", "year"}),
        (r"\b[ab]{1,2}\d", {r"\d"}),
        (r"\b[ab]\s", {"a", "b"}),
        (r"\bage(?:d|s)?(?!\w)", {"age", "aged", "ages"}),
        (r"\bage(?![\w%]|[.,]\d)", {"age"}),
        (r"\bold$", {"old"}),
        (r",\s(?P<who>\w+)", {","}),
        (r"(?:\b(?:his|her)|['’]s)\sage\b", {"his", "her", "'", "’"}),
        (r"(?<!when )\byou\b", {"you"}),
        (r"mum\b", None),  # also inside another word
        (r"\bmum", None),  # another word may begin so
        (r"\bmum\B", None),
        (r"\b\w+\s", None),
        (r"\s(?:mum|dad)\b", None),
        (r"^mum\b", None),
        (r"\b(?:mum)?", None),
        (r"\b[a-z]{2,3}-\s", None),  # too many
    ],
)
def test_the_words_are_read_from_the_expression(source: str, words: set[str] | None) -> None:
    assert openings(source) == words


def test_every_word_has_its_places() -> None:
    assert places_of("a 1b, a_c a") == {"a": [0, 10], "1b": [2], ",": [4], "a_c": [6], r"\d": [2]}


def expressions() -> Iterator[tuple[str, Caseless]]:
    for module in (age_frames, *(plugins.load(recognisers, name) for name in plugins.names(recognisers))):
        for name, value in vars(module).items():
            if isinstance(value, Caseless):
                yield f"{module.__name__}.{name}", value


KNOWN = [pytest.param(value, id=name) for name, value in expressions() if value._openings is not None]


def test_most_expressions_tell_their_words() -> None:
    assert len(KNOWN) > len(list(expressions())) / 2


@pytest.mark.parametrize("ours", KNOWN)
@settings(max_examples=4, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_what_an_expression_finds_is_found_by_its_words(ours: Caseless, data: st.DataObject) -> None:
    theirs = re.compile(ours.pattern, re.IGNORECASE)
    text = data.draw(st.from_regex(theirs))
    for end in (len(text), len(text) - 1):
        found = [match.span() for match in ours.finditer(text, 0, end)]
        assert found == [match.span() for match in theirs.finditer(text, 0, end)]
