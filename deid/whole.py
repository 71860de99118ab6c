"""A file replaced whole: a new one beside it, flushed to the disk and renamed.

A crash at any instant leaves the old file or the new one, never half of one.
"""

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

_TRIES = 50  # of a rename, on Windows, while a virus scanner or a backup has the file open: two seconds
_PAUSE = 0.04


def replace_whole(path: Path, data: bytes, beside: Path, *, mode: int = 0o666) -> None:
    """Put these bytes in the place of the file by way of `beside`, a new name in the same folder. Raises OSError.

    `mode` holds from the first instant: set afterwards it would leave a moment in which others can open the file.
    """
    try:
        write_new(beside, data, mode)
        rename(beside, path)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    _flush_folder(path.parent)


def write_new(path: Path, data: bytes, mode: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os_flags("O_NOFOLLOW", "O_BINARY")
    with os.fdopen(os.open(path, flags, mode), "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def rename(new: Path, old: Path) -> None:
    for tries_left in range(_TRIES, -1, -1):
        try:
            new.replace(old)
        except PermissionError:
            if sys.platform != "win32" or not tries_left:
                raise
            time.sleep(_PAUSE)
        else:
            return


def os_flags(*names: str) -> int:
    """Flags of `os.open` that only some platforms have."""
    return sum(getattr(os, name, 0) for name in names)


def _flush_folder(path: Path) -> None:
    """Make the rename itself last through a power cut; Windows and some shares cannot, and need not."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        folder = os.open(path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
