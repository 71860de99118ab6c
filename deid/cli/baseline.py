"""`deid baseline`: findings that somebody looked at and allowed, each with a reason, an owner and an end."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from deid.cli.check import environment_with, request_of, say, what_to_check

_place = click.option(
    "--file",
    "place",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path(".deid-baseline.json"),
    show_default=True,
)


@click.group()
def baseline() -> None:
    """Findings that were looked at and allowed: add, audit, prune."""


@baseline.command()
@what_to_check
@click.option("--kind", default="", help="Only findings of this kind.")
@click.option("--reason", required=True, help="Why they may stay, in words without a name.")
@click.option("--owner", required=True, help="Who answers for it: a role or a code, no name.")
@click.option("--expires", type=click.DateTime(["%Y-%m-%d"]), help="By default in a year, and never later.")
def add(
    kind: str,
    reason: str,
    owner: str,
    expires: datetime | None,
    workers: int | None,
    key_file: Path | None,
    **asked: Any,
) -> int:
    """Allow what `deid check` with the same arguments finds now."""
    from deid.check import baseline as baselines
    from deid.study.check.baselining import add_findings

    today = datetime.now(UTC).date()
    until = expires.date() if expires else today + timedelta(days=baselines.LONGEST_DAYS - 1)
    place = asked["baseline"] or Path(baselines.NAME)
    asked["baseline"] = None
    report, count = add_findings(
        request_of(**asked), place, kind=kind, reason=reason, owner=owner, expires=until, today=today,
        folder=Path.cwd(), environment=environment_with(key_file), workers=workers or os.cpu_count() or 1,
    )  # fmt: skip
    say(report)
    click.echo(f"deid: {count} entries are new in {place}", err=True)
    return max([0, *(one.code for one in report.problems)])


@baseline.command()
@_place
@click.option("--json", "as_json", is_flag=True, help="The entries as JSON.")
def audit(place: Path, as_json: bool) -> int:
    """What is allowed, by whom, until when; what expired. Needs no key."""
    import json
    from dataclasses import asdict

    from deid.study.check.checking import read_baseline

    known = read_baseline(place)
    today = datetime.now(UTC).date()
    expired = [entry for entry in known.entries if date.fromisoformat(entry.expires) < today]
    if as_json:
        click.echo(json.dumps({"entries": [asdict(one) for one in known.entries], "expired": len(expired)}, indent=2))
    for entry in () if as_json else known.entries:
        state = "EXPIRED" if entry in expired else "until"
        click.echo(f"{entry.path}: {entry.kind}: {entry.reason} ({entry.owner}, {state} {entry.expires})")
    click.echo(f"deid: {len(known.entries)} entries, {len(expired)} expired", err=True)
    return 1 if expired else 0


@baseline.command()
@what_to_check
def prune(workers: int | None, key_file: Path | None, **asked: Any) -> int:
    """Take out entries that expired, and those for which a check with these arguments finds nothing."""
    from deid.check.baseline import NAME
    from deid.study.check.baselining import prune_entries

    place = asked["baseline"] or Path(NAME)
    asked["baseline"] = None
    gone = prune_entries(
        request_of(**asked), place, today=datetime.now(UTC).date(), folder=Path.cwd(),
        environment=environment_with(key_file), workers=workers or os.cpu_count() or 1,
    )  # fmt: skip
    click.echo(f"deid: {gone} entries are gone from {place}", err=True)
    return 0
