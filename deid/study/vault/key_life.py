"""Who can open the vault: looked at, added, removed, changed, joined in pairs. Every change is saved, then logged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deid.audit.actions import screen_text
from deid.audit.log import AuditLog
from deid.config import Settings
from deid.errors import AskedWrongly
from deid.model import AuditEvent
from deid.study.folder import FIRST, LOG, Entry, Study, destroyed_on, settings_of, vault_path, without_vault
from deid.vault import recipients
from deid.vault.disk import is_open_to_others
from deid.vault.key_text import check_new_passphrase, new_recovery_code, recovery_sheet
from deid.vault.layout import Cost, Recipient
from deid.vault.place import refusal_for
from deid.vault.recipients import Access, access_of
from deid.vault.renew import renew
from deid.vault.seal import Passphrase, PublicKey, make_recipient
from deid.vault.store import read_header

RECOVERY = "recovery"  # recovery sheets are recipients of this name: recovery, recovery-2 ...
REASSESS = (
    "The key was destroyed on {day}. That does not make the data anonymous: reassessment is due, by people who know"
    " what else is known."
)


@dataclass(frozen=True, slots=True)
class Status:
    """The key as anybody can see it without opening it. `notes` say what to do about it."""

    folder: Path
    vault: Path
    fingerprint: str
    generation: int
    recipients: tuple[tuple[str, str], ...]
    alone: tuple[str, ...]
    custodians: tuple[str, ...]
    destroyed: str
    notes: tuple[str, ...]

    @property
    def is_closed(self) -> bool:
        return bool(self.recipients) and not self.alone


def status(folder: Path, environment: Mapping[str, str]) -> Status:
    """Needs no key, so it is what the vault says of itself; only opening it proves that."""
    settings = settings_of(folder)
    path = vault_path(folder, settings, environment)
    if not (folder / LOG).exists():
        raise without_vault(folder, path)
    log = AuditLog.open(folder / LOG)
    day = destroyed_on(folder)
    if day and not path.exists():
        notes: tuple[str, ...] = (REASSESS.format(day=day),)
        return Status(folder, path, log.fingerprint, 0, (), (), (), day, notes)
    if not path.exists():
        raise without_vault(folder, path)
    header = read_header(path)
    access = access_of(header)
    found = _notes(path, folder, access, tuple(log.events()), settings, environment)
    return Status(
        folder=folder,
        vault=path,
        fingerprint=log.fingerprint,
        generation=header.generation,
        recipients=tuple((one.name, kind_of(one)) for one in header.recipients),
        alone=recipients.alone(access),
        custodians=recipients.custodians(access),
        destroyed=day,
        notes=found,
    )


def kind_of(recipient: Recipient) -> str:
    if recipient.cost is None:
        return "key"
    return "recovery sheet" if recipient.name.startswith(RECOVERY) else "passphrase"


def decline_second(study: Study) -> None:
    """The study goes on with one way to open the vault; on record, and `status` reminds."""
    with study.writing():
        study.record([("second_recipient_declined", {})])


def add_passphrase(study: Study, name: str, passphrase: str, *, as_custodian: bool = False) -> None:
    check_new_passphrase(passphrase)
    _add(study, name, Passphrase(passphrase), "passphrase", as_custodian=as_custodian)


def add_key(study: Study, name: str, public: PublicKey, *, as_custodian: bool = False) -> None:
    _add(study, name, public, "key", as_custodian=as_custodian)


def add_recovery_sheet(study: Study) -> tuple[str, str]:
    """A new recovery code as a recipient: its name, and the sheet's text. Nothing keeps the code but the sheet."""
    taken = {one.name for one in study.vault.recipients}
    numbers = (RECOVERY, *(f"{RECOVERY}-{number}" for number in range(2, 17)))
    name = next((one for one in numbers if one not in taken), RECOVERY)
    code = new_recovery_code(study.random)
    _add(study, name, code, "recovery sheet", as_custodian=False)
    sheet = recovery_sheet(
        code, study=study.log.fingerprint, vault=study.vault.path.name, date=study.clock().date().isoformat()
    )
    return name, sheet


def remove(study: Study, name: str) -> None:
    with study.writing() as contents:
        access = access_of(study.vault.header)
        kinds = {one.name: kind_of(one) for one in access.recipients}
        study.seal_anew(contents, recipients.remove(access, name))
        study.record([("recipient_removed", {"recipient": name, "kind": kinds[name]}), _saved(study)])


def change_passphrase(study: Study, passphrase: str, name: str = "") -> str:
    """Another passphrase for one recipient: whoever opened the vault, or, after a recovery, the first. Its name."""
    check_new_passphrase(passphrase)
    with study.writing() as contents:
        name = name or _own(study)
        recipient, private = make_recipient(name, Passphrase(passphrase), _cost(study.settings), study.random)
        access = recipients.change(access_of(study.vault.header), recipient)
        study.seal_anew(contents, access, {name: private} if private else None)
        study.record([("passphrase_changed", {"recipient": name}), _saved(study)])
    return name


def make_quorum(study: Study, names: Sequence[str]) -> None:
    """Any two of these can open the vault together. Whoever opens it alone still does, until it is closed."""
    with study.writing() as contents:
        study.seal_anew(contents, recipients.join(access_of(study.vault.header), names))
        together = [("recipient_added", {"recipient": name, "kind": "custodian"}) for name in sorted(set(names))]
        study.record([*together, _saved(study)])


def close(study: Study) -> tuple[str, ...]:
    """From now on only two custodians together open the vault. Who they are."""
    with study.writing() as contents:
        before = access_of(study.vault.header)
        after = recipients.close(before)
        custodians = recipients.custodians(after)
        study.seal_anew(contents, after)
        gone = {one.name: kind_of(one) for one in before.recipients if one.name not in custodians}
        entries: list[Entry] = [
            ("recipient_removed", {"recipient": name, "kind": kind}) for name, kind in sorted(gone.items())
        ]
        closed: Entry = ("vault_closed", {"quorum": 2, "custodians": len(custodians)})
        study.record([*entries, closed, _saved(study)])
    return custodians


def rotate(study: Study, key: str = "data") -> int:
    """A new data key, or one of the study's own keys renewed. The vault's generation afterwards."""
    with study.writing() as contents:
        study.seal_anew(contents if key == "data" else renew(contents, key, study.random))
        generation = study.vault.generation
        study.record([("rotation", {"key": key, "generation": generation}), _saved(study)])
    return generation


def _add(study: Study, name: str, credential: Passphrase | PublicKey, kind: str, *, as_custodian: bool) -> None:
    with study.writing() as contents:
        screen_text("recipient_added", {"recipient": name, "kind": kind}, study.is_clean)
        recipient, private = make_recipient(name, credential, _cost(study.settings), study.random)
        before = access_of(study.vault.header)
        access = recipients.add(before, recipient, opens_alone=not as_custodian)
        if as_custodian:
            access = recipients.join(access, (*recipients.custodians(before), name))
        study.seal_anew(contents, access, {name: private} if private else None)
        study.record([("recipient_added", {"recipient": name, "kind": kind}), _saved(study)])


def _own(study: Study) -> str:
    own = [name for name in study.vault.opened_by if not name.startswith(RECOVERY)]
    if len(own) == 1:
        return own[0]
    names = {one.name for one in study.vault.recipients}
    if not own and FIRST in names:
        return FIRST
    raise AskedWrongly("whose passphrase is to change?", hint=f"name one with --recipient: {', '.join(sorted(names))}")


def _cost(settings: Settings) -> Cost:
    return Cost(memory_mib=settings.vault.memory_mib, passes=settings.vault.passes)


def _saved(study: Study) -> Entry:
    return ("vault_saved", {"generation": study.vault.generation, "entities": len(study.contents.entries)})


def _notes(
    path: Path,
    folder: Path,
    access: Access,
    events: Sequence[AuditEvent],
    settings: Settings,
    environment: Mapping[str, str],
) -> tuple[str, ...]:
    notes = []
    alone = recipients.alone(access)
    if len(access.recipients) == 1:
        declined = any(event.action == "second_recipient_declined" for event in events)
        why = " (declined when the study was made)" if declined else ""
        notes.append(
            f"ONE way to open the vault{why}: whoever forgets it loses the key. deid vault recipients add --sheet FILE"
        )
    if recipients.custodians(access) and alone:
        notes.append(
            f"The rule of two is procedure and not cryptography: {', '.join(alone)} can open the vault alone."
            " deid vault close"
        )
    if path.exists() and is_open_to_others(path):
        notes.append("Other users of this computer can read the vault: make it readable for its owner only.")
    refusal = refusal_for(path, folder, environment)
    if refusal and not (refusal.kind == "synchronised" and settings.storage.approved_by.strip()):
        notes.append(f"{refusal.message}; {refusal.hint}")
    notes += _by_the_log(events)
    return tuple(notes)


def _by_the_log(events: Sequence[AuditEvent]) -> list[str]:
    """What the log says is unfinished or long ago."""
    notes = []
    last = {event.action: event.time[:10] for event in events}
    open_acts = _unfinished(events)
    if "withdrawal" in open_acts:
        notes.append("A withdrawal was announced and not finished: give the same deid vault withdraw again.")
    if "destroy" in open_acts:
        notes.append("The key's destruction was announced and not carried out: deid vault destroy.")
    notes.append(
        f"Last backup: {last['backup_made']}." if "backup_made" in last else "No backup yet: deid backup --to DIR"
    )
    return notes


def _unfinished(events: Sequence[AuditEvent]) -> set[str]:
    stages: dict[str, int] = {}
    for event in events:
        what, _, stage = event.action.rpartition("_")
        if stage == "intent":
            stages[what] = stages.get(what, 0) + 1
        elif stage == "done" and stages.get(what):
            stages[what] -= 1
    return {what for what, count in stages.items() if count}
