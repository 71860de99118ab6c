"""Sealed copies of sources: only the study opens them, and a withdrawal takes them along."""

from pathlib import Path

import pytest

from deid.errors import SourceError, VaultError
from deid.study.kept_sources import keep_sources, kept_folder, kept_source
from deid.study.render import reread
from deid.study.roster import import_roster
from deid.study.vault.withdrawal import withdraw_participant
from tests.invented import everything_in, new_study, run_on, two_sources
from tests.study.vault.test_withdrawal import ROSTER


def test_copies_are_sealed_and_open_again(tmp_path: Path) -> None:
    study = new_study(tmp_path / "study")
    import_roster(study, ROSTER)
    sources = two_sources(tmp_path / "sources")
    run_on(study, sources)
    assert keep_sources(study) == 2
    for data in everything_in(kept_folder(study)).values():
        assert b"Oddington" not in data
    first = study.contents.sources[0]
    assert kept_source(study, first) == (sources / "Wilhelmina first.txt").read_bytes()
    (sources / "Wilhelmina first.txt").rename(tmp_path / "gone")
    assert reread(study)["P01-1"].source.data == (tmp_path / "gone").read_bytes()
    (kept_folder(study) / "P02-1.sealed").write_bytes((kept_folder(study) / "P01-1.sealed").read_bytes())
    with pytest.raises(VaultError, match="P02-1"):
        kept_source(study, study.contents.sources[1])
    withdraw_participant(study, "P01")
    assert [path.name for path in kept_folder(study).iterdir()] == ["P02-1.sealed"]
    (sources / "second.txt").write_text("something else", encoding="utf-8")
    with pytest.raises(SourceError, match="P02-1"):
        keep_sources(study)
