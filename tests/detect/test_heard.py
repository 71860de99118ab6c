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
