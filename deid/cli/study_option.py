"""What every command of a study shares: `--study`, the passphrase, opening or making the study."""

import os
import secrets
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from deid.errors import AskedWrongly

if TYPE_CHECKING:
    from deid.study.folder import Study
    from deid.vault.seal import Credential

F = TypeVar("F", bound=Callable[..., Any])

_SHORTEST_PASSPHRASE = 12


def study_option(command: F) -> F:
    return click.option(
        "-s",
        "--study",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path("deid-study"),
        envvar="DEID_STUDY",
        show_envvar=True,
        show_default=True,
        help="The study's folder.",
    )(command)


def now() -> datetime:
    return datetime.now(UTC)


def open_the_study(folder: Path) -> "Study":
    """The study in this folder, with the passphrase from file, environment or prompt."""
    from deid.study.folder import open_study

    return open_study(folder, credential(), environment=os.environ, random=secrets.token_bytes, clock=now)


def make_or_open(folder: Path) -> "Study":
    """The study in this folder, made if there is none."""
    from deid.study.folder import create_study, exists

    if exists(folder, os.environ):
        return open_the_study(folder)
    click.echo(f"A new study in {folder}: its key goes into an encrypted vault.", err=True)
    study = create_study(folder, new_passphrase(), environment=os.environ, random=secrets.token_bytes, clock=now)
    click.echo("Fingerprint of the study's log key, for the ethics form:", err=True)
    click.echo(f"    {study.log.fingerprint}", err=True)
    click.echo("Whoever forgets the passphrase loses the key: `deid vault recipients` adds a second way in.", err=True)
    return study


def credential() -> "Credential":
    from deid.vault.seal import Passphrase

    given = given_passphrase()
    if given is None:
        _need_terminal()
        given = click.prompt("Passphrase of the study", hide_input=True, err=True)
    return Passphrase(given)


def new_passphrase() -> str:
    """A new passphrase: given by file or environment, or typed twice. Raises AskedWrongly when it is too short."""
    given = given_passphrase()
    if given is None:
        _need_terminal()
        given = click.prompt(
            "A new passphrase (four or more words are best)", hide_input=True, confirmation_prompt=True, err=True
        )
    if len(given) < _SHORTEST_PASSPHRASE:
        raise AskedWrongly(
            f"a passphrase needs at least {_SHORTEST_PASSPHRASE} characters", hint="four or more words are best"
        )
    return given


def given_passphrase() -> str | None:
    """From DEID_PASSPHRASE_FILE, then DEID_PASSPHRASE; None where neither is set."""
    path = os.environ.get("DEID_PASSPHRASE_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError):
            raise AskedWrongly("the file that DEID_PASSPHRASE_FILE names cannot be read", where=path) from None
    return os.environ.get("DEID_PASSPHRASE") or None


def _need_terminal() -> None:
    if not sys.stdin.isatty():
        raise AskedWrongly(
            "there is no passphrase and no terminal to ask for it",
            hint="set DEID_PASSPHRASE_FILE to a file that only you can read, or DEID_PASSPHRASE",
        )
