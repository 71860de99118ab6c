"""Models are pinned by digest: what is missing or altered is an error that says what to do."""

from importlib import metadata
from pathlib import Path

import pytest

from deid.config import Settings
from deid.detect import models
from deid.detect.models import Model, check_models, model_digests, model_folder
from deid.errors import ModelError

CONTENT = b"weights"


class Installed:
    """An installed package in a folder of the test's own."""

    def __init__(self, folder: Path, version: str = "1.0") -> None:
        self.version = version
        self._folder = folder

    def locate_file(self, path: str) -> Path:
        return self._folder / path


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "tiny" / "data" / "a" / "weights"
    path.parent.mkdir(parents=True)
    path.write_bytes(CONTENT)
    monkeypatch.setattr(metadata, "distribution", lambda _: Installed(tmp_path))
    return path


def pinned(content: bytes) -> Model:
    return Model("tiny", "tiny-model", "1.0", "tiny/data", (("a/weights", models._digest(content)),))


def test_the_pinned_model_is_found(weights: Path) -> None:
    assert model_folder(pinned(CONTENT)) / "a" / "weights" == weights


def test_an_altered_model_is_refused(weights: Path) -> None:
    weights.write_bytes(b"Weights")
    with pytest.raises(ModelError) as raised:
        model_folder(pinned(CONTENT))
    assert raised.value.exit_code == 3
    assert "deid setup" in raised.value.hint


def test_a_missing_file_is_refused(weights: Path) -> None:
    weights.unlink()
    with pytest.raises(ModelError, match="missing"):
        model_folder(pinned(CONTENT))


def test_another_version_is_refused(weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "distribution", lambda _: Installed(tmp_path, "1.1"))
    with pytest.raises(ModelError, match=r"version 1\.0"):
        model_folder(pinned(CONTENT))


def test_only_the_models_that_are_asked_for_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", absent)
    check_models(Settings.model_validate({"detect": {"models": ()}}))
    with pytest.raises(ModelError, match="not installed") as raised:
        check_models(Settings())
    assert "deid setup" in raised.value.hint


def test_digests_name_every_model() -> None:
    assert set(model_digests()) == {"spacy", "rampart", "tagger"}
    assert all(len(digest) == 64 for digest in model_digests().values())
