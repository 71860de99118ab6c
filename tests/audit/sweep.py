"""Every single change of a log, judged as `verify` judges it: by the program's own walk, from the changed line on.

What stands before the changed line was walked once and is remembered, so a change costs microseconds and all of them
can be tried: `python -m tests.audit.sweep` (an hour on one core; `--values 4` tries four values a byte, in minutes).
`test_tampering.py` tries every few thousandth in the same way, and shows that `verify` itself says the same.
"""

import argparse
import itertools
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from deid.audit.anchor import anchor_line, read_anchors
from deid.audit.walk import Walk
from deid.errors import LogError
from tests.audit.build import Study, replaced

# A change: number of the first line it touches, number of the first line after it, and what stands between now.
Change = tuple[int, int, bytes]
KINDS = ("byte changed", "byte deleted", "byte inserted", "bytes swapped", "line deleted", "line doubled")


def long_study(folder: Path) -> Study:
    """A log of 201 events and nine checkpoints."""
    study = Study(folder)
    for command in range(8):
        output = f"drafts/P{command:02}-1_draft.txt"
        places = [("replaced", replaced(output, f"P{command:02}-1", at, 4, 15, f"[Person {at}]")) for at in range(24)]
        study.append(("run_started", {"files": 1, "versions": {}}), *places)
    return study


class Sweep:
    """A whole log, with what is known before each of its lines."""

    def __init__(self, study: Study, *, anchored: bool) -> None:
        self.lines = study.path.read_bytes().splitlines(keepends=True)
        anchors = read_anchors(anchor_line(study.log.checkpoint())) if anchored else ()
        walk = Walk(list(anchors), last_signed=len(self.lines))
        self.before = [_fork(walk)]
        for line in self.lines:
            walk.line(line)
            self.before.append(_fork(walk))

    def is_caught(self, change: Change) -> bool:
        """Whether the changed log is told apart: at the first problem that is told, which nothing takes back."""
        first, after, content = change
        walk = _fork(self.before[first])
        try:
            for line in itertools.chain(_split(content), self.lines[after:]):
                walk.line(line)
                if walk.problems:
                    return True
            walk.finish()
        except LogError:
            return True
        return bool(walk.problems) or not walk.seen


def changes(lines: Sequence[bytes], kind: str, values: int = 255, stride: int = 1) -> Iterator[Change]:
    """All single changes of one kind; `values` other bytes at each place, `stride` to try only some places."""
    if kind.startswith("line"):
        for at, line in enumerate(lines):
            if at % max(1, min(stride, 7)) == 0:
                yield (at, at + 1, b"" if kind == "line deleted" else line + line)
        return
    starts = list(itertools.accumulate((len(line) for line in lines), initial=0))
    size = starts[-1]
    at = 0
    for place in range(stride // 3, size, stride):
        while starts[at + 1] <= place:
            at += 1
        inside = place - starts[at]
        after = min(at + 2, len(lines)) if inside >= len(lines[at]) - 1 else at + 1
        text = b"".join(lines[at:after])
        for content in _CHANGED[kind](text, inside, values):
            yield at, after, content


def _changed(text: bytes, at: int, values: int) -> Iterator[bytes]:
    for byte in _bytes(text[at], values):
        if byte != text[at]:
            yield text[:at] + bytes([byte]) + text[at + 1 :]


def _deleted(text: bytes, at: int, values: int) -> Iterator[bytes]:
    yield text[:at] + text[at + 1 :]


def _inserted(text: bytes, at: int, values: int) -> Iterator[bytes]:
    for byte in _bytes(text[at], values):
        yield text[:at] + bytes([byte]) + text[at:]


def _swapped(text: bytes, at: int, values: int) -> Iterator[bytes]:
    if at + 1 < len(text) and text[at] != text[at + 1]:
        yield text[:at] + bytes([text[at + 1], text[at]]) + text[at + 2 :]


_CHANGED: dict[str, Callable[[bytes, int, int], Iterator[bytes]]] = {
    "byte changed": _changed,
    "byte deleted": _deleted,
    "byte inserted": _inserted,
    "bytes swapped": _swapped,
}


def _bytes(now: int, values: int) -> list[int]:
    """All bytes, or a few that are likeliest to slip through: neighbours, a digit, the end of a line."""
    return list(range(256)) if values >= 255 else [now ^ 1, now ^ 0x20, 0x30, 0x0A, 0x66][:values]


def line_swaps(lines: Sequence[bytes], stride: int = 1) -> Iterator[Change]:
    """Every pair of lines exchanged."""
    for count, (one, other) in enumerate(itertools.combinations(range(len(lines)), 2)):
        if count % stride == 0 and lines[one] != lines[other]:
            yield one, other + 1, b"".join([lines[other], *lines[one + 1 : other], lines[one]])


def cuts(lines: Sequence[bytes], stride: int = 1) -> Iterator[tuple[str, Change]]:
    """Every truncation, and where it cuts."""
    place = 0
    for at, line in enumerate(lines):
        for inside in range(len(line)):
            if place % stride == 0 or inside == 0:
                yield _where(lines, at, inside), (at, len(lines), line[:inside])
            place += 1


def _where(lines: Sequence[bytes], at: int, inside: int) -> str:
    if at == 0:
        return "nothing signed is left"
    if inside:
        return "before a line feed" if inside == len(lines[at]) - 1 else "in a line"
    return "behind a checkpoint" if lines[at - 1].startswith(b'{"checkpoint"') else "behind an event"


def _fork(walk: Walk) -> Walk:
    return replace(
        walk,
        told=Counter(walk.told),
        problems=list(walk.problems),
        notes=list(walk.notes),
        missing=dict(walk.missing),
        matched=set(walk.matched),
        withheld=Counter(walk.withheld),
        intents=Counter(walk.intents),
        covered=walk.covered.copy(),
    )


def _split(content: bytes) -> list[bytes]:
    """Lines as a file is read: only a line feed ends one."""
    *whole, last = content.split(b"\n")
    return [*(line + b"\n" for line in whole), *([last] if last else [])]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--values", type=int, default=255)
    parser.add_argument("--kinds", nargs="*", default=[*KINDS, "lines swapped", "cut"])
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        study = long_study(Path(folder) / "study")
        without, anchored = Sweep(study, anchored=False), Sweep(study, anchored=True)
    print(
        f"{study.log.head[0] + 1} events, {len(without.lines)} lines, {sum(map(len, without.lines))} bytes", flush=True
    )
    for kind in wanted.kinds:
        begun, tried, missed, missed_anchored = time.perf_counter(), 0, Counter[str](), 0
        if kind == "cut":
            described = cuts(without.lines)
        elif kind == "lines swapped":
            described = (("", each) for each in line_swaps(without.lines))
        else:
            described = (("", each) for each in changes(without.lines, kind, wanted.values))
        for where, change in described:
            tried += 1
            # An anchor only adds to what is told: what is caught without one is caught with one.
            if not without.is_caught(change):
                missed[where] += 1
                missed_anchored += not anchored.is_caught(change)
        seconds = time.perf_counter() - begun
        print(
            f"{kind}: {tried} tried, not caught without an anchor {dict(missed) or 0}, with one {missed_anchored};"
            f" {seconds:.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main())
