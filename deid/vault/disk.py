"""A sealed file on a disk: read whole, replaced whole.

A write makes a new file beside the old one, flushes it to the disk and renames it, so that a crash at any instant
leaves one of the two. What a crash leaves besides is sealed as well, and the next write sweeps it up.
"""

import os
import stat
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from deid.errors import VaultError
from deid.vault.layout import LARGEST_FILE

_TRIES = 50  # of a rename, on Windows, while a virus scanner or a backup has the file open: two seconds
_PAUSE = 0.04


def read_whole(path: Path) -> bytes:
    """The file's bytes. Raises VaultError if it is absent, a link, not a file, or larger than any vault."""
    try:
        refuse_link(path)
        # Without waiting: opening a pipe that somebody put in the vault's place would otherwise never return.
        file = os.open(path, os.O_RDONLY | _flags("O_NOFOLLOW", "O_BINARY", "O_NONBLOCK"))
        try:
            status = os.fstat(file)
            if not stat.S_ISREG(status.st_mode):
                raise VaultError("the vault is not a file", where=str(path))
            if status.st_size > LARGEST_FILE:
                raise VaultError("the file is larger than any vault", where=str(path))
            with os.fdopen(file, "rb", closefd=False) as stream:
                return stream.read()
        finally:
            os.close(file)
    except FileNotFoundError:
        raise VaultError(
            "there is no vault here",
            where=str(path),
            hint="check --study and [vault] path; if the file is lost: deid restore",
        ) from None
    except OSError as error:
        raise VaultError(f"the vault cannot be read ({error.strerror})", where=str(path)) from None


def write_whole(path: Path, data: bytes, random: Callable[[int], bytes]) -> None:
    """Put these bytes in the place of the file. The caller holds the lock."""
    refuse_link(path)
    beside = path.with_name(f".{path.name}.{random(8).hex()}.new")
    try:
        _sweep(path)
        _write_new(beside, data)
        _replace(beside, path)
    except OSError as error:
        raise VaultError(
            f"the vault cannot be saved ({error.strerror})",
            where=str(path),
            hint="the vault on the disk is as it was; make room or mend the folder's permissions, then try again",
        ) from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    _flush_folder(path.parent)


def refuse_link(path: Path) -> None:
    if path.is_symlink():
        raise VaultError("the vault is a link, which deid does not follow", where=str(path))


def is_open_to_others(path: Path) -> bool:
    """Whether other users of this machine may read the file. False where the platform does not say (Windows)."""
    return sys.platform != "win32" and bool(path.stat().st_mode & 0o077)


def _write_new(path: Path, data: bytes) -> None:
    # Owner only from the first instant: a mode set afterwards would leave a moment in which others can open it.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _flags("O_NOFOLLOW", "O_BINARY")
    with os.fdopen(os.open(path, flags, 0o600), "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _replace(new: Path, old: Path) -> None:
    for tries_left in range(_TRIES, -1, -1):
        try:
            new.replace(old)
        except PermissionError:
            if sys.platform != "win32" or not tries_left:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _sweep(path: Path) -> None:
    for left in path.parent.glob(f".{path.name}.*.new"):
        left.unlink(missing_ok=True)


def _flush_folder(folder: Path) -> None:
    """Make the rename itself last through a power cut; Windows and some shares cannot, and need not."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)


def _flags(*names: str) -> int:
    """Flags of `os.open` that only some platforms have."""
    return sum(getattr(os, name, 0) for name in names)
