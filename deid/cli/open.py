"""`deid open`: the whole study on a page of this machine."""

from pathlib import Path

import click

from deid.cli.study_option import study_option


@click.command()
@click.option("--sources", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Where sources lie now.")
@study_option
def open(sources: Path | None, folder: Path) -> int:
    """Open the study in the browser: make it, read transcripts, review, release.

    The page is served by this machine to this machine; nothing is loaded from anywhere and nothing is sent.
    """
    from deid.review.server import serve

    return serve(None, start="start", folder=folder, sources=sources)
