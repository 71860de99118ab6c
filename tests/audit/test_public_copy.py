import shutil
from pathlib import Path

import pytest

from deid.audit.anchor import anchor_line
from deid.audit.log import AuditLog
from deid.audit.public_copy import is_public, write_public_copy
from deid.audit.verify import Verification, explain, verify
from deid.errors import LogError
from tests.audit.build import SEED, START, Study, read_lines

DRAFT = ("Then [Person 41] rang.",)
ARCHIVE = {"R07-1_archive.txt": ("Then [Person 3] rang.", "[Person 3] again."), "R02-1_archive.txt": ("Nothing.",)}
PUBLIC = {"S11-1_public.txt": ("Then [Person 95] rang.",)}


@pytest.fixture
def study(tmp_path: Path) -> Study:
    study = Study(tmp_path / "study")
    study.append(("file_read", {"code": "P01-1", "digest": "ab" * 32, "format": "txt", "segments": 1}))
    study.write_draft("P01-1", DRAFT)
    study.append(("reveal_intent", {"scope": "one", "token": "[Person 41]", "count": 1, "reason": "a check"}))
    study.append(("reveal_done", {"scope": "one", "count": 1}))
    study.write_release(PUBLIC, tier="public")
    study.write_release(ARCHIVE)
    return study


@pytest.fixture
def release(study: Study, tmp_path: Path) -> Path:
    """The release as its recipient has it: alone, in a folder of any name."""
    return Path(shutil.copytree(study.folder / "releases/archive/1", tmp_path / "received"))


def check(release: Path, anchor: str = "") -> Verification:
    return verify(release / "audit.jsonl", anchor, release=release, read_segments=read_lines)


def kinds(found: Verification) -> set[str]:
    return {each.kind for each in found.problems}


def test_a_release_verifies_alone(study: Study, release: Path):
    found = check(release, anchor_line(study.log.checkpoint()))
    assert found.ok and found.anchored, found.problems
    assert found.release == "archive/1"
    assert found.outputs_checked == 4  # two transcripts and two companions; the copy of the log is what checks them
    assert [each.kind for each in found.notes] == ["withheld"]
    assert "copy that went with the release archive/1" in explain(found)
    assert "copy that went" not in explain(verify(study.path))


def test_an_anchor_from_after_the_release_is_not_a_cut(study: Study, release: Path):
    study.append(("run_started", {"files": 1, "versions": {}}))
    anchor = anchor_line(study.log.checkpoint())
    found = check(release, anchor)
    assert found.ok and not found.anchored
    assert "anchor_later" in {each.kind for each in found.notes}
    assert verify(study.path, anchor, release=release).anchored


def test_a_release_verifies_against_the_study(study: Study, release: Path):
    for folder in (release, study.folder / "releases/archive/1", study.folder / "releases/public/1"):
        found = verify(study.path, release=folder, drafts=study.drafts, read_segments=read_lines)
        assert found.ok, found.problems


def test_the_copy_tells_nothing_of_other_outputs(release: Path):
    copy = (release / "audit.jsonl").read_text(encoding="utf-8")
    for word in ("P01-1", "Person 41", "S11-1", "Person 95", "a check", "drafts/"):
        assert word not in copy
    assert "[Person 3]" in copy and "R07-1" in copy


def test_withheld_details_are_counted_and_no_salt_is_left(study: Study, tmp_path: Path):
    target = tmp_path / "copy.jsonl"
    counts = write_public_copy(study.log, target, "archive/1", SEED, START)
    assert counts["reveal_intent"] == 1 and counts["file_read"] == 1
    text = target.read_text(encoding="utf-8")
    assert text.count('"detail":null') == text.count('"salt":null') == sum(counts.values())


def test_what_this_program_does_not_know_stays_closed(study: Study):
    for event in study.log.events():
        strange = type(event)(**{**{name: getattr(event, name) for name in event.__slots__}, "action": "new_thing"})
        assert not is_public(strange, "archive/1")


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda folder: edit(folder / "R07-1_archive.txt", b"again", b"twice"), "output_altered"),
        (lambda folder: edit(folder / "README.txt", b"For", b"To"), "output_altered"),
        (lambda folder: edit(folder / "manifest.json", b'"number": 1', b'"number":  1'), "output_altered"),
        (lambda folder: edit(folder / "manifest.json", b'"replacements": 2', b'"replacements": 1'), "count_disagrees"),
        (lambda folder: edit(folder / "manifest.json", b"R02-1", b"R03-1"), "manifest_disagrees"),
        (lambda folder: (folder / "manifest.json").write_bytes(b"{"), "manifest_unreadable"),
        (lambda folder: (folder / "R02-1_archive.txt").unlink(), "output_missing"),
        (lambda folder: (folder / "more.txt").write_bytes(b"x"), "output_unlogged"),
        (lambda folder: (folder / "R02-1_archive.txt").rename(folder / "R05-1_archive.txt"), "output_renamed"),
        (lambda folder: edit(folder / "audit.jsonl", b'"public_key"', b'"public_kez"'), "altered_detail"),
        (lambda folder: edit(folder / "audit.jsonl", b'"copy":1', b'"copy":2'), "unreadable_line"),
        (lambda folder: edit(folder / "audit.jsonl", b'"file_read":1', b'"file_read":2'), "copy_altered"),
    ],
)
def test_a_release_that_was_changed_is_found(release: Path, change, kind: str):
    change(release)
    assert kind in kinds(check(release))


def edit(path: Path, old: bytes, new: bytes) -> None:
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new))


def test_a_copy_without_its_closing_statement_does_not_pass(release: Path):
    path = release / "audit.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    assert "withheld_without_reason" in kinds(check(release))


def test_a_line_after_the_closing_statement_is_found(release: Path):
    path = release / "audit.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines, lines[-1]]))
    assert "copy_altered" in kinds(check(release))


def test_one_more_blanked_detail_is_found(release: Path):
    path = release / "audit.jsonl"
    log_lines = path.read_bytes().splitlines(keepends=True)
    from deid.audit import chain

    at = next(at for at, raw in enumerate(log_lines) if b'"action":"replaced"' in raw and b'"detail":{' in raw)
    event = chain.read_line(log_lines[at])
    log_lines[at] = chain.write_line(chain.withhold(event))  # type: ignore[arg-type]
    path.write_bytes(b"".join(log_lines))
    assert "copy_altered" in kinds(check(release))


def test_the_copy_of_another_study_is_found(study: Study, release: Path, tmp_path: Path):
    other = Study(tmp_path / "other")
    for _ in range(60):
        other.append(("run_started", {"files": 1, "versions": {}}))
    assert "copy_disagrees" in kinds(verify(other.path, release=release))


def test_the_copy_is_checked_with_the_studys_log_too(study: Study, release: Path):
    edit(release / "audit.jsonl", b'"file_read":1', b'"file_read":2')
    assert kinds(verify(study.path, release=release)) == {"copy_altered"}
    (release / "audit.jsonl").unlink()
    assert kinds(verify(study.path, release=release)) == {"output_missing"}


def test_nothing_is_appended_to_a_copy(release: Path):
    with pytest.raises(LogError):
        AuditLog.open(release / "audit.jsonl").append([], "deid", START, lambda count: bytes(count), SEED)


def test_a_copy_is_never_written_over_a_file(study: Study):
    with pytest.raises(LogError):
        write_public_copy(study.log, study.path, "archive/1", SEED, START)


def withdraw(study: Study, announced: int) -> int:
    detail = {"code": "P01-1", "outputs": ["drafts/P01-1_draft.txt"], "withheld": announced, "scope": "whole"}
    study.append(("withdrawal_intent", detail))
    (study.drafts / "P01-1_draft.txt").unlink()
    gone = study.log.withhold(
        lambda event: (
            bool(event.detail)
            and event.action != "withdrawal_intent"
            and "P01-1" in (event.detail.get("code"), str(event.detail.get("output", ""))[7:12])
        ),
        announced,
    )
    study.append(("withdrawal_done", {"code": "P01-1", "counts": {"details": gone}}))
    return gone


def test_a_withdrawal_deletes_details_and_the_log_still_verifies(study: Study):
    assert withdraw(study, 4) == 4
    text = study.path.read_text(encoding="utf-8")
    assert text.count("P01-1") == 3, "only the withdrawal itself names the code and its output"
    found = verify(study.path, drafts=study.drafts, read_segments=read_lines)
    assert found.ok, found.problems
    assert {each.kind for each in found.notes} == {"withheld", "withdrawn"}
    assert AuditLog.open(study.path).head == study.log.head


def test_nothing_is_deleted_that_was_not_announced(study: Study):
    before = study.path.read_bytes()
    with pytest.raises(LogError, match="announced"):
        study.log.withhold(lambda event: True, 3)
    assert study.path.read_bytes() == before


def test_a_key_is_never_withheld(study: Study):
    gone = study.log.withhold(lambda event: True, 10_000)
    assert gone == study.log.head[0]
    assert next(study.log.events()).detail is not None
