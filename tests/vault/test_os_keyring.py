"""The operating system's keyring, played by a dictionary."""

import sys
from types import ModuleType

import pytest

from deid.errors import AskedWrongly
from deid.vault.os_keyring import forget, recall, remember
from deid.vault.seal import Passphrase

STUDY = bytes(range(16))


class KeyringError(Exception):
    pass


def play(monkeypatch: pytest.MonkeyPatch, *, answers: bool = True) -> dict[tuple[str, str], str]:
    kept: dict[tuple[str, str], str] = {}

    def get(service: str, name: str) -> str | None:
        if not answers:
            raise KeyringError("over the marsh wall")
        return kept.get((service, name))

    keyring, errors = ModuleType("keyring"), ModuleType("keyring.errors")
    errors.KeyringError = KeyringError  # type: ignore[attr-defined]
    keyring.errors = errors  # type: ignore[attr-defined]
    keyring.get_password = get  # type: ignore[attr-defined]
    keyring.set_password = lambda service, name, text: kept.update({(service, name): text})  # type: ignore[attr-defined]
    keyring.delete_password = lambda service, name: kept.pop((service, name))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    return kept


def test_what_is_remembered_is_recalled_until_it_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = play(monkeypatch)
    assert recall(STUDY) is None
    remember(STUDY, Passphrase("over the marsh wall"))
    assert recall(STUDY) == Passphrase("over the marsh wall") and recall(bytes(16)) is None
    forget(STUDY)
    forget(STUDY)
    assert not kept and recall(STUDY) is None


def test_a_machine_without_a_keyring_says_so_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    play(monkeypatch, answers=False)
    with pytest.raises(AskedWrongly, match="no keyring") as caught:
        recall(STUDY)
    assert "marsh" not in f"{caught.value!r}" and caught.value.__cause__ is None


def test_without_the_extra_the_hint_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(AskedWrongly) as caught:
        remember(STUDY, Passphrase("over the marsh wall"))
    assert "[keyring]" in caught.value.hint
