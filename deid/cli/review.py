"""`deid review`: what needs a person, and their sign-off."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deid.cli.study_option import open_the_study, study_option
from deid.errors import AskedWrongly

if TYPE_CHECKING:
    from deid.study.folder import Study
    from deid.study.review.reviewing import Reviewing


_FILE = click.Path(path_type=Path, dir_okay=False)
_TABLE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command()
@click.option("--list", "as_list", is_flag=True, help="The queue on this terminal instead of the page.")
@click.option("--json", "as_json", is_flag=True, help="With --list: as JSON, without any original.")
@click.option("--export", "export_to", type=_FILE, metavar="FILE.xlsx", help="The open queue as a table.")
@click.option("--import", "import_from", type=_TABLE, metavar="FILE.xlsx", help="Apply the table's choices.")
@click.option("--originals", is_flag=True, help="With --export: originals as well. Needs --reason; it goes on record.")
@click.option("--reason", default="", help="Why originals are exported: as for deid vault reveal.")
@click.option("--sign-off", "sign_off_code", metavar="CODE", help="Sign a transcript off, as it is now.")
@click.option("--reviewer", metavar="R", help="Your reviewer code, such as R1.")
@click.option("--tier", type=click.Choice(["team", "archive", "public"]), help="Whose text; the drafts' tier if none.")
@click.option("--second", is_flag=True, help="A second reviewer's own pass, blind to the first one's answers.")
@click.option("--sources", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Where sources lie now.")
@study_option
def review(
    as_list: bool,
    as_json: bool,
    export_to: Path | None,
    import_from: Path | None,
    originals: bool,
    reason: str,
    sign_off_code: str | None,
    reviewer: str | None,
    tier: str | None,
    second: bool,
    sources: Path | None,
    folder: Path,
) -> int:
    """Look through what needs a person, and sign transcripts off."""
    from deid.cli.run import progress_bar
    from deid.study.showing import show

    if originals and not (export_to and reason):
        raise AskedWrongly("--originals goes with --export and a --reason", hint="--reason correction")
    study = open_the_study(folder)
    if sign_off_code:
        return _sign_off(study, sign_off_code, reviewer, tier or "", sources)
    if as_list or as_json:
        from deid.study.review.queue import queue

        with progress_bar("Reading") as progress:
            items = queue(show(study, tier or "", sources, progress))
        if as_json:
            rows = [{"code": one.code, "turn": one.turn, "kind": one.kind, "why": one.why} for one in items]
            click.echo(json.dumps(rows, indent=2))
        else:
            for one in items:
                click.echo(f"{one.code:8} turn {one.turn:<4} {one.kind:9} {one.why}")
        click.echo(f"{len(items)} places to look at, decided or not; in the queue alike ones are one card.", err=True)
        return 0
    if export_to or import_from:
        return _table(study, export_to, import_from, originals, reason, reviewer or "R1", tier or "", sources)
    from deid.review.server import serve

    reviewer = reviewer or ("R2" if second else "R1")
    if second:
        from deid.study.decisions import read_lines
        from deid.study.review.agreement import refuse_second

        refuse_second(read_lines(study), reviewer)
    return serve(
        study,
        start="queue",
        reviewer=reviewer,
        second=second,
        tier=tier or "",
        sources=sources,
    )


def _sign_off(study: "Study", code: str, reviewer: str | None, tier: str, sources: Path | None) -> int:
    """The sign-off, and the drafts as they were signed: one may be older than the last decision."""
    if not reviewer:
        raise AskedWrongly("a sign-off needs a reviewer", hint="--reviewer R1")
    review = _reviewing(study, tier, sources)
    review.assess()  # what is left to recognise somebody by is a question of the queue as well
    line = review.sign_off(code, reviewer)
    review.write_drafts()
    click.echo(f"{line.code} is signed off for the tier {line.values['tier']} by {line.reviewer}.")
    return 0


def _reviewing(study: "Study", tier: str, sources: Path | None) -> "Reviewing":
    from deid.cli.run import progress_bar
    from deid.study.memory import detector_of
    from deid.study.review.reviewing import Reviewing

    with progress_bar("Reading") as progress, detector_of(study, reads_all=True) as detector:
        return Reviewing(study, detector, tier=tier, sources=sources, progress=progress, foresees=True)


def _table(
    study: "Study",
    export_to: Path | None,
    import_from: Path | None,
    originals: bool,
    reason: str,
    reviewer: str,
    tier: str,
    sources: Path | None,
) -> int:
    from deid.study.review.queue_table import export_queue, import_queue
    from deid.study.vault.reveal import NOTICE

    held = _reviewing(study, tier, sources)
    if import_from:
        applied = import_queue(held, import_from.read_bytes(), reviewer)
        click.echo(f"{applied.decided} decided, {applied.before} decided before, {applied.empty} left empty.")
    if export_to:
        if originals:
            click.echo(NOTICE, err=True)
        count = export_queue(held, export_to, os.environ, originals_for=reason if originals else "", actor=reviewer)
        click.echo(f"{count} cards are in {export_to}.", err=True)
    return 0
