"""The log as a file. An append is one write that ends with a signed checkpoint: all of it counts, or none.

The caller holds the study's writer lock while it appends or withholds. What another command appended since is read
first; a file that was changed in any other way is refused.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from deid.audit import chain
from deid.audit.actions import check_detail, screen_actor, screen_text
from deid.audit.tail import Tail, catch_up, named_key, raw_lines, settle
from deid.errors import LogError
from deid.model import AuditEvent

Entry = tuple[str, Mapping[str, object]]  # action, detail
_MOST_SET_ASIDE = 10_000
_NAMES_A_KEY = frozenset({"study_created", "rotation"})


class AuditLog:
    """An open log. Make one with `create` or `open`."""

    def __init__(self, path: Path, tail: Tail, torn: bool) -> None:
        self.path = path
        self._tail = tail
        self._torn = torn

    @classmethod
    def create(
        cls, path: Path, signing_seed: bytes, now: datetime, random: Callable[[int], bytes], program: str = "deid"
    ) -> "AuditLog":
        """A new log whose event 0 holds the public key. Raises LogError where there is a file already."""
        if path.exists():
            raise LogError("there is a log here already", where=str(path))
        public_key = chain.public_key_of(signing_seed)
        tail = Tail(public_key=public_key, origin=chain.fingerprint_of(public_key))
        first = {"format": chain.FORMAT, "public_key": public_key, "program": program}
        check_detail("study_created", first)
        block, tail = _signed_block(tail, [("study_created", first)], "deid", time_of(now), random, signing_seed)
        _write_whole(path, [block])
        return cls(path, tail, torn=False)

    @classmethod
    def open(cls, path: Path) -> "AuditLog":
        """The log as it stands. Checks its numbers, links and checkpoints; `verify` checks everything."""
        with _opened(path, "rb") as stream:
            tail, torn = catch_up(stream, Tail(), path)
        if not tail.size:
            raise LogError("this is not an audit log, or not one signed line of it is left", where=str(path))
        return cls(path, tail, torn)

    @property
    def head(self) -> tuple[int, str]:
        """Number and digest of the last event that counts."""
        return self._tail.size - 1, self._tail.head

    @property
    def fingerprint(self) -> str:
        return self._tail.origin

    @property
    def public_key(self) -> str:
        return self._tail.public_key

    @property
    def torn(self) -> bool:
        """Whether an unfinished end waits to be set aside by the next append."""
        return self._torn

    @property
    def end(self) -> int:
        """Where what counts ends, in bytes: for whoever goes on reading from there later."""
        return self._tail.end

    def again(self) -> "AuditLog":
        """The log as it stands now. Where it was only appended to since, only that is read."""
        with _opened(self.path, "rb") as stream:
            try:
                tail, torn = catch_up(stream, self._tail, self.path)
            except LogError:
                return AuditLog.open(self.path)  # a withdrawal wrote it anew, or it says what is wrong
        return AuditLog(self.path, tail, torn)

    def events(self, since: int = 0) -> Iterator[AuditEvent]:
        """Every event that counts, one at a time; from an earlier `end` on, where one is given."""
        return (line for line in self.lines(since) if isinstance(line, AuditEvent))

    def lines(self, since: int = 0) -> Iterator[chain.Line]:
        """Every line that counts, one at a time."""
        left = self._tail.end - since
        with _opened(self.path, "rb") as stream:
            stream.seek(since)
            for raw in raw_lines(stream):
                left -= len(raw)
                if left < 0:
                    return
                yield chain.read_line(raw)

    def checkpoint(self) -> chain.Checkpoint:
        """The last checkpoint."""
        line = chain.read_line(self._tail.last_line)
        assert isinstance(line, chain.Checkpoint)  # noqa: S101  a tail ends with nothing else
        return line

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
        screen_actor(actor, is_clean)
        for action, detail in actions:
            check_detail(action, detail)
            screen_text(action, detail, is_clean)
        with _opened(self.path, "r+b") as stream:
            self._catch_up(stream, signing_seed)
            if self._torn:
                actions = [_set_torn_end_aside(stream, self._tail.end, self.path), *actions]
            block, tail = _signed_block(self._tail, actions, actor, time_of(now), random, signing_seed)
            _write_at_end(stream, self._tail.end, block, self.path)
            self._tail, self._torn = tail, False
        return self.checkpoint()

    def withhold(self, is_withheld: Callable[[AuditEvent], bool], announced: int) -> int:
        """Deletes the chosen details for good; the chain still verifies. Returns how many were deleted.

        A `withdrawal_intent` that announces at least as many must stand in the log before, or nothing is deleted.
        """
        with _opened(self.path, "rb") as stream:
            self._tail, self._torn = catch_up(stream, self._tail, self.path)
        if self._torn:
            raise LogError("the log has an unfinished end", where=str(self.path), hint="run any deid command first")
        chosen = sum(1 for event in self.events() if _may_go(event) and is_withheld(event))
        if chosen > announced:
            raise LogError("more details would be deleted than were announced", where=str(self.path))
        end = _write_whole(
            self.path,
            (
                chain.write_line(
                    chain.withhold(line)
                    if isinstance(line, AuditEvent) and _may_go(line) and is_withheld(line)
                    else line
                )
                for line in self.lines()
            ),
        )
        self._tail = replace(self._tail, end=end)
        return chosen

    def _catch_up(self, stream: BinaryIO, signing_seed: bytes) -> None:
        self._tail, self._torn = catch_up(stream, self._tail, self.path)
        if chain.public_key_of(signing_seed) != self._tail.public_key:
            raise LogError("the signing key is not this log's", where=str(self.path), hint="is this the right vault?")


def time_of(now: datetime) -> str:
    """UTC to the second, as the log writes times."""
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _may_go(event: AuditEvent) -> bool:
    return event.detail is not None and event.action not in _NAMES_A_KEY


def _signed_block(
    tail: Tail,
    actions: Sequence[Entry],
    actor: str,
    time: str,
    random: Callable[[int], bytes],
    signing_seed: bytes,
) -> tuple[bytes, Tail]:
    lines, tail = _event_lines(tail, actions, actor, time, random)
    checkpoint = chain.sign_checkpoint(
        signing_seed,
        origin=tail.origin,
        size=tail.size,
        root=chain.root_of(tail.frontier),
        head=tail.head,
        previous=tail.previous,
        time=time,
    )
    lines.append(chain.write_line(checkpoint))
    block = b"".join(lines)
    return block, settle(tail, checkpoint, tail.end + len(block), lines[-1])


def _event_lines(
    tail: Tail, actions: Sequence[Entry], actor: str, time: str, random: Callable[[int], bytes]
) -> tuple[list[bytes], Tail]:
    salts = random(chain.SALT_BYTES * len(actions))
    number, previous, frontier, next_key, lines = tail.size, tail.previous, tail.frontier, tail.next_key, []
    for at, (action, detail) in enumerate(actions):
        salt = salts[at * chain.SALT_BYTES : (at + 1) * chain.SALT_BYTES]
        event, line = chain.make_event(number, previous, action, detail, actor=actor, time=time, salt=salt)
        if len(line) > chain.LONGEST_LINE:
            raise LogError("an event is too long for one line", where=f"event {action}")
        number, previous, frontier = number + 1, event.digest, chain.grow(frontier, event.digest)
        next_key = named_key(event) or next_key
        lines.append(line)
    head = previous if actions else tail.head
    after = replace(tail, size=number, head=head, previous=previous, frontier=frontier, next_key=next_key)
    return lines, after


def _set_torn_end_aside(stream: BinaryIO, end: int, path: Path) -> Entry:
    stream.seek(end)
    torn = stream.read()
    for number in range(1, _MOST_SET_ASIDE):
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


def _write_whole(path: Path, lines: Sequence[bytes] | Iterator[bytes]) -> int:
    """The whole file, or the file as it was: a temporary file takes its place. Returns the number of bytes."""
    new = path.with_name(f"{path.name}.new")
    try:
        with new.open("wb") as target:
            size = sum(target.write(line) for line in lines)
            target.flush()
            os.fsync(target.fileno())
        new.replace(path)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise LogError("the log cannot be written", where=str(path), hint="is it open elsewhere?") from error
    _sync_folder(path.parent)
    return size


def _opened(path: Path, mode: str) -> BinaryIO:
    try:
        return path.open(mode)  # type: ignore[return-value]
    except OSError as error:
        raise LogError("the log cannot be opened", where=str(path)) from error


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # Windows cannot open a folder
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
