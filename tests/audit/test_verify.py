from pathlib import Path

import pytest

from deid.audit.anchor import anchor_line
from deid.audit.chain import spoken
from deid.audit.verify import Verification, anchor_of, explain, verify
from deid.errors import AskedWrongly, LogError
from tests.audit.build import Study, read_lines, replaced

TURNS = ("Then [Person 41] rang the school.", "Nothing here.", "[Person 41] and [Person 7], in [Town 27, East Kent].")
RUN = (("run_started", {"files": 1, "versions": {}}), ("run_finished", {"counts": {"files": 1}}))


@pytest.fixture
def study(tmp_path: Path) -> Study:
    study = Study(tmp_path / "study")
    study.append(RUN[0])
    study.write_draft("P01-1", TURNS)
    study.write_draft("P02-1", TURNS[:1])
    study.append(RUN[1])
    return study


def check(study: Study, anchor: str = "") -> Verification:
    return verify(study.path, anchor=anchor, drafts=study.drafts, read_segments=read_lines)


def kinds(found: Verification) -> list[str]:
    return [each.kind for each in found.problems]


def test_an_untouched_study_adds_up(study: Study):
    found = check(study)
    assert found.ok and not found.problems and not found.notes
    assert found.outputs_checked == 2
    assert not found.anchored
    assert explain(found).endswith("internally consistent, NOT anchored: its keeper could have rewritten all of it")


def test_an_anchor_is_taken_back(study: Study):
    anchor = anchor_line(study.log.checkpoint())
    assert check(study, anchor).anchored
    study.append(*RUN)
    found = check(study, f"Minutes of 2 March.\n\n{anchor.upper().replace(' ', '  ')}\nRooms were booked.")
    assert found.ok and found.anchored and found.unanchored_events == 2


def test_the_line_for_the_minutes_is_taken_back(study: Study):
    found = check(study)
    assert anchor_of(found) == anchor_line(study.log.checkpoint())
    assert anchor_of(found) in explain(found)
    assert explain(check(study, anchor_of(found))).endswith("the one that the anchor was taken from.")


@pytest.mark.parametrize(
    "line",
    [
        b'{"checkpoint":' + b"[" * 100_000 + b"\n",
        b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"\n",
        b"9" * 5_000 + b"\n",
        b'{"copy":NaN}\n',
        b'{"copy":1e999}\n',
        b"x" * 3_000_000,
        b'{"checkpoint":1}\n',
        b'{"copy":1}\n',
    ],
)
def test_a_hostile_line_is_a_problem_and_not_a_crash(study: Study, line: bytes):
    raw = study.path.read_bytes()
    study.path.write_bytes(raw + line + raw)
    assert not check(study).ok
    with pytest.raises(LogError):
        study.append(RUN[0])


def test_a_folder_among_the_drafts_is_named(study: Study):
    (study.drafts / "old").mkdir()
    assert kinds(check(study)) == ["output_unlogged"]


def test_a_cut_end_is_found_with_an_anchor_and_only_with_one(study: Study):
    before = study.path.read_bytes()
    study.append(*RUN)
    anchor = anchor_line(study.log.checkpoint())
    study.path.write_bytes(before)
    assert kinds(check(study, anchor)) == ["cut_tail"]
    assert check(study).ok, "without an anchor nobody can tell"


def test_a_rewritten_log_is_found_with_an_anchor_and_only_with_one(study: Study, tmp_path: Path):
    anchor = anchor_line(study.log.checkpoint())
    rewritten = Study(tmp_path / "rewritten")
    for _ in range(20):
        rewritten.append(*RUN)
    assert "rewritten" in kinds(verify(rewritten.path, anchor))
    assert verify(rewritten.path).ok


def test_an_anchor_of_another_study_is_named(study: Study):
    line = anchor_line(study.log.checkpoint())
    from deid.audit.anchor import _check

    body = line.rsplit(" ", 1)[0].replace(study.log.fingerprint, "0" * 32)
    assert kinds(check(study, f"{body} {_check(body)}")) == ["another_log"]


@pytest.mark.parametrize("written", [spoken, str, lambda print_: f"On our form: {spoken(print_).upper()}."])
def test_a_fingerprint_is_taken_as_it_was_printed(study: Study, written):
    found = check(study, written(study.log.fingerprint))
    assert found.ok and found.fingerprint_given and not found.anchored
    assert "the key of the fingerprint that you gave" in explain(found)
    other = study.log.fingerprint[:-4] + ("0000" if not study.log.fingerprint.endswith("0000") else "1111")
    wrong = check(study, written(other))
    assert kinds(wrong) == ["another_log"] and not wrong.ok
    both = check(study, f"{anchor_line(study.log.checkpoint())}\n{written(study.log.fingerprint)}")
    assert both.ok and both.anchored and both.fingerprint_given


@pytest.mark.parametrize(
    "change", [lambda line: line[:-1], lambda line: line.replace("2026", "2027"), lambda line: "x"]
)
def test_a_slip_in_the_anchor_is_asked_about(study: Study, change):
    with pytest.raises(AskedWrongly):
        check(study, change(anchor_line(study.log.checkpoint())))


def test_an_altered_output_is_found(study: Study):
    path = study.drafts / "P01-1_draft.txt"
    path.write_bytes(path.read_bytes().replace(b"Nothing", b"nothing"))
    assert kinds(check(study)) == ["output_altered"]


def test_an_output_nobody_logged_is_found(study: Study):
    (study.drafts / "P09-1_draft.txt").write_text("More.", encoding="utf-8")
    assert kinds(check(study)) == ["output_unlogged"]


def test_missing_and_renamed_outputs_are_told_apart(study: Study):
    (study.drafts / "P01-1_draft.txt").rename(study.drafts / "first.txt")
    assert sorted(kinds(check(study))) == ["output_missing", "output_renamed"]


def test_what_word_processors_leave_behind_is_no_output(study: Study):
    for name in (".DS_Store", "~$P01-1_draft.docx", "Thumbs.db"):
        (study.drafts / name).write_bytes(b"x")
    assert check(study).ok


def test_a_second_version_takes_the_place_of_the_first(study: Study):
    study.write_draft("P01-1", TURNS[:2])
    assert check(study).ok


def test_an_interrupted_command_is_told_from_tampering(study: Study):
    first = (study.drafts / "P01-1_draft.txt").read_bytes()
    study.write_draft("P01-1", TURNS[:1])
    raw = study.path.read_bytes().splitlines(keepends=True)
    study.path.write_bytes(b"".join(raw[:-2]))
    new = check(study)
    assert new.ok and [each.kind for each in new.notes] == ["interrupted"]
    (study.drafts / "P01-1_draft.txt").write_bytes(first)
    old = check(study)
    assert old.ok and [each.kind for each in old.notes] == ["interrupted"]
    (study.drafts / "P01-1_draft.txt").unlink()
    assert check(study).ok
    (study.drafts / "P01-1_draft.txt").write_bytes(b"something else")
    assert kinds(check(study)) == ["output_altered"]


def test_an_interruption_on_record_is_not_told_again(study: Study):
    study.write_draft("P01-1", TURNS[:1])
    raw = study.path.read_bytes().splitlines(keepends=True)
    study.path.write_bytes(b"".join(raw[:-2]))
    study.log = type(study.log).open(study.path)
    study.append(("interrupted", {"what": "run", "count": 1}))
    found = check(study)
    assert found.ok and not found.notes


def test_a_removed_output_is_removed_and_not_missing(study: Study):
    study.append(("output_removed", {"output": "drafts/P02-1_draft.txt", "reason": "held back by the gate"}))
    assert [each.kind for each in check(study).notes] == ["interrupted"], "killed before it was removed"
    (study.drafts / "P02-1_draft.txt").unlink()
    found = check(study)
    assert found.ok and [each.kind for each in found.notes] == ["removed"]
    study.write_draft("P02-1", TURNS[:1])
    assert not check(study).notes


def test_a_planted_replacement_without_an_event_is_found(study: Study):
    turns = ("Here is [Person 8] at last.", "And [Person 41] once.")
    path = study.drafts / "P03-1_draft.txt"
    output, text = "drafts/P03-1_draft.txt", "\n".join(turns) + "\n"
    log_output(study, output, text, [replaced(output, "P03-1", 1, 4, 15, "[Person 41]")])
    path.write_bytes(text.encode())
    found = check(study)
    assert kinds(found) == ["token_unlogged"]
    assert found.problems[0].where == "P03-1_draft.txt, turn 1"


def test_an_event_without_its_replacement_is_found(study: Study):
    output, text = "drafts/P03-1_draft.txt", "Nobody is here.\n"
    log_output(study, output, text, [replaced(output, "P03-1", 0, 0, 10, "[Person 8]")])
    (study.drafts / "P03-1_draft.txt").write_bytes(text.encode())
    assert kinds(check(study)) == ["token_missing"]


def test_one_place_has_one_event(study: Study):
    output, text = "drafts/P03-1_draft.txt", "[Person 8] is here.\n"
    log_output(study, output, text, [replaced(output, "P03-1", 0, 0, 10, "[Person 8]")] * 2)
    (study.drafts / "P03-1_draft.txt").write_bytes(text.encode())
    assert kinds(check(study)) == ["token_twice"]


def test_a_wrong_count_is_found(study: Study):
    output, text = "drafts/P03-1_draft.txt", "[Person 8] is here.\n"
    log_output(study, output, text, [replaced(output, "P03-1", 0, 0, 10, "[Person 8]")], count=2)
    (study.drafts / "P03-1_draft.txt").write_bytes(text.encode())
    assert kinds(check(study)) == ["count_disagrees"]


def test_words_that_were_in_brackets_already_are_not_ours(study: Study):
    study.write_draft("P03-1", ["He [laughs] at [Person 8].", "(silence)"][1:] + ["[unclear 00:12:31]"][:0])
    output, text = "drafts/P04-1_draft.txt", "She [laughs] then. [Person 5] was in the source.\n"
    kept = {
        **{
            key: value
            for key, value in replaced(output, "P04-1", 0, 19, 29, "x").items()
            if key not in ("token", "technique")
        },
        "reason": "already in the source",
    }
    log_output(study, output, text, [], kept=[kept])
    (study.drafts / "P04-1_draft.txt").write_bytes(text.encode())
    assert check(study).ok


def log_output(study: Study, output: str, text: str, places: list, count: int | None = None, kept: list | None = None):
    import hashlib

    digest = hashlib.sha256(text.encode()).hexdigest()
    intent = {
        "output": output,
        "code": "P03-1",
        "tier": "archive",
        "sha256": digest,
        "replaced": len(places) if count is None else count,
        "kept": len(kept or []),
        "dismissed": 0,
    }
    events = [("replaced", place) for place in places] + [("kept", place) for place in kept or []]
    study.append(*events, ("output_intent", intent))
    study.append(("output_done", {"output": output, "sha256": digest}))


def test_an_unreadable_output_is_named(study: Study):
    def broken(path: Path):
        raise LogError("no", where=path.name)

    found = verify(study.path, drafts=study.drafts, read_segments=broken)
    assert set(kinds(found)) == {"output_unreadable"}


def test_a_withdrawn_output_is_withdrawn_and_not_missing(study: Study):
    detail = {"code": "P02-1", "outputs": ["drafts/P02-1_draft.txt"], "withheld": 0, "scope": "whole"}
    study.append(("withdrawal_intent", detail))
    draft = study.drafts / "P02-1_draft.txt"
    under_way = check(study)
    assert under_way.ok and {each.kind for each in under_way.notes} == {"interrupted"}
    written = draft.read_bytes()
    draft.unlink()
    study.append(("withdrawal_done", {"code": "P02-1", "counts": {"outputs": 1}}))
    found = check(study)
    assert found.ok and [each.kind for each in found.notes] == ["withdrawn"]
    draft.write_bytes(written)
    assert kinds(check(study)) == ["output_unlogged"]


def test_what_is_no_log_is_unreadable_and_not_wrong(tmp_path: Path):
    path = tmp_path / "audit.jsonl"
    with pytest.raises(LogError):
        verify(path)
    for content in (b"", b"not a log\n", b"\x00" * 5000):
        path.write_bytes(content)
        with pytest.raises(LogError):
            verify(path)


def test_an_unknown_version_is_said(study: Study):
    raw = study.path.read_bytes()
    study.path.write_bytes(raw.replace(b"deid-audit-1", b"deid-audit-2"))
    with pytest.raises(LogError, match="format that this program does not know"):
        check(study)
