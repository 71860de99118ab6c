"""`deid audit`: what an ethics board needs."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from deid.cli.study_option import study_option


@click.group()
def audit() -> None:
    """Verify the log; no key needed."""


@audit.command()
@click.option("--anchor", default="", help="The line in the board's minutes, or a file that holds it.")
@click.option("--release", type=click.Path(path_type=Path, exists=True, file_okay=False), help="A release's folder.")
@click.option("--json", "as_json", is_flag=True, help='{"ok", "anchored", "problems": [{"kind", "where", "meaning"}]}')
@study_option
def verify(anchor: str, release: Path | None, as_json: bool, folder: Path) -> int:
    """Is the record whole and unaltered, and do the files match it? Needs no key and no vault."""
    from deid.audit.verify import explain
    from deid.study.verification import verify_study

    found = verify_study(folder, anchor=anchor, release=release)
    if as_json:
        problems = [asdict(problem) for problem in found.problems]
        click.echo(json.dumps({"ok": found.ok, "anchored": found.anchored, "problems": problems}, indent=2))
    else:
        click.echo(explain(found))
    return 0 if found.ok else 1
