"""Facts and posts that the tagger reads are hidden around the people and numbers inside them."""

from deid.model import Category, Finding, Segment, Span, Transcript
from deid.resolve.around import around

TEXT = "Her dad was the lodger of Bram's in Oxmoor and Tess, who kept ferrets there."


def finding(words: str, category: Category, recogniser: str = "tagged", confidence: float = 0.5) -> Finding:
    start = TEXT.index(words)
    return Finding(Span(0, start, start + len(words)), category, "kind", confidence, recogniser, "because")


def texts(*findings: Finding) -> list[str]:
    found = around(findings, Transcript("P01", (Segment("speech", TEXT, 1),)), replaced=0.4)
    return [TEXT[one.span.start : one.span.end] for one in found if one.recogniser == "tagged"]


FACT = finding("lodger of Bram's in Oxmoor and Tess, who kept ferrets there", Category.TRAIT)
WHOLE = TEXT[FACT.span.start : FACT.span.end]
BRAM = finding("Bram", Category.PERSON, "people", 0.7)
TESS = finding("Tess", Category.PERSON, "people", 0.7)


def test_a_fact_is_hidden_around_the_people_inside_it() -> None:
    assert texts(FACT) == [WHOLE]
    assert texts(FACT, BRAM) == ["lodger of", "s in Oxmoor and Tess, who kept ferrets there"]
    assert texts(FACT, TESS, BRAM) == ["lodger of", "s in Oxmoor and", "who kept ferrets there"]


def test_little_words_that_are_all_that_is_left_stay() -> None:
    post = finding("Bram's in", Category.ROLE)
    assert texts(post, BRAM) == []


def test_places_and_what_would_stay_itself_cut_nothing() -> None:
    assert texts(FACT, finding("Oxmoor", Category.PLACE, "places", 0.9)) == [WHOLE]
    assert texts(FACT, finding("Bram", Category.PERSON, "people", 0.3)) == [WHOLE]
    assert texts(finding("Bram's in Oxmoor", Category.AGENCY), BRAM) == ["Bram's in Oxmoor"]
