"""`deid region`: complete places on your own machine."""

from pathlib import Path

import click

from deid.errors import AskedWrongly


@click.group()
def region() -> None:
    """Build a fuller region pack from official downloads."""


@region.command()
@click.argument("name")
@click.option(
    "--from",
    "sources",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="A downloaded file or folder.",
)
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Where the pack goes; ./NAME if not given."
)
@click.argument("more", nargs=-1, type=click.Path(path_type=Path, exists=True))
def build(name: str, sources: tuple[Path, ...], out: Path | None, more: tuple[Path, ...]) -> None:
    """Compile a pack for the region NAME from official downloads, in their published layouts.

    Read are OS Open Names, NaPTAN and NPTG, police.uk street files, ONS wards and parishes, GIAS schools and NHS ODS.
    docs/guides/another_region.md says where each is found and under which licence.
    """
    from datetime import UTC, datetime

    from deid.region_build import build as compile_pack

    files = [path for given in (*sources, *more) for path in _files(given)]
    if not files:
        raise AskedWrongly("name at least one downloaded file", hint="deid region build kent-medway --from FILE...")
    target = out or Path(name)
    built = compile_pack(name, files, target, on=datetime.now(UTC).date().isoformat())
    for source in built.sources:
        click.echo(
            f"{source.name}: {source.layout}, {source.rows} rows in the region, {source.added} new ({source.licence})"
        )
    click.echo(f"{built.places} places and {built.agencies} agencies are in {built.folder}")
    click.echo(f'Use it: put  pack = "{built.folder}"  under [region] in deid.toml', err=True)


def _files(given: Path) -> list[Path]:
    return sorted(path for path in given.rglob("*.csv")) if given.is_dir() else [given]
