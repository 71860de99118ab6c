"""Every single change of a log of 201 events is caught with an anchor, and without one unless it is a clean cut.

The usual run tries every STRIDE-th place by `sweep.py`, which judges from the changed line on, and a few through
`verify` itself to show that both say the same. Every place and every byte: `python -m tests.audit.sweep`; the figures
stand in docs/reference/audit_format.md.
"""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from deid.audit import chain
from deid.audit.anchor import anchor_line
from deid.audit.log import AuditLog
from deid.audit.verify import verify
from deid.errors import LogError
from tests.audit.build import OTHER_SEED, SEED, START, Study, random_bytes
from tests.audit.sweep import KINDS, Sweep, changes, cuts, line_swaps, long_study

STRIDE = 61  # a prime, so that the places fall on every kind of byte
LINE_STRIDE = 7


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return long_study(tmp_path_factory.mktemp("tampering") / "study")


@pytest.fixture(scope="module")
def sweep(study: Study) -> Sweep:
    return Sweep(study, anchored=False)


@pytest.fixture(scope="module")
def anchored_sweep(study: Study) -> Sweep:
    return Sweep(study, anchored=True)


@pytest.fixture
def caught(study: Study, tmp_path: Path) -> Callable[[bytes, bool], bool]:
    """Whether this content, in place of the log, is told apart from it."""
    path = tmp_path / "audit.jsonl"
    anchor = anchor_line(study.log.checkpoint())

    def caught(content: bytes, anchored: bool) -> bool:
        path.write_bytes(content)
        try:
            found = verify(path, anchor if anchored else "")
        except LogError:
            return True
        return not found.ok

    return caught


def test_the_untouched_log_is_not_caught(study: Study, caught):
    raw = study.path.read_bytes()
    assert raw.count(b'"action"') > 190
    assert not caught(raw, True) and not caught(raw, False)


@pytest.mark.parametrize("kind", KINDS)
def test_every_single_change_is_caught_without_an_anchor(sweep: Sweep, kind: str):
    """An anchor only adds to what is told, so what is caught without one is caught with one."""
    tried = [sweep.is_caught(change) for change in changes(sweep.lines, kind, values=4, stride=STRIDE)]
    assert len(tried) >= 30 and all(tried)


def test_every_two_lines_exchanged_are_caught(sweep: Sweep):
    tried = [sweep.is_caught(change) for change in line_swaps(sweep.lines, stride=STRIDE)]
    assert len(tried) > 300 and all(tried)


def test_every_cut_is_caught_with_an_anchor(anchored_sweep: Sweep):
    tried = [anchored_sweep.is_caught(change) for _, change in cuts(anchored_sweep.lines, stride=STRIDE)]
    assert len(tried) > 2000 and all(tried)


def test_without_an_anchor_only_a_cut_that_a_crash_could_make_passes(sweep: Sweep):
    """In a line it is told as a torn line; behind a checkpoint it cannot be told: that is what anchors are for."""
    passing = {"in a line", "behind a checkpoint"}
    for where, change in cuts(sweep.lines, stride=STRIDE):
        assert sweep.is_caught(change) == (where not in passing), where


def test_every_byte_of_the_public_key_counts(sweep: Sweep):
    """A byte there that is no hexadecimal digit once ended in a traceback."""
    (line,) = sweep.lines[:1]
    for at in range(line.index(b'"public_key"'), len(line)):
        for byte in (*b'g \xc3"', line[at] ^ 1):
            if byte != line[at]:
                assert sweep.is_caught((0, 1, line[:at] + bytes([byte]) + line[at + 1 :]))


def test_a_public_key_that_is_none_opens_no_log(sweep: Sweep, tmp_path: Path):
    path = tmp_path / "audit.jsonl"
    key = sweep.lines[0].index(b'"public_key":"') + 14
    for byte in b"g ":
        path.write_bytes(b"".join([sweep.lines[0][:key], bytes([byte]), sweep.lines[0][key + 1 :], *sweep.lines[1:]]))
        with pytest.raises(LogError, match="no public key"):
            AuditLog.open(path)


def test_the_program_itself_says_the_same_as_the_sweep(sweep: Sweep, anchored_sweep: Sweep, caught):
    few = [*itertools.islice(changes(sweep.lines, "byte changed", values=3, stride=9973), 24)]
    few += [change for _, change in itertools.islice(cuts(sweep.lines, stride=3001), 0, None, 9)]
    for change in few:
        first, after, content = change
        whole = b"".join([*sweep.lines[:first], content, *sweep.lines[after:]])
        assert caught(whole, False) == sweep.is_caught(change)
        assert caught(whole, True) == anchored_sweep.is_caught(change)


@pytest.mark.parametrize("anchored", [True, False])
def test_the_last_byte_counts(study: Study, caught, anchored: bool):
    raw = study.path.read_bytes()
    assert caught(raw[:-1] + b"x", anchored) and caught(raw[:-2] + b"\n", anchored)


@pytest.mark.parametrize("anchored", [True, False])
def test_every_deleted_line_is_caught(study: Study, caught, anchored: bool):
    lines = study.path.read_bytes().splitlines(keepends=True)
    for at in [*range(0, len(lines), LINE_STRIDE), len(lines) - 1]:
        assert caught(b"".join(lines[:at] + lines[at + 1 :]), anchored)


@pytest.mark.parametrize("anchored", [True, False])
def test_every_doubled_or_moved_line_is_caught(study: Study, caught, anchored: bool):
    lines = study.path.read_bytes().splitlines(keepends=True)
    for at in range(0, len(lines), LINE_STRIDE):
        assert caught(b"".join([*lines[: at + 1], lines[at], *lines[at + 1 :]]), anchored)
        to = (at * 31 + 17) % len(lines)
        if to != at:
            swapped = list(lines)
            swapped[at], swapped[to] = swapped[to], swapped[at]
            assert caught(b"".join(swapped), anchored)


def test_a_rewritten_log_is_caught_with_an_anchor_only(study: Study, caught, tmp_path: Path):
    """Whoever has the key can write another history. Only what is kept elsewhere shows it."""
    log = AuditLog.create(tmp_path / "rewritten.jsonl", SEED, START, random_bytes("other"))
    for _ in range(9):
        log.append([("run_started", {"files": 2, "versions": {}})] * 23, "deid", START, random_bytes("other"), SEED)
    raw = (tmp_path / "rewritten.jsonl").read_bytes()
    assert caught(raw, True)
    assert not caught(raw, False)


def test_a_log_signed_by_a_stranger_is_caught(study: Study, caught):
    lines = study.path.read_bytes().splitlines(keepends=True)
    last = chain.read_line(lines[-1])
    assert isinstance(last, chain.Checkpoint)
    forged = chain.sign_checkpoint(
        OTHER_SEED,
        origin=last.origin,
        size=last.size,
        root=last.root,
        head=last.head,
        previous=last.previous,
        time=last.time,
    )
    assert caught(b"".join([*lines[:-1], chain.write_line(forged)]), False)


def test_lines_that_a_stranger_adds_without_the_key_are_caught(study: Study, caught):
    raw = study.path.read_bytes()
    last = chain.read_line(raw.splitlines(keepends=True)[-1])
    _, line = chain.make_event(
        last.size, last.digest, "run_finished", {"counts": {}}, actor="deid", time=last.time, salt=bytes(16)
    )
    assert caught(raw + line, False)


def test_a_blanked_detail_is_caught(study: Study, caught):
    lines = study.path.read_bytes().splitlines(keepends=True)
    for at in range(1, len(lines), LINE_STRIDE):
        event = chain.read_line(lines[at])
        if not isinstance(event, chain.Checkpoint):
            blanked = chain.write_line(chain.withhold(event))
            assert caught(b"".join([*lines[:at], blanked, *lines[at + 1 :]]), False)
