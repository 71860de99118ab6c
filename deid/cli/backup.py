"""`deid backup` and `deid restore`: a copy that opens, and the way back."""

import os
import secrets
from pathlib import Path

import click

from deid.cli.study_option import credential, now, open_the_study, study_option


@click.command()
@click.option(
    "--to",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="An encrypted stick or disk; each backup gets a folder of its own there.",
)
@study_option
def backup(to: Path, folder: Path) -> None:
    """Copy the study: vault, log, decisions, settings, drafts and releases, with their digests."""
    from deid.study.vault.backup import back_up

    made = back_up(open_the_study(folder), to, os.environ)
    click.echo(str(made.folder))
    click.echo(
        f"{len(made.files)} files, vault of generation {made.generation}. It opens with today's passphrase.", err=True
    )


@click.command()
@click.argument("backup_folder", metavar="BACKUP", type=click.Path(path_type=Path, file_okay=False, exists=True))
@study_option
def restore(backup_folder: Path, folder: Path) -> None:
    """Put BACKUP back as the study. Proves first that it is whole and opens; never replaces anything newer."""
    from deid.study.vault.backup import restore as put_back

    study = put_back(
        backup_folder, folder, credential(backup_folder), environment=os.environ, random=secrets.token_bytes, clock=now
    )
    click.echo(f"Restored: vault of generation {study.vault.generation}, {study.log.head[0] + 1} events.", err=True)
    click.echo("Next: deid run SOURCE..., so that the drafts are what the vault knows.", err=True)
