"""Outputs on disk: named by code and tier, written whole or not at all."""

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from deid.errors import SourceError

Random = Callable[[int], bytes]


def draft_name(code: str, suffix: str) -> str:
    return f"{code}_draft{suffix}"


def write_whole(path: Path, data: bytes, random: Random) -> None:
    """A new file beside the old one, flushed and renamed: a crash leaves one of the two, never half of one.

    Raises SourceError naming the file when the folder cannot be written, the disk is full or Word holds the file open.
    """
    part = path.with_name(f".{path.name}.{random(6).hex()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise SourceError(
            f"the output cannot be written ({error.strerror or 'input/output error'})",
            where=path.name,
            hint="close it if it is open in Word, make room on the disk, and run again: nothing was lost",
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove what a killed run left: parts of outputs that nothing names."""
    if folder.is_dir():
        for part in folder.glob(".*.part"):
            part.unlink(missing_ok=True)


def same_on_disk(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
