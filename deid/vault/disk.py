"""A sealed file on a disk: read whole, replaced whole.

What a crash leaves beside it is sealed as well, and the next write sweeps it up.
"""

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

from deid.errors import VaultError
from deid.vault.layout import LARGEST_FILE
from deid.whole import os_flags, replace_whole

_OWNER_ONLY = 0o600


def read_whole(path: Path) -> bytes:
    """The file's bytes. Raises VaultError if it is absent, a link, not a file, or larger than any vault."""
    try:
        refuse_link(path)
        # Without waiting: opening a pipe that somebody put in the vault's place would otherwise never return.
        file = os.open(path, os.O_RDONLY | os_flags("O_NOFOLLOW", "O_BINARY", "O_NONBLOCK"))
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
    try:
        _sweep(path)
        replace_whole(path, data, path.with_name(f".{path.name}.{random(8).hex()}.new"), mode=_OWNER_ONLY)
    except OSError as error:
        raise VaultError(
            f"the vault cannot be saved ({error.strerror})",
            where=str(path),
            hint="the vault on the disk is as it was; make room or mend the folder's permissions, then try again",
        ) from None


def refuse_link(path: Path) -> None:
    if path.is_symlink():
        raise VaultError("the vault is a link, which deid does not follow", where=str(path))


def is_open_to_others(path: Path) -> bool:
    """Whether other users of this machine may read the file. False where the platform does not say (Windows)."""
    return sys.platform != "win32" and bool(path.stat().st_mode & 0o077)


def _sweep(path: Path) -> None:
    for left in path.parent.glob(f".{path.name}.*.new"):
        left.unlink(missing_ok=True)
