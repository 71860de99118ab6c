"""The cache of detections at rest: sealed under a key derived from the study key `cache`.

What it holds decides what is found again, so it is authenticated as a whole; a cache that does not open is empty, and
everything is read anew.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_MAGIC = b"deid cache 1\n"
_NONCE = 12


def seal_cache(key: bytes, data: bytes, nonce: bytes) -> bytes:
    """`nonce`: 12 new random bytes. A cache is written far less than 2^32 times under one key."""
    return _MAGIC + nonce + AESGCM(_derive(key)).encrypt(nonce, data, _MAGIC)


def open_cache(key: bytes, sealed: bytes) -> bytes:
    """The rows; nothing where the file is damaged, of another study or of another version."""
    if not sealed.startswith(_MAGIC) or len(sealed) < len(_MAGIC) + _NONCE:
        return b""
    body = sealed[len(_MAGIC) :]
    try:
        return AESGCM(_derive(key)).decrypt(body[:_NONCE], body[_NONCE:], _MAGIC)
    except InvalidTag:
        return b""


def _derive(key: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=b"deid cache seal").derive(key)
