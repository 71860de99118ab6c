"""The automatic intruder: right about planted people before coarsening, no better than lots after it."""

from dataclasses import replace

import pytest

from deid.model import KnownPerson
from deid.risk.assess import assess
from deid.risk.intruder import guesses, right
from deid.risk.released import Released
from tests.risk.constructed import ROSTER, made_safe, region, released, talk

FINE = {
    "P01": "I'm the named nurse. I've been doing this job for thirty-one years.",
    "P02": "I'm a social worker, and I'm based in Dover.",
    "P03": "I'm a social worker, and I'm based in Maidstone.",
    "P04": "I'm a youth worker, and I'm based in Dover.",
    "P05": "I'm a youth worker, and I'm based in Maidstone.",
    "P06": "I'm a detective sergeant, and I'm based in Maidstone.",
    "P07": "I'm a detective sergeant, and I'm based in Dover.",
}
_COARSE = dict.fromkeys(FINE, "I work with young people, and I have done for some years.")


def study(texts: dict[str, str], tier: str) -> Released:
    return released(*(talk(f"{code}-1", text) for code, text in texts.items()), roster=ROSTER, tier=tier)


def test_it_is_right_about_everybody_before_coarsening() -> None:
    found = assess(study(FINE, "team"), region(), {}).guesses
    assert [guess.best for guess in found] == [(code,) for code in FINE]
    assert right(found) == (7.0, 1.0)
    assert all(guess.confidence > 0.8 for guess in found)


def test_it_is_no_better_than_chance_after_coarsening() -> None:
    found = assess(study(_COARSE, "public"), region(), {}).guesses
    hits, by_lot = right(found)
    assert hits <= by_lot + 1e-9
    assert all(len(guess.best) == len(ROSTER) for guess in found)


def test_a_shared_value_leaves_it_undecided() -> None:
    found = assess(made_safe(), region(), {}).guesses
    assert all(len(guess.best) > 1 or guess.confidence < 0.8 for guess in found)


def test_usual_phrases_give_away() -> None:
    text = released(talk("P04-1", "We can put that on a tea towel."), talk("P05-1", "Yes."), roster=ROSTER)
    first = guesses(text, (), region())[0]
    assert first.best == ("P04",) and first.used == ("phrase",)


def test_without_a_roster_it_names_nobody() -> None:
    assert guesses(replace(study(FINE, "team"), roster=()), (), region()) == ()


@pytest.mark.parametrize(
    ("agency", "told"),
    [
        ("Hollowdene Academy", "[School 8]"),
        ("Elmshire Youth Justice", "[Youth justice service 8]"),
        ("Elmshire Council", "[Public body 8]"),
        ("Elmshire NHS Foundation Trust", "[Health body 8]"),
    ],
)
def test_a_kind_of_body_gives_away_whoever_is_the_only_one_there(agency: str, told: str) -> None:
    roster = (KnownPerson("P01", "Wilhelmina Oddington", agency=agency), KnownPerson("P02", "Leopold", agency="a firm"))
    text = released(talk("P01-1", f"I work for {told}."), talk("P02-1", "Yes."), roster=roster)
    first = assess(text, region(), {}).guesses[0]
    assert first.best == ("P01",) and first.used == ("agency",)


def test_a_fact_that_is_told_twice_weighs_once() -> None:
    once = study({**_COARSE, "P02": "I'm based in Dover."}, "team")
    twice = study({**_COARSE, "P02": "I'm based in Dover. I said that I'm based in Dover."}, "team")
    assert assess(once, region(), {}).guesses == assess(twice, region(), {}).guesses
