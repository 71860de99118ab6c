"""Keyed digests: names, forms and spans as fingerprints that say nothing to whoever lacks the key.

Names have little entropy, so a bare hash of one is as good as the name; every digest here needs a key from the vault.
Each use has a purpose of its own, so that a fingerprint made for one is never equal to one made for another.
"""

import hashlib
import hmac
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache

from deid.fold import words as folded_words

RUN_WORDS = 8  # the length of a quotation that is known again without a name in it


def fingerprint(key: bytes, purpose: str, *parts: str | bytes) -> str:
    """HMAC-SHA256 over purpose and parts, 32 hex digits. Lengths are counted in, so no part runs into the next."""
    return mac(key, purpose, *parts)[:32]


def mac(key: bytes, purpose: str, *parts: str | bytes) -> str:
    """The whole HMAC-SHA256, 64 hex digits: for what must not be forged."""
    if len(key) < 16:
        raise ValueError("a keyed digest needs a key of 16 bytes or more")
    message = bytearray()
    for part in (purpose, *parts):
        piece = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        message += len(piece).to_bytes(8, "big") + piece
    return hmac.digest(key, bytes(message), "sha256").hex()


def is_same(one: str, other: str) -> bool:
    """Comparison in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


# The three below run for each word of everything that is scanned, so they are keyed BLAKE2b: twice as quick as HMAC.


def form_digest(watch: bytes, words: Sequence[str]) -> str:
    """A form by its folded words (`fold.words`). They are joined, so that "01632 960 001" and "01632960001" are one."""
    return _watch(watch, b"deid watch form", 16, "".join(words)).hex()


def meetings(text: str, watch: bytes, digests: Collection[str], longest: int) -> Iterator[tuple[int, int, str]]:
    """Where forms that are known by their digests alone stand in a text: (start, end, digest), longest first."""
    tokens = list(folded_words(text))
    digest_of: Callable[[str], str] = cache(lambda joined: form_digest(watch, [joined]))
    first = 0
    while first < len(tokens):
        joined, met = "", first
        for last in range(first, min(first + longest, len(tokens))):
            joined += tokens[last][2]
            if digest_of(joined) in digests:
                met, end, digest = last + 1, tokens[last][1], digest_of(joined)
        if met > first:
            yield tokens[first][0], end, digest
        first = max(met, first + 1)


def start_digest(watch: bytes, word: str) -> int:
    """Two bytes of a form's first word: only where one matches need a scanner look further."""
    return int.from_bytes(_watch(watch, b"deid watch start", 2, word), "big")


def run_digest(watch: bytes, words: Sequence[str]) -> bytes:
    """Eight words in a row of a source, so that a raw quotation is known again without a name in it."""
    return _watch(watch, b"deid watch run", 8, " ".join(words))


def _watch(watch: bytes, purpose: bytes, size: int, text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size, key=watch, person=purpose).digest()
