"""`deid run`: the main job."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deid.cli.study_option import make_or_open, study_option

if TYPE_CHECKING:
    from deid.study.run import Progress, RunReport


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The result as JSON, on standard output.")
@study_option
def run(sources: tuple[Path, ...], as_json: bool, folder: Path) -> int:
    """Replace names, places, agencies and case details in transcripts.

    SOURCES are files and folders. Drafts appear in the study's folder `drafts`, in the same formats; the sources are
    never touched. The study is made if there is none.
    """
    from deid.study.main_job import main_job
    from deid.study.sources import check_paths

    started = time.monotonic()
    check_paths(sources, folder)
    study = make_or_open(folder)
    with progress_bar("Reading") as progress:
        report = main_job(study, sources, progress)
    if as_json:
        click.echo(json.dumps(as_values(study.folder, report, time.monotonic() - started), indent=2))
    else:
        say(report)
        if any(one.output for one in report.files):
            click.echo(f"Next: deid review --study {study.folder}", err=True)
    return report.exit_code


def as_values(folder: Path, report: "RunReport", seconds: float) -> dict[str, object]:
    """The shape that the design fixes for `deid run --json`."""
    return {
        "study": str(folder.resolve()),
        "files": [
            {
                "source": str(one.source.resolve()),
                "code": one.code,
                "output": str(one.output) if one.output else None,
                "segments": one.segments,
                "replacements": one.replacements,
                "undecided": one.undecided,
                "cards": one.cards,
                "error": _error(one.error) if one.error else None,
            }
            for one in report.files
        ],
        "entities": report.entities,
        "seconds": round(seconds, 3),
    }


def say(report: "RunReport") -> None:
    """The result in words: a line a file on standard output, all else on standard error."""
    for path, why in report.passed_over:
        click.echo(f"passed over: {path.name} ({why})", err=True)
    for one in report.files:
        if one.error:
            click.echo(f"deid: error: {one.error}", err=True)
            if one.error.hint:
                click.echo(f"deid: hint: {one.error.hint}", err=True)
            continue
        assert one.output is not None  # noqa: S101
        unsure = f"{one.undecided:4} unsure in {one.cards:2} card{'s' if one.cards != 1 else ' '}"
        click.echo(f"{one.code:10} {one.replacements:5} replaced  {unsure}  {one.output}")
        for what in one.dropped:
            click.echo(f"{'':10} dropped: {what}", err=True)
    done = sum(1 for one in report.files if one.output)
    click.echo(f"{done} of {len(report.files)} transcripts done, {report.written} drafts written.", err=True)


@contextmanager
def progress_bar(label: str) -> "Iterator[Progress | None]":
    """A bar on a terminal, silence elsewhere. It counts readings, not words: it says nothing of the text."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr, show_eta=True) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        yield progress


def _error(error: Exception) -> str:
    hint = getattr(error, "hint", "")
    return f"{error} ({hint})" if hint else str(error)
