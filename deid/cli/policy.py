"""`deid policy`: what each category becomes."""

import json
from pathlib import Path

import click

_COLUMNS = ("category", "kind", "strategy", "detail")


@click.group()
def policy() -> None:
    """What each category becomes, for each audience."""


@policy.command()
@click.argument("tier", type=click.Choice(["team", "archive", "public"]), default="archive")
@click.option("--file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A policy of your own.")
@click.option("--json", "as_json", is_flag=True)
def show(tier: str, file: Path | None, as_json: bool) -> None:
    """A table of what each category and kind becomes."""
    from deid.pseudonymise.policy import load_policy, policy_table, read_policy

    chosen = read_policy(file) if file else load_policy(tier)
    rows = policy_table(chosen)
    if as_json:
        click.echo(json.dumps([dict(zip(_COLUMNS, row, strict=True)) for row in rows], indent=2))
        return
    click.echo(f"{chosen.tier}: {chosen.summary}")
    widths = [max(len(row[column]) for row in (_COLUMNS, *rows)) for column in range(len(_COLUMNS))]
    for row in (_COLUMNS, *rows):
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@policy.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def check(file: Path) -> None:
    """Is this policy whole, and does it keep nothing that identifies alone?"""
    from deid.pseudonymise.policy import read_policy

    chosen = read_policy(file)
    click.echo(f"{file.name} is a whole policy for the tier {chosen.tier}.")
