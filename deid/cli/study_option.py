"""What every command of a study shares: `--study`, the passphrase, opening or making the study."""

import importlib.util
import os
import secrets
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from deid.errors import AskedWrongly, LogError, VaultError

if TYPE_CHECKING:
    from deid.study.folder import Study
    from deid.vault.seal import Credential, Identity, Passphrase

F = TypeVar("F", bound=Callable[..., Any])

_WITH = "deid.with"
_TRIES, _PAUSE = 40, 0.25  # another process needs a second or two to make a study
_OFFER = """\
Whoever forgets the passphrase loses the key, and with it the study. Make a second way in now?
    s  a recovery sheet: a code to print and lock away (best)
    n  no, go on with one; deid vault status will remind you"""


def study_option(command: F) -> F:
    """`--study`, and `--with` for a vault that only two custodians open together."""
    with_option = click.option(
        "--with",
        "with_file",
        type=click.Path(path_type=Path, dir_okay=False, exists=True),
        expose_value=False,
        callback=lambda context, _, value: context.meta.__setitem__(_WITH, value),
        help="A second custodian's key or passphrase file, for a vault that is closed.",
    )
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
    )(with_option(command))


def now() -> datetime:
    return datetime.now(UTC)


def open_the_study(folder: Path) -> "Study":
    """The study in this folder, with the passphrase from file, environment or prompt."""
    from deid.study.folder import open_study

    study = open_study(folder, credential(folder), environment=os.environ, random=secrets.token_bytes, clock=now)
    _check_who_acts(study)
    return study


def _check_who_acts(study: "Study") -> None:
    """Before anything is changed: the code of who acts goes into the log, and is no name."""
    from deid.audit.actions import screen_actor

    given = click.get_current_context().params
    for option in ("actor", "reviewer"):
        if given.get(option) not in (None, "", "deid"):
            screen_actor(str(given[option]), study.is_clean)


def make_or_open(folder: Path) -> "Study":
    """The study in this folder, made if there is none."""
    from deid.audit.chain import spoken
    from deid.study.folder import create_study, exists

    if exists(folder, os.environ):
        return open_the_study(folder)
    click.echo(f"A new study in {folder}: its key goes into an encrypted vault.", err=True)
    passphrase = new_passphrase()
    try:
        study = create_study(folder, passphrase, environment=os.environ, random=secrets.token_bytes, clock=now)
    except (VaultError, LogError):
        # Another process made it in the meantime: wait until its log stands, then open it.
        for _ in range(_TRIES):
            time.sleep(_PAUSE)
            if exists(folder, os.environ) and (folder / "audit.jsonl").exists():
                return open_the_study(folder)
        raise
    click.echo("Fingerprint of the study's log key, for the ethics form:", err=True)
    click.echo(f"    {spoken(study.log.fingerprint)}", err=True)
    _offer_second_way(study)
    return study


def credential(folder: Path) -> "Credential":
    """What opens the study's vault: given by file, environment or keyring, or typed; two, where it is closed."""
    from deid.vault.seal import Pair

    study, is_closed = _looked_at(folder)
    first = _given() or _remembered(study) or _typed("Passphrase of the study")
    second = click.get_current_context().meta.get(_WITH)
    if second is not None:
        return Pair(first, _read_secret(second, "--with"))
    if is_closed and sys.stdin.isatty() and not os.environ.get("DEID_PASSPHRASE_FILE"):
        return Pair(first, _typed("Passphrase of a second custodian"))
    return first


def new_passphrase(variable: str = "DEID_PASSPHRASE", prompt: str = "A new passphrase (four or more words)") -> str:
    """A new passphrase: given by file or environment, or typed twice. Raises AskedWrongly when it is too weak."""
    from deid.vault.key_text import check_new_passphrase

    given = given_passphrase(variable)
    if given is None:
        _need_terminal(variable)
        given = click.prompt(prompt, hide_input=True, confirmation_prompt=True, err=True)
    check_new_passphrase(given)
    return given


def given_passphrase(variable: str = "DEID_PASSPHRASE") -> str | None:
    """From the file that DEID_PASSPHRASE_FILE names, then from DEID_PASSPHRASE; None where neither is set."""
    path = os.environ.get(f"{variable}_FILE")
    if path:
        return _read_text(Path(path), f"the file that {variable}_FILE names").rstrip("\r\n")
    return os.environ.get(variable) or None


def _given() -> "Passphrase | Identity | None":
    """DEID_PASSPHRASE_FILE may name an identity file as well: that of a custodian who has a key."""
    from deid.vault.key_text import read_passphrase

    if path := os.environ.get("DEID_PASSPHRASE_FILE"):
        return _read_secret(Path(path), "the file that DEID_PASSPHRASE_FILE names")
    given = given_passphrase()
    return read_passphrase(given) if given else None


def _read_secret(path: Path, what: str) -> "Passphrase | Identity":
    from deid.vault.key_text import IDENTITY, read_identity, read_passphrase

    text = _read_text(path, what)
    if any(line.startswith(IDENTITY) for line in text.splitlines()):
        return read_identity(text)
    return read_passphrase(text.rstrip("\r\n"))


def _read_text(path: Path, what: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise AskedWrongly(f"{what} cannot be read", where=str(path)) from None


def _remembered(study: bytes) -> "Passphrase | None":
    """From the operating system's keyring, where the extra is installed and somebody asked for it."""
    from deid.vault.os_keyring import recall

    if not study or importlib.util.find_spec("keyring") is None:
        return None
    try:
        return recall(study)
    except AskedWrongly:
        return None  # no keyring answers: the passphrase is typed


def _typed(prompt: str) -> "Passphrase":
    from deid.vault.key_text import read_passphrase

    _need_terminal("DEID_PASSPHRASE")
    return read_passphrase(click.prompt(prompt, hide_input=True, err=True))


def _looked_at(folder: Path) -> tuple[bytes, bool]:
    """The study's id and whether its vault is closed, as the header says; opening it will tell if that is true."""
    from deid.errors import DeidError
    from deid.study.folder import settings_of, vault_path
    from deid.vault.recipients import access_of, is_closed
    from deid.vault.store import read_header

    try:
        header = read_header(vault_path(folder, settings_of(folder), os.environ))
    except DeidError:
        return b"", False  # opening it says what is wrong
    return header.id, is_closed(access_of(header))


def _offer_second_way(study: "Study") -> None:
    from deid.study.private import check_private, write_owner_only
    from deid.study.vault.key_life import add_recovery_sheet, decline_second

    is_asked = sys.stdin.isatty() and sys.stderr.isatty() and given_passphrase() is None
    if is_asked:
        click.echo(_OFFER, err=True)
    if not is_asked or click.prompt("", type=click.Choice(["s", "n"]), default="s", err=True) == "n":
        decline_second(study)
        click.echo("One way to open the vault. A second: deid vault recipients add --sheet FILE", err=True)
        return
    path = Path(click.prompt("Write the sheet to", default=str(Path.home() / "deid-recovery-sheet.txt"), err=True))
    check_private(path, study.folder, os.environ, approved_by=study.settings.storage.approved_by)
    _, sheet = add_recovery_sheet(study)
    write_owner_only(path, sheet.encode("utf-8"))
    click.echo(f"Print {path}, delete it, and lock the paper away.", err=True)


def _need_terminal(variable: str) -> None:
    if not sys.stdin.isatty():
        raise AskedWrongly(
            "there is no passphrase and no terminal to ask for it",
            hint=f"set {variable}_FILE to a file that only you can read, or {variable}",
        )
