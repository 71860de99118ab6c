"""`deid selftest`: proof that nothing planted in a file is left in what is written."""

import json
import secrets

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The three numbers as JSON.")
def selftest(as_json: bool) -> int:
    """Plant an invented name in every place of every format and prove that none survives."""
    from deid.config import Formats
    from deid.study.evaluate.selftest import run_all

    results = run_all(secrets.token_bytes, Formats())
    tested = [one for one in results if not one.left_out]
    places, survivors = (sum(len(getattr(one, name)) for one in tested) for name in ("places", "survivors"))
    if as_json:
        click.echo(json.dumps({"formats": len(tested), "places": places, "survivors": survivors}))
    else:
        click.echo(f"{'format':10} {'places':>6} {'survivors':>9}")
        for one in results:
            found = f"not tested: {one.left_out}" if one.left_out else f"{len(one.places):6} {len(one.survivors):9}"
            click.echo(f"{one.format:10} {found}")
            for place in one.survivors:
                click.echo(f"{'':10} STILL THERE: {place}")
        click.echo(f"\n{len(tested)} formats, {places} places, {survivors} survivors")
    return 1 if survivors else 0
