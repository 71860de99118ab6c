from importlib import import_module

import pytest

from deid.errors import AskedWrongly
from deid.evaluate import systems


def test_a_system_that_is_not_known_is_named_with_the_others() -> None:
    with pytest.raises(AskedWrongly) as raised:
        systems.load("magic", "")
    assert "presidio" in raised.value.hint


def test_a_system_that_is_not_installed_is_a_plain_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> object:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    monkeypatch.setattr(systems, "import_module", absent)
    with pytest.raises(AskedWrongly, match="not installed"):
        systems.load("scrubadub", "")


def test_versions_of_what_is_here_and_of_what_is_not() -> None:
    found = systems.versions(["pytest", "no-such-package-of-ours"])
    assert found["pytest"]
    assert found["no-such-package-of-ours"] == ""


@pytest.mark.model
@pytest.mark.parametrize("name", systems.SYSTEMS)
def test_every_system_finds_an_address_or_a_name_offline(name: str) -> None:
    models = import_module("deid.detect.models")
    if name in ("scrubadub", "datafog"):
        pytest.importorskip(name)
    text = "Write to Sarah Jones at <s.jones@gmail.com> or in London."
    run = systems.load(name, str(models.model_folder(models.SPACY)))
    masks, nothing = run([text, ""])
    assert any(mask.start < text.index("@") < mask.end or mask.start == text.index("Sarah") for mask in masks)
    assert not nothing
