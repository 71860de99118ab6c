"""A source sealed beside the vault, by choice; the key comes from its transcript's salt, which a withdrawal deletes."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from deid.errors import VaultError
from deid.vault.seal import Random

_MAGIC = b"deid kept source 1\n"
_NONCE = 12


def seal_source(data: bytes, code: str, salt: bytes, random: Random) -> bytes:
    """The sealed copy. Nobody can pass it for another transcript's: its code is sealed in."""
    nonce = random(_NONCE)
    return _MAGIC + nonce + AESGCM(_key(salt)).encrypt(nonce, data, code.encode())


def open_source(sealed: bytes, code: str, salt: bytes) -> bytes:
    body = sealed[len(_MAGIC) :]
    try:
        if not sealed.startswith(_MAGIC):
            raise InvalidTag
        return AESGCM(_key(salt)).decrypt(body[:_NONCE], body[_NONCE:], code.encode())
    except (InvalidTag, ValueError):
        raise VaultError("the sealed copy of this source is damaged or of another study", where=code) from None


def _key(salt: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"deid kept source 1").derive(salt)
