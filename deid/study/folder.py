"""A study's folder: settings, vault and log, made or opened together.

The vault is saved before the log says so. So a vault that is older than the log's last word was put back from a copy,
and a log that lacks the event the vault remembers was cut: both are refused.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from deid.audit.log import AuditLog
from deid.config import Settings, read_settings
from deid.errors import AskedWrongly, LogError, VaultError
from deid.region import Region, load_region
from deid.study.forms import is_name_alone
from deid.study.typed import is_clean
from deid.vault.contents import Contents, LogHead, new_keys
from deid.vault.layout import Cost
from deid.vault.place import check_place
from deid.vault.recipients import Access, access_of
from deid.vault.seal import Credential, Passphrase
from deid.vault.store import Vault
from deid.vault.withdraw import hide

SETTINGS = "deid.toml"
LOG = "audit.jsonl"
VAULT = "vault.deid"
DRAFTS = "drafts"
RELEASES = "releases"
FIRST = "first"  # the recipient that a study is made with

Entry: TypeAlias = tuple[str, Mapping[str, object]]  # of the log: action, detail
Random = Callable[[int], bytes]
Clock = Callable[[], datetime]

_FIRST_SETTINGS = """\
# The settings of this study. Every setting and its default: docs/reference/settings.md

[region]
pack = "kent-medway"

[policy]
tier = "archive"        # what drafts are written as: team, archive or public
"""


@dataclass(slots=True)
class LogSeen:
    """What was read of the log so far, so that an act on the page reads only what was appended since.

    end: of what was read. decisions: the ids of the decisions in it. generation: the newest vault it tells of.
    withdrawn_since: the decisions that somebody's withdrawal came after. risks: the counts of what is left that it told
    last, by tier.
    head: what the vault remembered of the log when the two were last compared.
    """

    end: int = 0
    decisions: set[str] = field(default_factory=set, repr=False)
    withdrawn_since: frozenset[str] = field(default=frozenset(), repr=False)
    generation: int = 0
    risks: dict[str, object] = field(default_factory=dict)
    head: LogHead | None = None


@dataclass
class Study:
    """An open study: it holds its vault and its log."""

    folder: Path
    settings: Settings
    vault: Vault = field(repr=False)
    log: AuditLog = field(repr=False)
    random: Random = field(repr=False)
    clock: Clock = field(repr=False)
    _seen: LogSeen = field(default_factory=LogSeen, init=False, repr=False)
    checked_lines: object = field(default=None, init=False, repr=False)  # what decisions.py has read and checked

    @property
    def contents(self) -> Contents:
        return self.vault.contents

    @property
    def region(self) -> Region:
        return load_region(self.settings.region.pack)

    @property
    def drafts(self) -> Path:
        return self.folder / DRAFTS

    @contextmanager
    def writing(self) -> Iterator[Contents]:
        """The writer's lock, with vault and log read again under it."""
        with self.vault.lock():
            before, self.log = self.log.end, self.log.again()
            if self.log.end < before:
                self.read_anew()
            check_same_age(self.vault, self.log, self._seen)
            yield self.vault.contents

    def read_anew(self) -> None:
        """What was read of the log before it was written anew counts no more."""
        self._seen, self.checked_lines = LogSeen(), None

    def logged_decisions(self) -> Collection[str]:
        """The ids of all decisions that the log knows."""
        _read_on(self.log, self._seen, "")
        return self._seen.decisions

    def decided_before_a_withdrawal(self) -> Collection[str]:
        """The ids of decisions that somebody's withdrawal came after: taking them back could bring back what went."""
        _read_on(self.log, self._seen, "")
        return self._seen.withdrawn_since

    def logged_risks(self, tier: str) -> object:
        """The counts of what is left in this tier's text that the log told last, None where it never did."""
        _read_on(self.log, self._seen, "")
        return self._seen.risks.get(tier)

    def save(self, contents: Contents) -> None:
        """Save the vault, remembering the log's length and head. Call it under `writing`."""
        self.vault.save(self._to_save(contents))
        self._seen.head = self.contents.log_head

    def record(self, actions: list[Entry], actor: str = "deid") -> None:
        """Append to the log, signed; words that a person typed are searched first. Call it under `writing`."""
        self.log.append(actions, actor, self.clock(), self.random, self.contents.keys.signing, self.is_clean)

    def seal_anew(
        self, contents: Contents, access: Access | None = None, held: Mapping[str, bytes] | None = None
    ) -> None:
        """As `save`, under a new data key: for whoever loses access may have kept the old one."""
        self.vault.set_access(access or access_of(self.vault.header), contents=self._to_save(contents), held=held)

    def _to_save(self, contents: Contents) -> Contents:
        """With the log's head; and whatever a run learnt of somebody who withdrew stays hidden."""
        number, digest = self.log.head
        if contents.suppressed.forms:
            contents = hide(contents, is_distinctive=is_name_alone(self.region))
        return replace(contents, log_head=LogHead(number + 1, digest))

    def is_clean(self, text: str) -> bool:
        """Whether words that a person typed may stand in the log."""
        return is_clean(text, self.contents, self.region)


def exists(folder: Path, environment: Mapping[str, str]) -> bool:
    return vault_path(folder, settings_of(folder), environment).exists()


def create_study(
    folder: Path, passphrase: str, *, environment: Mapping[str, str], random: Random, clock: Clock
) -> Study:
    """A new study: settings, vault, log. Raises AskedWrongly where the vault may not lie."""
    settings = settings_of(folder)
    place = vault_path(folder, settings, environment)
    if (folder / LOG).exists() and not place.exists():
        raise without_vault(folder, place)
    _check_folder(folder, place, settings, environment)
    _make_folder(folder, place.parent)
    cost = Cost(memory_mib=settings.vault.memory_mib, passes=settings.vault.passes)
    contents = Contents(keys=new_keys(random))
    vault = Vault.create(place, {FIRST: Passphrase(passphrase)}, contents, cost=cost, random=random)
    with vault.lock():
        log = AuditLog.create(folder / LOG, contents.keys.signing, clock(), random)
        study = Study(folder, settings, vault, log, random, clock)
        study.save(study.contents)
    return study


def open_study(
    folder: Path, credential: Credential, *, environment: Mapping[str, str], random: Random, clock: Clock
) -> Study:
    """The study in this folder. Raises AskedWrongly where there is none, VaultError and LogError as those say."""
    settings = settings_of(folder)
    path = vault_path(folder, settings, environment)
    if not path.exists():
        raise without_vault(folder, path)
    vault = Vault.open(path, credential, random=random)
    log_path = folder / LOG
    if not log_path.exists() and not vault.contents.log_head.digest:
        # Killed between the vault and its log: nothing had been logged, so nothing is lost. Or about to be logged by
        # another process that makes the study right now: whoever has the lock first makes the log.
        with vault.lock():
            if not log_path.exists():
                AuditLog.create(log_path, vault.contents.keys.signing, clock(), random)
    log = AuditLog.open(log_path)
    check_same_age(vault, log)
    return Study(folder, settings, vault, log, random, clock)


def without_vault(folder: Path, vault: Path) -> AskedWrongly:
    """Why this folder has no vault: destroyed, lost, or no study at all."""
    if not (folder / LOG).exists():
        hint = "name its folder with --study, or make one: deid run SOURCE..."
        return AskedWrongly("there is no study here", where=str(folder), hint=hint)
    if when := destroyed_on(folder):
        hint = "nothing more can be revealed, run or released; deid vault status says what is due"
        return AskedWrongly(f"the key of this study was destroyed on {when}", where=str(folder), hint=hint)
    return AskedWrongly(
        "this study's vault is not where it should be",
        where=str(vault),
        hint="plug the stick in, check [vault] path and DEID_VAULT, or put the last backup back: deid restore",
    )


def destroyed_on(folder: Path) -> str:
    """The day on which the study's key was destroyed, as its log tells; "" if it was not."""
    events = AuditLog.open(folder / LOG).events()
    return next((event.time[:10] for event in events if event.action in ("destroy_intent", "destroyed")), "")


def settings_of(folder: Path) -> Settings:
    path = folder / SETTINGS
    return read_settings(path) if path.exists() else Settings()


def vault_path(folder: Path, settings: Settings, environment: Mapping[str, str]) -> Path:
    """The vault's place; a relative one is taken from the study's folder."""
    elsewhere = environment.get("DEID_VAULT") or settings.vault.path
    return folder / Path(elsewhere).expanduser() if elsewhere else folder / VAULT


def _check_folder(folder: Path, vault: Path, settings: Settings, environment: Mapping[str, str]) -> None:
    if folder.is_symlink():
        raise AskedWrongly("a study's folder cannot be a symbolic link", where=str(folder))
    check_place(vault, folder, approved_by=settings.storage.approved_by, environment=environment)


def _make_folder(folder: Path, place: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_first_settings(folder)
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AskedWrongly(
            f"no study can be made here ({error.strerror})",
            where=str(error.filename or folder),
            hint="choose a folder in which you may write: --study FOLDER",
        ) from None


def _write_first_settings(folder: Path) -> None:
    path = folder / SETTINGS
    if not path.exists():
        path.write_text(_FIRST_SETTINGS, encoding="utf-8", newline="\n")


def check_same_age(vault: Vault, log: AuditLog, seen: LogSeen | None = None) -> None:
    """Refuse a vault that is older than the log, and a log that lacks what the vault remembers."""
    known, seen = vault.contents.log_head, seen or LogSeen()
    if log.head[0] + 1 < known.number:
        raise LogError(
            "the log ends before the event that the vault remembers: lines were cut off, or an old copy was put back",
            where=str(log.path),
            hint="put the newest copy of audit.jsonl back; `deid audit verify` says more",
        )
    if known != seen.head:
        seen.end = 0  # the event that it remembers is looked for in the whole log
    if not _read_on(log, seen, known.digest, known.number):
        raise LogError("this log is not the one that the vault belongs to", where=str(log.path))
    seen.head = known
    if vault.generation < seen.generation:
        raise VaultError(
            f"this vault is of generation {vault.generation}, but the log knows generation {seen.generation}:"
            " an old copy was put back",
            where=str(vault.path),
            hint="put the newest copy of the vault back",
        )


def _read_on(log: AuditLog, seen: LogSeen, digest: str, number: int = 0) -> bool:
    """Note what was appended; False where the event before this number has another digest."""
    for event in log.events(since=seen.end):
        if event.number + 1 == number and event.digest != digest:
            return False
        if event.detail and "decision" in event.detail:
            seen.decisions.add(str(event.detail["decision"]))
        if event.action == "withdrawal_done" and "transcripts" in str(event.detail):
            seen.withdrawn_since = frozenset(seen.decisions)  # a lower consent alone takes nothing out of the vault
        if event.action == "vault_saved" and event.detail:
            seen.generation = max(seen.generation, int(str(event.detail["generation"])))
        if event.action == "risk_assessed" and event.detail:
            seen.risks[str(event.detail["tier"])] = event.detail["counts"]
    seen.end = log.end
    return True
