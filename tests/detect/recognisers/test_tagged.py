"""From which chance on what the tagger reads is claimed, and how surely."""

from dataclasses import replace

import pytest

from deid.detect.passage import ModelSpan, make_passage
from deid.detect.recognisers import firmly_tagged
from deid.detect.recognisers.tagged import find
from deid.detect.tagger import CLASSES, FIRM, LABEL
from deid.model import Category

TALK = "Well, her dad kept the ferrets at 14:30 and I knew it."
# Nobody says "I" in it, and it is long enough to tell.
PROSE = (
    "The applicant, whose father kept the ferrets of the town, was seen there by the officer on the same day at noon."
)


def claimed(
    category: Category, chance: float, words: str = "kept the ferrets", text: str = TALK
) -> list[tuple[str, float]]:
    start = text.index(words)
    span = ModelSpan(start, start + len(words), LABEL + category, chance, "rampart")
    return [
        (text[claim.start : claim.end], claim.confidence) for claim in find(replace(make_passage(text), spans=(span,)))
    ]


@pytest.mark.parametrize("category", CLASSES)
def test_every_category_is_claimed_when_it_is_certain_and_none_when_it_is_a_guess(category: Category) -> None:
    assert claimed(category, 0.999) == [("kept the ferrets", 0.65)]
    assert claimed(category, 0.25) == []


@pytest.mark.parametrize(
    ("text", "chance", "is_hidden"),
    [
        ("So Zora and I were frank.", 0.9, False),
        ("So Zora and I were frank.", 0.98, True),
        ("So Zora and I were Frank.", 0.6, True),
        ("so zora and i were frank", 0.6, True),
        ("So Zora and I were zorander.", 0.6, True),
    ],
)
def test_a_word_in_small_letters_is_a_name_where_nothing_has_a_capital_or_the_tagger_is_all_but_certain(
    text: str, chance: float, is_hidden: bool
) -> None:
    assert bool(claimed(Category.PERSON, chance, text.rpartition(" ")[2].strip("."), text)) is is_hidden


@pytest.mark.parametrize(
    ("category", "chance"), [(Category.PERSON, 0.4), (Category.PLACE, 0.4), (Category.DATE, 0.4), (Category.AGE, 0.31)]
)
def test_what_is_a_word_or_two_is_hidden_from_a_lower_chance_than_a_fact(category: Category, chance: float) -> None:
    assert claimed(category, chance, "14:30 and I", "Her dad came 14:30 and I knew.") != []
    assert claimed(Category.TRAIT, chance) == []


def test_what_is_less_sure_goes_to_review() -> None:
    assert claimed(Category.TRAIT, 0.95) == [("kept the ferrets", 0.6)]
    assert claimed(Category.TRAIT, 0.7) == [("kept the ferrets", 0.5)]


def test_written_prose_needs_to_be_all_but_certain() -> None:
    assert claimed(Category.TRAIT, 0.95, text=PROSE) == []
    assert claimed(Category.TRAIT, 0.99, text=PROSE) == [("kept the ferrets", 0.65)]


def test_a_time_of_day_is_no_date_and_little_words_are_nothing() -> None:
    assert claimed(Category.DATE, 0.99, "14:30") == []
    assert claimed(Category.AGE, 0.99, "14:30") == [("14:30", 0.65)]
    assert claimed(Category.TRAIT, 0.99, "and") == []
    assert claimed(Category.TRAIT, 0.99, "the ferrets at") == [("ferrets", 0.65)]


def test_only_talk_is_read() -> None:
    spans = (ModelSpan(10, 26, LABEL + Category.TRAIT, 0.99, "rampart"),)
    assert list(find(replace(make_passage(TALK, kind="heading"), spans=spans))) == []


def test_a_little_word_at_the_end_stays_hidden_where_the_tagger_is_firm() -> None:
    passage = replace(
        make_passage(TALK),
        spans=(
            ModelSpan(TALK.index("the"), TALK.index(" 14"), LABEL + Category.TRAIT, 0.99, "rampart"),
            ModelSpan(TALK.index("the"), TALK.index(" at"), FIRM, 0.99, "rampart"),
        ),
    )
    assert [TALK[claim.start : claim.end] for claim in find(passage)] == ["the ferrets"]
    assert [TALK[claim.start : claim.end] for claim in firmly_tagged.find(passage)] == ["the ferrets"]


@pytest.mark.parametrize(("category", "chance"), [(Category.AGENCY, 0.99), (Category.TRAIT, 0.4)])
def test_what_the_tagger_does_not_claim_or_is_no_fact_is_never_firm(category: Category, chance: float) -> None:
    spans = tuple(ModelSpan(10, 26, label, chance, "rampart") for label in (LABEL + category, FIRM))
    assert list(firmly_tagged.find(replace(make_passage(TALK), spans=spans))) == []
