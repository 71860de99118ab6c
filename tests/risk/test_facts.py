"""What is a fact of the speaker, and what only looks like one."""

import pytest

from deid.risk.facts import facts_of
from tests.risk.constructed import region, released, talk


@pytest.mark.parametrize(
    ("text", "attribute", "value"),
    [
        ("I'm the named nurse.", "role", "named nurse"),
        ("My role is actually the named nurse.", "role", "named nurse"),
        ("I work as a social worker.", "role", "social worker"),
        ("I work for the council.", "agency", "council"),
        ("I'm on [Police team 31].", "agency", "police team"),
        ("i cover [Town 40, East Kent] mostly", "place", "town in East Kent"),
        ("I'm based in Dover.", "place", "Dover"),
        (
            "I'm [Education role 364] at [School 761], so that's up in [Village 9, Mid Kent].",
            "place",
            "village in Mid Kent",
        ),
        ("We cover all five [Town 41, Mid Kent].", "place", "town in Mid Kent"),
        ("I cover [Town 1, East Kent] and the [Village 2, Mid Kent].", "place", "village in Mid Kent"),
        ("I joined [Police force 3] as a cadet.", "agency", "police force"),
        ("I've been doing this work for thirty-one years.", "tenure", "31 years"),
        ("i've been doing it since two thousand and eight", "tenure", "since 2008"),
        ("I joined the force in 1999.", "tenure", "since 1999"),
        ("i've been doing it since the [late 2000s]", "tenure", "since the late 2000s"),
        ("I joined in the [mid-1990s].", "tenure", "since the mid-1990s"),
        ("I joined in the [1990s].", "tenure", "since the 1990s"),
        ("I was the first woman there.", "gender", "woman"),
        ("As a dad I find that hard, I do.", "gender", "man"),
        ("I'm fifty-eight now.", "age", "58"),
        ("I'm in my late fifties.", "age", "50-59"),
        ("I'm [aged 50-59].", "age", "aged 50-59"),
        ("I'm Welsh.", "trait", "welsh"),
        ("I'm a vicar's daughter.", "trait", "vicar s daughter"),
    ],
)
def test_a_fact_that_is_told(text: str, attribute: str, value: str) -> None:
    found = facts_of(released(talk("P01-1", text)), region())
    assert (attribute, value) in {(fact.attribute, fact.value) for fact in found}
    assert all(fact.start < fact.end <= len(text) for fact in found)


@pytest.mark.parametrize(
    "text",
    [
        "I rang the named nurse.",
        "The social worker said no.",
        "We waited thirty-one minutes.",
        "She was thirty-one years old.",
        "I'm fifteen minutes late.",
        "I'm [Participant 01], and my role is [Role 12].",
        "I had a deal with them.",
        "The Polish families trust her.",
    ],
)
def test_what_only_looks_like_a_fact(text: str) -> None:
    assert facts_of(released(talk("P01-1", text)), region()) == ()
