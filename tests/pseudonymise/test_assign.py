"""Tokens: unique, stable, blind to order, no text in two tiers, never an original."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deid.errors import SettingsError
from deid.fold import fold
from deid.model import Category, Entity, KeyEntry, Mention, Span
from deid.pseudonymise.assign import Assigned, assign, draw, refuse_chosen
from deid.pseudonymise.policy import load_policy
from deid.pseudonymise.tokens import find_tokens, number_of
from deid.region import Agency, Place, Region

KEY = b"k" * 32
TIERS = ("archive", "public", "team")
REGION = Region(
    "test",
    places=(
        Place("Oxmoor", "town", district="Oxmoor", subregion="North Shire", theme="coastal"),
        Place("Minsted", "village", district="Oxmoor", subregion="North Shire"),
        Place("Minsted", "village", district="Harrow Vale", subregion="South Shire"),
        Place("Northshire", "county"),
        Place("Harrow Vale", "district", subregion="South Shire"),
    ),
    agencies=(
        Agency("Northshire Police", "police force", "county", ("Northshire Constabulary",)),
        Agency("Oak House", "children's home", "local"),
    ),
)


def entity(name: str, category: Category = Category.PERSON, kind: str = "", part: str = "", *forms: str) -> Entity:
    return Entity(name, category, kind, part, forms or (f"Form of {name}",))


def run(
    entities: list[Entity],
    before: Assigned | None = None,
    tier: str = "archive",
    chosen: dict[str, str] | None = None,
    key: bytes = KEY,
    public_facts: str = "",
) -> Assigned:
    mentions = {"P01-1": [Mention(Span(0, n, n + 1), e.id) for n, e in enumerate(entities)]}
    entries = {entry.entity.id: entry for entry in (before.entries.values() if before else ())}
    policy = load_policy(tier, public_facts=public_facts)
    return assign(entities, mentions, entries, tier, policy, REGION, key, chosen=chosen)


def all_tiers(entities: list[Entity]) -> Assigned:
    assigned: Assigned | None = None
    for tier in TIERS:
        assigned = run(entities, assigned, tier)
    assert assigned is not None
    return assigned


ENTITIES = st.lists(
    st.builds(
        Entity,
        id=st.uuids().map(str),
        category=st.sampled_from(Category),
        kind=st.sampled_from(["", "town", "school", "crime_reference", "uk_nhs", "origin"]),
        part=st.sampled_from(["", "child", "professional"]),
        forms=st.sampled_from([("Oxmoor",), ("14 April 2021",), ("fifteen",), ("Ann Vane", "Ann"), ("2018",)]),
    ),
    unique_by=lambda one: one.id,
    max_size=25,
)


@settings(max_examples=40, deadline=None)
@given(ENTITIES)
def test_no_token_text_stands_in_two_tiers_and_no_number_for_two_things(entities: list[Entity]) -> None:
    assigned = all_tiers(entities)
    by_tier = {tier: {e.tokens[tier] for e in assigned.entries.values() if tier in e.tokens} for tier in TIERS}
    assert not by_tier["archive"] & by_tier["public"]
    assert not by_tier["archive"] & by_tier["team"]
    assert not by_tier["public"] & by_tier["team"]
    numbers = Counter(
        (entry.entity.category, number)
        for entry in assigned.entries.values()
        for token in entry.tokens.values()
        if (number := number_of(token))
    )
    assert not [key for key, times in numbers.items() if times > 1]


@settings(max_examples=40, deadline=None)
@given(ENTITIES, ENTITIES)
def test_more_interviews_change_no_earlier_token(first: list[Entity], more: list[Entity]) -> None:
    earlier = all_tiers(first)
    known = {entry.entity.id: entry.tokens for entry in earlier.entries.values()}
    ids = {one.id for one in first}
    later = run([*first, *(one for one in more if one.id not in ids)], earlier)
    after = {entry.entity.id: entry.tokens for entry in later.entries.values()}
    assert all(after[name] == tokens for name, tokens in known.items())


@settings(max_examples=40, deadline=None)
@given(ENTITIES, st.randoms())
def test_the_order_of_entities_does_not_matter(entities: list[Entity], random: object) -> None:
    shuffled = list(entities)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert run(shuffled).tokens == run(entities).tokens


@settings(max_examples=40, deadline=None)
@given(ENTITIES)
def test_no_token_is_an_original_and_every_token_is_found_again(entities: list[Entity]) -> None:
    assigned = run(entities)
    for one in entities:
        if one.id in assigned.kept:
            continue
        token = assigned.tokens[one.id]
        assert token
        assert fold(token) not in {fold(form) for form in one.forms}
        assert find_tokens(f"x [{token}] y") == ((2, 4 + len(token)),)


def test_numbers_come_from_the_study_and_not_from_the_order() -> None:
    people = [entity(f"e{n:03}") for n in range(60)]
    numbers = [number_of(run(people).tokens[one.id]) for one in people]
    assert numbers != sorted(numbers)
    assert max(numbers) > 120  # sparse: sixty people do not share the first sixty numbers
    assert numbers == [number_of(run(people).tokens[one.id]) for one in people]
    assert numbers != [number_of(run(people, key=b"o" * 32).tokens[one.id]) for one in people]


def test_when_numbers_run_short_longer_ones_are_drawn() -> None:
    in_use = set(range(1, 700))
    assert draw(KEY, Category.PERSON, "e1", "archive", in_use) > 999 or len(in_use) < 600
    assert 1 <= draw(KEY, Category.PERSON, "e1", "archive", set()) <= 999


def test_a_part_that_becomes_known_keeps_the_number() -> None:
    first = run([entity("e1")])
    number = number_of(first.tokens["e1"])
    assert first.tokens["e1"] == f"Person {number}"
    assert run([entity("e1", part="child")], first).tokens["e1"] == f"Child {number}"


def test_a_newer_region_pack_changes_no_token_that_was_given() -> None:
    town = entity("e1", Category.PLACE, "town", "", "Oxmoor")
    first = run([town])
    assert first.tokens["e1"].endswith(", North Shire")
    mentions = {"P01-1": [Mention(Span(0, 0, 1), "e1")]}
    entries = {entry.entity.id: entry for entry in first.entries.values()}
    moved = Region("test", places=(Place("Oxmoor", "town", district="Oxmoor", subregion="West Shire"),))
    again = assign([town], mentions, entries, "archive", load_policy("archive"), moved, KEY)
    assert again.tokens == first.tokens


@pytest.mark.parametrize(
    ("tier", "start", "end"),
    [("archive", "Town", ", North Shire"), ("public", "Town", "")],
)
def test_a_place_says_as_much_as_the_tier_allows(tier: str, start: str, end: str) -> None:
    token = run([entity("e1", Category.PLACE, "town", "", "Oxmoor")], tier=tier).tokens["e1"]
    number = number_of(token)
    assert token == f"{start} {number}{end}"


def test_a_village_of_two_districts_names_neither() -> None:
    token = run([entity("e1", Category.PLACE, "village", "", "Minsted")]).tokens["e1"]
    assert token == f"Village {number_of(token)}"
    token = run([entity("e2", Category.PLACE, "village", "Harrow Vale", "Minsted")]).tokens["e2"]
    assert token.endswith(", South Shire")


def test_a_district_does_not_stand_behind_itself() -> None:
    token = run([entity("e1", Category.PLACE, "district", "", "Harrow Vale")]).tokens["e1"]
    assert "Harrow" not in token


def test_public_facts_stay_where_the_policy_says_so() -> None:
    county = entity("e1", Category.PLACE, "county", "", "Northshire")
    force = entity("e2", Category.AGENCY, "police force", "", "Northshire Police")
    home = entity("e3", Category.AGENCY, "children's home", "", "Oak House")
    team = run([county, force, home], tier="team")
    assert set(team.kept) == {"e1", "e2"}
    assert team.tokens["e3"].startswith("Children's home ")
    assert not run([county, force, home]).kept
    assert set(run([county, force], public_facts="keep").kept) == {"e1", "e2"}


def test_the_team_keeps_a_town_of_the_region_pack_and_no_other() -> None:
    town = entity("e1", Category.PLACE, "town", "", "Oxmoor")
    name = entity("e2", Category.PLACE, "town", "", "Kaya")  # what a model takes for a town may be a child
    assert set(run([town, name], tier="team").kept) == {"e1"}


def test_values_that_are_coarse_already_are_kept_with_a_reason() -> None:
    year = entity("e1", Category.DATE, "", "", "2018")
    served = entity("e2", Category.AGE, "", "", "eleven to seventeen")
    assigned = run([year, served])
    assert set(assigned.kept) == {"e1", "e2"}
    assert all(assigned.kept.values())


@pytest.mark.parametrize(
    ("age", "token"),
    [
        ("16 years and 4 months", "aged 16-17"),
        ("fifteen and two months", "aged 13-15"),
        ("three weeks short of eighteen", "aged 16-17"),
        ("fourteen going on forty", "aged 13-15"),
        ("six months old", "aged under 5"),
        ("a baby of about six months", "aged under 5"),
        ("13 or 14", "aged 13-15"),
    ],
)
def test_an_age_that_is_told_with_more_numbers_has_one_band(age: str, token: str) -> None:
    assert run([entity("e1", Category.AGE, "", "", age)]).tokens == {"e1": token}


@pytest.mark.parametrize("ages", ["thirteen and nine", "Twelve, thirteen and fifteen", "13 or 17"])
def test_several_ages_are_no_range_that_could_stay(ages: str) -> None:
    assert run([entity("e1", Category.AGE, "", "", ages)]).tokens["e1"].startswith("Age ")


@pytest.mark.parametrize(
    "ages", ["11-17", "between thirteen and sixteen", "in her twenties", "from ten to eighteen", "Nine-twenty", "44.18"]
)
def test_a_range_of_ages_and_a_time_of_day_stay(ages: str) -> None:
    assert set(run([entity("e1", Category.AGE, "", "", ages)]).kept) == {"e1"}


def test_a_date_of_birth_is_never_a_season() -> None:
    born = entity("e1", Category.DATE, "date_of_birth", "", "02/09/1988")
    for tier in TIERS:
        assert run([born], tier=tier).tokens["e1"].startswith("Date of birth ")


def test_values_in_words_may_be_shared_inside_a_tier() -> None:
    ages = [entity("e1", Category.AGE, "", "", "fourteen"), entity("e2", Category.AGE, "", "", "15")]
    assert run(ages).tokens == {"e1": "aged 13-15", "e2": "aged 13-15"}


def test_a_chosen_name_is_given_to_one_person_in_one_tier() -> None:
    people = [entity("e1"), entity("e2")]
    archive = run(people, chosen={"e1": "Amira Lake", "e2": "Amira Lake"})
    assert sorted(token.startswith("Amira") for token in archive.tokens.values()) == [False, True]
    public = run(people, archive, "public", chosen={"e1": "Amira Lake"})
    assert public.tokens["e1"].startswith("Person ")


@pytest.mark.parametrize("name", ["Ann Lake", "Vane", "ann", ""])
def test_a_chosen_name_that_is_somebodys_is_refused_without_saying_whose(name: str) -> None:
    with pytest.raises(SettingsError) as error:
        refuse_chosen(name, ["Ann Vane", "Oxmoor"], where="roster.csv line 3")
    assert "ann" not in str(error.value).lower().replace("chosen pseudonym", "")
    refuse_chosen("Amira Lake", ["Ann Vane"])


def test_who_told_of_it_first_is_recorded() -> None:
    one = entity("e1")
    mentions = {"P07-2": [Mention(Span(0, 0, 1), "e1")], "P03+P04-1": [Mention(Span(0, 0, 1), "e1")]}
    assigned = assign([one], mentions, {}, "archive", load_policy("archive"), REGION, KEY)
    assert [entry.subject for entry in assigned.entries.values()] == ["P03+P04"]


def test_entries_of_other_transcripts_are_handed_on() -> None:
    other = KeyEntry(entity("e9"), {"archive": "Person 9"}, "P02")
    mentions = {"P01-1": [Mention(Span(0, 0, 1), "e1")]}
    assigned = assign([entity("e1")], mentions, {"e9": other}, "archive", load_policy("archive"), REGION, KEY)
    assert other in assigned.entries.values()
    assert number_of(assigned.tokens["e1"]) != 9
