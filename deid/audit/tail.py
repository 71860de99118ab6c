"""Where a log stands after its last checkpoint, read from the file line by line.

Reads numbers, links and signatures, but not the details: that is enough to go on writing. `verify` reads everything.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from deid.audit import chain
from deid.errors import LogError
from deid.model import AuditEvent


@dataclass(frozen=True, slots=True)
class Tail:
    """`end` counts bytes; `last_line` is the checkpoint that ends there."""

    size: int = 0
    head: str = chain.ZERO
    previous: str = chain.ZERO
    frontier: chain.Frontier = ()
    public_key: str = ""
    next_key: str = ""
    origin: str = ""
    end: int = 0
    last_line: bytes = b""


def raw_lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines with their line feeds; memory stays bounded, because a line that is too long comes in pieces."""
    while raw := stream.readline(chain.LONGEST_LINE + 1):
        yield raw


def named_key(event: AuditEvent) -> str:
    """The public key that a rotation of the signing key names, or ""."""
    if event.action != "rotation" or event.detail is None:
        return ""
    return str(event.detail.get("public_key", ""))


def first_key(event: AuditEvent) -> str:
    """The public key that event 0 names, or "" for none. Raises LogError when this is no log of a known format."""
    detail = event.detail or {}
    if event.action != "study_created" or detail.get("format") != chain.FORMAT:
        raise LogError(
            "this log is of a format that this program does not know",
            where="event 0",
            hint="a newer deid may know it; the format is named in the first line",
        )
    key = detail.get("public_key")
    return str(key) if chain.is_hex(key, 64) else ""


def catch_up(stream: BinaryIO, settled: Tail, path: Path) -> tuple[Tail, bool]:
    """The tail after the last checkpoint in the file, and whether something unfinished stands behind it."""
    stream.seek(max(0, settled.end - len(settled.last_line)))
    if stream.read(len(settled.last_line)) != settled.last_line:
        raise LogError("the log was changed since it was opened", where=str(path), hint="run: deid audit verify")
    tail, at = settled, settled.end
    for raw in raw_lines(stream):
        at += len(raw)
        try:
            line = chain.skim(raw)
            tail = _follow(tail, line, at, raw)
        except LogError as error:
            if _looks_signed(raw) or any(_looks_signed(later) for later in raw_lines(stream)):
                raise LogError(
                    f"the log does not add up: {error.message}",
                    where=f"{path}, after event {tail.size - 1}",
                    hint="run: deid audit verify",
                ) from error
            break
        if isinstance(line, chain.Checkpoint):
            settled = tail
    return settled, stream.seek(0, os.SEEK_END) > settled.end


def settle(tail: Tail, checkpoint: chain.Checkpoint, end: int, last_line: bytes) -> Tail:
    """A checkpoint makes what stands before it count; a new key signs from the next one on."""
    key = tail.next_key or tail.public_key
    return replace(tail, previous=checkpoint.digest, public_key=key, next_key="", end=end, last_line=last_line)


def _follow(tail: Tail, line: chain.Line, at: int, raw: bytes) -> Tail:
    if isinstance(line, chain.CopyStatement):
        raise LogError("this is a public copy, which nothing can be appended to")
    if line.previous != tail.previous:
        raise LogError("a line does not follow from the one before")
    if isinstance(line, chain.Checkpoint):
        expected = (tail.origin, tail.size, chain.root_of(tail.frontier), tail.head)
        if (line.origin, line.size, line.root, line.head) != expected or not chain.is_signed(line, tail.public_key):
            raise LogError("a checkpoint does not fit what stands before it")
        return settle(tail, line, at, raw)
    if line.number != tail.size or line.digest != chain.event_digest(line):
        raise LogError("an event is not the one that was written")
    tail = _first_event(tail, line) if line.number == 0 else replace(tail, next_key=named_key(line) or tail.next_key)
    return replace(
        tail,
        size=line.number + 1,
        head=line.digest,
        previous=line.digest,
        frontier=chain.grow(tail.frontier, line.digest),
    )


def _first_event(tail: Tail, event: AuditEvent) -> Tail:
    key = first_key(event)
    if not key:
        raise LogError("event 0 names no public key")
    return replace(tail, public_key=key, origin=chain.fingerprint_of(key))


def _looks_signed(raw: bytes) -> bool:
    """A crash leaves nothing whole and signed behind it; a signed line at or behind a bad one means alteration."""
    return raw.startswith((b'{"checkpoint":', b'{"copy":')) and raw.endswith(b"\n")
