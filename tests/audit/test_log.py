import secrets
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deid.audit import chain
from deid.audit.log import AuditLog
from deid.audit.verify import verify
from deid.errors import AskedWrongly, LogError
from tests.audit.build import OTHER_SEED, SEED, START, Study, random_bytes

STARTED = ("run_started", {"files": 1, "versions": {"deid": "0.1.0"}})


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return Study(tmp_path / "study")


def kinds(path: Path) -> set[str]:
    found = verify(path)
    return {each.kind for each in (*found.problems, *found.notes)}


def test_a_new_log_holds_its_public_key(study: Study):
    first = next(study.log.events())
    assert first.action == "study_created"
    assert first.detail is not None and first.detail["public_key"] == chain.public_key_of(SEED)
    assert study.log.fingerprint == chain.fingerprint_of(chain.public_key_of(SEED))
    assert study.log.head == (0, first.digest)


def test_a_log_is_never_made_over_another(study: Study):
    before = study.path.read_bytes()
    with pytest.raises(LogError):
        AuditLog.create(study.path, OTHER_SEED, START, random_bytes())
    assert study.path.read_bytes() == before


def test_appending_goes_on_where_the_log_stopped(study: Study):
    study.append(STARTED, STARTED)
    again = AuditLog.open(study.path)
    assert again.head == study.log.head == (2, again.head[1])
    checkpoint = again.append([STARTED], "deid", START, random_bytes("more"), SEED)
    assert (checkpoint.size, checkpoint.head) == (4, again.head[1])
    assert [event.number for event in again.events()] == [0, 1, 2, 3]
    assert verify(study.path).ok


def test_two_writers_in_turn_lose_nothing(study: Study):
    other = AuditLog.open(study.path)
    for _ in range(3):
        other.append([STARTED], "deid", START, secrets.token_bytes, SEED)
        study.append(STARTED)
    assert verify(study.path).size == 7
    assert verify(study.path).ok


def test_a_log_that_was_exchanged_behind_our_back_is_refused(study: Study, tmp_path: Path):
    study.append(STARTED)
    other = Study(tmp_path / "other")
    other.append(STARTED, STARTED, STARTED)
    study.path.write_bytes(other.path.read_bytes())
    with pytest.raises(LogError, match="changed since"):
        study.append(STARTED)


def test_a_shortened_log_is_refused(study: Study):
    before = study.path.read_bytes()
    study.append(STARTED)
    study.path.write_bytes(before)
    with pytest.raises(LogError, match="changed since"):
        study.append(STARTED)


def test_the_wrong_key_signs_nothing(study: Study):
    before = study.path.read_bytes()
    with pytest.raises(LogError, match="signing key"):
        study.log.append([STARTED], "deid", START, random_bytes(), OTHER_SEED)
    assert study.path.read_bytes() == before


@pytest.mark.parametrize("lost", [1, 2, 40, 400, 650])
def test_a_torn_end_is_mended_and_says_so(study: Study, lost: int):
    whole = study.path.read_bytes()
    study.append(STARTED)
    torn = study.path.read_bytes()[:-lost]
    assert torn != whole
    study.path.write_bytes(torn)
    log = AuditLog.open(study.path)
    assert log.torn and log.head[0] == 0
    assert [event.number for event in log.events()] == [0], "what is unsigned does not count"
    log.append([STARTED], "deid", START, random_bytes("again"), SEED)
    assert not log.torn
    assert [event.action for event in log.events()] == ["study_created", "mended", "run_started"]
    assert (study.folder / "audit.torn-1.jsonl").read_bytes() == torn[len(whole) :]
    found = verify(study.path)
    assert found.ok and {each.kind for each in found.notes} == {"mended"}


def test_a_torn_end_is_told_as_an_interruption(study: Study):
    study.append(STARTED)
    study.path.write_bytes(study.path.read_bytes()[:-100])
    found = verify(study.path)
    assert found.ok
    assert [each.kind for each in found.notes] == ["torn_line"]


def test_a_full_disk_leaves_the_log_as_it_was(study: Study, monkeypatch: pytest.MonkeyPatch):
    before = study.path.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("deid.audit.log.os.fsync", full)
    with pytest.raises(LogError, match="cannot be written"):
        study.append(STARTED)
    monkeypatch.undo()
    assert study.path.read_bytes() == before
    study.append(STARTED)
    assert verify(study.path).ok


@pytest.mark.parametrize(
    "content", [b"", b"not a log\n", b"\x00\xff" * 500, b'{"action":"study_created"}\n', b"{}\n" * 5]
)
def test_what_is_not_a_log_is_refused(tmp_path: Path, content: bytes):
    path = tmp_path / "audit.jsonl"
    path.write_bytes(content)
    with pytest.raises(LogError):
        AuditLog.open(path)


def test_an_absent_log_is_an_error_and_not_an_empty_one(tmp_path: Path):
    with pytest.raises(LogError):
        AuditLog.open(tmp_path / "audit.jsonl")


def test_an_altered_log_is_not_written_to(study: Study):
    study.append(STARTED)
    raw = study.path.read_bytes()
    study.path.write_bytes(raw.replace(b"run_started", b"run_spoiled"))
    with pytest.raises(LogError, match="does not add up"):
        AuditLog.open(study.path)
    spoiled_signature = raw[:-200] + bytes([raw[-200] ^ 1]) + raw[-199:]
    study.path.write_bytes(spoiled_signature)
    with pytest.raises(LogError, match="does not add up"):
        AuditLog.open(study.path)


@pytest.mark.parametrize(
    ("action", "detail"),
    [
        ("run_began", {}),
        ("run_started", {"files": 1}),
        ("run_started", {"files": -1, "versions": {}}),
        ("run_started", {"files": True, "versions": {}}),
        ("run_started", {"files": 1, "versions": {}, "who": "Joanne"}),
        ("output_done", {"output": "../elsewhere.txt", "sha256": "0" * 64}),
        ("output_done", {"output": "drafts/../audit.jsonl", "sha256": "0" * 64}),
        ("output_done", {"output": "drafts/P01-1_draft.txt", "sha256": "short"}),
        ("file_read", {"code": "Ann Other", "digest": "0" * 64, "format": "txt", "segments": 1}),
    ],
)
def test_only_the_closed_list_is_written(study: Study, action: str, detail: dict[str, object]):
    before = study.path.read_bytes()
    with pytest.raises(LogError):
        study.append((action, detail))
    assert study.path.read_bytes() == before


def test_typed_words_are_searched_before_they_are_written(study: Study):
    before = study.path.read_bytes()
    with pytest.raises(AskedWrongly, match="identifies"):
        study.append(("note", {"kind": "incident", "reference": "Wrenfield called"}))
    with pytest.raises(LogError, match="not searched"):
        study.log.append([("note", {"kind": "incident", "reference": "harmless"})], "R1", START, random_bytes(), SEED)
    assert study.path.read_bytes() == before
    study.append(("note", {"kind": "amendment", "reference": "ETH-2026-17"}), actor="R1")
    assert verify(study.path).ok


def test_a_new_signing_key_signs_from_the_next_checkpoint_on(study: Study):
    new_key = chain.public_key_of(OTHER_SEED)
    study.append(("rotation", {"key": "signing", "generation": 2, "public_key": new_key}))
    with pytest.raises(LogError, match="signing key"):
        study.append(STARTED)
    origin = study.log.fingerprint
    study.log.append([STARTED], "deid", START, random_bytes("new"), OTHER_SEED)
    assert AuditLog.open(study.path).fingerprint == origin
    assert verify(study.path).ok


WRITER = """
import secrets, sys
from datetime import datetime, UTC
from pathlib import Path
from deid.audit.log import AuditLog
log = AuditLog.open(Path(sys.argv[1]))
print("ready", flush=True)
while True:
    entry = ("run_finished", {"counts": {"files": log.head[0]}})
    log.append([entry] * 400, "deid", datetime.now(UTC), secrets.token_bytes, bytes(range(32)))
"""


def test_a_writer_killed_at_any_instant_loses_nothing_that_counted(study: Study):
    for delay in (0.0, 0.02, 0.05, 0.09, 0.14):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(study.path)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        assert writer.stdout.readline().strip() == b"ready"
        time.sleep(delay)
        writer.kill()
        writer.communicate()
        before = AuditLog.open(study.path)
        head = before.head
        assert head[0] % 400 in range(10), "whole commands only"
        before.append([STARTED], "deid", START, secrets.token_bytes, SEED)
        assert [event.digest for event in before.events() if event.number == head[0]] == [head[1]]
        found = verify(study.path)
        assert found.ok, found.problems
        assert {note.kind for note in found.notes} <= {"mended"}


def test_times_are_written_in_utc(study: Study):
    local = datetime(2026, 7, 1, 12, 0, tzinfo=UTC).astimezone()
    study.log.append([STARTED], "deid", local, random_bytes(), SEED)
    assert [event.time for event in study.log.events()][-1] == "2026-07-01T12:00:00Z"
