"""Law 6: what of the known forms still stands in an output, and where it blocks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.check.leaks import Forms, known_forms, leaks
from deid.model import Category, Entity, Segment

PLAIN = frozenset("hope will the town hall rang and we deal with grain of sand".split())
PUBLIC = frozenset({"oxmoor"})


def forms(*named: tuple[str, Category]) -> Forms:
    entities = [Entity(f"e{number}", category, "", forms=(name,)) for number, (name, category) in enumerate(named)]
    return known_forms(entities, plain=PLAIN, public=PUBLIC)


def blocked(
    text: str, known: Forms, *, parts: tuple[tuple[str, str], ...] = (), own: tuple[str, ...] = (),
    is_ours: bool = False, is_considered: bool = False,
) -> list[str]:  # fmt: skip
    found = leaks(
        [Segment("speech", text, 1)], parts, forms=known,
        ours=lambda *_: is_ours, considered=lambda *_: is_considered, own_texts=own,
    )  # fmt: skip
    return [one.where for one in found]


PERSON = forms(("Wilhelmina Oddington", Category.PERSON), ("Hope", Category.PERSON))


@pytest.mark.parametrize(
    "text",
    [
        "Then Wilhelmina Oddington rang.",
        "then WILHELMINA  ODDINGTON rang",
        "Wilhelmína Oddington’s",
        "wilhelmina-oddington",
    ],
)
def test_a_distinctive_form_blocks_however_it_is_written_and_whatever_was_considered(text: str) -> None:
    assert blocked(text, PERSON) == ["segment 1 (speech)"]
    assert blocked(text, PERSON, is_considered=True) == ["segment 1 (speech)"]
    assert blocked(text, PERSON, is_ours=True) == []


def test_a_word_blocks_unless_its_place_was_considered() -> None:
    assert blocked("We hope so", PERSON) == ["segment 1 (speech)"]
    assert blocked("We hope so", PERSON, is_considered=True) == []


def test_what_is_part_of_another_word_blocks_nothing() -> None:
    assert blocked("hopeless Oddingtonshire", PERSON) == []


def test_a_negation_holds_nobodys_name() -> None:
    known = forms(("Don", Category.PERSON), ("Can", Category.PERSON))
    assert blocked("I don't know, she can’t say, DON'T ring", known) == []
    assert blocked("then don rang, and Can's mother", known) == ["segment 1 (speech)"] * 2


def test_joined_names_and_numbers_however_they_are_spaced() -> None:
    known = forms(("Wilhelmina Oddington", Category.PERSON), ("07700 900123", Category.CONTACT))
    assert blocked("wilhelminaoddington", known) == ["segment 1 (speech)"]
    assert blocked("0 7 7 0 0 9 0 0 1 2 3", known) == ["segment 1 (speech)"]
    assert blocked("on 07700-900-124", known) == []


def test_ages_and_dates_are_no_forms() -> None:
    assert blocked("fourteen, in 2018", forms(("fourteen", Category.AGE), ("2018", Category.DATE))) == []


@pytest.mark.parametrize("raw", ["by Wilhelmina Oddington", "Wilhelmina&#32;Oddington", "Wilhelmina Oddington&amp;co"])
def test_raw_parts_are_searched_for_distinctive_forms(raw: str) -> None:
    assert blocked("", PERSON, parts=(("docProps/core.xml", raw),)) == ["part docProps/core.xml"]
    assert blocked("", PERSON, parts=(("core.xml", "we hope so"),)) == [], "words are judged in the text alone"


def test_our_own_words_are_skipped_in_raw_parts_and_nothing_beside_them() -> None:
    parts = (("body", "[Oddington Lane 3] and Wilhelmina Oddington"),)
    known = forms(("Wilhelmina Oddington", Category.PERSON), ("Oddington Lane", Category.PLACE))
    assert blocked("", known, parts=parts, own=("[Oddington Lane 3]",)) == ["part body"]
    assert blocked("", known, parts=(("body", "[Oddington Lane 3]"),), own=("[Oddington Lane 3]",)) == []


def test_the_empty_second_part_of_a_cut_name_hides_nothing() -> None:
    """A blank in place of "" would part all letters of a file, and no name in it would be found."""
    assert blocked("", PERSON, parts=(("body", "by Wilhelmina Oddington"),), own=("", "[Person 3]")) == ["part body"]


@given(before=st.text("abc ,.[]0123", max_size=12), after=st.text("xyz ,.[]0123", max_size=12))
def test_a_name_between_any_words_is_found(before: str, after: str) -> None:
    text = f"{before} Wilhelmina Oddington {after}"
    assert blocked(text, PERSON) == ["segment 1 (speech)"]
    assert blocked("", PERSON, parts=(("body", text),), own=("[", "")) == ["part body"]
