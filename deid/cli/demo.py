"""`deid demo`: the main job on six invented interviews."""

import secrets
from pathlib import Path

import click


@click.command()
@click.option("--roster/--no-roster", default=True, help="With or without the list of known people.")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def demo(folder: Path | None, roster: bool) -> int:
    """Run the main job on six invented interviews.

    FOLDER is where the demonstration's study goes; a new temporary folder if you name none.
    """
    from deid.cli.run import progress_bar, say
    from deid.cli.study_option import now
    from deid.study.demonstration import demonstrate, five_lines

    with progress_bar("Reading") as progress:
        shown = demonstrate(folder, with_roster=roster, random=secrets.token_bytes, clock=now, progress=progress)
    say(shown.report)
    for before, after in five_lines(shown):
        click.echo("")
        click.echo(click.style("before  ", dim=True) + before)
        click.echo(click.style("after   ", bold=True) + after)
    click.echo("")
    click.echo(f"The drafts are in {shown.study / 'drafts'}")
    click.echo(f"To try the review on them: deid open --study {shown.study}")
    click.echo(
        f"    passphrase: {shown.passphrase}  (everybody here is invented; put nothing of your own into this study)"
    )
    click.echo("With your own transcripts: deid open, or deid run YOUR_FOLDER")
    return shown.report.exit_code
