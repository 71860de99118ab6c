"""docs/reference/policies.md says what the shipped policies and strategies do."""

from pathlib import Path

from deid import plugins
from deid.pseudonymise import strategies
from deid.pseudonymise.labels import LABELS
from deid.pseudonymise.policy import load_policy, policy_table
from deid.pseudonymise.tokens import find_tokens, label_part

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "policies.md").read_text(encoding="utf-8")
TIERS = ("team", "archive", "public")


def rows(text: str) -> list[tuple[str, ...]]:
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines[2:]]


def test_the_table_is_what_the_policies_do() -> None:
    table = PAGE.split("<!-- table", 1)[1].split("<!-- end of table -->", 1)[0]
    said = {(category, kind): cells for category, kind, *cells in rows(table)}
    done: dict[tuple[str, str], list[str]] = {}
    for column, tier in enumerate(TIERS):
        for category, kind, strategy, detail in policy_table(load_policy(tier)):
            cells = done.setdefault((category, kind), ["", "", ""])
            cells[column] = f"{strategy} ({detail})" if detail else strategy
    assert said == done


def test_the_tiers_are_described_as_they_are() -> None:
    said = {row[0].strip("`"): row[1:] for row in rows(PAGE.split("## What each")[0])}
    for tier in TIERS:
        policy = load_policy(tier)
        assert said[tier][1:] == (policy.public_facts, policy.style, f"{policy.budget:.0%}".replace("%", " %"))


def test_every_strategy_is_described_by_its_own_summary() -> None:
    said = {row[0].strip("`"): row for row in rows(PAGE.split("## Strategies")[1].split("## Tokens")[0])}
    assert set(said) == set(plugins.names(strategies))
    for name, row in said.items():
        strategy = plugins.load(strategies, name)
        assert row[1] == strategy.SUMMARY
        assert row[2] == strategy.TECHNIQUE


def test_every_token_of_the_page_is_one() -> None:
    for part in PAGE.split("`")[1::2]:
        if part.startswith("[") and part.endswith("]") and "policy" not in part:
            assert find_tokens(part), part
            label = label_part(part.strip("[]"))
            assert not label or label in LABELS
