"""Presidio is used as an engine only: our recognisers, all their claims, one order, no network."""

import pytest
import tldextract

from deid.detect.passage import Claim, make_passage
from deid.detect.presidio import analyse, as_recogniser, make_analyser
from deid.model import Category

WIDE = Claim(0, 8, Category.PERSON, "name", 0.9, "wide")
NARROW = Claim(0, 4, Category.PERSON, "name", 0.5, "narrow")


def test_a_claim_inside_a_surer_claim_is_not_dropped() -> None:
    analyser = make_analyser([as_recogniser("one", lambda _: [WIDE, NARROW]), as_recogniser("two", lambda _: [NARROW])])
    found = analyse(analyser, make_passage("Tess Fox came"))
    assert found == (("one", NARROW), ("two", NARROW), ("one", WIDE))


def test_the_registry_holds_our_recognisers_and_no_others() -> None:
    analyser = make_analyser([as_recogniser("one", lambda _: [])])
    assert [recogniser.name for recogniser in analyser.registry.recognizers] == ["deid"]
    assert analyser.get_supported_entities() == ["one"]
    assert analyse(analyser, make_passage("Call 07700 900123 or mail tess@fox.example, NHS 943 476 5919.")) == ()


def test_an_empty_list_is_refused_because_presidio_would_fill_it() -> None:
    with pytest.raises(ValueError, match="empty registry"):
        make_analyser([])


def test_a_claim_without_confidence_is_refused_because_presidio_would_drop_it() -> None:
    nothing = Claim(0, 4, Category.PERSON, "name", 0.0, "no")
    with pytest.raises(ValueError, match="above 0"):
        analyse(make_analyser([as_recogniser("one", lambda _: [nothing])]), make_passage("Tess"))


def test_text_cannot_go_round_the_passage() -> None:
    analyser = make_analyser([as_recogniser("one", lambda _: [])])
    with pytest.raises(TypeError):
        analyser.analyze("Tess", "en")


def test_the_public_suffix_list_is_never_asked_for() -> None:
    make_analyser([as_recogniser("one", lambda _: [])])
    assert tldextract.tldextract.TLD_EXTRACTOR.suffix_list_urls == ()
    assert tldextract.tldextract.TLD_EXTRACTOR("tess@fox.example.co.uk").suffix == "co.uk"
