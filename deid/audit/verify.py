"""Checks a log, and the files it speaks of, with nothing but the public key that the log itself names.

What follows the last signed checkpoint does not count, so it is told as an interruption and not believed.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from deid.audit import chain
from deid.audit.anchor import Anchor, read_given, write_anchor
from deid.audit.outputs import COPY_NAME, ReadSegments, check_drafts, check_release
from deid.audit.problems import Problem
from deid.audit.walk import Walk, walk_file

_OF_A_COPY = (
    "This is the record's copy that went with the release {release}. Its events are those of the whole study; what they"
    " tell is closed where it is about the key, drafts or other releases, so tables made from it count this release"
    " alone."
)


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
    fingerprint_given: bool = False


def verify(
    log: Path,
    anchor: str = "",
    release: Path | None = None,
    drafts: Path | None = None,
    read_segments: ReadSegments | None = None,
) -> Verification:
    """Raises LogError when the log cannot be read at all, AskedWrongly when the anchor is not one.

    anchor: one or more anchor lines, or the fingerprint from the ethics form. drafts: the folder `drafts`. release: the
    folder of one release, which need not lie in the study. read_segments: how an output is read, for comparing each
    replacement.
    """
    anchors, prints = read_given(anchor) if anchor else ((), ())
    walk = Walk(list(anchors), compares_files=bool(drafts or release))
    copy = _check_copy(walk, release, log) if release else None
    walk_file(walk, log)
    if copy and copy not in walk.matched_copies:
        walk.tell("copy_disagrees", COPY_NAME)
    checked = 0
    if drafts is not None:
        checked += check_drafts(walk.records, drafts, read_segments, walk.tell)
    if release is not None:
        checked += check_release(walk.records, walk.releases, release, read_segments, walk.tell, walk.release)
    found = _verdict(walk, checked)
    if any(each != found.fingerprint for each in prints):
        walk.tell("another_log", "the fingerprint")
        found = _verdict(walk, checked)
    return replace(found, fingerprint_given=bool(prints))


def anchor_of(found: Verification) -> str:
    """One line for the board's minutes; `verify` takes it back as an anchor."""
    return write_anchor(Anchor(found.fingerprint, found.size, found.root, found.time[:10]))


def explain(found: Verification) -> str:
    """The outcome in plain words, for a terminal or a file."""
    lines = [
        f"Study {chain.spoken(found.fingerprint)}: {found.size} events, last signed {found.time or 'never'}.",
        f"Files compared with the log: {found.outputs_checked}.",
    ]
    if found.release:
        lines.append(_OF_A_COPY.format(release=found.release))
    if found.ok and found.size:
        lines.append(f"The line for the board's minutes, which --anchor takes back: {anchor_of(found)}")
    lines += [f"PROBLEM {each.where}: {each.meaning} [{each.kind}]" for each in found.problems]
    lines += [f"note {each.where}: {each.meaning} [{each.kind}]" for each in found.notes]
    if not found.ok:
        lines.append("The record does NOT add up.")
    elif found.anchored:
        lines.append("The record adds up, and is the one that the anchor was taken from.")
        if found.unanchored_events:
            lines.append(f"The last {found.unanchored_events} events came after the anchor: take a new one.")
    if not found.anchored:
        given = "It is signed with the key of the fingerprint that you gave. " if found.fingerprint_given else ""
        state = f"{given}The record adds up in itself: internally consistent, " if found.ok else ""
        lines.append(f"{state}NOT anchored: its keeper could have rewritten all of it")
    return "\n".join(lines)


def _check_copy(walk: Walk, release: Path, log: Path) -> tuple[int, str] | None:
    """Size and root of the release's own copy of the log, which is read for itself; None where `log` is that copy."""
    path = release / COPY_NAME
    if log.exists() and path.exists() and path.samefile(log):
        return None
    if not path.is_file():
        walk.tell("output_missing", COPY_NAME)
        return None
    copy = Walk([])
    walk_file(copy, path)
    for each in copy.problems:
        walk.tell(each.kind, f"{COPY_NAME} of the release, {each.where}")
    if not copy.release:
        walk.tell("copy_altered", COPY_NAME)
    walk.copies.append((copy.settled[0], copy.settled[1]))
    return walk.copies[-1]


def _verdict(walk: Walk, checked: int) -> Verification:
    size, root, time = walk.settled
    anchored = bool(walk.anchors) and len(walk.matched) == len(walk.anchors) and not walk.told["cut_tail"]
    return Verification(
        ok=not walk.problems,
        anchored=anchored,
        problems=tuple(walk.problems),
        notes=tuple(walk.notes),
        fingerprint=walk.origin,
        size=size,
        root=root,
        time=time,
        release=walk.release,
        unanchored_events=max(0, size - walk.anchored_up_to) if anchored else 0,
        outputs_checked=checked,
    )
