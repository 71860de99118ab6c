"""The automatic intruder: right about planted people before coarsening, no better than lots after it."""

from dataclasses import replace

from deid.risk.assess import assess
from deid.risk.intruder import guesses, right
from deid.risk.released import Released
from tests.risk.constructed import ROSTER, made_safe, region, released, talk

_FINE = {
    "P01": "I'm the named nurse. I've been doing this job for thirty-one years.",
    "P02": "I'm a social worker, and I'm based in Dover.",
    "P03": "I'm a social worker, and I'm based in Maidstone.",
    "P04": "I'm a youth worker, and I'm based in Dover.",
    "P05": "I'm a youth worker, and I'm based in Maidstone.",
    "P06": "I'm a detective sergeant, and I'm based in Maidstone.",
    "P07": "I'm a detective sergeant, and I'm based in Dover.",
}
_COARSE = dict.fromkeys(_FINE, "I work with young people, and I have done for some years.")


def _study(texts: dict[str, str], tier: str) -> Released:
    return released(*(talk(f"{code}-1", text) for code, text in texts.items()), roster=ROSTER, tier=tier)


def test_it_is_right_about_everybody_before_coarsening() -> None:
    found = assess(_study(_FINE, "team"), region(), {}).guesses
    assert [guess.best for guess in found] == [(code,) for code in _FINE]
    assert right(found) == (7.0, 1.0)
    assert all(guess.confidence > 0.8 for guess in found)


def test_it_is_no_better_than_chance_after_coarsening() -> None:
    found = assess(_study(_COARSE, "public"), region(), {}).guesses
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
    assert guesses(replace(_study(_FINE, "team"), roster=()), (), region()) == ()
