"""Facts and posts that the tagger reads are hidden around the names and the words of the trade inside them."""

from deid.model import Category, Finding, Segment, Span, Transcript
from deid.region import Keep
from deid.resolve.around import around

TEXT = "Her dad ran the chip shop in Oxmoor with Bram, and she came through early help as a duty lead there."


def finding(words: str, category: Category, recogniser: str = "tagged", confidence: float = 0.5) -> Finding:
    start = TEXT.index(words)
    return Finding(Span(0, start, start + len(words)), category, "kind", confidence, recogniser, "because")


def texts(*findings: Finding, stays: tuple[str, str] = ("", "")) -> list[str]:
    words, scope = stays
    start = TEXT.index(words)
    stretches = {0: ((start, start + len(words), (Keep(words, scope, "reason"),)),)} if words else {}
    found = around(findings, Transcript("P01", (Segment("speech", TEXT, 1),)), stretches, replaced=0.4)
    return [TEXT[one.span.start : one.span.end] for one in found if one.recogniser == "tagged"]


FACT = finding("ran the chip shop in Oxmoor with Bram", Category.TRAIT)
TOWN = finding("Oxmoor", Category.PLACE, "places", 0.9)


def test_a_fact_is_hidden_around_the_names_inside_it() -> None:
    assert texts(FACT) == ["ran the chip shop in Oxmoor with Bram"]
    assert texts(FACT, TOWN) == ["ran the chip shop", "Bram"]
    assert texts(FACT, TOWN, finding("Bram", Category.PERSON, "people", 0.7)) == ["ran the chip shop"]


def test_what_would_stay_itself_cuts_nothing() -> None:
    assert texts(FACT, finding("Oxmoor", Category.PLACE, "places", 0.3)) == ["ran the chip shop in Oxmoor with Bram"]
    assert texts(FACT, finding("chip shop", Category.TRAIT, "family_facts", 0.9)) == [TEXT[8:45]]


def test_words_of_the_trade_stay_in_a_fact_and_a_post_that_is_nothing_else_stays() -> None:
    told = finding("came through early help as a duty lead", Category.TRAIT)
    assert texts(told, stays=("early help", "AGENCY")) == ["came through", "duty lead"]
    post = finding("duty lead there", Category.ROLE)
    assert texts(post, stays=("duty lead", "PERSON")) == ["duty lead there"]
    assert texts(post, stays=("duty lead", "everywhere")) == []
    assert texts(finding("duty lead", Category.ROLE), stays=("duty lead", "PERSON")) == []


def test_a_body_is_not_cut() -> None:
    assert texts(finding("chip shop in Oxmoor", Category.AGENCY), TOWN) == ["chip shop in Oxmoor"]
