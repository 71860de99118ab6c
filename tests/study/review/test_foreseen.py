"""What is shown at once is what the pipeline says a moment later, and an act in between is never lost."""

import re
from pathlib import Path

import pytest

from deid.errors import AskedWrongly
from deid.model import Span
from deid.study.review import reviewing
from deid.study.review.asked import Asked
from deid.study.review.foreseen import COMING
from deid.study.review.reviewing import Reviewing
from deid.study.review.risk_cards import risk_cards
from tests.study.review.test_reviewing import DETECTOR, decide_all, do, entity, find, study_of_three, token
from tests.study.risk.test_risk_plan import SOURCES, review_of


@pytest.fixture
def review(tmp_path: Path) -> Reviewing:
    made = Reviewing(study_of_three(tmp_path), DETECTOR, foresees=True)
    assert made.cards() and made.is_settled
    return made


def seen(review: Reviewing) -> str:
    """What the page shows, of all transcripts."""
    return "\n".join(
        "".join(piece.text for piece in review.look.pieces(code).of(number))
        for code, product in sorted(review.shown.rendered.outcome.products.items())
        for number in range(len(product.transcript.segments))
    )


def agrees(shown: str, settled: str) -> bool:
    """The same, but for the words that only the pipeline knows."""
    return bool(
        re.fullmatch(re.escape(shown).replace(re.escape(COMING), r"(?:\[[^\]]+\]|\w+)"), settled, re.IGNORECASE)
    )


def acts(review: Reviewing) -> dict[str, dict[str, object]]:
    who, other = entity(review, "Barnabas Quillfeather"), entity(review, "Snapchattery Vane")
    lone = [(code, Span(at.segment, at.start, at.start + 8)) for code, at in find(review, "Barnabas rings")]
    return {
        "keep": {"places": tuple(find(review, "Snapchattery Vane")), "reason": "not a name"},
        "merge": {"entity": who, "other": other},
        "split": {"entity": who, "places": tuple(lone)},
        "category": {"entity": other, "category": "AGENCY"},
        "part": {"entity": who, "part": "child"},
        "pseudonym": {"entity": other, "words": "Rowan Birch"},
        "add": {"places": (find(review, "Zephyrine")[0],), "category": "PERSON"},
        "describe": {"places": tuple(find(review, "lives near the sea")), "words": "says where they live"},
        "remove": {"places": tuple(find(review, "lives near the sea")), "reason": "to protect a child"},
        "confirm": {"places": tuple(find(review, "2014")), "reason": "replace"},
    }


@pytest.mark.parametrize(
    "act", ["keep", "merge", "split", "category", "part", "pseudonym", "add", "describe", "remove", "confirm"]
)
def test_the_pipeline_says_what_was_shown(review: Reviewing, act: str) -> None:
    before = seen(review)
    do(review, act, **acts(review)[act])
    shown = seen(review)
    assert not review.is_settled
    assert act == "confirm" or shown != before
    review.settle()
    assert review.is_settled
    assert agrees(shown, seen(review)), (shown, seen(review))
    assert review.rendered is review.settled, "nothing is left to render"
    review.undo("R1", review.revision)
    assert seen(review) == before, "an undo is shown at once"
    review.settle()
    assert seen(review) == before
    review.redo("R1", review.revision)
    review.settle()
    assert agrees(shown, seen(review))


def test_acts_one_after_the_other_build_on_each_other(review: Reviewing) -> None:
    who, other = entity(review, "Barnabas Quillfeather"), entity(review, "Snapchattery Vane")
    kept = token(review, "Barnabas Quillfeather")
    do(review, "merge", entity=who, other=other)
    do(review, "part", entity=who, part="child")
    do(review, "note", words="read twice")
    review.settle()
    vault = {one.entity.id: one.entity for one in review.study.contents.entries}
    assert vault[who].part == "child" and "Snapchattery Vane" in vault[who].forms and not vault[other].forms
    assert f"[Child {kept.split()[-1]}] was loud" in seen(review)


def test_an_act_while_the_pipeline_runs_is_not_lost(review: Reviewing, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, between, values = review._rendering, ["merge", "split"], acts(review)

    def slow(known: object, rules: object) -> object:
        rendered = whole(known, rules)  # type: ignore[arg-type]
        if between:
            act = between.pop(0)
            do(review, act, **values[act])
        return rendered

    monkeypatch.setattr(review, "_rendering", slow)
    do(review, "remove", **values["remove"])
    review.settle()
    assert not between and review.is_settled
    again = Reviewing(review.study, DETECTOR)
    assert seen(again) == seen(review), "as if it had been opened afresh"
    assert {line.verdict for line in review.lines()} == {"remove", "merge", "split"}


def test_what_was_rendered_meanwhile_is_not_overwritten(review: Reviewing, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, values, is_first = review._rendering, acts(review), [True]

    def slow(known: object, rules: object) -> object:
        rendered = whole(known, rules)  # type: ignore[arg-type]
        if is_first.pop() if is_first else False:
            do(review, "merge", **values["merge"])
            assert review.rendered, "a screen that needs the pipeline's word runs it itself"
        return rendered

    monkeypatch.setattr(review, "_rendering", slow)
    do(review, "remove", **values["remove"])
    review.settle()
    assert review.is_settled
    assert seen(review) == seen(Reviewing(review.study, DETECTOR)), "as if it had been opened afresh"
    assert review.rendered.outcome.products == Reviewing(review.study, DETECTOR).rendered.outcome.products


def test_what_is_signed_off_is_never_foreseen(review: Reviewing) -> None:
    do(review, "pseudonym", entity=entity(review, "Snapchattery Vane"), words="Rowan Birch")
    decide_all(review, "P03-1")
    with pytest.raises(AskedWrongly, match="1 thing in P03-1"):
        review.sign_off("P03-1", "R1")  # what is left of it was not in the queue yet
    decide_all(review, "P03-1")
    review.sign_off("P03-1", "R1")
    assert review.is_settled
    fresh = Reviewing(review.study, DETECTOR)
    assert fresh.rendered.gated["P03-1"].output == review.rendered.gated["P03-1"].output
    assert b"Rowan Birch" in fresh.rendered.gated["P03-1"].output


def test_cards_follow_what_was_decided(review: Reviewing) -> None:
    card = next(card for card in review.cards() if card.entity and not card.answered)
    review.act(Asked("part", "R1", entity=card.entity, part="relative", doubts=card.doubts), review.revision)
    now = next(one for one in review.cards() if one.id == card.id)
    assert now.answered and now.part == "relative"


def test_a_plan_is_shown_at_once_as_the_pipeline_will_say_it(tmp_path: Path) -> None:
    made = review_of(tmp_path, SOURCES, foresees=True)
    made.cards()
    before = seen(made)
    steps = tuple(one.id for card in made.cards() for one in card.mends if one.places)
    do(made, "mend", steps=steps)
    shown = seen(made)
    assert not made.is_settled and "for [a body], and I've been doing this work for [some years]" in shown
    made.settle()
    assert shown.lower() == seen(made).lower()
    made.undo("R1", made.revision)
    assert seen(made) == before, "an undo is shown at once"


def test_whoever_sees_what_was_found_sees_its_cards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, told = review_of(tmp_path, SOURCES, foresees=True), list[bool]()
    made._assessed = None

    def as_they_come(*asked: object) -> object:
        told.append(made.is_assessed)
        return risk_cards(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(reviewing, "risk_cards", as_they_come)
    found = made.assess().findings
    assert found and told == [False] and made.is_assessed


def test_a_missed_name_of_somebody_known_reads_as_theirs_at_once(
    review: Reviewing, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, kept = entity(review, "Barnabas Quillfeather"), token(review, "Barnabas Quillfeather")
    whole, runs = review._rendering, list[int]()

    def counted(known_then: object, rules: object) -> object:
        runs.append(1)
        return whole(known_then, rules)  # type: ignore[arg-type]

    monkeypatch.setattr(review, "_rendering", counted)
    do(review, "add", places=(find(review, "Zephyrine")[0],), category="PERSON", other=known)
    shown = seen(review)
    assert f"Some [{kept}] thing" in shown
    assert len(runs) == 1, "the pipeline ran once for the new name, and not again to show it"
    review.settle()
    assert agrees(shown, seen(review)), (shown, seen(review))
    review.undo("R1", review.revision)
    assert "Some Zephyrine thing" in seen(review)
