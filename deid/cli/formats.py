"""`deid formats`: what is read, kept, dropped and refused."""

import json

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
def formats(as_json: bool) -> None:
    """What is read, kept, dropped and refused in each format."""
    from deid.formats import choose

    rows = []
    for name in choose.names():
        module = choose.load(name)
        rows.append({"name": name, "suffixes": list(module.SUFFIXES), "summary": module.SUMMARY})
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    for row in rows:
        click.echo(f"{', '.join(row['suffixes']):16} {row['summary']}")
