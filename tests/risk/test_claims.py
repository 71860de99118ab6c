"""Sentences that single somebody out by themselves, and those that only sound like it."""

import pytest

from deid.risk.claims import claims
from deid.risk.public_cases import public_cases
from tests.risk.constructed import region, released, talk


@pytest.mark.parametrize(
    "text",
    [
        "I'm the only male worker in the whole service.",
        "We were the first team to do it.",
        "They'd put that the home was on an island. There's only one.",
        "Nobody else in Kent does this.",
        "I set up the first protocol.",
    ],
)
def test_a_claim_is_found_where_it_stands(text: str) -> None:
    (found,) = claims(released(talk("P01-1", text)))
    assert (found.code, found.turn) == ("P01-1", 2)


@pytest.mark.parametrize(
    "text",
    [
        "That's the only thing that works.",
        "There's only one way to do it.",
        "I was the first to call.",
        "I set up a call.",
    ],
)
def test_what_only_sounds_like_one(text: str) -> None:
    assert list(claims(released(talk("P01-1", text)))) == []


@pytest.mark.parametrize(
    "text",
    ["It was all over the papers.", "You could find him in five minutes if you googled it.", "You'll have read it."],
)
def test_what_can_be_looked_up_is_found(text: str) -> None:
    (found,) = public_cases(released(talk("P01-1", text)), region())
    assert "search" in found.reason


def test_a_search_engine_as_a_topic_is_no_case() -> None:
    assert list(public_cases(released(talk("P01-1", "They learn it all from Google and from games.")), region())) == []
