"""`deid release`: what leaves the study."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deid.cli.study_option import open_the_study, study_option

if TYPE_CHECKING:
    from deid.study.release.release import Release


@click.command()
@click.option("--tier", type=click.Choice(["team", "archive", "public"]), required=True, help="Who will read it.")
@click.option("--to", "recipient", default="", help="Who gets it, for the record (no names of participants).")
@click.option("--zip", "with_zip", is_flag=True, help="Also one .zip: the only thing to send.")
@click.option("--sources", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Where sources lie now.")
@click.option("--dry-run", is_flag=True, help="Only show what would leave, and how much of it was replaced.")
@click.option("--json", "as_json", is_flag=True, help='{"tier", "number", "folder", "files", "left_out", "utility"}')
@study_option
def release(
    tier: str, recipient: str, with_zip: bool, sources: Path | None, dry_run: bool, as_json: bool, folder: Path
) -> int:
    """Write signed-off transcripts into releases/TIER/NUMBER, with manifest and public log.

    Only transcripts that are signed off as they are now, and only as far as their participants consented; the others
    are left out, named, and the exit code is 1.
    """
    from deid.cli.run import progress_bar
    from deid.study.release.release import preview
    from deid.study.release.release import release as make
    from deid.study.showing import show
    from deid.study.typed import is_clean

    study = open_the_study(folder)
    with progress_bar("Reading") as progress, study.writing():
        rendered = show(study, tier, sources, progress)
        made = preview(study, rendered)
        for warning in made.warnings:
            click.echo(f"deid: warning: {warning}", err=True)
        if not dry_run:
            made = make(
                study,
                rendered,
                recipient=recipient,
                is_clean=lambda text: is_clean(text, study.contents, study.region),
                with_zip=with_zip,
            )
    _print_json(made) if as_json else _print(made, dry_run=dry_run)
    return made.exit_code


def _print_json(made: "Release") -> None:
    from deid.study.release.meter import as_values

    values = {
        "tier": made.tier,
        "number": made.number,
        "folder": str(made.folder.resolve()),
        "files": [str(path.resolve()) for path in made.files],
        "left_out": [{"code": one.code, "why": one.why} for one in made.left_out],
        "utility": [as_values(one) for one in made.utility],
    }
    click.echo(json.dumps(values, indent=2))


def _print(made: "Release", *, dry_run: bool) -> None:
    from deid.study.release.meter import as_line

    for path in made.files:
        click.echo(path.resolve())
    if made.archive:
        click.echo(made.archive.resolve())
    for one in made.utility:
        click.echo(as_line(one), err=not dry_run)
    for missing in made.left_out:
        click.echo(f"left out: {missing.code} ({missing.why})", err=True)
