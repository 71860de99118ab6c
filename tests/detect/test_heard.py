"""Only what is sure, and given as a name, is carried to other passages."""

from deid.detect.heard import heard_in
from deid.detect.passage import Claim, make_passage
from deid.model import Category

TEXT = "Tess Quillfeather, Zoltan"


def heard(
    recogniser: str, start: int, end: int, confidence: float = 0.9, category: Category = Category.PERSON
) -> list[str]:
    claim = Claim(start, end, category, "name", confidence, "a test")
    return list(heard_in([(make_passage(TEXT), [(recogniser, claim)])]))


def test_a_sure_whole_name_is_heard() -> None:
    assert heard("people", 0, 17) == ["tess quillfeather"]


def test_one_word_is_heard_only_from_those_who_hear_it_given_as_a_name() -> None:
    assert heard("people", 19, 25) == []
    assert heard("names_by_cue", 19, 25) == ["zoltan"]


def test_a_doubtful_name_and_another_category_are_not_heard() -> None:
    assert heard("people", 0, 17, 0.7) == []
    assert heard("places", 0, 17, category=Category.PLACE) == []


def test_without_capitals_a_word_is_heard_from_whoever_says_that_it_is_a_name() -> None:
    text = "it was dc church and they call him ghost"
    passage = make_passage(text)

    def told(recogniser: str, name: str, confidence: float) -> list[str]:
        start = text.index(name)
        claim = Claim(start, start + len(name), Category.PERSON, "name", confidence, "a test")
        return list(heard_in([(passage, [(recogniser, claim)])]))

    assert told("street_names", "ghost", 0.55) == ["ghost"]
    assert told("tagged", "ghost", 0.6) == ["ghost"]
    assert told("tagged", "ghost", 0.5) == []
    assert told("tagged", "dc church", 0.5) == ["dc church"]
    assert told("people", "ghost", 0.7) == []
