"""`deid audit`: what an ethics board needs."""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

import click

from deid.cli.study_option import open_the_study, study_option
from deid.errors import AskedWrongly


@click.group()
def audit() -> None:
    """Verify the log, report on it, export it; no key needed."""


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


@audit.command()
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The HTML file to write.")
@click.option("--since", default="", help="An anchor line: say what changed since then.")
@click.option("--pdf", is_flag=True, help="Also a PDF (needs the extra pdf-report).")
@study_option
def report(out: Path, since: str, pdf: bool, folder: Path) -> None:
    """Write the board's report: one HTML file that needs no script and prints well."""
    from deid.audit.report import to_pdf
    from deid.cli.study_option import now
    from deid.study.board import report as write

    page = write(folder, today=now().date(), since=since, environment=dict(os.environ))
    out.write_text(page, encoding="utf-8", newline="\n")
    click.echo(out)
    if pdf:
        out.with_suffix(".pdf").write_bytes(to_pdf(page))
        click.echo(out.with_suffix(".pdf"))


@audit.command()
@click.option("--format", "form", type=click.Choice(["csv", "json"]), default="csv", show_default=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file to write; else standard output.")
@click.option("--release", "place", default="", help="Of a release, such as archive/1; else of the drafts.")
@click.option("--words", is_flag=True, help="Instead: a methods paragraph and a data-availability statement.")
@study_option
def export(form: str, out: Path | None, place: str, words: bool, folder: Path) -> None:
    """The anonymisation log: a row for every replacement, without originals."""
    from deid.study import board

    if words:
        data = "\n\n".join((*board.words_for_the_paper(folder), "")).encode("utf-8")
    else:
        data = board.export(folder, form, f"releases/{place}" if place else "drafts")
    if out is None:
        sys.stdout.buffer.write(data)
    else:
        out.write_bytes(data)
        click.echo(out)


@audit.command()
@click.argument("kind", type=click.Choice(["amendment", "approval", "incident"]))
@click.option("--reference", required=True, help="The board's own reference.")
@click.option("--words", default="", help="A sentence, without a name.")
@click.option("--reviewer", default="deid", help="Your code, such as R1.")
@study_option
def note(kind: str, reference: str, words: str, reviewer: str, folder: Path) -> None:
    """Put an amendment, an approval or an incident on record."""
    from deid.study.board import note as put
    from deid.study.typed import is_clean

    study = open_the_study(folder)
    for typed in (reference, words):
        if typed and not is_clean(typed, study.contents, study.region):
            raise AskedWrongly("these words hold something that identifies", hint="say it without the name")
    with study.writing():
        put(study, kind, reference, words, reviewer, lambda text: is_clean(text, study.contents, study.region))
    click.echo(f"The {kind} is on record.")
