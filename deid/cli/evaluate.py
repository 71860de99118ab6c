"""`deid evaluate`: how good is it, in figures anyone can check?"""

import json
from dataclasses import asdict
from pathlib import Path

import click


@click.command()
@click.argument("gold", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--system", type=click.Choice(["deid", "presidio", "spacy"]), default="deid", show_default=True)
@click.option("--roster", type=click.Path(path_type=Path, dir_okay=False, exists=True), help="Known people (CSV).")
@click.option(
    "--files",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Run the real files in this folder through everything, and score what survives in the outputs.",
)
@click.option("--tier", type=click.Choice(["team", "archive", "public"]), help="By default the settings' own.")
@click.option(
    "-s",
    "--study",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Use this study's deid.toml, and nothing else of it.",
)
@click.option("--apart", is_flag=True, help="Each line is a study of its own: no name carries over to another.")
@click.option("--json", "as_json", is_flag=True, help="Every figure as JSON.")
@click.option(
    "--misses",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write what was missed and lost, with its context, into this file: it holds names.",
)
def evaluate(
    gold: Path,
    system: str,
    roster: Path | None,
    files: Path | None,
    tier: str | None,
    study: Path | None,
    apart: bool,
    as_json: bool,
    misses: Path | None,
) -> None:
    """Quality figures against gold data.

    GOLD is JSON Lines: {"id", "file", "text", "spans", "keep"}; docs/reference/evaluation.md says how each figure is
    counted. Nothing is written but what --misses names.
    """
    from deid.cli.run import progress_bar
    from deid.evaluate.misses import refuse_shared, slips, write_slips
    from deid.evaluate.score import score
    from deid.evaluate.table import as_text, as_values, credit_text
    from deid.study.evaluate.evaluation import measure

    if misses:
        refuse_shared(misses)
    with progress_bar("Reading") as progress:
        measured = measure(
            gold,
            system=system,
            roster=roster,
            files=files,
            tier=tier or "",
            study=study,
            apart=apart,
            progress=progress,
        )
    figures = score(measured.golds, measured.masks)
    if as_json:
        recognisers = [asdict(credit) for credit in measured.credit]
        values = {"system": system, "gold": gold.name, **as_values(figures), "recognisers": recognisers}
        if measured.hidden is not None:
            values["hidden"] = {"left": measured.hidden.total - measured.hidden.hits, "total": measured.hidden.total}
        click.echo(json.dumps(values, indent=2))
    else:
        click.echo(as_text(figures))
        if measured.hidden is not None:
            left = measured.hidden.total - measured.hidden.hits
            click.echo(f"outside the visible text: {left} of {measured.hidden.total} marked strings are left\n")
        if measured.credit:
            click.echo(credit_text(measured.credit))
    if misses:
        count = write_slips(misses, slips(measured.golds, measured.masks))
        click.echo(f"{count} slips are in {misses}; the file holds names: delete it when you have read it.", err=True)
