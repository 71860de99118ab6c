import json
from pathlib import Path

import pytest

from deid.errors import AskedWrongly
from deid.evaluate.misses import refuse_shared, slips, write_slips
from tests.evaluate.examples import gold, mask

TALK = gold("So {P tom|Tom} of {L|Deal} said he {=will} come, {P? joy|Joy}.")
MASKS = {"g1": [mask(TALK, "Deal"), mask(TALK, "said"), mask(TALK, "will", recogniser="people", category="PERSON")]}


def test_slips_are_what_stayed_and_what_went() -> None:
    found = [(slip.kind, slip.text, slip.category, slip.recogniser) for slip in slips([TALK], MASKS)]
    assert found == [
        ("missed", "Tom", "PERSON", ""),
        ("lost", "said", "", ""),
        ("keep_lost", "will", "PERSON", "people"),
    ]


def test_a_wrong_merge_lists_what_it_mixes() -> None:
    text = gold("{P ann|Ann} met {P bob|Bob} and {P cleo|Cleo}")
    masks = {"g1": [mask(text, "Ann", entity="1"), mask(text, "Cleo", entity="1"), mask(text, "Bob", entity="2")]}
    assert [(slip.kind, slip.text, slip.entity) for slip in slips([text], masks)] == [
        ("merged", "Ann", "1"),
        ("merged", "Cleo", "1"),
    ]


def test_a_slip_shows_no_text_but_in_its_file(tmp_path: Path) -> None:
    assert "Tom" not in repr(list(slips([TALK], MASKS)))
    path = tmp_path / "misses.jsonl"
    assert write_slips(path, slips([TALK], MASKS)) == 3
    first = json.loads(path.read_text(encoding="utf-8").splitlines()[0])
    assert first["context"] == "So ⟨Tom⟩ of Deal said he will come, Joy."


@pytest.mark.parametrize("mark", [".git", "vault.deid", "deid.toml"])
def test_a_file_in_a_study_or_a_git_tree_is_refused(tmp_path: Path, mark: str) -> None:
    (tmp_path / mark).touch()
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    with pytest.raises(AskedWrongly, match="would lie inside"):
        write_slips(inside / "misses.jsonl", slips([TALK], MASKS))
    assert not (inside / "misses.jsonl").exists()


def test_a_symbolic_link_into_a_study_is_refused(tmp_path: Path) -> None:
    study, outside = tmp_path / "study", tmp_path / "outside"
    study.mkdir()
    (study / "vault.deid").touch()
    try:
        outside.symlink_to(study, target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no symbolic links")
    with pytest.raises(AskedWrongly):
        refuse_shared(outside / "misses.jsonl")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(AskedWrongly, match="cannot be written"):
        write_slips(tmp_path / "no" / "misses.jsonl", slips([TALK], MASKS))
