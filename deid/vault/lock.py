"""One writer at a time, over processes and platforms.

The lock is the operating system's, on a file beside the vault; so it ends with its process, however that ends, and
no lock of a dead process has to be guessed at. The lock file is never deleted: two processes could then each hold
a lock on a file of that name.
"""

import os
import platform
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from deid.errors import VaultError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_FAR = 1 << 30  # Windows locks bytes so that nobody can read them; the holder's name stands before this one
_PAUSE = 0.02


@contextmanager
def lock(vault: Path, timeout: float) -> Iterator[None]:
    """Hold the writer's lock of this vault. Raises VaultError naming the holder once `timeout` seconds have passed."""
    file = _open(vault.with_name(vault.name + ".lock"))
    try:
        _wait(file, vault, timeout)
        _sign(file, f"process {os.getpid()} on {platform.node()}\n")
        try:
            yield
        finally:
            _sign(file, "")  # so that a run that changes nothing leaves this file as it was, too
    finally:
        os.close(file)


def _open(path: Path) -> int:
    try:
        if path.is_symlink():
            raise VaultError("the lock beside the vault is a link, which deid does not follow", where=str(path))
        file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except OSError as error:
        raise VaultError(
            f"the lock beside the vault cannot be opened ({error.strerror})",
            where=str(path),
            hint="check that the folder is there and that you may write to it",
        ) from None
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise VaultError("the lock beside the vault is not a file", where=str(path))
    return file


def _wait(file: int, vault: Path, timeout: float) -> None:
    end = time.monotonic() + timeout
    while not _take(file, vault):
        if time.monotonic() >= end:
            raise VaultError(
                f"another deid is writing to this study ({_holder(file)})",
                where=str(vault),
                hint="wait for it to finish, then try again",
            )
        time.sleep(_PAUSE)


def _take(file: int, vault: Path) -> bool:
    try:
        if sys.platform == "win32":
            os.lseek(file, _FAR, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError as error:
        raise VaultError(
            f"this folder cannot lock files ({error.strerror})",
            where=str(vault.parent),
            hint="keep the vault on a local disk, an encrypted stick or a share that can",
        ) from None
    return True


def _sign(file: int, holder: str) -> None:
    """Who holds the lock, only for the message to whoever waits. A full disk or a lost share spoils no run for that."""
    with suppress(OSError):
        os.lseek(file, 0, os.SEEK_SET)
        os.ftruncate(file, 0)
        os.write(file, holder.encode())


def _holder(file: int) -> str:
    os.lseek(file, 0, os.SEEK_SET)
    text = os.read(file, 200).decode("utf-8", "replace").strip()
    return text if text.isprintable() and text else "its process is not known"
