"""A study's folder copied whole, with digests, and put back only where it opens and replaces nothing newer."""

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from deid.audit.log import AuditLog, time_of
from deid.errors import AskedWrongly, CouldNotFinish, DeidError
from deid.study.folder import (
    DRAFTS,
    LOG,
    RELEASES,
    SETTINGS,
    VAULT,
    Clock,
    Random,
    Study,
    check_same_age,
    open_study,
    settings_of,
    vault_path,
)
from deid.study.outputs import sha256
from deid.study.private import check_private, write_owner_only
from deid.vault.place import check_place
from deid.vault.seal import Credential
from deid.vault.store import Vault, read_header

MANIFEST = "backup.json"
_VERSION = 1
# What a study's folder holds and a backup takes along; the cache makes itself again.
_FILES = (LOG, SETTINGS, "decisions.jsonl")
_FOLDERS = (DRAFTS, RELEASES, "certificates", "logs")


@dataclass(frozen=True, slots=True)
class Backup:
    folder: Path
    generation: int
    events: int
    files: Mapping[str, str]  # path in the backup -> SHA-256


def back_up(study: Study, to: Path, environment: Mapping[str, str], actor: str = "deid") -> Backup:
    """Copy the study into a new folder under `to`. A crash leaves a folder without its list, which is no backup."""
    with study.writing():
        name = f"deid-backup-{study.vault.generation:06}-{study.log.head[0] + 2:06}"
        folder = to / name
        check_private(folder, study.folder, environment, approved_by=study.settings.storage.approved_by)
        try:
            folder.mkdir(parents=True)
            write_owner_only(folder / VAULT, study.vault.path.read_bytes())
            digest = sha256((folder / VAULT).read_bytes())
            made = {"generation": study.vault.generation, "digests": {VAULT: digest}}
            study.record([("backup_made", made)], actor)
            _copy(study.folder, folder)
            files = dict(_digests(folder))
            backup = Backup(folder, study.vault.generation, study.log.head[0] + 1, files)
            write_owner_only(folder / MANIFEST, _manifest(backup, time_of(study.clock())))
        except OSError as error:
            raise CouldNotFinish(
                f"the backup cannot be written ({error.strerror})", where=str(to), hint="make room, or choose a folder"
            ) from error
    return backup


def read_backup(folder: Path) -> Backup:
    """The backup in this folder, each file compared with its digest."""
    try:
        listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = {str(name): str(digest) for name, digest in listed["files"].items()}
        backup = Backup(folder, int(listed["generation"]), int(listed["events"]), files)
        known = listed["deid_backup"] == _VERSION
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        known = False
    if not known:
        raise AskedWrongly(
            "this is no backup, or an unfinished one", where=str(folder), hint="name a folder deid-backup-..."
        )
    found = dict(_digests(folder))
    for name in sorted({*files, *found}):
        if files.get(name) != found.get(name):
            raise CouldNotFinish(
                "this file of the backup is not the one that was written", where=name, hint="use another backup"
            )
    return backup


def restore(
    backup_folder: Path,
    folder: Path,
    credential: Credential,
    *,
    environment: Mapping[str, str],
    random: Random,
    clock: Clock,
    actor: str = "deid",
) -> Study:
    """Put a backup back. It must open with this credential, and nothing newer may lie in its place."""
    backup = read_backup(backup_folder)
    settings = settings_of(backup_folder)
    place = vault_path(folder, settings, environment)
    check_place(place, folder, approved_by=settings.storage.approved_by, environment=environment)
    held = Vault.open(backup_folder / VAULT, credential, random=random)
    check_same_age(held, AuditLog.open(backup_folder / LOG))
    _refuse_newer(folder, place, backup, held)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        # The vault last: until it lies there nothing can be run on half a study.
        for name in sorted(backup.files, key=lambda name: name == VAULT):
            target = place if name == VAULT else folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            write_owner_only(target, (backup_folder / name).read_bytes())
    except OSError as error:
        raise CouldNotFinish(
            f"the backup cannot be put back ({error.strerror})", where=str(folder), hint="make room, then try again"
        ) from error
    study = open_study(folder, credential, environment=environment, random=random, clock=clock)
    with study.writing():
        study.record([("restored", {"generation": study.vault.generation})], actor)
    return study


def _refuse_newer(folder: Path, place: Path, backup: Backup, held: Vault) -> None:
    hint = "restore into another folder (--study) and compare; nothing was changed"
    if (folder / LOG).exists():
        log, theirs = AuditLog.open(folder / LOG), AuditLog.open(backup.folder / LOG)
        if log.fingerprint != theirs.fingerprint:
            raise AskedWrongly("another study lies here", where=str(folder), hint="choose an empty folder with --study")
        if log.head[0] + 1 > backup.events:
            raise AskedWrongly("the study that lies here is newer than the backup", where=str(folder), hint=hint)
    if not place.exists():
        return
    try:
        header = read_header(place)
    except DeidError:
        return  # damaged: this is what the backup is for
    if header.id != held.header.id:
        raise AskedWrongly("another study's vault lies here", where=str(place), hint=hint)
    if header.generation > backup.generation:
        raise AskedWrongly("the vault that lies here is newer than the backup", where=str(place), hint=hint)


def _copy(source: Path, target: Path) -> None:
    for name in _FILES:
        if (source / name).is_file():
            shutil.copyfile(source / name, target / name)
    for name in _FOLDERS:
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name, symlinks=True)


def _digests(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.name != MANIFEST:
            yield path.relative_to(folder).as_posix(), sha256(path.read_bytes())


def _manifest(backup: Backup, time: str) -> bytes:
    value = {
        "deid_backup": _VERSION,
        "generation": backup.generation,
        "events": backup.events,
        "time": time,
        "files": dict(backup.files),
    }
    return (json.dumps(value, indent=1) + "\n").encode("utf-8")
