"""The passphrase in the operating system's own keyring, for whoever installs the extra `keyring` and asks for it.

Convenient, and weaker: whoever is logged in as the researcher opens the vault without typing anything.
"""

import importlib
from types import ModuleType

from deid.errors import AskedWrongly
from deid.vault.seal import Passphrase

_SERVICE = "deid vault"


def remember(study: bytes, passphrase: Passphrase) -> None:
    keyring = _keyring()
    try:
        keyring.set_password(_SERVICE, study.hex(), passphrase.text)
    except keyring.errors.KeyringError:
        raise _no_keyring() from None


def recall(study: bytes) -> Passphrase | None:
    """The passphrase of the study with this id, None where the keyring has none."""
    keyring = _keyring()
    try:
        text = keyring.get_password(_SERVICE, study.hex())
    except keyring.errors.KeyringError:
        raise _no_keyring() from None
    return Passphrase(text) if text else None


def forget(study: bytes) -> None:
    keyring = _keyring()
    try:
        if keyring.get_password(_SERVICE, study.hex()):
            keyring.delete_password(_SERVICE, study.hex())
    except keyring.errors.KeyringError:
        raise _no_keyring() from None


def _keyring() -> ModuleType:
    try:
        importlib.import_module("keyring.errors")
        return importlib.import_module("keyring")
    except ImportError:
        raise AskedWrongly(
            "the operating system's keyring needs an extra", hint='pip install "deid-transcripts[keyring]"'
        ) from None


def _no_keyring() -> AskedWrongly:
    return AskedWrongly("this machine has no keyring that answers", hint="type the passphrase, or use a key file")
