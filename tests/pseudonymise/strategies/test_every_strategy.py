"""What holds for every strategy there is, and for every one that will be added as a file."""

import pytest

from deid import plugins
from deid.fold import fold
from deid.model import Category, Entity
from deid.pseudonymise import strategies
from deid.pseudonymise.grammar import fit
from deid.pseudonymise.strategies.passage_removed import REASONS
from deid.pseudonymise.subject import Subject
from deid.pseudonymise.tokens import dress, find_tokens
from deid.region import Place

NAMES = plugins.names(strategies)
OXMOOR = Place("Oxmoor", "town", district="Oxmoor", subregion="North Shire")
ISO_20889 = {"pseudonymization", "generalization", "masking", "local suppression"}

ENTITIES = [
    Entity("e1", Category.PERSON, "", "child", ("Ann Vane", "Ann", "Vane")),
    Entity("e2", Category.PLACE, "town", "Oxmoor", ("Oxmoor",)),
    Entity("e3", Category.PLACE, "street", "", ("Tannery Road",)),
    Entity("e4", Category.AGENCY, "children's home", "", ("Oak House",)),
    Entity("e5", Category.CASE, "crime_reference", "", ("46/087431/19",)),
    Entity("e6", Category.ROLE, "health", "", ("named nurse",)),
    Entity("e7", Category.DATE, "", "", ("14 April 2021",)),
    Entity("e8", Category.DATE, "", "", ("a Tuesday",)),
    Entity("e9", Category.AGE, "", "", ("fourteen",)),
    Entity("e10", Category.AGE, "", "", ("quite old",)),
    Entity("e11", Category.CONTACT, "email", "", ("ann@oxmoor.example",)),
    Entity("e12", Category.IDENTIFIER, "uk_nhs", "", ("999 000 0018",)),
    Entity("e13", Category.TRAIT, "origin", "", ("Zambian",)),
    Entity("e14", Category.PERSON, "", "", ()),
]
DETAILS = ("", "fine", "broad", "kind", "group", "district", "subregion", "county", "none", "month", "season", "year")
# A coarse value is kept with the words that stand there; that is a verdict and no strategy's output.
KEPT = ""


def subjects(number: int = 417) -> list[Subject]:
    return [
        Subject(entity, number, detail, themes, OXMOOR if entity.category is Category.PLACE else None, chosen)
        for entity in ENTITIES
        for detail in DETAILS
        for themes in (False, True)
        for chosen in ("", "Amira Lake", REASONS[0])
    ]


def test_the_strategies_of_the_design_are_there() -> None:
    assert {
        "label", "chosen_pseudonym", "broader_place", "broader_agency", "banded_age", "coarser_date", "masked_number",
        "describe", "passage_removed",
    } <= set(NAMES)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_it_says_what_it_does_in_words_of_the_standard(name: str) -> None:
    strategy = plugins.load(strategies, name)
    assert 10 < len(strategy.SUMMARY) < 100
    assert strategy.TECHNIQUE in ISO_20889


@pytest.mark.parametrize("name", NAMES)
def test_it_never_returns_an_original(name: str) -> None:
    strategy = plugins.load(strategies, name)
    for subject in subjects():
        token = strategy.invent(subject)
        for form in subject.entity.forms:
            shown = strategy.render(token, form, subject.entity)
            assert fold(form) not in f" {fold(shown)} ".split("  ")
            assert f" {fold(form)} " not in f" {fold(shown)} "


@pytest.mark.parametrize("name", NAMES)
def test_the_same_thing_gets_the_same_token_and_every_mention_some_words(name: str) -> None:
    strategy = plugins.load(strategies, name)
    for subject in subjects():
        token = strategy.invent(subject)
        assert strategy.invent(subject) == token
        if token != KEPT:
            assert all(strategy.render(token, form, subject.entity).strip() for form in ("Ann", *subject.entity.forms))


@pytest.mark.parametrize("name", NAMES)
def test_its_words_are_ours_wherever_they_stand(name: str) -> None:
    strategy = plugins.load(strategies, name)
    for subject in subjects():
        token = strategy.invent(subject)
        if token == KEPT:
            continue
        mention = subject.entity.forms[0] if subject.entity.forms else "Ann"
        sentence = f"So I went to {mention} and back."
        fitted = fit(sentence, 13, 13 + len(mention), strategy.render(token, mention, subject.entity))
        after = sentence[: fitted.start] + fitted.words + sentence[fitted.end :]
        own = (dress(strategy.render(token, mention, subject.entity)),) if subject.chosen else ()
        start, end = find_tokens(after, also=own)[0]
        assert after[:start] == "So I went to "
        assert after[end:] == " and back."


@pytest.mark.parametrize("name", NAMES)
def test_two_tiers_with_two_numbers_share_no_numbered_token(name: str) -> None:
    strategy = plugins.load(strategies, name)
    for one, other in zip(subjects(417), subjects(82), strict=True):
        token = strategy.invent(one)
        if "417" in token:
            assert token != strategy.invent(other)
