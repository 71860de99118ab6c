"""Every single change of a log of some 200 events is caught with an anchor, and without one unless it is a clean cut.

The usual run changes every STRIDE-th place of the whole log; DEID_SWEEP_STRIDE=1 changes every one (hours). Within each
line every byte can be tried cheaply: every 11th in the usual run, every one with DEID_SWEEP_STRIDE up to 100.
"""

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deid.audit import chain
from deid.audit.anchor import anchor_line
from deid.audit.log import AuditLog
from deid.audit.verify import verify
from deid.errors import LogError
from tests.audit.build import OTHER_SEED, SEED, START, Study, random_bytes, replaced

STRIDE = int(os.environ.get("DEID_SWEEP_STRIDE", "4999"))  # a prime, so that the places fall on every kind of byte
IS_SWEEP = STRIDE <= 100
LINE_STRIDE = 1 if IS_SWEEP else 7


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    study = Study(tmp_path_factory.mktemp("tampering") / "study")
    for command in range(8):
        output = f"drafts/P{command:02}-1_draft.txt"
        places = [("replaced", replaced(output, f"P{command:02}-1", at, 4, 15, f"[Person {at}]")) for at in range(23)]
        study.append(("run_started", {"files": 1, "versions": {}}), *places)
    return study


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


def changed_bytes(raw: bytes, offset: int) -> Iterator[bytes]:
    for at in range(offset % STRIDE, len(raw), STRIDE):
        for byte in {raw[at] ^ 1, raw[at] ^ 0x20, 0x0A, 0x30} - {raw[at]}:
            yield raw[:at] + bytes([byte]) + raw[at + 1 :]


@pytest.mark.parametrize("anchored", [True, False])
def test_every_changed_byte_is_caught(study: Study, caught, anchored: bool):
    for content in changed_bytes(study.path.read_bytes(), 11 if anchored else 1):
        assert caught(content, anchored)


def test_no_line_survives_a_changed_byte(study: Study):
    """Line by line, so that every byte can be tried: it no longer reads, has another digest, or does not fit."""
    for raw in study.path.read_bytes().splitlines(keepends=True):
        before = chain.read_line(raw)
        for at in range(0, len(raw), 1 if IS_SWEEP else 11):
            try:
                after = chain.read_line(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
            except LogError:
                continue
            if isinstance(after, chain.Checkpoint):
                assert after.digest != chain.checkpoint_digest(after)
            else:
                assert (after.digest, after.previous) != (before.digest, before.previous) or (
                    after.digest != chain.event_digest(after) or not chain.detail_matches(after)
                )


@pytest.mark.parametrize("anchored", [True, False])
def test_every_byte_of_the_last_lines_counts(study: Study, caught, anchored: bool):
    raw = study.path.read_bytes()
    for at in range(len(raw) - 700, len(raw), 1 if IS_SWEEP else 23):
        assert caught(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :], anchored)
    assert caught(raw[:-1] + b"x", anchored)


@pytest.mark.parametrize("anchored", [True, False])
def test_every_inserted_or_deleted_byte_is_caught(study: Study, caught, anchored: bool):
    raw = study.path.read_bytes()
    for at in range(13, len(raw) - 1, STRIDE):
        assert caught(raw[:at] + raw[at + 1 :], anchored)
        assert caught(raw[:at] + b"0" + raw[at:], anchored)


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


def test_every_cut_is_caught_with_an_anchor(study: Study, caught):
    raw = study.path.read_bytes()
    for at in range(0, len(raw), STRIDE):
        assert caught(raw[:at], True)


def test_without_an_anchor_only_a_cut_that_a_crash_could_make_passes(study: Study, caught, tmp_path: Path):
    """A cut behind a checkpoint or in the middle of a line: what was signed before it still adds up."""
    raw = study.path.read_bytes()
    ends = set(itertools.accumulate(len(line) for line in raw.splitlines(keepends=True)))
    signed_ends = [end for end in ends if b'{"checkpoint"' in raw[:end].splitlines()[-1]]
    for end in signed_ends:
        assert not caught(raw[:end], False), "uncatchable: this is what the anchor is for"
    for end in sorted(ends - set(signed_ends))[::LINE_STRIDE]:
        assert caught(raw[:end], False), "whole lines without a signature"


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
