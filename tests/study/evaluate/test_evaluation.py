"""What `deid evaluate` goes by, and what it says of an output's hidden parts. Nothing here loads a model."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from deid.errors import AskedWrongly
from deid.study.evaluate import evaluation
from deid.study.evaluate.evaluation import measure
from deid.study.folder import SETTINGS

TEXT = "Wilma rang.\n"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """One text in a file whose name and note hold two strings."""
    hidden = [{"where": "file name", "text": "Wilma_Oakes"}, {"where": "note", "text": "fen.example"}]
    line = {"id": "g1", "file": "Wilma_Oakes.txt", "text": TEXT, "spans": [], "keep": [], "hidden": hidden}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(line), encoding="utf-8")
    (tmp_path / "Wilma_Oakes.txt").write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "text", "gone"),
    [
        ("P02-1_draft.txt", TEXT, 2),
        ("wilma-oakes_draft.txt", TEXT, 1),
        ("wilma-oakes_draft.txt", f"{TEXT}NOTE Fen.example", 0),
        ("", "", 0),  # a file without an output has hidden nothing
    ],
)
def test_hidden_strings_are_looked_for_in_the_whole_output(
    gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, gone: int
) -> None:
    def fake_run(study: object, sources: list[Path], progress: object) -> SimpleNamespace:
        output = tmp_path / name if name else None
        if output:
            output.write_text(text, encoding="utf-8")
        return SimpleNamespace(files=[SimpleNamespace(source=sources[0], output=output)])

    monkeypatch.setattr(evaluation, "main_job", fake_run)
    hidden = measure(gold, files=tmp_path).hidden
    assert hidden is not None
    assert (hidden.hits, hidden.total) == (gone, 2)


def test_a_studys_settings_are_used_but_never_its_vault(tmp_path: Path) -> None:
    text = '[region]\npack = "none"\n[policy]\ntier = "team"\nfile = "mine.toml"\n[vault]\npath = "elsewhere.deid"\n'
    (tmp_path / SETTINGS).write_text(text, encoding="utf-8")
    settings = evaluation._settings(tmp_path, "")
    assert (settings.region.pack, settings.policy.tier, settings.vault.path) == ("none", "team", "")
    assert settings.policy.file == str(tmp_path.resolve() / "mine.toml")
    other = evaluation._settings(tmp_path, "public").policy
    assert (other.tier, other.file) == ("public", "")
    assert evaluation._settings(None, "").policy.tier == "archive"


def test_a_folder_without_settings_is_no_study(gold: Path, tmp_path: Path) -> None:
    with pytest.raises(AskedWrongly, match="there is no deid"):
        measure(gold, study=tmp_path)


def test_files_are_never_apart(gold: Path, tmp_path: Path) -> None:
    with pytest.raises(AskedWrongly, match="one study"):
        measure(gold, files=tmp_path, apart=True)
