"""Every vector does what its header says, and is what make_vectors.py writes."""

import hashlib
from pathlib import Path

import pytest

from deid.errors import VaultError
from deid.vault.codec import decode
from deid.vault.seal import Credential, Identity, Pair, Passphrase, unseal
from tests.vault.make_vectors import FOLDER, text, vectors

NAMES = sorted(path.name for path in FOLDER.iterdir())
MESSAGES = {
    "newer": "another version",
    "refused": "wrong passphrase or key",
    "together": "only together",
    "contents": "what is inside is not",
}


def read(name: str) -> tuple[dict[str, str], list[Passphrase | Identity], bytes]:
    head, _, data = (FOLDER / name).read_bytes().partition(b"\n\n")
    pairs = [line.partition(": ") for line in head.decode().splitlines()]
    credentials: list[Passphrase | Identity] = []
    for key, _, value in pairs:
        if key == "passphrase":
            credentials.append(Passphrase(value))
        elif key == "key":
            credentials.append(Identity(bytes.fromhex(value)))
    return {key: value for key, _, value in pairs}, credentials, data


@pytest.mark.parametrize("name", NAMES)
def test_a_vector_does_what_it_says(name: str) -> None:
    header, given, data = read(name)
    credential: Credential = Pair(*given) if len(given) == 2 else given[0]
    expect = header["expect"]
    if expect == "opened":
        opened = unseal(data, credential)
        decode(opened.plaintext)
        assert hashlib.sha256(opened.plaintext).hexdigest() == header["contents"]
        return
    with pytest.raises(VaultError) as caught:
        decode(unseal(data, credential).plaintext)
    for kind, words in MESSAGES.items():
        assert (words in caught.value.message) == (kind == expect), kind


def test_there_are_enough_vectors_and_none_has_drifted() -> None:
    made = {name: text(vector) for name, vector in vectors().items()}
    assert len(made) >= 60
    assert sorted(made) == NAMES
    assert all((FOLDER / name).read_bytes() == data for name, data in made.items())


def test_no_vector_asks_for_work_before_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hostile header costs nothing: what is damaged is refused before a key is derived."""

    def derive(*_: object) -> bytes:
        raise AssertionError("a key was derived")

    monkeypatch.setattr("deid.vault.seal.derive", derive)
    for name in NAMES:
        header, _, data = read(name)
        if header["expect"] in {"damaged", "newer"}:
            with pytest.raises(VaultError):
                unseal(data, Passphrase("whatever it is"))


def test_vectors_are_files_that_no_platform_reserves() -> None:
    assert all(Path(name).name == name and name.replace("_", "").isalnum() for name in NAMES)
