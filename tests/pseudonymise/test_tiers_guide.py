"""docs/guides/tiers.md shows what the three policies do to one passage; the page is read and compared."""

import re
from pathlib import Path

import pytest

from deid.model import Category, Entity, KeyEntry, Mention, Segment, Span, Transcript
from deid.pseudonymise.assign import assign
from deid.pseudonymise.policy import load_policy
from deid.pseudonymise.rewrite import replacements, rewrite
from deid.region import Agency, Place, Region

PAGE = Path(__file__).parents[2] / "docs" / "guides" / "tiers.md"
TIERS = ("team", "archive", "public")
REGION = Region(
    "test",
    places=(Place("Dover", "town", district="Dover", subregion="East Kent"),),
    agencies=(Agency("Kent Police", "police force", "county"),),
)
ENTITIES = (
    (Entity("ros", Category.PERSON, "", "participant", ("Ros",)), ("Ros",)),
    (Entity("kaya", Category.PERSON, "", "child", ("Kaya",)), ("Kaya",)),
    (Entity("age", Category.AGE, "age", "", ("fourteen-year-old",)), ("fourteen-year-old",)),
    (Entity("home", Category.AGENCY, "children's home", "", ("Heron House",)), ("Heron House",)),
    (Entity("dover", Category.PLACE, "town", "Dover", ("Dover",)), ("Dover",)),
    (Entity("day", Category.DATE, "day", "", ("14 April 2019",)), ("14 April 2019",)),
    (Entity("adeyemi", Category.PERSON, "", "professional", ("Adeyemi",)), ("Adeyemi",)),
    (Entity("road", Category.PLACE, "street", "", ("Tannery Road",)), ("Tannery Road",)),
    (Entity("police", Category.AGENCY, "police force", "", ("Kent Police",)), ("Kent Police",)),
    (Entity("crime", Category.CASE, "crime_reference", "", ("46/123456/19",)), ("46/123456/19",)),
    (Entity("shane", Category.PERSON, "", "suspect", ("Shane Ovett", "Shane")), ("Shane Ovett", "Shane")),
    (Entity("cabs", Category.AGENCY, "firm", "", ("Comet Cabs",)), ("Comet Cabs",)),
    (Entity("year", Category.DATE, "year", "", ("1999",)), ("1999",)),
)


def passage(tier: str) -> str:
    """The quoted block behind its mark, as one line."""
    block = PAGE.read_text(encoding="utf-8").split(f"<!-- {tier} -->\n", 1)[1].split("\n\n", 1)[0]
    return " ".join(line.removeprefix("> ").strip() for line in block.splitlines())


def rendered() -> dict[str, str]:
    text = passage("said")
    mentions: dict[Span, str] = {}
    for entity, forms in ENTITIES:
        for form in sorted(forms, key=len, reverse=True):
            for match in re.finditer(rf"\b{re.escape(form)}\b", text):
                span = Span(0, *match.span())
                if not any(span.overlaps(other) for other in mentions):
                    mentions[span] = entity.id
    transcript = Transcript("P01-1", (Segment("speech", text, 1),))
    own = tuple(Mention(span, name) for span, name in sorted(mentions.items()))
    entries: dict[str, KeyEntry] = {}
    shown = {}
    for tier in TIERS:
        policy = load_policy(tier)
        entities = [entity for entity, _ in ENTITIES]
        assigned = assign(entities, {"P01-1": own}, entries, tier, policy, REGION, b"a key for the guide of tiers")
        entries = {entry.entity.id: entry for entry in assigned.entries.values()}
        shown[tier] = rewrite(transcript, replacements(transcript, own, assigned, policy)).segments[0].text
    return shown


@pytest.mark.parametrize("tier", TIERS)
def test_the_guide_shows_what_the_policy_does(tier: str) -> None:
    assert passage(tier) == rendered()[tier]


def test_no_name_of_the_passage_stands_in_any_tier_and_no_token_in_two() -> None:
    shown = rendered()
    for words in ("Kaya", "Adeyemi", "Ovett", "Shane", "Heron", "Tannery", "Comet", "46/123456/19", "Ros:"):
        assert all(words not in text for text in shown.values())
    tokens = [set(re.findall(r"\[[^\]]+\]", text)) for text in shown.values()]
    assert not tokens[0] & tokens[1] | tokens[0] & tokens[2] | tokens[1] & tokens[2]
