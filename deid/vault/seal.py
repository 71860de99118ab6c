"""The vault's cryptography: the data key, its wrapping for each recipient, and the sealed body.

Everything that needs a key and fails, fails with one error: a reader that told a wrong passphrase from a changed
file would answer an attacker's questions. Formats and reasons: docs/reference/vault_format.md, sections 2 and 3.
"""

import threading
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from deid.errors import AskedWrongly, VaultError
from deid.vault.layout import (
    SALT,
    Cost,
    Header,
    Layout,
    Opening,
    Recipient,
    padded_size,
    read_vault,
    write_header,
)

Random = Callable[[int], bytes]

_NONCE = bytes(12)  # fixed: a body key is used once, for its salt is new at each save
# OpenSSL's Argon2id with several lanes never returns when two threads of one process derive at the same time.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Passphrase:
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Identity:
    """An X25519 private key, as `deid vault keygen` writes it into a file."""

    private: bytes = field(repr=False)

    @property
    def public(self) -> bytes:
        return _private_key(self.private).public_key().public_bytes_raw()


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The other half of an identity: enough to seal for its holder, not to open."""

    public: bytes


@dataclass(frozen=True, slots=True)
class Pair:
    """Two custodians who open the vault together."""

    first: Passphrase | Identity
    second: Passphrase | Identity


Credential = Passphrase | Identity | Pair


@dataclass(frozen=True, slots=True)
class Opened:
    """A vault that a credential has opened. `held` are the private keys that did, by recipient's name."""

    layout: Layout
    data_key: bytes = field(repr=False)
    plaintext: bytes = field(repr=False)
    held: Mapping[str, bytes] = field(repr=False)


def unseal(data: bytes, credential: Credential) -> Opened:
    """Open a vault's bytes. Raises VaultError, the same one whatever was wrong with key or seal."""
    layout = read_vault(data)
    return _open(layout, _held_by(credential, layout.header))


def open_again(layout: Layout, before: Opened) -> Opened:
    """Open a vault that was saved since, with what opened it before; no passphrase is derived a second time."""
    try:
        return Opened(layout, before.data_key, open_body(layout, before.data_key), before.held)
    except VaultError:
        # Its data key was renewed. A name may also stand for another key by now, or for nobody.
        publics = {recipient.name: recipient.public for recipient in layout.header.recipients}
        held = {name: key for name, key in before.held.items() if Identity(key).public == publics.get(name)}
        return _open(layout, held)


def seal(header: Header, data_key: bytes, plaintext: bytes, salt: bytes) -> bytes:
    """A vault's bytes. `salt` is 32 fresh random bytes."""
    if len(salt) != SALT or len(data_key) != 32:
        raise ValueError("a seal needs a salt and a data key of 32 bytes each")
    draft = write_header(replace(header, mac=bytes(32)))
    plain = write_header(replace(header, mac=_mac(data_key, draft[:-65]).finalize()))
    length = len(plaintext).to_bytes(8, "big")
    padded = (length + plaintext).ljust(padded_size(8 + len(plaintext)), b"\0")
    return plain + salt + AESGCM(_body_key(data_key, salt)).encrypt(_NONCE, padded, plain)


def open_body(layout: Layout, data_key: bytes) -> bytes:
    """The plaintext, once the header's MAC and the body's tag have both been found right."""
    try:
        _mac(data_key, layout.under_mac).verify(layout.header.mac)
        padded = AESGCM(_body_key(data_key, layout.salt)).decrypt(_NONCE, layout.sealed, layout.plain)
    except (InvalidSignature, InvalidTag):
        raise cannot_open() from None
    length = int.from_bytes(padded[:8], "big")
    if padded_size(8 + length) != len(padded) or padded.count(0, 8 + length) != len(padded) - 8 - length:
        raise cannot_open()
    return padded[8 : 8 + length]


def make_recipient(
    name: str, credential: Passphrase | PublicKey, cost: Cost, random: Random
) -> tuple[Recipient, bytes | None]:
    """A recipient, and the private key where a passphrase has just made it."""
    if isinstance(credential, PublicKey):
        return Recipient(name, credential.public), None
    salt = random(16)
    private = derive(credential, salt, cost)
    return Recipient(name, Identity(private).public, salt, cost), private


def derive(passphrase: Passphrase, salt: bytes, cost: Cost) -> bytes:
    """The X25519 private key that a passphrase stands for."""
    text = unicodedata.normalize("NFC", passphrase.text).encode("utf-8", "surrogatepass")
    slow = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_mib * 1024)
    with _ONE_AT_A_TIME:
        return slow.derive(text)


def wrap(header: Header, data_key: bytes, ways: Iterable[Sequence[str]]) -> Header:
    """The header with the data key wrapped anew for each of these ways (one name, or two together)."""
    recipients = {recipient.name: recipient.public for recipient in header.recipients}
    openings = []
    for way in sorted({tuple(sorted(way)) for way in ways}, key="+".join):
        wrapped = data_key
        for name in reversed(way):
            wrapped = _wrap(wrapped, recipients[name], _info(header.id, way))
        openings.append(Opening(way, wrapped))
    return replace(header, openings=tuple(openings))


def cannot_open() -> VaultError:
    return VaultError(
        "wrong passphrase or key, or the vault is damaged or was tampered with",
        hint="try again; if you are sure of the passphrase, restore the last backup (deid restore)",
    )


def _open(layout: Layout, held: Mapping[str, bytes]) -> Opened:
    data_key = _find_data_key(layout.header, held)
    return Opened(layout, data_key, open_body(layout, data_key), held)


def _held_by(credential: Credential, header: Header) -> dict[str, bytes]:
    halves = (credential.first, credential.second) if isinstance(credential, Pair) else (credential,)
    held: dict[str, bytes] = {}
    for half in halves:
        held.update(_held_by_one(half, header))
    return held


def _held_by_one(credential: Passphrase | Identity, header: Header) -> dict[str, bytes]:
    """Each recipient that this credential is, with the private key. A passphrase is tried on all that have one."""
    held = {}
    for recipient in header.recipients:
        if isinstance(credential, Identity):
            identity = credential
        elif recipient.cost is not None:
            identity = Identity(derive(credential, recipient.salt, recipient.cost))
        else:
            continue
        if identity.public == recipient.public:
            held[recipient.name] = identity.private
    return held


def _find_data_key(header: Header, held: Mapping[str, bytes]) -> bytes:
    for opening in header.openings:
        if all(name in held for name in opening.names):
            return _unwrap(header.id, opening, held)
    if held:
        raise VaultError(
            "this opens the vault only together with a second custodian's passphrase or key",
            hint="give two: deid asks for the second one with --with",
        )
    raise cannot_open()


def _unwrap(study: bytes, opening: Opening, held: Mapping[str, bytes]) -> bytes:
    wrapped = opening.wrapped
    try:
        for name in opening.names:
            wrapped = _suite().decrypt(wrapped, _private_key(held[name]), info=_info(study, opening.names))
    except (InvalidTag, ValueError):
        raise cannot_open() from None
    return wrapped


def _wrap(data_key: bytes, public: bytes, info: bytes) -> bytes:
    try:
        return _suite().encrypt(data_key, X25519PublicKey.from_public_bytes(public), info=info)
    except ValueError:
        # A point of small order: whoever sends one as their key wants the data key readable by everybody.
        raise AskedWrongly("this recipient's key is not a key that anything may be sealed for") from None


def _suite() -> hpke.Suite:
    return hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


def _info(study: bytes, way: Sequence[str]) -> bytes:
    return b"deid vault 1 wrap\0" + study + b"\0" + "+".join(way).encode("ascii")


def _mac(data_key: bytes, plain: bytes) -> HMAC:
    mac = HMAC(_expand(data_key, b"", b"deid vault 1 header"), hashes.SHA256())
    mac.update(plain)
    return mac


def _body_key(data_key: bytes, salt: bytes) -> bytes:
    return _expand(data_key, salt, b"deid vault 1 body")


def _expand(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt or None, info=info).derive(key)


def _private_key(private: bytes) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(private)
