"""Files that open the vault or hold originals, written where the user says: never where they could be given away."""

import os
from collections.abc import Mapping
from pathlib import Path

from deid.errors import AskedWrongly, SourceError
from deid.study.folder import Study
from deid.vault.place import is_under, refusal_for


def check_private(path: Path, study: Path, environment: Mapping[str, str], *, approved_by: str = "") -> None:
    """Raises AskedWrongly for a place inside the study, under version control, synchronised, or taken already."""
    if is_under(path.resolve(), study.resolve()):
        raise AskedWrongly(
            "this cannot lie inside the study's folder", where=str(path), hint="choose an encrypted stick or disk"
        )
    refusal = refusal_for(path, study, environment)
    if refusal and not (refusal.kind == "synchronised" and approved_by.strip()):
        message = refusal.message.replace("the vault cannot lie", "this cannot lie")
        raise AskedWrongly(message, where=str(path), hint="choose a folder of your own on an encrypted disk or stick")
    if path.exists() or path.is_symlink():
        raise AskedWrongly("there is a file of this name already", where=str(path), hint="choose another name")


def write_private(path: Path, text: str, study: Study, environment: Mapping[str, str]) -> None:
    """A new file that only its owner can read, where the platform has owners."""
    check_private(path, study.folder, environment, approved_by=study.settings.storage.approved_by)
    write_owner_only(path, text.encode("utf-8"))


def write_owner_only(path: Path, data: bytes) -> None:
    """Never over another file, and closed to others from the first instant."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise SourceError(f"the file cannot be written ({error.strerror})", where=str(path)) from error
