"""Checks a log, and the files it speaks of, with nothing but the public key that the log itself names.

What follows the last signed checkpoint does not count, so it is told as an interruption and not believed.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deid.audit import chain
from deid.audit.actions import ACTIONS, misfit
from deid.audit.anchor import Anchor, read_anchors
from deid.audit.outputs import ReadSegments, Record, check_drafts, check_release, collect, read_copy_checkpoint
from deid.audit.problems import NOTES, Problem, problem
from deid.audit.tail import named_key, raw_lines
from deid.errors import LogError
from deid.model import AuditEvent

_TOLD_PER_KIND = 20
_TRACKED_GAP = 1000


@dataclass(frozen=True, slots=True)
class Verification:
    """ok: nothing speaks against the log. anchored: it is also what an outside anchor says it was.

    Counts are of what is signed. `notes` are worth knowing and no reason for distrust.
    """

    ok: bool
    anchored: bool
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    fingerprint: str
    size: int
    root: str
    time: str
    release: str = ""
    unanchored_events: int = 0
    outputs_checked: int = 0


def verify(
    log: Path,
    anchor: str = "",
    release: Path | None = None,
    drafts: Path | None = None,
    read_segments: ReadSegments | None = None,
) -> Verification:
    """Raises LogError when the log cannot be read at all, AskedWrongly when the anchor is not one.

    anchor: one or more anchor lines. drafts: the folder `drafts`. release: the folder of one release, which
    need not lie in the study. read_segments: how an output is read, for comparing each replacement.
    """
    walk = _Walk(anchors=list(read_anchors(anchor)) if anchor else [])
    copy = read_copy_checkpoint(release, log) if release else None
    if copy:
        walk.copies.append(copy)
    _walk_file(walk, log)
    walk.finish()
    checked = 0
    if drafts is not None:
        checked += check_drafts(walk.records, drafts, read_segments, walk.tell)
    if release is not None:
        checked += check_release(walk.records, walk.releases, release, read_segments, walk.tell, walk.release)
    return walk.verdict(checked)


def explain(found: Verification) -> str:
    """The outcome in plain words, for a terminal or a file."""
    lines = [
        f"Study {chain.spoken(found.fingerprint)}: {found.size} events, last signed {found.time or 'never'}.",
        f"Files compared with the log: {found.outputs_checked}.",
    ]
    lines += [f"PROBLEM {each.where}: {each.meaning} [{each.kind}]" for each in found.problems]
    lines += [f"note {each.where}: {each.meaning} [{each.kind}]" for each in found.notes]
    if not found.ok:
        lines.append("The record does NOT add up.")
    elif found.anchored:
        lines.append("The record adds up, and is the one that the anchor was taken from.")
        if found.unanchored_events:
            lines.append(f"The last {found.unanchored_events} events came after the anchor: take a new one.")
    if not found.anchored:
        state = "internally consistent, " if found.ok else ""
        lines.append(f"{state}NOT anchored: its keeper could have rewritten all of it")
    return "\n".join(lines)


@dataclass(slots=True)
class _Walk:
    """What is known so far while the file is read line by line."""

    anchors: list[Anchor]
    copies: list[chain.Checkpoint] = field(default_factory=list)
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
    pending: list[AuditEvent] = field(default_factory=list)
    records: dict[str, Record] = field(default_factory=dict)
    releases: dict[str, dict[str, str]] = field(default_factory=dict)
    withheld: Counter[str] = field(default_factory=Counter)
    announced_withheld: int = 0
    intents: Counter[str] = field(default_factory=Counter)
    settled: tuple[int, str, str] = (0, "", "")
    release: str = ""
    anchored_up_to: int = 0

    def tell(self, kind: str, where: str, also: str = "") -> None:
        self.told[kind] += 1
        target = self.notes if kind in NOTES else self.problems
        if self.told[kind] <= _TOLD_PER_KIND:
            target.append(problem(kind, where, also))
        elif self.told[kind] == _TOLD_PER_KIND + 1:
            target.append(problem("more", where, f"({kind})"))

    def event(self, event: AuditEvent, where: str) -> None:
        where = f"event {event.number} ({where})"
        self._place(event, where)
        if self._is_sound(event, where):
            self.pending.append(event)
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
        detail = event.detail or {}
        if event.action != "study_created" or detail.get("format") != chain.FORMAT:
            raise LogError(
                "this log is of a format that this program does not know",
                where="event 0",
                hint="a newer deid may know it; the format is named in the first line",
            )
        self.public_key = str(detail.get("public_key", ""))
        self.origin = chain.fingerprint_of(self.public_key) if len(self.public_key) == 64 else ""

    def _compare_anchors(self, where: str) -> None:
        for at, anchor in enumerate(self.anchors):
            if anchor.size == self.seen and anchor.fingerprint == self.origin:
                if anchor.root == chain.root_of(self.frontier):
                    self.matched.add(at)
                    self.anchored_up_to = max(self.anchored_up_to, anchor.size)
                else:
                    self.tell("rewritten", where, f"(anchor of {anchor.date})")
        for copy in self.copies:
            if copy.size == self.seen and copy.root != chain.root_of(self.frontier):
                self.tell("copy_disagrees", where)

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
            self._count_pending()

    def _count_pending(self) -> None:
        for event in self.pending:
            if event.detail is None:
                self.withheld[event.action] += 1
            else:
                self._follow(event, event.detail)
            collect(self.records, self.releases, event)
        self.pending.clear()

    def _follow(self, event: AuditEvent, detail: Mapping[str, object]) -> None:
        stem, _, stage = event.action.rpartition("_")
        if stage == "intent":
            self.intents[stem] += 1
        elif stage == "done" and self.intents[stem]:
            self.intents[stem] -= 1
        elif event.action == "destroyed":
            self.intents["destroy"] = 0
        elif event.action == "interrupted":
            self.intents[str(detail.get("what"))] = 0
        elif event.action == "mended":
            self.tell("mended", f"event {event.number}")
        if event.action == "withdrawal_intent":
            self.announced_withheld += int(str(detail.get("withheld", 0)))

    def copy(self, line: chain.CopyStatement, covered: str, where: str) -> None:
        self.release = line.release
        withheld = {action: count for action, count in self.withheld.items() if count}
        signed = chain.is_copy_signed(line, self.public_key)
        if not signed or line.covers != covered or dict(line.withheld) != withheld:
            self.tell("copy_altered", where)

    def finish(self) -> None:
        for number, where in self.missing.items():
            self.tell("removed_event", where, f"(Event {number} is absent.)")
        for at, anchor in enumerate(self.anchors):
            if anchor.fingerprint != self.origin:
                self.tell("another_log", f"anchor of {anchor.date}")
            elif anchor.size > self.settled[0]:
                self.tell("cut_tail", f"anchor of {anchor.date}", f"({anchor.size} then, {self.settled[0]} now.)")
            elif anchor.size == 0 or (at not in self.matched and not self.told["rewritten"]):
                self.tell("rewritten", f"anchor of {anchor.date}")
        if any(copy.size > self.settled[0] or copy.origin != self.origin for copy in self.copies):
            self.tell("copy_disagrees", "the release's copy")
        total = sum(self.withheld.values())
        if not self.release and total > self.announced_withheld:
            self.tell(
                "withheld_without_reason", "the log", f"({total} withheld, {self.announced_withheld} accounted for.)"
            )
        if total:
            counts = ", ".join(f"{count} {action}" for action, count in sorted(self.withheld.items()))
            self.tell("withheld", "the log", f"({counts}.)")
        for what, count in self.intents.items():
            if count and what != "output":
                self.tell("interrupted", what)

    def verdict(self, checked: int) -> Verification:
        size, root, time = self.settled
        anchored = bool(self.anchors) and len(self.matched) == len(self.anchors) and not self.told["cut_tail"]
        return Verification(
            ok=not self.problems,
            anchored=anchored,
            problems=tuple(self.problems),
            notes=tuple(self.notes),
            fingerprint=self.origin,
            size=size,
            root=root,
            time=time,
            release=self.release,
            unanchored_events=max(0, size - self.anchored_up_to) if anchored else 0,
            outputs_checked=checked,
        )


def _walk_file(walk: _Walk, path: Path) -> None:
    covered = hashlib.sha256()
    ended, unsigned = False, 0
    for number, (raw, line) in enumerate(_lines(path), start=1):
        where = f"line {number}"
        if line is None:
            if not raw.endswith(b"\n") and not _nearly_whole(raw):
                walk.tell("torn_line", where)
                unsigned = 0
                continue
            walk.tell("unreadable_line", where)
            walk.previous = walk.expected = None
        elif ended:
            walk.tell("copy_altered", where)
        elif isinstance(line, AuditEvent):
            walk.event(line, where)
            unsigned += 1
        elif isinstance(line, chain.Checkpoint):
            walk.checkpoint(line, where)
            unsigned = 0
        else:
            walk.copy(line, covered.hexdigest(), where)
            ended = True
        covered.update(raw)
    if unsigned:
        walk.tell("unsigned_end", f"the last {unsigned} lines")
    if not walk.origin and not walk.settled[0] and not walk.seen:
        raise LogError("this is not an audit log", where=path.name)


def _lines(path: Path) -> Iterator[tuple[bytes, chain.Line | None]]:
    try:
        with path.open("rb") as stream:
            for raw in raw_lines(stream):
                try:
                    yield raw, chain.read_line(raw)
                except LogError:
                    yield raw, None
    except OSError as error:
        raise LogError("the log cannot be opened", where=str(path)) from error


def _nearly_whole(raw: bytes) -> bool:
    """A last line that lacks only its line feed, or has another byte in its place, was not torn by a crash."""
    for candidate in (raw, raw[:-1]):
        try:
            chain.read_line(candidate + b"\n")
        except LogError:
            continue
        return True
    return False
