"""`deid audit`: what an ethics board needs."""

import json
import os
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path

import click

from deid.cli.study_option import open_the_study, study_option
from deid.errors import AskedWrongly


@click.group()
def audit() -> None:
    """Verify the log, report on it, export it; no key needed."""


@audit.command()
@click.option(
    "--anchor",
    default="",
    help="The line in the minutes or the fingerprint of the ethics form, or a file that holds it.",
)
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
@click.option(
    "--since",
    default="",
    help="An anchor (a line or a file): is it kept, and what came since?",
)
@click.option("--pdf", is_flag=True, help="Also a PDF (needs the extra pdf-report).")
@study_option
def report(out: Path, since: str, pdf: bool, folder: Path) -> int:
    """Write the board's report: one HTML file that needs no script and prints well.

    It is written also where the record does not add up, and says so; the exit code is 1 then.
    """
    from deid.audit.report import to_pdf
    from deid.cli.study_option import now
    from deid.study.release.board import report as write

    made = write(folder, today=now().date(), since=since, environment=dict(os.environ))
    out.write_text(made.page, encoding="utf-8", newline="\n")
    click.echo(out)
    if pdf:
        out.with_suffix(".pdf").write_bytes(to_pdf(made.page))
        click.echo(out.with_suffix(".pdf"))
    return 0 if made.ok else 1


@audit.command()
@click.option("--format", "form", type=click.Choice(["csv", "xlsx", "json"]), default="csv", show_default=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file to write; else standard output.")
@click.option("--release", "place", default="", help="Of a release, such as archive/1; else of the drafts.")
@click.option("--words", is_flag=True, help="Instead: a methods paragraph and a data-availability statement.")
@click.option("--with-originals", is_flag=True, help="Also what stood there: needs the passphrase, --reason and --out.")
@click.option("--reason", default="", help="Why originals are written: safeguarding, audit ...")
@click.option("--as", "actor", default="deid", help="The code under which this is on record, such as R1.")
@click.option("--sources", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Where sources lie now.")
@study_option
def export(
    form: str,
    out: Path | None,
    place: str,
    words: bool,
    with_originals: bool,
    reason: str,
    actor: str,
    sources: Path | None,
    folder: Path,
) -> None:
    """The anonymisation log: a row for every replacement.

    Without originals it needs no key. With them it is a bulk reveal: it goes on record first, and into a file that only
    you can read, outside the study and outside anything synchronised or under version control.
    """
    from deid.study.release import board

    where = f"releases/{place}" if place else "drafts"
    if with_originals:
        if out is None or words:
            raise AskedWrongly("originals go into a file of their own", hint="name it: --out FILE")
        _export_originals(folder, form, where, out, reason, actor, sources)
        return
    if words:
        data = "\n\n".join((*board.words_for_the_paper(folder), "")).encode("utf-8")
    else:
        data = board.export(folder, form, where)
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
    from deid.study.release.board import note as put
    from deid.study.typed import is_clean

    study = open_the_study(folder)
    for typed in (reference, words):
        if typed and not is_clean(typed, study.contents, study.region):
            raise AskedWrongly("these words hold something that identifies", hint="say it without the name")
    with study.writing():
        put(study, kind, reference, words, reviewer, lambda text: is_clean(text, study.contents, study.region))
    click.echo(f"The {kind} is on record.")


def _export_originals(
    folder: Path, form: str, place: str, out: Path, reason: str, actor: str, sources: Path | None
) -> None:
    from deid.cli.run import progress_bar
    from deid.study.release.board import written
    from deid.study.release.originals import export_with_originals, tier_of
    from deid.study.showing import show
    from deid.study.vault.reveal import NOTICE

    click.echo(NOTICE, err=True)
    study = open_the_study(folder)
    with progress_bar("Reading") as progress, study.writing():
        rendered = show(study, tier_of(study, place), sources, progress)
        count = export_with_originals(
            study,
            rendered,
            place,
            partial(written, form=form, with_originals=True),
            out,
            reason,
            os.environ,
            actor,
        )
    click.echo(f"{count} replacements with their originals are in {out}: delete it as soon as it has served.", err=True)
