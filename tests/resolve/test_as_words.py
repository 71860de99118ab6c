"""Words that are names elsewhere: a bill, what a page is built with."""

import pytest

from deid.model import Category, Finding, Span
from deid.resolve.as_words import read_as_word


def reason(text: str, form: str, recogniser: str = "people", category: Category = Category.PERSON) -> str:
    start = text.index(form)
    return read_as_word(Finding(Span(0, start, start + len(form)), category, "", 0.7, recogniser, "because"), text)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("The Bill contemplates a duty.", "Bill"),
        ("We read what this Bill says.", "Bill"),
        ("Clause 4 of the Bill.", "Bill"),
        ('<details id="hearing-meta" open>', "meta"),
    ],
)
def test_read_as_a_word(text: str, form: str):
    assert reason(text, form)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Bill said so.", "Bill"),
        ("And this Grace said nothing.", "Grace"),
        ("I told Bill.", "Bill"),
        ("The Bill Wrenfield report.", "Bill"),
        ("It's the Bill that works at the hostel.", "Bill"),
        ("the Quarrington says no", "Quarrington"),
        ('<img alt="meta Doe">', "meta"),
        ("hearing-meta, she said", "meta"),
    ],
)
def test_read_as_a_name(text: str, form: str):
    assert not reason(text, form)


def test_a_word_before_a_number_is_only_carried_over_as_a_name():
    assert reason("Bundle C, Joy 7, please.", "Joy", recogniser="echoes")
    assert not reason("Bundle C, Joy 7, please.", "Joy")


def test_who_is_known_for_certain_stays_a_name():
    assert not reason("The Bill contemplates a duty.", "Bill", recogniser="roster")
    assert not reason("The Bill contemplates a duty.", "Bill", category=Category.ROLE)
