"""The exported watchlist: on record, unreadable, and it knows raw quotations again."""

import json
from pathlib import Path

import pytest

from deid.digests import form_digest
from deid.errors import AskedWrongly, SourceError
from deid.fold import words
from deid.study.check.watchlist import export_watchlist
from deid.study.folder import Study
from deid.study.roster import import_roster
from deid.study.vault.withdrawal import withdraw_participant
from deid.vault.watchlist import runs_of
from tests.invented import new_study, run_on, two_sources
from tests.study.vault.test_withdrawal import ROSTER


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = new_study(tmp_path / "study")
    import_roster(made, ROSTER)
    run_on(made, two_sources(tmp_path / "sources"))
    return made


def read(path: Path) -> tuple[dict[str, str], set[str]]:
    """The forms' digests with how they count, and the runs."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    forms = {line["digest"]: line["counts"] for line in lines if "digest" in line}
    runs = "".join(line["runs"] for line in lines[1:] if "runs" in line)
    return forms, {runs[start : start + 16] for start in range(0, len(runs), 16)}


def digest(study: Study, form: str) -> str:
    return form_digest(study.contents.keys.watch, [word for _, _, word in words(form)])


def test_names_and_raw_quotations_are_known_and_nothing_can_be_read(study: Study, tmp_path: Path) -> None:
    made = export_watchlist(study, tmp_path / "list", environment={})
    forms, runs = read(tmp_path / "list")
    watch = study.contents.keys.watch
    assert forms[digest(study, "Barnabas Quillfeather")] == "alone" and len(forms) == made.forms
    raw = {run.hex() for run in runs_of("Barnabas rings me on 07700 900123 most days", watch)}
    assert raw and raw <= runs and len(runs) == made.runs
    shared = {run.hex() for run in runs_of("INT: Could you say who you are? P01: I'm", watch)}
    assert not shared & runs
    text = (tmp_path / "list").read_text(encoding="utf-8").casefold()
    assert "quillfeather" not in text and "900123" not in text
    said = [event.detail for event in study.log.events() if event.action == "watchlist_exported"]
    assert said and said[-1] and said[-1]["generation"] == study.vault.generation


def test_who_withdrew_is_still_on_it(study: Study, tmp_path: Path) -> None:
    withdraw_participant(study, "P01")
    export_watchlist(study, tmp_path / "list", environment={})
    assert read(tmp_path / "list")[0][digest(study, "Wilhelmina Oddington")] == "alone"


def test_an_absent_source_is_named_by_its_code_and_can_be_left_out(study: Study, tmp_path: Path) -> None:
    (tmp_path / "sources" / "second.txt").unlink()
    with pytest.raises(SourceError, match="P02-1"):
        export_watchlist(study, tmp_path / "list", environment={})
    assert not (tmp_path / "list").exists()
    assert export_watchlist(study, tmp_path / "list", with_quotations=False, environment={}).runs == 0


def test_the_key_is_written_only_where_it_stays_private(study: Study, tmp_path: Path) -> None:
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    with pytest.raises(AskedWrongly):
        export_watchlist(
            study, tmp_path / "repository" / "list", key_file=tmp_path / "repository" / "key", environment={}
        )
    export_watchlist(study, tmp_path / "repository" / "list", key_file=tmp_path / "key", environment={})
    assert (tmp_path / "key").read_text(encoding="ascii").strip() == study.contents.keys.watch.hex()
