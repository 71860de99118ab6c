"""Reads a log from its first line to its last, and tells everything that speaks against it."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from deid.audit import chain
from deid.audit.actions import ACTIONS, misfit
from deid.audit.anchor import Anchor
from deid.audit.outputs import Record, collect
from deid.audit.problems import NOTES, Problem, problem
from deid.audit.tail import first_key, named_key, raw_lines
from deid.errors import LogError
from deid.model import AuditEvent

_TOLD_PER_KIND = 20
_TRACKED_GAP = 1000


@dataclass(slots=True)
class Walk:
    """What is known so far while the file is read line by line."""

    anchors: list[Anchor]
    compares_files: bool = False
    told: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    expected: int | None = 0
    previous: str | None = chain.ZERO
    missing: dict[int, str] = field(default_factory=dict)
    seen: int = 0
    head: str = chain.ZERO
    frontier: chain.Frontier = ()
    public_key: str = ""
    next_key: str = ""
    origin: str = ""
    matched: set[int] = field(default_factory=set)
    copies: list[tuple[int, str]] = field(default_factory=list)
    matched_copies: set[tuple[int, str]] = field(default_factory=set)
    records: dict[str, Record] = field(default_factory=dict)
    releases: dict[str, dict[str, str]] = field(default_factory=dict)
    withheld: Counter[str] = field(default_factory=Counter)
    announced_withheld: int = 0
    intents: Counter[str] = field(default_factory=Counter)
    settled: tuple[int, str, str] = (0, "", "")
    release: str = ""
    anchored_up_to: int = 0
    last_signed: int = 0
    lines: int = 0
    unsigned: int = 0
    is_ended: bool = False
    covered: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def tell(self, kind: str, where: str, also: str = "") -> None:
        self.told[kind] += 1
        target = self.notes if kind in NOTES else self.problems
        if self.told[kind] <= _TOLD_PER_KIND:
            target.append(problem(kind, where, also))
        elif self.told[kind] == _TOLD_PER_KIND + 1:
            target.append(problem("more", where, f"({kind})"))

    def line(self, raw: bytes) -> None:
        """The next line of the file, whatever it holds; what stands behind line `last_signed` does not count."""
        self.lines += 1
        where, line = f"line {self.lines}", _read(raw)
        if line is None:
            if not raw.endswith(b"\n") and not _nearly_whole(raw):
                self.tell("torn_line", where)
                self.unsigned = 0
                return
            self.tell("unreadable_line", where)
            self.previous = self.expected = None
        elif self.is_ended:
            self.tell("copy_altered", where)
        elif isinstance(line, AuditEvent):
            self.event(line, where, counts=self.lines <= self.last_signed)
            self.unsigned += 1
        elif isinstance(line, chain.Checkpoint):
            self.checkpoint(line, where)
            self.unsigned = 0
        else:
            self.copy(line, self.covered.hexdigest(), where)
            self.is_ended = True
        self.covered.update(raw)

    def event(self, event: AuditEvent, where: str, *, counts: bool) -> None:
        """One event; it counts when a checkpoint stands behind it."""
        where = f"event {event.number} ({where})"
        self._place(event, where)
        if self._is_sound(event, where) and counts:
            self._follow(event)
        if event.number == 0:
            self._first(event)
        self.next_key = named_key(event) or self.next_key
        self.previous = self.head = event.digest
        self.seen += 1
        self.frontier = chain.grow(self.frontier, event.digest)
        self._compare_anchors(where)

    def _is_sound(self, event: AuditEvent, where: str) -> bool:
        """Whether the event is the one that was written and its detail can be relied on."""
        if event.digest != chain.event_digest(event):
            self.tell("altered_event", where)
        elif not chain.detail_matches(event):
            self.tell("altered_detail", where)
        elif event.action not in ACTIONS:
            self.tell("unknown_action", where, f"It calls itself {event.action}.")
            return True
        elif event.detail is not None and (wrong := misfit(event.action, event.detail)):
            self.tell("wrong_detail", where, f"({event.action}: {wrong}.)")
        else:
            return True
        return False

    def _place(self, event: AuditEvent, where: str) -> None:
        if self.expected is None or event.number == self.expected:
            if self.previous is not None and event.previous != self.previous:
                self.tell("broken_link", where)
            self.expected = event.number + 1
        elif event.number > self.expected:
            for number in range(self.expected, min(event.number, self.expected + _TRACKED_GAP)):
                self.missing[number] = where
            self.expected = event.number + 1
        elif self.missing.pop(event.number, None):
            self.tell("reordered_event", where)
        else:
            self.tell("inserted_event", where)

    def _first(self, event: AuditEvent) -> None:
        self.public_key = first_key(event)
        self.origin = chain.fingerprint_of(self.public_key) if self.public_key else ""

    def _compare_anchors(self, where: str) -> None:
        for at, anchor in enumerate(self.anchors):
            if anchor.size == self.seen and anchor.fingerprint == self.origin:
                if anchor.root == chain.root_of(self.frontier):
                    self.matched.add(at)
                    self.anchored_up_to = max(self.anchored_up_to, anchor.size)
                else:
                    self.tell("rewritten", where, f"(anchor of {anchor.date})")
        for copy in self.copies:
            if copy[0] == self.seen and copy[1] == chain.root_of(self.frontier):
                self.matched_copies.add(copy)

    def checkpoint(self, line: chain.Checkpoint, where: str) -> None:
        where = f"checkpoint over {line.size} events ({where})"
        if self.previous is not None and line.previous != self.previous:
            self.tell("broken_link", where)
        genuine = line.origin == self.origin and chain.is_signed(line, self.public_key)
        if not genuine or line.digest != chain.checkpoint_digest(line):
            self.tell("foreign_signature", where)
        elif (line.size, line.head, line.root) != (self.seen, self.head, chain.root_of(self.frontier)):
            self.tell("checkpoint_disagrees", where)
        self.previous = line.digest
        if self.next_key:
            self.public_key, self.next_key = self.next_key, ""
        if genuine:
            self.settled = (line.size, line.root, line.time)

    def _follow(self, event: AuditEvent) -> None:
        if event.detail is None:
            self.withheld[event.action] += 1
            return
        if self.compares_files:
            collect(self.records, self.releases, event)
        stem, _, stage = event.action.rpartition("_")
        if stage == "intent":
            self.intents[stem] += 1
        elif stage == "done" and self.intents[stem]:
            self.intents[stem] -= 1
        elif event.action == "destroyed":
            self.intents["destroy"] = 0
        elif event.action == "interrupted":
            self.intents[str(event.detail["what"])] = 0
        elif event.action == "mended":
            self.tell("mended", f"event {event.number}")
        if event.action == "withdrawal_intent":
            self.announced_withheld += int(str(event.detail["withheld"]))

    def copy(self, line: chain.CopyStatement, covered: str, where: str) -> None:
        self.release = line.release
        withheld = {action: count for action, count in self.withheld.items() if count}
        signed = chain.is_copy_signed(line, self.public_key)
        if not signed or line.covers != covered or dict(line.withheld) != withheld:
            self.tell("copy_altered", where)

    def finish(self) -> None:
        """What only the end of the file shows."""
        if self.unsigned:
            self.tell("unsigned_end", f"the last {self.unsigned} lines")
        for number, where in self.missing.items():
            self.tell("removed_event", where, f"(Event {number} is absent.)")
        for at, anchor in enumerate(self.anchors):
            if anchor.fingerprint != self.origin:
                self.tell("another_log", f"anchor of {anchor.date}")
            elif anchor.size > self.settled[0] and self.release:
                self.tell("anchor_later", f"anchor of {anchor.date}")
            elif anchor.size > self.settled[0]:
                self.tell("cut_tail", f"anchor of {anchor.date}", f"({anchor.size} then, {self.settled[0]} now.)")
            elif anchor.size == 0 or (at not in self.matched and not self.told["rewritten"]):
                self.tell("rewritten", f"anchor of {anchor.date}")
        total = sum(self.withheld.values())
        if not self.release and total > self.announced_withheld:
            self.tell(
                "withheld_without_reason", "the log", f"({total} withheld, {self.announced_withheld} accounted for.)"
            )
        if total:
            counts = ", ".join(f"{count} {action.replace('_', ' ')}" for action, count in sorted(self.withheld.items()))
            self.tell("withheld", "the log", f"({counts}.)")
        for what, count in self.intents.items():
            if count and what != "output":
                self.tell("interrupted", what)


def walk_file(walk: Walk, path: Path) -> None:
    """Reads the whole log. Raises LogError when it cannot be read at all."""
    walk.last_signed = _last_signed_line(path)
    with path.open("rb") as stream:
        for raw in raw_lines(stream):
            walk.line(raw)
    walk.finish()
    if not walk.origin and not walk.settled[0] and not walk.seen:
        raise LogError("this is not an audit log", where=path.name)


def _last_signed_line(path: Path) -> int:
    """The number of the last line that looks like a checkpoint; what follows it does not count."""
    last = 0
    try:
        with path.open("rb") as stream:
            for number, raw in enumerate(raw_lines(stream), start=1):
                if raw.startswith(b'{"checkpoint":'):
                    last = number
    except OSError as error:
        raise LogError("the log cannot be opened", where=str(path)) from error
    return last


def _read(raw: bytes) -> chain.Line | None:
    try:
        return chain.read_line(raw)
    except LogError:
        return None


def _nearly_whole(raw: bytes) -> bool:
    """A last line that lacks only its line feed, or has another byte in its place, was not torn by a crash."""
    return any(_read(candidate + b"\n") for candidate in (raw, raw[:-1]))
