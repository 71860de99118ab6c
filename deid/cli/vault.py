"""`deid vault`: the key's life, from its second way in to its end."""

import json
import os
import secrets
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deid.cli.study_option import new_passphrase, open_the_study, study_option
from deid.errors import AskedWrongly

if TYPE_CHECKING:
    from deid.study.folder import Study
    from deid.vault.merge import Conflict

_NEW = "DEID_NEW_PASSPHRASE"  # also DEID_NEW_PASSPHRASE_FILE: for whoever sets a passphrase without a terminal

file_argument = click.Path(path_type=Path, dir_okay=False)
folder_argument = click.Path(path_type=Path, file_okay=False, exists=True)
yes_option = click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
actor_option = click.option("--as", "actor", default="deid", help="The code under which this is on record, such as R1.")


@click.group()
def vault() -> None:
    """The key's life."""


@vault.command()
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
@study_option
def status(as_json: bool, folder: Path) -> None:
    """Where the key lies, who can open it, and what to do about it. Needs no passphrase."""
    from deid.audit.chain import spoken
    from deid.study.vault.key_life import status as look

    found = look(folder, os.environ)
    if as_json:
        values = {**asdict(found), "closed": found.is_closed}
        click.echo(json.dumps(values, default=str, indent=2))
        return
    click.echo(f"Study        {spoken(found.fingerprint)}")
    if found.recipients:
        click.echo(f"Vault        {found.vault}, generation {found.generation}")
        click.echo(f"Can open it  {', '.join(f'{name} ({kind})' for name, kind in found.recipients)}")
        click.echo(f"  alone      {', '.join(found.alone) or 'nobody: the vault is closed'}")
        click.echo(f"  in twos    {', '.join(found.custodians) or 'no quorum'}")
    for note in found.notes:
        click.echo(f"- {note}")


@vault.command()
@click.option("--recipient", default="", help="Whose; by default of whoever opened the vault.")
@click.option("--remember", is_flag=True, help="Also keep it in the operating system's keyring.")
@click.option("--forget", is_flag=True, help="Only take it out of the operating system's keyring.")
@study_option
def passphrase(recipient: str, remember: bool, forget: bool, folder: Path) -> None:
    """Change a passphrase. The new one comes from DEID_NEW_PASSPHRASE_FILE, DEID_NEW_PASSPHRASE or a prompt."""
    from deid.study.vault.key_life import change_passphrase
    from deid.vault import os_keyring
    from deid.vault.seal import Passphrase

    study = open_the_study(folder)
    if forget:
        os_keyring.forget(study.vault.header.id)
        click.echo("The keyring holds no passphrase of this study.", err=True)
        return
    new = new_passphrase(_NEW)
    name = change_passphrase(study, new, recipient)
    if remember:
        os_keyring.remember(study.vault.header.id, Passphrase(new))
    click.echo(f"The passphrase of {name} is changed, and the vault is sealed under a new data key.", err=True)
    click.echo("Backups made before today still open with the old one.", err=True)


@vault.command()
@click.argument("file", type=file_argument)
@click.option("--name", default="custodian", help="Whose key it is, for the file's first line.")
@study_option
def keygen(file: Path, name: str, folder: Path) -> None:
    """Make a custodian's key: the secret half into FILE, the other half on the screen, to be sent."""
    from deid.study.private import check_private, write_owner_only
    from deid.vault.key_text import identity_file, new_identity, recipient_text
    from deid.vault.seal import PublicKey

    check_private(file, folder, os.environ)
    identity = new_identity(secrets.token_bytes)
    write_owner_only(file, identity_file(identity, name).encode("utf-8"))
    click.echo(recipient_text(PublicKey(identity.public)))
    click.echo(f"{file} is SECRET. The line above is not: send it to whoever keeps the vault.", err=True)


@vault.group()
def recipients() -> None:
    """Who can open the vault: list, add, remove, quorum."""


@recipients.command("list")
@study_option
def list_(folder: Path) -> None:
    """The recipients, one a line: name, kind, alone or in twos. Needs no passphrase."""
    from deid.study.vault.key_life import status as look

    found = look(folder, os.environ)
    for name, kind in found.recipients:
        click.echo(f"{name:20} {kind:15} {'alone' if name in found.alone else 'with another'}")


@recipients.command()
@click.argument("name", default="")
@click.option("--key", default="", help="A custodian's key: deid-recipient-1-... (deid vault keygen).")
@click.option("--sheet", type=file_argument, help="A recovery sheet instead, written into this file to be printed.")
@click.option("--custodian", is_flag=True, help="Opens the vault only together with another custodian.")
@study_option
def add(name: str, key: str, sheet: Path | None, custodian: bool, folder: Path) -> None:
    """Let NAME open the vault: by their key, or by a passphrase of their own (DEID_NEW_PASSPHRASE_FILE or a prompt)."""
    from deid.study.private import write_private
    from deid.study.vault import key_life
    from deid.vault.key_text import read_recipient

    if sheet is not None:
        from deid.study.private import check_private

        check_private(sheet, folder, os.environ)
        study = open_the_study(folder)
        name, text = key_life.add_recovery_sheet(study)
        write_private(sheet, text, study, os.environ)
        click.echo(f"{name} can open the vault. Print {sheet}, delete it, and lock the paper away.", err=True)
        return
    if not name:
        raise AskedWrongly("who is to open the vault?", hint="give a NAME with --key, or --sheet FILE")
    public = read_recipient(key) if key else None
    study = open_the_study(folder)
    if public is not None:
        key_life.add_key(study, name, public, as_custodian=custodian)
    else:
        key_life.add_passphrase(study, name, new_passphrase(_NEW), as_custodian=custodian)
    click.echo(f"{name} can open the vault{' with another custodian' if custodian else ''}.", err=True)


@recipients.command()
@click.argument("name")
@study_option
def remove(name: str, folder: Path) -> None:
    """Shut NAME out, under a new data key. Copies of the vault that they kept still open."""
    from deid.study.vault.key_life import remove as shut_out

    shut_out(open_the_study(folder), name)
    click.echo(f"{name} opens nothing that is saved from now on.", err=True)
    click.echo(
        "A copy of the vault that they kept still opens: ask for it back, and put the answer on record.", err=True
    )


@recipients.command()
@click.argument("names", nargs=-1, required=True)
@study_option
def quorum(names: tuple[str, ...], folder: Path) -> None:
    """Any two of NAMES can open the vault together; `deid vault close` then makes it the only way."""
    from deid.study.vault.key_life import make_quorum

    make_quorum(open_the_study(folder), names)
    click.echo(f"Any two of {', '.join(sorted(set(names)))} open the vault together.", err=True)
    click.echo("Until deid vault close the rule of two is procedure and not cryptography.", err=True)


@vault.command()
@click.option("--key", default="data", help="data (the default), cache or watch.")
@study_option
def rotate(key: str, folder: Path) -> None:
    """A new data key and everything re-sealed; the study's own keys stay."""
    from deid.study.vault.key_life import rotate as renew

    generation = renew(open_the_study(folder), key)
    click.echo(f"The {key} key is new; the vault is of generation {generation}.", err=True)


@vault.command()
@yes_option
@study_option
def close(yes: bool, folder: Path) -> None:
    """Only a quorum opens the vault from now on; who opens it alone today is shut out."""
    from deid.study.vault.key_life import close as shut

    study = open_the_study(folder)
    _confirm("Nobody will be able to open the vault alone. Close it?", yes)
    custodians = shut(study)
    click.echo(f"The vault is closed: any two of {', '.join(custodians)} open it, nobody alone.", err=True)


@vault.command()
@click.argument("token", default="")
@click.option("--reason", default="", help="safeguarding, correction, withdrawal, legal, audit, or your own words.")
@click.option("--all", "everything", is_flag=True, help="The whole key at once, into the file that --to names.")
@click.option("--to", type=file_argument, help="Where the whole key is written: outside the study.")
@actor_option
@study_option
def reveal(token: str, reason: str, everything: bool, to: Path | None, actor: str, folder: Path) -> None:
    """Show who or what stands behind TOKEN. It goes on record first, with the reason."""
    from deid.study.vault.reveal import NOTICE, became, reveal_all
    from deid.study.vault.reveal import reveal as show

    if everything == bool(token) or everything != (to is not None):
        raise AskedWrongly("give one TOKEN, or --all with --to FILE")
    click.echo(NOTICE, err=True)
    study = open_the_study(folder)
    if to is not None:
        count = reveal_all(study, to, reason, os.environ, actor)
        click.echo(f"{count} entries are in {to}: delete it as soon as it has served.", err=True)
        return
    found = show(study, token, reason, actor)
    if now := became(study, token):
        click.echo(f"This token was merged with another: it is {' and '.join(now)} now.", err=True)
    for forms in found:
        click.echo("; ".join(forms))


@vault.command()
@click.argument("code")
@click.option("--passages", is_flag=True, help="Take out what others say of them as well, at the next run.")
@click.option("--form", default="", help="The reference of the signed form.")
@click.option("--entity", default="", help="Who they are, where two people of the study have one name.")
@click.option("--confirm", "custodian", default="", help="Put on record that this custodian's copies are gone.")
@yes_option
@actor_option
@study_option
def withdraw(
    code: str, passages: bool, form: str, entity: str, custodian: str, yes: bool, actor: str, folder: Path
) -> None:
    """Take participant CODE out of the study. The certificate, with its recall sheet, goes to standard output."""
    from deid.study.vault import withdrawal
    from deid.study.vault.certificate import certificate_of_withdrawal

    study = open_the_study(folder)
    if custodian:
        withdrawal.confirm(study, code, custodian, actor=actor)
    else:
        _confirm(f"Everything that {code} told will be deleted from this study, for good. Go on?", yes)
        done = withdrawal.withdraw_participant(study, code, passages=passages, form=form, entity=entity, actor=actor)
        for shared in done.shared:
            click.echo(f"{shared} has others in it: take {code}'s words out of the source, and run it again.", err=True)
        if done.spoken_of_in:
            click.echo(f"Run {', '.join(done.spoken_of_in)} again: others speak of {code} there.", err=True)
    certificate = certificate_of_withdrawal(study.log, code)
    _keep(study, f"withdrawal_{code}.txt", certificate)
    click.echo(certificate, nl=False)


@vault.command()
@click.option("--out", required=True, type=file_argument, help="Where the list is written; it may lie in a repository.")
@click.option("--key-to", type=file_argument, help="Write the list's key too: a secret of the build service.")
@click.option("--no-quotations", is_flag=True, help="Names only: do not read the sources again.")
@click.option("--sources", type=folder_argument, help="Where the sources lie now, if they moved.")
@actor_option
@study_option
def watchlist(
    out: Path, key_to: Path | None, no_quotations: bool, sources: Path | None, actor: str, folder: Path
) -> None:
    """What `deid check` needs to know the study's people and cases again, in digests that nobody can read."""
    from deid.study.check.watchlist import export_watchlist

    made = export_watchlist(
        open_the_study(folder),
        out,
        with_quotations=not no_quotations,
        sources=sources,
        key_file=key_to,
        environment=os.environ,
        actor=actor,
    )
    click.echo(f"{made.forms} forms and {made.runs} runs of eight words are in {out}.", err=True)
    for category, count in made.left_out.items():
        click.echo(f"left out: {count} of {category} that would be met everywhere or are public", err=True)
    if key_to is not None:
        click.echo(f"{key_to} is SECRET: it belongs into the build service's secrets and nowhere else.", err=True)


@vault.command("keep-sources")
@actor_option
@study_option
def keep_sources(actor: str, folder: Path) -> None:
    """Seal a copy of every source beside the vault. The sources themselves stay where they are."""
    from deid.study.kept_sources import keep_sources as seal
    from deid.study.kept_sources import kept_folder

    study = open_the_study(folder)
    count = seal(study, actor)
    click.echo(f"{count} sealed copies are in {kept_folder(study)}.", err=True)


@vault.command()
@click.argument("other", type=folder_argument)
@click.option("--choose", multiple=True, metavar="KEY=CHOICE", help="Settle a conflict: ours, theirs or both.")
@click.option("--show", is_flag=True, help="Show what the conflicts are about: originals, on record as a reveal.")
@actor_option
@study_option
def merge(other: Path, choose: tuple[str, ...], show: bool, actor: str, folder: Path) -> int:
    """Take over what OTHER, another copy of this study's folder, has learnt. Conflicts are listed, never decided."""
    from deid.cli.study_option import credential
    from deid.study.vault.merging import merge_with, read_choices

    choices = read_choices(choose)
    study = open_the_study(folder)
    conflicts = merge_with(study, other, credential(other), choices, os.environ, actor)
    if not conflicts:
        click.echo("The two are one. Run all transcripts again: deid run SOURCE...", err=True)
        if (other / "decisions.jsonl").exists():
            click.echo("Decisions that were made in the other copy are not taken over: make them again here.", err=True)
        return 0
    if show:
        _record_show(study, len(conflicts), actor)
    for conflict in conflicts:
        click.echo(_said(conflict, show))
    click.echo(f"{len(conflicts)} conflicts; nothing was changed. Settle each with --choose 'KEY=ours'.", err=True)
    return 1


@vault.command()
@yes_option
@click.option(
    "--fingerprint", default="", help="The study's fingerprint, as `status` shows it: the second confirmation."
)
@actor_option
@study_option
def destroy(yes: bool, fingerprint: str, actor: str, folder: Path) -> None:
    """Destroy the key, on the record. The drafts and releases stay, and nobody can ever tell who is who."""
    from deid.study.vault.certificate import certificate_of_destruction
    from deid.study.vault.destroy import destroy as end

    study = open_the_study(folder)
    _confirm("Nothing will bring the key back but a backup. Destroy it?", yes)
    if not fingerprint:
        fingerprint = click.prompt("Type the study's fingerprint", err=True)
    if fingerprint.replace("-", "").strip().lower() != study.log.fingerprint:
        raise AskedWrongly("this is not the study's fingerprint; nothing was destroyed", hint="deid vault status")
    custodians = end(study, actor)
    certificate = certificate_of_destruction(study.log, custodians)
    _keep(study, "destruction.txt", certificate)
    click.echo(certificate, nl=False)


def _confirm(question: str, yes: bool) -> None:
    if not yes and not click.confirm(question, err=True):
        raise click.Abort


def _keep(study: "Study", name: str, text: str) -> None:
    from deid.study.vault.certificate import keep_certificate

    click.echo(f"This certificate is kept in {keep_certificate(study, name, text)}.", err=True)


def _record_show(study: "Study", count: int, actor: str) -> None:
    from deid.study.vault.reveal import NOTICE, record_reveal

    click.echo(NOTICE, err=True)
    record_reveal(study, "merge", count, "correction", actor)


def _said(conflict: "Conflict", show: bool) -> str:
    line = f"{conflict.key}: {conflict.kind} ({', '.join(conflict.choices)})"
    return f"{line}\n    ours:   {conflict.ours}\n    theirs: {conflict.theirs}" if show else line
