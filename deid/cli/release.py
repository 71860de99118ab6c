"""`deid release`: what leaves the study."""

import json
from pathlib import Path

import click

from deid.cli.study_option import open_the_study, study_option


@click.command()
@click.option("--tier", type=click.Choice(["team", "archive", "public"]), required=True, help="Who will read it.")
@click.option("--to", "recipient", default="", help="Who gets it, for the record (no names of participants).")
@click.option("--zip", "with_zip", is_flag=True, help="Also one .zip: the only thing to send.")
@click.option("--sources", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Where sources lie now.")
@click.option("--json", "as_json", is_flag=True, help='{"tier", "number", "folder", "files", "left_out"}')
@study_option
def release(tier: str, recipient: str, with_zip: bool, sources: Path | None, as_json: bool, folder: Path) -> int:
    """Write signed-off transcripts into releases/TIER/NUMBER, with manifest and public log.

    Only transcripts that are signed off as they are now, and only as far as their participants consented; the others
    are left out, named, and the exit code is 1.
    """
    from deid.cli.run import progress_bar
    from deid.study.release import release as make
    from deid.study.showing import show
    from deid.study.typed import is_clean

    study = open_the_study(folder)
    with progress_bar("Reading") as progress, study.writing():
        rendered = show(study, tier, sources, progress)
        made = make(
            study,
            rendered,
            recipient=recipient,
            is_clean=lambda text: is_clean(text, study.contents, study.region),
            with_zip=with_zip,
        )
    if as_json:
        values = {
            "tier": made.tier,
            "number": made.number,
            "folder": str(made.folder.resolve()),
            "files": [str(path.resolve()) for path in made.files],
            "left_out": [{"code": one.code, "why": one.why} for one in made.left_out],
        }
        click.echo(json.dumps(values, indent=2))
    else:
        for path in made.files:
            click.echo(path.resolve())
        if made.archive:
            click.echo(made.archive.resolve())
        for one in made.left_out:
            click.echo(f"left out: {one.code} ({one.why})", err=True)
    for warning in made.warnings:
        click.echo(f"deid: warning: {warning}", err=True)
    return made.exit_code
