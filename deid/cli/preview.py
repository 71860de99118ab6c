"""`deid preview`: one transcript as it will read, on a page that can be shown to a colleague."""

from pathlib import Path

import click

from deid.cli.study_option import open_the_study, study_option
from deid.errors import AskedWrongly


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The HTML file to write.")
@click.option("--tier", type=click.Choice(["team", "archive", "public"]), help="Whose text; the drafts' tier if none.")
@click.option("--sources", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Where sources lie now.")
@study_option
def preview(file: str, out: Path, tier: str | None, sources: Path | None, folder: Path) -> None:
    """Show one transcript as it will read, without originals.

    FILE is its code (P02-1) or its source.
    """
    from deid.cli.run import progress_bar
    from deid.review.preview import preview_page
    from deid.study.showing import show

    study = open_the_study(folder)
    path = str(Path(file).resolve())
    code = next((one.code for one in study.contents.sources if file == one.code or path == one.path), "")
    if not code:
        known = ", ".join(one.code for one in study.contents.sources)
        raise AskedWrongly("this transcript is not in the study", hint=f"there are: {known}")
    with progress_bar("Reading") as progress:
        rendered = show(study, tier or "", sources, progress)
    if rendered.gated[code].is_blocked:
        raise AskedWrongly("the gate holds this transcript back", where=code, hint="deid review shows each place")
    out.write_text(preview_page(rendered, code), encoding="utf-8", newline="\n")
    click.echo(out)
