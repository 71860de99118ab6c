"""A guess of a rule counts for less where the tagger, who has read the same words, sees nothing."""

from dataclasses import replace

import pytest

from deid.detect import recognisers, seconded
from deid.detect.passage import Claim, ModelSpan, Passage, make_passage
from deid.detect.tagger import SEEN
from deid.model import REPLACED, Category
from deid.plugins import load, names

TALK = "I met Zora Quill at the Beeches."
ZORA = Claim(6, 16, Category.PERSON, "name", 0.7, "a guess")
BEECHES = Claim(24, 31, Category.AGENCY, "body", 0.3, "a guess")


def weighed(passage: Passage, *claims: Claim, by: str = "people") -> list[float]:
    return [claim.confidence for _, claim in seconded.seconded(passage, [(by, claim) for claim in claims])]


def seeing(start: int, end: int) -> Passage:
    return replace(make_passage(TALK), spans=(ModelSpan(start, end, SEEN, 0.2, "rampart"),))


def test_a_guess_that_nobody_seconds_is_listed_and_says_so() -> None:
    ((name, claim),) = seconded.seconded(make_passage(TALK), [("people", ZORA)])
    assert name == "people" and claim.confidence < REPLACED
    assert claim.why == "a guess; the tagger sees nothing there"
    assert (claim.start, claim.end, claim.category) == (ZORA.start, ZORA.end, ZORA.category)


@pytest.mark.parametrize(
    ("start", "end", "is_seconded"), [(6, 10, True), (15, 20, True), (0, 6, False), (16, 20, False)]
)
def test_a_word_that_the_tagger_sees_seconds_the_whole_claim(start: int, end: int, is_seconded: bool) -> None:
    assert (weighed(seeing(start, end), ZORA) == [0.7]) is is_seconded


def test_what_is_weak_already_is_not_made_stronger() -> None:
    assert weighed(make_passage(TALK), BEECHES) == [0.3]


@pytest.mark.parametrize("by", ["roster", "titles", "speakers", "uk_numbers", "emails", "places", "tagged", "years"])
def test_what_is_certain_of_itself_needs_nobody(by: str) -> None:
    assert weighed(make_passage(TALK), ZORA, by=by) == [0.7]


def test_the_tagger_has_no_say_where_nobody_talks() -> None:
    assert weighed(make_passage(TALK, kind="heading"), ZORA) == [0.7]


def test_every_recogniser_that_guesses_is_there_and_reads_by_itself() -> None:
    assert seconded._GUESSING <= set(names(recognisers))
    assert not any(getattr(load(recognisers, name), "AFTER_OTHERS", False) for name in seconded._GUESSING)
