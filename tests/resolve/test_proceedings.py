"""In the record of a hearing capitals alone name no body; in an interview they may."""

from dataclasses import replace

from deid.model import Category, Finding, Segment, Span, Transcript
from deid.resolve.decide import decide
from deid.resolve.proceedings import is_proceeding, weighed_in_proceeding
from tests.resolve.test_decide import REGION

HEARING = Transcript(
    "H1",
    (
        Segment("speech", "My Lady, I am grateful. Counsel to the Inquiry has the Policy Log.", 1),
        Segment("speech", "The Inquiry will want to see the Policy Log of the Pelham Reach.", 2),
    ),
)
CASE = Category.CASE


def speech(text: str) -> Transcript:
    return Transcript("H1", (Segment("speech", text, 1),))


INTERVIEW = Transcript("P1-1", (Segment("speech", "I read the inquiry, and we had the Policy Log of the Reach.", 1),))


def found(transcript: Transcript, form: str, recogniser: str = "capital_names", confidence: float = 0.45) -> Finding:
    for number, segment in enumerate(transcript.segments):
        if form in segment.text:
            start = segment.text.index(form)
            return Finding(
                Span(number, start, start + len(form)), Category.AGENCY, "body", confidence, recogniser, "because"
            )
    raise ValueError(form)


def test_a_hearing_is_told_by_how_it_speaks():
    assert is_proceeding(HEARING)
    assert not is_proceeding(INTERVIEW)


def test_capitals_on_english_words_go_to_review_in_a_hearing():
    one = found(HEARING, "Policy Log")
    decided = decide({"H1": [one]}, {"H1": HEARING}, REGION, (), ())
    assert not decided.kept["H1"]
    assert [doubt.span for doubt in decided.unsure["H1"]] == [one.span]


def test_in_an_interview_they_are_replaced():
    one = found(INTERVIEW, "Policy Log")
    assert decide({"P1-1": [one]}, {"P1-1": INTERVIEW}, REGION, (), ()).kept["P1-1"] == (one,)


def test_what_is_sure_or_no_english_counts_as_before():
    text = HEARING.segments[1].text
    for one in (
        found(HEARING, "Pelham Reach"),
        found(HEARING, "Reach"),  # the end of a longer name
        found(HEARING, "Policy Log", confidence=0.75),
        found(HEARING, "Policy Log", recogniser="agencies"),
    ):
        assert weighed_in_proceeding(one, text) == one


def test_a_review_of_more_than_a_name_is_weighed_too():
    long, short, child = (
        replace(found(speech(f"Counsel read the {name} Inquiry."), f"{name} Inquiry", "reviews", 0.8), category=CASE)
        for name in ("Early Warning", "Sparrow", "Child Sparrow")
    )
    assert weighed_in_proceeding(long, "Counsel read the Early Warning Inquiry.").confidence < 0.4
    assert weighed_in_proceeding(short, "Counsel read the Sparrow Inquiry.") == short
    assert weighed_in_proceeding(child, "Counsel read the Child Sparrow Inquiry.") == child


def test_what_the_tagger_is_not_certain_of_goes_to_review_in_a_hearing():
    unsure, certain = (found(HEARING, "Pelham Reach", "tagged", confidence) for confidence in (0.6, 0.65))
    assert weighed_in_proceeding(unsure, HEARING.segments[1].text).confidence < 0.4
    assert weighed_in_proceeding(certain, HEARING.segments[1].text) == certain
