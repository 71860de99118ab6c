"""`deid quotes`: a paper's quotations against the released text."""

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deid.cli.study_option import open_the_study, study_option

if TYPE_CHECKING:
    from deid.study.release.quotes import Checked

_TIERS = click.Choice(["team", "archive", "public"])


@click.command()
@click.argument("paper", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--from", "source", type=_TIERS, help="The tier that the paper quotes; the drafts' if none.")
@click.option("--to", "target", type=_TIERS, help="Say how each quotation must read in this tier.")
@click.option("--sources", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Where sources lie now.")
@click.option("--json", "as_json", is_flag=True, help='{"quotations", "originals", "together"}')
@study_option
def quotes(
    paper: Path, source: str | None, target: str | None, sources: Path | None, as_json: bool, folder: Path
) -> int:
    """Check a paper's quotations against the released text.

    Reads .docx, .md, .txt and .pptx. Exit code 1 where an original name, place or number of the study stands in the
    paper; a quotation that is not from the released text is listed.
    """
    from deid.cli.run import progress_bar
    from deid.study.release.papers import deletions, paragraphs
    from deid.study.release.quotes import as_values, check_paper
    from deid.study.showing import show

    study = open_the_study(folder)
    read = paragraphs(paper, study.settings.formats)
    with progress_bar("Reading") as progress:
        rendered = show(study, source or "", sources, progress)
        other = show(study, target, sources, progress) if target else None
    checked = check_paper(study, read, rendered, other, deletions(paper))
    if as_json:
        click.echo(json.dumps(as_values(checked), indent=2, ensure_ascii=False))
    else:
        _say(checked)
    return checked.exit_code


def _say(checked: "Checked") -> None:
    from deid.study.release.quotes import stands, summary

    counts = Counter(one.quotation.paragraph for one in checked.quoted)
    said: Counter[int] = Counter()
    for one, becomes in zip(checked.quoted, checked.becomes, strict=True):
        number = one.quotation.paragraph
        said[number] += 1
        place = f"paragraph {number}" + (f", quotation {said[number]}" if counts[number] > 1 else "")
        where = f"{one.code} turn {one.turn}" if one.code else ""
        click.echo(f"{place:<28} {one.state:28} {where}".rstrip())
        if becomes:
            click.echo("    may stand as it is" if stands(one, becomes) else f"    must read: {becomes}")
    for original in checked.originals:
        where = f"paragraph {original.paragraph}" if original.paragraph else "a tracked deletion"
        click.echo(f"{where:<28} holds an original form of this study ({original.digest[:16]})")
    for group in checked.together:
        places = ", ".join(map(str, group.paragraphs))
        click.echo(f"paragraphs {places} together point to {group.who}: {group.tells}")
    click.echo(f"{summary(checked)}.", err=True)
