"""Withdrawn people by digest: what counts as theirs, and what does not."""

import pytest

from deid.digests import form_digest
from deid.fold import words
from deid.model import Category, Finding, Segment, Span, Transcript, Withdrawn
from deid.resolve.withdrawn import Met, claims, meet

WATCH = bytes(32)


def digest(form: str) -> str:
    return form_digest(WATCH, [word for _, _, word in words(form)])


WITHDRAWN = Withdrawn(
    watch=WATCH,
    forms={
        digest("Orla Fennimore"): (("e1", True),),
        digest("Fennimore"): (("e1", True),),
        digest("Orla"): (("e1", False), ("e2", False)),
        digest("Grace"): (("e1", False),),
    },
    linked={"P05-1": {digest("Orla"): "e2"}},
    longest=2,
)


def met(text: str, code: str = "P02-1", findings: tuple[Finding, ...] = ()) -> list[tuple[str, str]]:
    transcript = Transcript(code, (Segment("speech", text, 1),))
    found = meet({code: transcript}, {code: findings}, WITHDRAWN)[code]
    return [(text[one.span.start : one.span.end], one.entity) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I saw Orla Fennimore today", [("Orla Fennimore", "e1")]),
        ("I saw FENNIMORE's car", [("FENNIMORE", "e1")]),
        ("Orla came", []),  # two people are called so, and nothing says which
        ("Orla came, Fennimore did not", [("Orla", "e1"), ("Fennimore", "e1")]),
        ("by the grace of Fennimore", [("Fennimore", "e1")]),  # a word in small letters
        ("nobody at all", []),
    ],
)
def test_a_form_that_identifies_counts_and_a_first_name_only_beside_one(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert met(text) == expected


def test_what_an_earlier_run_linked_wins() -> None:
    assert met("Orla came", "P05-1") == [("Orla", "e2")]


def test_the_surname_in_somebody_elses_full_name_is_not_theirs() -> None:
    text = "I saw Ottoline Fennimore today"
    other = Finding(Span(0, 6, 24), Category.PERSON, "person", 0.9, "spacy", "a model")
    assert met(text, findings=(other,)) == []
    titled = Finding(Span(0, 6, 19), Category.PERSON, "person", 0.9, "titles", "a title")
    assert met("I saw Mrs Fennimore today", findings=(titled,)) == [("Fennimore", "e1")]


def test_a_claim_is_certain_and_says_no_name() -> None:
    (claim,) = claims((Met(Span(0, 1, 5), "e1"),))
    assert (claim.category, claim.confidence, claim.recogniser) == (Category.PERSON, 1.0, "withdrawn")


def test_a_study_of_whom_nobody_withdrew_looks_for_nothing() -> None:
    assert meet({"P01-1": Transcript("P01-1", (Segment("speech", "Orla", 1),))}, {}, Withdrawn()) == {}
