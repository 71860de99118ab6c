"""A second writer of docs/reference/vault_format.md, for test vectors only: it shares no code with deid.

HPKE is written out from RFC 9180, because a vector needs a fixed ephemeral key and a library is right to refuse one.
"""

import hashlib
import hmac
from dataclasses import dataclass, replace

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

SUITE_KEM = b"KEM" + bytes([0, 0x20])
SUITE = b"HPKE" + bytes([0, 0x20, 0, 1, 0, 2])


class Drawn:
    """Random bytes that are the same every time: SHA-256 of a name and a counter."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.count = 0

    def __call__(self, size: int) -> bytes:
        drawn = b""
        while len(drawn) < size:
            drawn += hashlib.sha256(f"{self.name}/{self.count}".encode()).digest()
            self.count += 1
        return drawn[:size]


@dataclass(frozen=True)
class Keyholder:
    name: str
    private: bytes
    salt: bytes = b""
    cost: tuple[int, int, int] = (8, 1, 1)

    @property
    def public(self) -> bytes:
        return X25519PrivateKey.from_private_bytes(self.private).public_key().public_bytes_raw()

    @property
    def line(self) -> str:
        if not self.salt:
            return f"recipient {self.name} key {self.public.hex()}"
        memory, passes, lanes = self.cost
        return (
            f"recipient {self.name} passphrase {self.public.hex()} argon2id {self.salt.hex()} {memory} {passes} {lanes}"
        )


def with_passphrase(name: str, passphrase: str, salt: bytes, cost: tuple[int, int, int] = (8, 1, 1)) -> Keyholder:
    memory, passes, lanes = cost
    slow = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory * 1024)
    return Keyholder(name, slow.derive(passphrase.encode()), salt, cost)


@dataclass(frozen=True)
class Parts:
    """A vault before it is put together; a vector changes one of them."""

    lines: tuple[str, ...]  # without version and mac
    plaintext: bytes  # with its length and padding
    data_key: bytes
    salt: bytes
    version: str = "deid vault 1"

    def header(self) -> bytes:
        start = "".join(f"{line}\n" for line in (self.version, *self.lines)).encode("latin-1") + b"mac "
        mac = hmac.digest(hkdf(self.data_key, b"", b"deid vault 1 header"), start, "sha256")
        return start + mac.hex().encode() + b"\n"

    def body(self, header: bytes) -> bytes:
        key = hkdf(self.data_key, self.salt, b"deid vault 1 body")
        return self.salt + AESGCM(key).encrypt(bytes(12), self.plaintext, header)

    def bytes(self) -> bytes:
        header = self.header()
        return header + self.body(header)

    def with_line(self, start: str, line: str) -> "Parts":
        """The first line that begins so, replaced (several lines may come, parted by line feeds; none with "")."""
        place = next(number for number, old in enumerate(self.lines) if old.startswith(start))
        new = tuple(line.split("\n")) if line else ()
        return replace(self, lines=self.lines[:place] + new + self.lines[place + 1 :])


def padded(contents: bytes) -> bytes:
    size = 8 + len(contents)
    return (len(contents).to_bytes(8, "big") + contents).ljust(padme(size), b"\0")


def padme(size: int) -> int:
    size = max(size, 4096)
    exponent = size.bit_length() - 1
    free = exponent - exponent.bit_length()
    return -(-size // 2**free) * 2**free


def opens(way: tuple[Keyholder, ...], study: bytes, data_key: bytes, drawn: Drawn) -> str:
    names = "+".join(holder.name for holder in way)
    info = b"deid vault 1 wrap\0" + study + b"\0" + names.encode()
    wrapped = data_key
    for holder in reversed(way):
        wrapped = hpke_seal(holder.public, info, wrapped, drawn(32))
    return f"opens {names} {wrapped.hex()}"


def hpke_seal(public: bytes, info: bytes, plaintext: bytes, ephemeral: bytes) -> bytes:
    secret = X25519PrivateKey.from_private_bytes(ephemeral)
    enc = secret.public_key().public_bytes_raw()
    shared = secret.exchange(X25519PublicKey.from_public_bytes(public))
    eae = _labelled_extract(SUITE_KEM, b"", b"eae_prk", shared)
    shared_secret = _labelled_expand(SUITE_KEM, eae, b"shared_secret", enc + public, 32)
    context = (
        b"\0" + _labelled_extract(SUITE, b"", b"psk_id_hash", b"") + _labelled_extract(SUITE, b"", b"info_hash", info)
    )
    secret_key = _labelled_extract(SUITE, shared_secret, b"secret", b"")
    key = _labelled_expand(SUITE, secret_key, b"key", context, 32)
    nonce = _labelled_expand(SUITE, secret_key, b"base_nonce", context, 12)
    return enc + AESGCM(key).encrypt(nonce, plaintext, b"")


def hkdf(key: bytes, salt: bytes, info: bytes, size: int = 32) -> bytes:
    return _expand(hmac.digest(salt or bytes(32), key, "sha256"), info, size)


def _expand(key: bytes, info: bytes, size: int) -> bytes:
    drawn, block, count = b"", b"", 1
    while len(drawn) < size:
        block = hmac.digest(key, block + info + bytes([count]), "sha256")
        drawn, count = drawn + block, count + 1
    return drawn[:size]


def _labelled_extract(suite: bytes, salt: bytes, label: bytes, key: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + key, "sha256")


def _labelled_expand(suite: bytes, key: bytes, label: bytes, info: bytes, size: int) -> bytes:
    return _expand(key, size.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info, size)
