from pathlib import Path

import pytest

from deid.errors import SettingsError
from deid.model import Category, Entity
from deid.pseudonymise.labels import kinds_of
from deid.pseudonymise.policy import KEEP, check_policy, load_policy, policy_table, rule_for
from deid.region import load_region

LABEL = {"strategy": "label"}
TIERS = ("team", "archive", "public")


def values() -> dict[str, object]:
    rules = {category.value: {"strategy": "label"} for category in Category}
    return {"tier": "archive", "summary": "for a test", "rules": rules}


def refusal(changed: dict[str, object]) -> SettingsError:
    with pytest.raises(SettingsError) as error:
        check_policy(changed, where="mine.toml")
    return error.value


@pytest.mark.parametrize("tier", TIERS)
def test_the_shipped_policies_hold_and_cover_every_category(tier: str) -> None:
    policy = load_policy(tier)
    assert policy.tier == tier
    assert {row[0] for row in policy_table(policy)} == {category.value for category in Category}


def test_the_style_is_the_same_in_all_tiers() -> None:
    assert len({load_policy(tier).style for tier in TIERS}) == 1


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize(
    ("category", "kind"),
    [
        (Category.PERSON, ""),
        (Category.CASE, "crime_reference"),
        (Category.CONTACT, "phone"),
        (Category.IDENTIFIER, "uk_nhs"),
        (Category.TRAIT, "origin"),
        (Category.PLACE, "street"),
        (Category.PLACE, "postcode"),
        (Category.PLACE, "house_number"),
        (Category.AGENCY, "children's home"),
        (Category.DATE, "date_of_birth"),
    ],
)
def test_no_tier_keeps_what_identifies_alone(tier: str, category: Category, kind: str) -> None:
    assert rule_for(load_policy(tier), Entity("e1", category, kind)).strategy != KEEP


@pytest.mark.parametrize("category", ["PERSON", "CASE", "CONTACT", "IDENTIFIER", "TRAIT"])
def test_a_policy_that_keeps_a_direct_identifier_is_refused(category: str) -> None:
    changed = values()
    changed["rules"][category] = {"strategy": "keep"}  # type: ignore[index]
    error = refusal(changed)
    assert "direct identifier" in error.message
    assert category in error.where


def test_a_kind_that_identifies_alone_is_refused_too_and_covered_where_its_category_is_kept() -> None:
    changed = values()
    changed["rules"]["PLACE"] = {"strategy": "label", "kinds": {"street": {"strategy": "keep"}}}  # type: ignore[index]
    assert "rules.PLACE.kinds.street" in refusal(changed).where
    changed["rules"]["PLACE"] = {"strategy": "keep"}  # type: ignore[index]
    policy = check_policy(changed, where="mine.toml")
    assert rule_for(policy, Entity("e1", Category.PLACE, "town")).strategy == KEEP
    assert rule_for(policy, Entity("e1", Category.PLACE, "street")).strategy == "label"


def test_an_unknown_key_is_named_with_the_nearest() -> None:
    error = refusal(values() | {"publicfacts": "keep"})
    assert "publicfacts" in error.message
    assert error.hint == "did you mean public_facts?"


def test_an_unknown_strategy_is_named_with_the_nearest() -> None:
    changed = values()
    changed["rules"]["AGE"] = {"strategy": "band_age"}  # type: ignore[index]
    error = refusal(changed)
    assert "rules.AGE" in error.where
    assert "banded_age" in error.hint


def test_a_missing_category_is_named() -> None:
    changed = values()
    del changed["rules"]["DATE"]  # type: ignore[attr-defined]
    assert "DATE" in refusal(changed).message


def test_a_file_of_ones_own_is_read_and_must_be_for_the_tier(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'tier = "archive"\nsummary = "mine"\n' + "".join(f'[rules.{c}]\nstrategy = "label"\n' for c in Category),
        encoding="utf-8",
    )
    assert load_policy("archive", file=str(path)).summary == "mine"
    with pytest.raises(SettingsError, match="for the tier archive"):
        load_policy("public", file=str(path))
    path.write_text("tier = [", encoding="utf-8")
    with pytest.raises(SettingsError, match="not valid TOML"):
        load_policy("archive", file=str(path))
    with pytest.raises(SettingsError, match="cannot be read"):
        load_policy("archive", file=str(tmp_path / "none.toml"))


def test_described_and_removed_passages_have_their_own_strategies_in_every_tier() -> None:
    for tier in TIERS:
        assert rule_for(load_policy(tier), Entity("e1", Category.TRAIT, "described")).strategy == "describe"
        assert rule_for(load_policy(tier), Entity("e1", Category.TRAIT, "removed")).strategy == "passage_removed"


@pytest.mark.parametrize(
    ("key", "rule", "where", "hint"),
    [
        ("AGE", {"strategy": "banded_age", "detail": "decade"}, "rules.AGE.detail", "fine, broad"),
        ("AGE", {"strategy": "coarser_date", "detail": "year"}, "rules.AGE.strategy", "DATE"),
        ("DATE", {"strategy": "coarser_date"}, "rules.DATE.detail", "season"),
        ("TRAIT", {"strategy": "describe"}, "rules.TRAIT.strategy", "review"),
        ("ROLE", {"strategy": "keep", "detail": "year"}, "rules.ROLE.detail", ""),
        ("PLACE", {**LABEL, "kinds": {"vilage": LABEL}}, "rules.PLACE.kinds.vilage", "village"),
        (
            "DATE",
            {**LABEL, "kinds": {"date_of_birth": LABEL, "date of birth": LABEL}},
            "rules.DATE.kinds.date of birth",
            "",
        ),
    ],
)
def test_a_rule_that_cannot_do_what_it_says_is_refused(key: str, rule: object, where: str, hint: str) -> None:
    changed = values()
    changed["rules"][key] = rule  # type: ignore[index]
    error = refusal(changed)
    assert error.where == f"mine.toml: {where}"
    assert hint in error.hint


def test_a_rule_that_a_public_fact_would_overrule_is_refused() -> None:
    changed = values() | {"public_facts": "keep"}
    changed["rules"]["PLACE"] = {"strategy": "label", "kinds": {"county": {"strategy": "label"}}}  # type: ignore[index]
    assert "public_facts keeps what this rule replaces" in refusal(changed).message


def test_every_kind_of_the_region_pack_can_have_a_rule() -> None:
    region = load_region("kent-medway")
    places, agencies = ({*kinds_of(category)} for category in (Category.PLACE, Category.AGENCY))
    assert {place.type.replace("_", " ") for place in region.places} <= places
    assert {agency.kind.replace("children's", "childrens") for agency in region.agencies} <= agencies
