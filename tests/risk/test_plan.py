"""What is suggested is known to work: nobody is unique afterwards, and the intruder is no better than lots."""

from dataclasses import replace

from deid.risk.assess import assess
from deid.risk.coarser import WITHHELD
from deid.risk.facts import facts_of
from deid.risk.intruder import right
from deid.risk.matrix import matrix
from deid.risk.plan import CROWD, plan
from deid.risk.released import Fact, Released
from deid.risk.unique import rows_of, uniques
from tests.risk.constructed import ROSTER, region, released, talk, with_planted
from tests.risk.test_intruder import FINE, study


def _after(facts: tuple[Fact, ...], text: Released) -> list[Fact]:
    steps = {(step.who, step.item): step.becomes for step in plan(text, facts, region()).steps}
    values = [(fact, steps.get((fact.who, (fact.attribute, fact.value)), fact.value)) for fact in facts]
    return [replace(fact, value=value) for fact, value in values if value != WITHHELD]


def test_nobody_is_unique_afterwards() -> None:
    text = with_planted()
    facts = facts_of(text, region())
    assert uniques(rows_of(facts), region(), {})
    left = {person: frozenset[tuple[str, str]]() for person in text.participants} | rows_of(_after(facts, text))
    assert uniques(left, region(), {}) == ()


def test_the_intruder_is_right_about_all_before_and_as_good_as_lots_after() -> None:
    found = assess(study(FINE, "team"), region(), {})
    assert right(found.guesses) == (7.0, 1.0)
    hits, by_lot = right(found.plan.afterwards)
    assert hits <= by_lot + 1e-9
    assert all(len(guess.best) >= CROWD for guess in found.plan.afterwards)


def test_a_step_names_every_place_where_the_value_is_told() -> None:
    text = released(
        talk("P01-1", "I work for the council.", "I like it.", "As I said, I work for the council."), roster=ROSTER
    )
    (step,) = plan(text, facts_of(text, region()), region()).steps
    assert (step.item, step.becomes) == (("agency", "council"), WITHHELD)
    assert step.places == (("P01-1", 2), ("P01-1", 6))


def test_a_step_keeps_what_others_share() -> None:
    text = released(
        talk("P01-1", "I've been doing this work for twelve years."),
        talk("P02-1", "I've been doing this work for fourteen years."),
    )
    found = {(step.who, step.becomes) for step in plan(text, facts_of(text, region()), region()).steps}
    assert found == {("P01", "10 to 19 years"), ("P02", "10 to 19 years")}


def test_whom_the_roster_alone_gives_away_is_in_the_plan() -> None:
    """Two tell the same town, and it is the base of one of them: nothing is unique, and yet one of them is known."""
    text = released(*(talk(f"P0{number}-1", "I'm based in Dover.") for number in (2, 3)), roster=ROSTER[:3])
    found = assess(text, region(), {})
    assert found.uniques == ()
    assert [guess.best for guess in found.guesses] == [("P02",), ("P02",)]
    assert {(step.who, step.item, step.becomes) for step in found.plan.steps} >= {("P02", ("place", "Dover"), WITHHELD)}
    assert all(len(guess.best) > 1 or guess.who not in guess.best for guess in found.plan.afterwards)


def test_where_enough_fit_nothing_is_asked_for() -> None:
    texts = (talk(f"P0{number}-1", "I'm based in Dover.") for number in (2, 4, 7))
    text = released(*texts, roster=ROSTER)
    assert plan(text, facts_of(text, region()), region()).steps == ()


def test_the_matrix_tells_the_plan_and_what_it_is_worth() -> None:
    values = matrix(assess(study(FINE, "team"), region(), {}))
    assert values["intruder"] == {"participants": 7, "right": 7.0, "by_lot": 1.0, "right_after_plan": 1.0}
    steps = values["plan"]
    assert isinstance(steps, list)
    assert steps[0]["places"] == [{"code": "P01-1", "turn": 2}]
