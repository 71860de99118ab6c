from deid.detect.passage import make_passage
from deid.detect.phrases import lexicon
from deid.detect.place_cues import judge
from tests.detect.small_region import SMALL


def why(text: str) -> str:
    (hit,) = (hit for hit in lexicon(SMALL).read(text) if hit.phrase.source == "place")
    return judge(make_passage(text), hit)[1]


def test_the_reason_says_what_made_it_a_place() -> None:
    assert why("It was Quillsea.") == "a place of the region pack"
    assert "after words that lead to a place" in why("It was in Teal.")
    assert "no cue" in why("It was Teal.")


def test_no_reason_holds_the_name() -> None:
    assert all("Teal" not in why(text) for text in ("It was in Teal.", "It was Teal.", "Teal was quiet."))
