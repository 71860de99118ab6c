"""Outputs on disk: named by code and tier, written whole or not at all."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from deid.errors import SourceError
from deid.whole import replace_whole

Random = Callable[[int], bytes]


def draft_name(code: str, suffix: str) -> str:
    return f"{code}_draft{suffix}"


def write_whole(path: Path, data: bytes, random: Random) -> None:
    """Raises SourceError naming the file: the folder cannot be written, the disk is full, Word holds the file open."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_whole(path, data, path.with_name(f".{path.name}.{random(6).hex()}.part"))
    except OSError as error:
        raise SourceError(
            f"the output cannot be written ({error.strerror or 'input/output error'})",
            where=path.name,
            hint="close it if it is open in Word, make room on the disk, and run again: nothing was lost",
        ) from error


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
