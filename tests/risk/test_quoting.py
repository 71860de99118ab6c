"""Quotations as papers have them: all marks, omissions, insertions, changes, and what several tell together."""

import pytest

from deid.risk.assess import assess
from deid.risk.quotations import find_quotations
from deid.risk.quoting import ABSENT, CHANGED, FOUND, check_quotations, together, unmarked
from deid.risk.released import Released
from tests.risk.constructed import region, released, talk


@pytest.fixture
def text() -> Released:
    return released(
        talk(
            "P01-1",
            "It’s changed massively. When I started, people didn't talk about it [laughs] at all, I'd say.",
            "I'm the named nurse. It was [Professional 12] in [Town 41, East Kent] who spotted it first.",
            "I've been doing this job for thirty-one years.",
        ),
        talk("P02-1", "I'm a social worker. We meet every month and look at the list together."),
    )


@pytest.mark.parametrize(
    ("paragraph", "quotation"),
    [
        ("She said: “it’s changed massively over time”.", "it’s changed massively over time"),
        ('She said "it has changed massively now".', "it has changed massively now"),
        ("She said ‘it’s changed, and they don’t talk’ today.", "it’s changed, and they don’t talk"),
        ("She said 'it isn't like that any more' today.", "it isn't like that any more"),
        ("> It has changed massively (P01)", "It has changed massively"),
        ("It has changed massively now. (P01-1, archive)", "It has changed massively now."),
        ("It has changed massively now – P01", "It has changed massively now."),
        ("“He said ‘stop it now please’ and left” (P01)", "He said ‘stop it now please’ and left"),
    ],
)
def test_quotations_are_found_by_their_marks(paragraph: str, quotation: str) -> None:
    found = find_quotations(["No quotation here.", paragraph])
    assert [(one.paragraph, one.text.rstrip(".")) for one in found] == [(2, quotation.rstrip("."))]


def test_single_words_and_apostrophes_are_no_quotations() -> None:
    assert find_quotations(["The ‘boyfriend model’ and the girls' and boys' homes, since '99."]) == ()


@pytest.mark.parametrize(
    ("quotation", "state"),
    [
        ("It's changed massively. When I started", FOUND),
        ("it’s changed massively … people didn’t talk", FOUND),
        ("It's changed massively [...] at all", FOUND),
        ("It's changed massively... at all, I'd say", FOUND),
        ("[They] didn't talk about it", FOUND),
        ("people [who work here] didn't talk about it", FOUND),
        ("It was [Professional 12] in [Town 41, East Kent] who spotted it", FOUND),
        ("people [then] talk about it [laughs] at all", CHANGED),
        ("at all … It's changed massively", ABSENT),
        ("When I started, people never did talk about it [laughs] at all, I'd say", CHANGED),
        ("we never said a single word of this kind", ABSENT),
    ],
)
def test_a_quotation_is_from_the_text_or_said_not_to_be(text: Released, quotation: str, state: str) -> None:
    (found,) = check_quotations(find_quotations([f"“{quotation}”"]), text)
    assert found.state == state
    assert (found.code == "P01-1") == (state != ABSENT)


def test_it_is_said_where_it_stands(text: Released) -> None:
    (found,) = check_quotations(find_quotations(["“We meet every month and look at the list”"]), text)
    assert (found.code, found.turn) == ("P02-1", 2)


def test_quotations_that_together_point_to_one_participant(text: Released) -> None:
    facts = assess(text, region(), {})
    paper = ["“I'm the named nurse. It was”", "nothing", "“doing this job for thirty-one years”"]
    found = list(together(check_quotations(find_quotations(paper), text), text, facts.facts, facts.rows, region()))
    assert [(one.who, one.paragraphs) for one in found] == [("P01", (1, 3))]
    alone = check_quotations(find_quotations(paper[:1]), text)
    assert list(together(alone, text, facts.facts, facts.rows, region())) == []


@pytest.mark.parametrize(
    ("paragraph", "is_quotation"),
    [
        ("We meet every month and look at the list together.", True),
        ("We meet every month, and then we look at the list together.", False),
        ("We meet every month", False),
        ("They told us of meetings in which cases are gone through month by month with all agencies.", False),
    ],
)
def test_a_block_quotation_without_marks_is_known_by_its_words(
    text: Released, paragraph: str, is_quotation: bool
) -> None:
    found = list(unmarked(["An introduction to it all.", paragraph], (), text))
    assert [one.paragraph for one in found] == ([2] if is_quotation else [])


def test_a_paragraph_with_marks_is_read_by_its_marks_alone(text: Released) -> None:
    paragraph = "“We meet every month and look at the list together.”"
    assert list(unmarked([paragraph], find_quotations([paragraph]), text)) == []
