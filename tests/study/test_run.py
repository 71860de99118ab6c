"""The main job on a study: what it writes, what it leaves alone, and what it never says."""

import json
from pathlib import Path

import pytest

from deid.audit.verify import verify
from deid.errors import AskedWrongly
from deid.study.folder import create_study
from deid.study.verification import verify_study
from tests.invented import again, clock, everything_in, new_study, random_bytes, run_on, two_sources

NAMES = ("Wilhelmina", "Oddington", "Barnabas", "Quillfeather", "900123")


def drafts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((folder / "drafts").iterdir())}


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    return two_sources(tmp_path / "sources")


def test_drafts_hold_no_name_and_keep_everything_else(tmp_path: Path, sources: Path) -> None:
    report = run_on(new_study(tmp_path / "study"), sources)
    assert report.exit_code == 0
    made = drafts(tmp_path / "study")
    assert sorted(made) == ["P01-1_draft.txt", "P02-1_draft.txt"]
    for text in made.values():
        assert not [name for name in NAMES if name in text]
    assert "Could you say who you are?" in made["P01-1_draft.txt"]


def test_one_person_is_one_token_in_all_files(tmp_path: Path, sources: Path) -> None:
    run_on(new_study(tmp_path / "study"), sources)
    made = drafts(tmp_path / "study")
    before = made["P01-1_draft.txt"].split("Mostly ")[1]
    token = before[: before.index("]") + 1]
    assert token in made["P02-1_draft.txt"]


def test_nothing_but_the_vault_holds_an_original(tmp_path: Path, sources: Path) -> None:
    run_on(new_study(tmp_path / "study"), sources)
    for name, data in everything_in(tmp_path / "study").items():
        for original in NAMES:
            assert original.encode() not in data, name
            assert original.lower().encode() not in data, name


def test_a_second_run_writes_nothing(tmp_path: Path, sources: Path) -> None:
    run_on(new_study(tmp_path / "study"), sources)
    before = everything_in(tmp_path / "study")
    report = run_on(again(tmp_path / "study"), sources)
    assert report.written == 0
    assert everything_in(tmp_path / "study") == before


def test_another_interview_changes_no_earlier_token(tmp_path: Path, sources: Path) -> None:
    run_on(new_study(tmp_path / "study"), sources)
    before = drafts(tmp_path / "study")
    third = tmp_path / "more"
    third.mkdir()
    (third / "third.txt").write_text(
        "P03: I know Wilhelmina Oddington. And Ann Oddington, her sister, and Barnabas Pell.\n", encoding="utf-8"
    )
    run_on(again(tmp_path / "study"), third)
    run_on(again(tmp_path / "study", "later"), sources, third)
    after = drafts(tmp_path / "study")
    assert {name: after[name] for name in before} == before


def test_sources_are_never_touched(tmp_path: Path, sources: Path) -> None:
    before = everything_in(sources)
    run_on(new_study(tmp_path / "study"), sources)
    assert everything_in(sources) == before


def test_same_input_and_vault_give_the_same_drafts_in_any_order(tmp_path: Path, sources: Path) -> None:
    run_on(new_study(tmp_path / "one", "seed"), sources)
    one, two = sorted(sources.iterdir())
    run_on(new_study(tmp_path / "two", "seed"), two, one)
    assert drafts(tmp_path / "one") == drafts(tmp_path / "two")


def test_the_log_verifies_and_finds_a_changed_draft(tmp_path: Path, sources: Path) -> None:
    run_on(new_study(tmp_path / "study"), sources)
    found = verify_study(tmp_path / "study")
    assert found.ok and not found.anchored
    draft = tmp_path / "study" / "drafts" / "P01-1_draft.txt"
    draft.write_text(draft.read_text(encoding="utf-8") + "more", encoding="utf-8")
    assert not verify_study(tmp_path / "study").ok
    assert verify(tmp_path / "study" / "audit.jsonl").ok


def test_a_draft_that_was_lost_is_made_again(tmp_path: Path, sources: Path) -> None:
    run_on(new_study(tmp_path / "study"), sources)
    before = drafts(tmp_path / "study")
    (tmp_path / "study" / "drafts" / "P02-1_draft.txt").unlink()
    assert run_on(again(tmp_path / "study"), sources).written == 1
    assert drafts(tmp_path / "study") == before
    assert verify_study(tmp_path / "study").ok


def test_an_edited_source_keeps_its_code_and_its_tokens(tmp_path: Path, sources: Path) -> None:
    run_on(new_study(tmp_path / "study"), sources)
    before = drafts(tmp_path / "study")["P01-1_draft.txt"]
    source = sources / "Wilhelmina first.txt"
    source.write_text(source.read_text(encoding="utf-8").replace("most days", "every day"), encoding="utf-8")
    run_on(again(tmp_path / "study"), sources)
    assert drafts(tmp_path / "study")["P01-1_draft.txt"] == before.replace("most days", "every day")


def test_a_source_inside_the_study_is_refused(tmp_path: Path) -> None:
    study = new_study(tmp_path / "study")
    inside = two_sources(tmp_path / "study" / "transcripts")
    with pytest.raises(AskedWrongly, match="inside the study"):
        run_on(study, inside)


def test_log_and_report_name_transcripts_by_code_only(tmp_path: Path, sources: Path) -> None:
    run_on(new_study(tmp_path / "study"), sources)
    log = (tmp_path / "study" / "audit.jsonl").read_text(encoding="utf-8")
    assert "first.txt" not in log and "second" not in log
    actions = [json.loads(line).get("action") for line in log.splitlines()]
    assert {"study_created", "file_read", "replaced", "output_intent", "output_done", "run_finished"} <= set(actions)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(AskedWrongly, match="no study can be made here") as caught:
        create_study(
            tmp_path / "file" / "study", "four words and more", environment={}, random=random_bytes("x"), clock=clock
        )
    assert str(tmp_path) in caught.value.where and "--study" in caught.value.hint
