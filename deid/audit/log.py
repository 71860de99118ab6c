"""The log as a file. An append is one write that ends with a signed checkpoint: all of it counts, or none.

The caller holds the study's writer lock while it appends. What another command appended since is read first; a file
that was changed in any other way is refused.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from deid.audit import chain
from deid.audit.actions import check_detail, screen_text
from deid.errors import LogError
from deid.model import AuditEvent

Entry = tuple[str, Mapping[str, object]]  # action, detail
_LEAST_LIKELY_MENDS = 10_000


@dataclass(frozen=True, slots=True)
class _State:
    """Where the log stands after its last checkpoint; `end` counts bytes."""

    size: int = 0
    head: str = chain.ZERO
    previous: str = chain.ZERO
    frontier: chain.Frontier = ()
    public_key: str = ""
    next_key: str = ""
    origin: str = ""
    end: int = 0
    last_line: bytes = b""


class AuditLog:
    """An open log. Make one with `create` or `open`."""

    def __init__(self, path: Path, state: _State, torn: bool) -> None:
        self.path = path
        self._state = state
        self._torn = torn

    @classmethod
    def create(
        cls, path: Path, signing_seed: bytes, now: datetime, random: Callable[[int], bytes], program: str = "deid"
    ) -> "AuditLog":
        """A new log whose event 0 holds the public key. Raises LogError where there is a file already."""
        public_key = chain.public_key_of(signing_seed)
        state = _State(public_key=public_key, origin=chain.fingerprint_of(public_key))
        try:
            with path.open("xb"):
                pass
        except OSError as error:
            raise LogError("the log cannot be made here", where=str(path), hint="is there one already?") from error
        log = cls(path, state, torn=False)
        first = {"format": chain.FORMAT, "public_key": public_key, "program": program}
        log.append([("study_created", first)], "deid", now, random, signing_seed)
        _sync_folder(path.parent)
        return log

    @classmethod
    def open(cls, path: Path) -> "AuditLog":
        """The log as it stands. Checks its numbers, links and checkpoints; `verify` checks everything."""
        with _opened(path, "rb") as stream:
            state, torn = _catch_up(stream, _State(), path)
        if not state.size:
            raise LogError("this is not an audit log, or not one signed line of it is left", where=str(path))
        return cls(path, state, torn)

    @property
    def head(self) -> tuple[int, str]:
        """Number and digest of the last event that counts."""
        return self._state.size - 1, self._state.head

    @property
    def fingerprint(self) -> str:
        return self._state.origin

    @property
    def public_key(self) -> str:
        return self._state.public_key

    @property
    def torn(self) -> bool:
        """Whether an unfinished end waits to be set aside by the next append."""
        return self._torn

    def events(self) -> Iterator[AuditEvent]:
        """Every event that counts, one at a time."""
        for line in self.lines():
            if isinstance(line, AuditEvent):
                yield line

    def checkpoint(self) -> chain.Checkpoint:
        """The last checkpoint."""
        line = chain.read_line(self._state.last_line)
        assert isinstance(line, chain.Checkpoint)  # noqa: S101  _catch_up stops at nothing else
        return line

    def lines(self) -> Iterator[chain.Line]:
        """Every line that counts, one at a time."""
        left = self._state.end
        with _opened(self.path, "rb") as stream:
            for raw in raw_lines(stream):
                left -= len(raw)
                if left < 0:
                    return
                yield chain.read_line(raw)

    def append(
        self,
        actions: Sequence[Entry],
        actor: str,
        now: datetime,
        random: Callable[[int], bytes],
        signing_seed: bytes,
        is_clean: Callable[[str], bool] | None = None,
    ) -> chain.Checkpoint:
        """Writes the events and their checkpoint in one go, and returns when they are on disk.

        `is_clean` searches words that a person typed; without it an action that holds such words is refused.
        """
        for action, detail in actions:
            check_detail(action, detail)
            screen_text(action, detail, is_clean)
        with _opened(self.path, "r+b") as stream:
            self._state, self._torn = _catch_up(stream, self._state, self.path)
            if chain.public_key_of(signing_seed) != self._state.public_key:
                raise LogError(
                    "the signing key is not this log's", where=str(self.path), hint="is this the right vault?"
                )
            if self._torn:
                actions = [_set_torn_end_aside(stream, self._state.end, self.path), *actions]
                self._torn = False
            block, state = _signed_block(self._state, actions, actor, time_of(now), random, signing_seed)
            _write_at_end(stream, self._state.end, block, self.path)
            self._state = state
        return self.checkpoint()


def time_of(now: datetime) -> str:
    """UTC to the second, as the log writes times."""
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def raw_lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines with their line feeds; memory stays bounded, because a line that is too long comes in pieces."""
    while raw := stream.readline(chain.LONGEST_LINE + 1):
        yield raw


def _signed_block(
    state: _State,
    actions: Sequence[Entry],
    actor: str,
    time: str,
    random: Callable[[int], bytes],
    signing_seed: bytes,
) -> tuple[bytes, _State]:
    salts = random(chain.SALT_BYTES * len(actions))
    number, previous, frontier, lines = state.size, state.previous, state.frontier, []
    next_key = state.next_key
    for at, (action, detail) in enumerate(actions):
        salt = salts[at * chain.SALT_BYTES : (at + 1) * chain.SALT_BYTES]
        event, line = chain.make_event(number, previous, action, detail, actor=actor, time=time, salt=salt)
        if len(line) > chain.LONGEST_LINE:
            raise LogError("an event is too long for one line", where=f"event {action}")
        number, previous, frontier = number + 1, event.digest, chain.grow(frontier, event.digest)
        next_key = named_key(event) or next_key
        lines.append(line)
    head = previous if actions else state.head
    checkpoint = chain.sign_checkpoint(
        signing_seed,
        origin=state.origin,
        size=number,
        root=chain.root_of(frontier),
        head=head,
        previous=previous,
        time=time,
    )
    lines.append(chain.write_line(checkpoint))
    block = b"".join(lines)
    after = replace(state, size=number, head=head, frontier=frontier, next_key=next_key)
    return block, _settle(after, checkpoint, state.end + len(block), lines[-1])


def _settle(state: _State, checkpoint: chain.Checkpoint, end: int, last_line: bytes) -> _State:
    """A checkpoint makes what stands before it count; a new key signs from the next one on."""
    key = state.next_key or state.public_key
    return replace(state, previous=checkpoint.digest, public_key=key, next_key="", end=end, last_line=last_line)


def named_key(event: AuditEvent) -> str:
    """The public key that a rotation of the signing key names, or ""."""
    if event.action != "rotation" or event.detail is None:
        return ""
    return str(event.detail.get("public_key", ""))


def _catch_up(stream: BinaryIO, settled: _State, path: Path) -> tuple[_State, bool]:
    """The state after the last checkpoint in the file, and whether something unfinished stands behind it."""
    stream.seek(max(0, settled.end - len(settled.last_line)))
    if stream.read(len(settled.last_line)) != settled.last_line:
        raise LogError("the log was changed since it was opened", where=str(path), hint="run: deid audit verify")
    state, at = settled, settled.end
    for raw in raw_lines(stream):
        at += len(raw)
        try:
            line = chain.skim(raw)
            state = _follow(state, line, at, raw)
        except LogError as error:
            if _looks_signed(raw) or any(_looks_signed(later) for later in raw_lines(stream)):
                raise LogError(
                    f"the log does not add up: {error.message}",
                    where=f"{path}, after event {state.size - 1}",
                    hint="run: deid audit verify",
                ) from error
            break
        if isinstance(line, chain.Checkpoint):
            settled = state
    return settled, _size_of(stream) > settled.end


def _follow(state: _State, line: chain.Line, at: int, raw: bytes) -> _State:
    if isinstance(line, chain.CopyStatement):
        raise LogError("this is a public copy, which nothing can be appended to")
    if line.previous != state.previous:
        raise LogError("a line does not follow from the one before")
    if isinstance(line, chain.Checkpoint):
        expected = (state.origin, state.size, chain.root_of(state.frontier), state.head)
        if (line.origin, line.size, line.root, line.head) != expected or not chain.is_signed(line, state.public_key):
            raise LogError("a checkpoint does not fit what stands before it")
        return _settle(state, line, at, raw)
    if line.number != state.size or line.digest != chain.event_digest(line):
        raise LogError("an event is not the one that was written")
    state = (
        _first_event(state, line) if line.number == 0 else replace(state, next_key=named_key(line) or state.next_key)
    )
    return replace(
        state,
        size=line.number + 1,
        head=line.digest,
        previous=line.digest,
        frontier=chain.grow(state.frontier, line.digest),
    )


def _first_event(state: _State, event: AuditEvent) -> _State:
    detail = event.detail or {}
    if event.action != "study_created" or detail.get("format") != chain.FORMAT:
        raise LogError("the log is of a format that this program does not know")
    key = str(detail.get("public_key", ""))
    return replace(state, public_key=key, origin=chain.fingerprint_of(key))


def _looks_signed(raw: bytes) -> bool:
    """A crash leaves nothing whole and signed behind it; a signed line at or behind a bad one means alteration."""
    return raw.startswith(b'{"checkpoint":') and raw.endswith(b"\n")


def _set_torn_end_aside(stream: BinaryIO, end: int, path: Path) -> Entry:
    stream.seek(end)
    torn = stream.read()
    for number in range(1, _LEAST_LIKELY_MENDS):
        aside = path.with_name(f"{path.stem}.torn-{number}{path.suffix}")
        with suppress(FileExistsError), aside.open("xb") as target:
            target.write(torn)
            target.flush()
            os.fsync(target.fileno())
            break
    digest = hashlib.sha256(torn).hexdigest()
    return "mended", {"lines": torn.count(b"\n"), "bytes": len(torn), "sha256": digest}


def _write_at_end(stream: BinaryIO, end: int, block: bytes, path: Path) -> None:
    try:
        stream.seek(end)
        stream.truncate()
        stream.write(block)
        stream.flush()
        os.fsync(stream.fileno())
    except OSError as error:
        with suppress(OSError):  # a full disk: take back the part that was written
            stream.truncate(end)
        raise LogError("the log cannot be written", where=str(path), hint="is the disk full?") from error


def _opened(path: Path, mode: str) -> BinaryIO:
    try:
        return path.open(mode)  # type: ignore[return-value]
    except OSError as error:
        raise LogError("the log cannot be opened", where=str(path)) from error


def _size_of(stream: BinaryIO) -> int:
    return stream.seek(0, os.SEEK_END)


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # Windows cannot open a folder
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
