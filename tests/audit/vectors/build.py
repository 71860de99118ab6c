"""Writes the test vectors of the log's format: logs with one fault each, and what a verifier has to say of them.

python -m tests.audit.vectors.build
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from deid.audit import chain
from deid.audit.anchor import anchor_line
from deid.audit.log import AuditLog
from deid.audit.public_copy import write_public_copy
from deid.model import AuditEvent
from tests.audit.build import OTHER_SEED, SEED, START, random_bytes, replaced

HERE = Path(__file__).parent
OUTPUT = "releases/archive/1/R07-1_archive.txt"
DIGEST = "5e" * 32
TIME = "2026-03-02T09:30:00Z"

Lines = list[bytes]


def build(folder: Path) -> dict[str, object]:
    """Writes every vector and returns the index."""
    whole = _whole(folder)
    lines = (folder / "whole.jsonl").read_bytes().splitlines(keepends=True)
    for name, (change, _) in FAULTS.items():
        (folder / f"{name}.jsonl").write_bytes(b"".join(change(list(lines))))
    expected: dict[str, object] = {name: expect for name, (_, expect) in FAULTS.items()}
    expected["whole"] = _good()
    expected |= _other_logs(folder)
    index = {"anchor": anchor_line(whole.checkpoint()), "vectors": dict(sorted(expected.items()))}
    (folder / "index.json").write_text(json.dumps(index, indent=1) + "\n", encoding="utf-8", newline="\n")
    return index


def _create(path: Path, salts: str = "vectors") -> AuditLog:
    path.unlink(missing_ok=True)
    return AuditLog.create(path, SEED, START, random_bytes(salts))


def _write(log: AuditLog, *entries: tuple[str, Mapping[str, object]], seed: bytes = SEED) -> None:
    log.append(entries, "deid", START, random_bytes(f"{log.head[0]}"), seed, is_clean=lambda words: True)


def _whole(folder: Path) -> AuditLog:
    """Events 0 to 9: a run, one output, a reveal; checkpoints after 0, 7 and 9. Lines 0 to 12."""
    log = _create(folder / "whole.jsonl")
    intent = {"output": OUTPUT, "code": "R07-1", "tier": "archive", "sha256": DIGEST}
    _write(
        log,
        ("run_started", {"files": 1, "versions": {"deid": "0.1.0"}}),
        ("file_read", {"code": "P01-1", "digest": "ab" * 32, "format": "txt", "segments": 3}),
        ("replaced", replaced(OUTPUT, "R07-1", 0, 5, 15, "[Person 3]")),
        ("replaced", replaced(OUTPUT, "R07-1", 1, 0, 21, "[Town 27, East Kent’s]")),
        ("output_intent", {**intent, "replaced": 2, "kept": 0, "dismissed": 0}),
        ("output_done", {"output": OUTPUT, "sha256": DIGEST}),
        ("run_finished", {"counts": {"files": 1, "replaced": 2}}),
    )
    _write(
        log,
        ("reveal_intent", {"scope": "one", "token": "[Person 3]", "count": 1, "reason": "asked by “R1”"}),
        ("reveal_done", {"scope": "one", "count": 1}),
    )
    return log


def _other_logs(folder: Path) -> dict[str, object]:
    run = ("run_started", {"files": 2, "versions": {}})
    rotated = _create(folder / "key_rotated.jsonl")
    key = chain.public_key_of(OTHER_SEED)
    _write(rotated, ("rotation", {"key": "signing", "generation": 2, "public_key": key}))
    _write(rotated, run, seed=OTHER_SEED)

    withdrawn = _whole_as(folder / "withdrawn.jsonl")
    gone = {"code": "P01-1", "outputs": [], "withheld": 1, "scope": "whole", "form": "C-17"}
    _write(withdrawn, ("withdrawal_intent", gone))
    withdrawn.withhold(lambda event: event.action == "file_read", 1)
    _write(withdrawn, ("withdrawal_done", {"code": "P01-1", "counts": {"details": 1}}))

    mended = _create(folder / "mended.jsonl")
    with mended.path.open("ab") as stream:
        stream.write(b'{"action":"run_st')
    _write(mended, run)
    (folder / "mended.torn-1.jsonl").unlink()

    rewritten = _create(folder / "rewritten.jsonl", salts="other")
    _write(rewritten, *[run] * 9)

    copy = folder / "public_copy.jsonl"
    copy.unlink(missing_ok=True)
    log = AuditLog.open(folder / "whole.jsonl")
    write_public_copy(log, copy, "archive/1", SEED, START)
    raw = copy.read_bytes()
    (folder / "public_copy_unsigned.jsonl").write_bytes(b"".join(raw.splitlines(keepends=True)[:-1]))
    (folder / "public_copy_recounted.jsonl").write_bytes(raw.replace(b'"reveal_done":1', b'"reveal_done":2'))
    (folder / "public_copy_blanked.jsonl").write_bytes(b"".join(_blank(raw.splitlines(keepends=True), 4)))

    newer = _create(folder / "unknown_action.jsonl")
    _forge(newer, "brewed_tea", {"cups": 2}, SEED)
    field = _create(folder / "unknown_field.jsonl")
    _forge(field, "run_finished", {"counts": {}, "extra": "x"}, SEED)
    foreign = _create(folder / "foreign_key.jsonl")
    _forge(foreign, "run_finished", {"counts": {}}, OTHER_SEED)
    return {
        "key_rotated": _good(with_anchor=False),
        "withdrawn": _good("withheld"),
        "mended": _good("mended", with_anchor=False),
        "rewritten": _good(with_anchor=False),
        "public_copy": _good("withheld"),
        "public_copy_unsigned": _bad("withheld_without_reason"),
        "public_copy_recounted": _bad("copy_altered"),
        "public_copy_blanked": _bad("copy_altered"),
        "unknown_action": _good("unknown_action", with_anchor=False),
        "unknown_field": _bad("wrong_detail"),
        "foreign_key": _bad("foreign_signature"),
    }


def _whole_as(path: Path) -> AuditLog:
    with TemporaryDirectory() as elsewhere:
        raw = _whole(Path(elsewhere)).path.read_bytes()
    path.write_bytes(raw)
    return AuditLog.open(path)


def _forge(log: AuditLog, action: str, detail: Mapping[str, object], seed: bytes) -> None:
    """Appends an event that `append` refuses, chained and signed all the same."""
    last = log.checkpoint()
    event, line = chain.make_event(1, last.digest, action, detail, actor="deid", time=TIME, salt=bytes(16))
    first = next(log.events())
    signed = chain.sign_checkpoint(
        seed,
        origin=last.origin,
        size=2,
        root=chain.merkle_root([first.digest, event.digest]),
        head=event.digest,
        previous=event.digest,
        time=TIME,
    )
    with log.path.open("ab") as stream:
        stream.write(line + chain.write_line(signed))


def _good(tells: str = "", *, with_anchor: bool = True) -> dict[str, object]:
    return {"readable": True, "ok": True, "ok_with_anchor": with_anchor, "tells": tells}


def _bad(tells: str) -> dict[str, object]:
    return {"readable": True, "ok": False, "ok_with_anchor": False, "tells": tells}


UNREADABLE: dict[str, object] = {"readable": False, "ok": False, "ok_with_anchor": False, "tells": ""}


def _event(lines: Lines, at: int) -> AuditEvent:
    event = chain.read_line(lines[at])
    assert isinstance(event, AuditEvent)
    return event


def _blank(lines: Lines, at: int) -> Lines:
    lines[at] = chain.write_line(chain.withhold(_event(lines, at)))
    return lines


def _edit(at: int, old: bytes, new: bytes) -> Callable[[Lines], Lines]:
    def change(lines: Lines) -> Lines:
        assert old in lines[at], (at, old)
        lines[at] = lines[at].replace(old, new, 1)
        return lines

    return change


def _flip(at: int, before: bytes) -> Callable[[Lines], Lines]:
    """Another hexadecimal digit right behind these bytes."""

    def change(lines: Lines) -> Lines:
        where = lines[at].index(before) + len(before)
        digit = b"1" if lines[at][where : where + 1] == b"0" else b"0"
        lines[at] = lines[at][:where] + digit + lines[at][where + 1 :]
        return lines

    return change


def _put(at: int, *new: bytes, instead: int = 0) -> Callable[[Lines], Lines]:
    return lambda lines: [*lines[:at], *new, *lines[at + instead :]]


def _swap(first: int, second: int) -> Callable[[Lines], Lines]:
    def change(lines: Lines) -> Lines:
        lines[first], lines[second] = lines[second], lines[first]
        return lines

    return change


def _redo_digest(lines: Lines) -> Lines:
    """A changed detail with a commitment and digest of its own, the next lines left as they were."""
    event = _event(lines, 3)
    detail = {**(event.detail or {}), "code": "P02-1"}
    _, lines[3] = chain.make_event(
        event.number, event.previous, event.action, detail, actor="deid", time=event.time, salt=bytes(16)
    )
    return lines


def _redo_chain(lines: Lines) -> Lines:
    """The same, and every later event chained anew; what is left of the old are the signatures."""
    lines = _redo_digest(lines)
    previous = _event(lines, 3).digest
    for at in range(4, 9):
        event = _event(lines, at)
        event, lines[at] = chain.make_event(
            event.number, previous, event.action, event.detail or {}, actor="deid", time=TIME, salt=bytes(16)
        )
        previous = event.digest
    return lines


def _other_key(line: bytes) -> bytes:
    return line.replace(chain.public_key_of(SEED).encode(), chain.public_key_of(OTHER_SEED).encode())


def _sign_again(line: bytes, seed: bytes, size: int = 0) -> bytes:
    old = chain.read_line(line)
    assert isinstance(old, chain.Checkpoint)
    new = chain.sign_checkpoint(
        seed,
        origin=old.origin,
        size=size or old.size,
        root=old.root,
        head=old.head,
        previous=old.previous,
        time=old.time,
    )
    return chain.write_line(new)


def _forged_tail(lines: Lines) -> Lines:
    last = chain.read_line(lines[-1])
    _, line = chain.make_event(10, last.digest, "run_finished", {"counts": {}}, actor="deid", time=TIME, salt=bytes(16))
    return [*lines, line]


# Lines of whole.jsonl: 0 event 0, 1 checkpoint, 2-8 events 1-7, 9 checkpoint, 10-11 events 8-9, 12 checkpoint.
FAULTS: dict[str, tuple[Callable[[Lines], Lines], dict[str, object]]] = {
    "first_line_removed": (lambda lines: lines[1:], _bad("removed_event")),
    "event_removed": (lambda lines: lines[:4] + lines[5:], _bad("removed_event")),
    "event_doubled": (lambda lines: [*lines[:5], lines[4], *lines[5:]], _bad("inserted_event")),
    "events_swapped": (_swap(4, 5), _bad("reordered_event")),
    "checkpoint_removed": (lambda lines: lines[:9] + lines[10:], _bad("broken_link")),
    "checkpoint_moved": (_swap(9, 10), _bad("checkpoint_disagrees")),
    "actor_changed": (_edit(3, b'"actor":"deid"', b'"actor":"R1"'), _bad("altered_event")),
    "time_changed": (_edit(3, b"09:30:00Z", b"09:31:00Z"), _bad("altered_event")),
    "number_changed": (_edit(3, b'"number":2', b'"number":9'), _bad("altered_event")),
    "digest_changed": (_flip(2, b'"digest":"'), _bad("altered_event")),
    "commitment_changed": (_flip(2, b'"commitment":"'), _bad("altered_event")),
    "link_changed": (_flip(2, b'"previous":"'), _bad("altered_event")),
    "detail_changed": (_edit(3, b"P01-1", b"P02-1"), _bad("altered_detail")),
    "salt_changed": (_flip(2, b'"salt":"'), _bad("altered_detail")),
    "detail_blanked": (lambda lines: _blank(lines, 3), _bad("withheld_without_reason")),
    "salt_without_detail": (_edit(11, b'{"count":1,"scope":"one"}', b"null"), _bad("unreadable_line")),
    "digest_redone": (_redo_digest, _bad("broken_link")),
    "chain_redone": (_redo_chain, _bad("checkpoint_disagrees")),
    "key_changed": (lambda lines: [_other_key(lines[0]), *lines[1:]], _bad("altered_detail")),
    "root_changed": (_flip(12, b'"root":"'), _bad("foreign_signature")),
    "signature_changed": (_flip(12, b'"signature":"'), _bad("foreign_signature")),
    "digit_too_many": (_edit(12, b'"signature":"', b'"signature":"0'), _bad("unreadable_line")),
    "checkpoint_resigned": (lambda lines: [*lines[:12], _sign_again(lines[12], OTHER_SEED)], _bad("foreign_signature")),
    "checkpoint_of_another_size": (
        lambda lines: [*lines[:12], _sign_again(lines[12], SEED, size=11)],
        _bad("checkpoint_disagrees"),
    ),
    "spaces_added": (_edit(3, b'":', b'": '), _bad("unreadable_line")),
    "escape_added": (_edit(5, "’".encode(), b"\\u2019"), _bad("unreadable_line")),
    "key_doubled": (_edit(3, b'"code":"P01-1",', b'"code":"P01-1","code":"P01-1",'), _bad("unreadable_line")),
    "blank_line": (_put(3, b"\n"), _bad("unreadable_line")),
    "not_json": (_put(3, b"Dear board,\n"), _bad("unreadable_line")),
    "not_utf8": (_edit(3, b"P01-1", b"P\xff1-1"), _bad("unreadable_line")),
    "windows_line_ends": (lambda lines: [line[:-1] + b"\r\n" for line in lines], UNREADABLE),
    "byte_order_mark": (lambda lines: [b"\xef\xbb\xbf" + lines[0], *lines[1:]], _bad("unreadable_line")),
    "last_line_feed_lost": (lambda lines: [*lines[:-1], lines[-1][:-1]], _bad("unreadable_line")),
    "torn": (lambda lines: [*lines[:-1], lines[-1][:100]], _good("torn_line", with_anchor=False)),
    "unsigned_end": (_forged_tail, _bad("unsigned_end")),
    "cut_behind_a_checkpoint": (lambda lines: lines[:10], _good(with_anchor=False)),
    "cut_before_a_checkpoint": (lambda lines: lines[:12], _bad("unsigned_end")),
    "version_unknown": (_edit(0, b"deid-audit-1", b"deid-audit-9"), UNREADABLE),
    "empty": (lambda lines: [], UNREADABLE),
}


if __name__ == "__main__":
    build(HERE)
