"""Two copies that went separate ways: nothing is lost, nothing chosen silently, both logs verify."""

import shutil
from pathlib import Path

import pytest

from deid.audit.verify import verify
from deid.errors import AskedWrongly, VaultError
from deid.study.folder import Study
from deid.study.vault.merging import merge_with, read_choices
from deid.study.verification import verify_study
from deid.vault.seal import Passphrase
from tests.invented import PASSPHRASE, again, new_study, run_on, two_sources

CREDENTIAL = Passphrase(PASSPHRASE)


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Study, Study]:
    """One study, copied; each copy then reads an interview of its own."""
    new_study(tmp_path / "ours")
    shutil.copytree(tmp_path / "ours", tmp_path / "theirs")
    ours, theirs = again(tmp_path / "ours", "ours"), again(tmp_path / "theirs", "theirs")
    sources = two_sources(tmp_path / "sources")
    run_on(ours, sources / "Wilhelmina first.txt")
    run_on(theirs, sources / "second.txt")
    return ours, theirs


def test_conflicts_are_listed_and_nothing_is_changed_until_each_is_settled(copies: tuple[Study, Study]) -> None:
    ours, theirs = copies
    before = ours.vault.path.read_bytes()
    conflicts = merge_with(ours, theirs.folder, CREDENTIAL, {}, {})
    assert conflicts and ours.vault.path.read_bytes() == before
    choices = {conflict.key: conflict.choices[0] for conflict in conflicts}
    while left := merge_with(ours, theirs.folder, CREDENTIAL, choices, {}):
        choices |= {conflict.key: conflict.choices[0] for conflict in left}
    assert {source.code for source in ours.contents.sources} == {"P01-1", "P02-1"}
    forms = [form for entry in ours.contents.entries for form in entry.entity.forms]
    assert forms.count("Barnabas Quillfeather") == 1
    assert verify_study(ours.folder).ok
    (kept,) = (ours.folder / "logs").iterdir()
    assert kept.read_bytes() == (theirs.folder / "audit.jsonl").read_bytes() and verify(kept).ok
    assert again(ours.folder).contents == ours.contents


def test_another_study_and_a_wrong_passphrase_are_refused(copies: tuple[Study, Study], tmp_path: Path) -> None:
    ours, theirs = copies
    other = new_study(tmp_path / "other", "two")
    with pytest.raises(AskedWrongly, match="two studies"):
        merge_with(ours, other.folder, CREDENTIAL, {}, {})
    with pytest.raises(VaultError):
        merge_with(ours, theirs.folder, Passphrase("four words that are wrong"), {}, {})
    with pytest.raises(AskedWrongly, match="no study here"):
        merge_with(ours, tmp_path, CREDENTIAL, {}, {})


def test_a_choice_says_whose() -> None:
    assert read_choices(("entity a b=ours", "code P01-1=theirs")) == {"entity a b": "ours", "code P01-1": "theirs"}
    with pytest.raises(AskedWrongly):
        read_choices(("entity a b=mine",))
