"""`deid roster`: the people you already know of."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deid.cli.study_option import make_or_open, open_the_study, study_option

if TYPE_CHECKING:
    from deid.study.roster import Difference


@click.group()
def roster() -> None:
    """The people you already know of: import, list, edit, consent, pseudonyms."""


@roster.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--yes", is_flag=True, help="Do not ask before known people are changed.")
@study_option
def import_(file: Path, dry_run: bool, yes: bool, folder: Path) -> None:
    """Read a roster (CSV) into the vault; show what changes, remove nobody.

    Columns: code,full_name,aliases,role,agency,base; and, where you have them,
    consent,chosen_pseudonym,tenure,phrases,part,public. Several aliases have ; between them.
    """
    from deid.study.roster import compare, import_roster, read_roster, refuse_people

    people = read_roster(file)
    study = make_or_open(folder)
    refuse_people(study, people)
    difference = compare(study.contents.roster, people)
    _show(difference)
    if dry_run:
        return
    if difference.changed and not yes and sys.stdin.isatty():
        click.confirm("Bring the changed rows up to date?", default=True, abort=True, err=True)
    import_roster(study, people)
    click.echo(
        f"The vault holds the roster now. The readable file still lies at {file}: put it somewhere safe.", err=True
    )


def _show(difference: "Difference") -> None:
    for code in difference.added:
        click.echo(f"new      {code}")
    for code, columns in difference.changed.items():
        click.echo(f"changed  {code}: {', '.join(columns)}")
    for code in difference.only_in_vault:
        click.echo(f"kept     {code}: not in this file, still known to the vault")
    if difference.same or not (difference.added or difference.changed):
        click.echo(f"{difference.same} unchanged.")


@roster.command("list")
@click.option("--json", "as_json", is_flag=True, help="Codes and consent as JSON.")
@click.option("--names", is_flag=True, help="Show the names too (on this screen only).")
@study_option
def list_(as_json: bool, names: bool, folder: Path) -> None:
    """List the known people, by code; names only when asked for."""
    people = open_the_study(folder).contents.roster
    if as_json:
        rows = [
            {"code": person.code, "consent": person.consent, "part": person.part, "public": person.public}
            for person in people
        ]
        click.echo(json.dumps(rows, indent=2))
        return
    for person in people:
        name = f"  {person.full_name}" if names else ""
        click.echo(f"{person.code:8} consent: {person.consent or 'team'}{name}")


@roster.command()
@click.option("--json", "as_json", is_flag=True, help="The names as a JSON list.")
@study_option
def pseudonyms(as_json: bool, folder: Path) -> None:
    """List neutral names that nobody in this study bears, to choose from: --set "chosen_pseudonym=Robin Fairley"."""
    from deid.study.chosen_names import free_names

    names = free_names(open_the_study(folder).contents)
    click.echo(json.dumps(names, indent=2) if as_json else "\n".join(names))


@roster.command()
@click.argument("code")
@click.option("--set", "cells", multiple=True, required=True, metavar="COLUMN=VALUE", help="As often as needed.")
@click.option("--as", "actor", default="deid", help="The code under which this is on record, such as R1.")
@study_option
def edit(code: str, cells: tuple[str, ...], actor: str, folder: Path) -> None:
    """Change the row of CODE: --set role=Inspector --set "aliases=Maz;DI Oddington". An empty value clears a cell."""
    from deid.study.roster import edit_person

    for cell in cells:
        if "=" not in cell:
            raise click.UsageError("--set wants COLUMN=VALUE")
    values = {column.strip(): value for column, _, value in (cell.partition("=") for cell in cells)}
    changed = edit_person(open_the_study(folder), code, values, actor)
    click.echo(f"changed  {code}: {', '.join(changed)}" if changed else f"{code} is as it was.")


@roster.command()
@click.argument("code")
@click.argument("consent", type=click.Choice(["none", "team", "archive", "public"]))
@click.option("--form", default="", help="The reference of the signed form.")
@click.option("--as", "actor", default="deid", help="The code under which this is on record, such as R1.")
@study_option
def consent(code: str, consent: str, form: str, actor: str, folder: Path) -> None:
    """Change what participant CODE has agreed to. Releases above a lower consent lose their transcripts here."""
    from deid.study.vault.certificate import recall_sheet, recalls
    from deid.study.vault.withdrawal import change_consent

    study = open_the_study(folder)
    taken_back = change_consent(study, code, consent, form=form, actor=actor)
    if taken_back:
        click.echo("\n".join(recall_sheet(recalls(study.log.events(), code))))
    what_went = f"; {len(taken_back)} released files were taken back here" if taken_back else ""
    click.echo(f"{code} agrees to {consent}{what_went}.", err=True)
