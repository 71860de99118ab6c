"""What the models said of texts they have read: places and labels under keyed digests, never a word of text.

The key of a row is HMAC(study key, reader + text): a plain digest of a short turn could be guessed. Each row carries a
MAC of its own, and a row that does not verify is a miss. The caller seals the whole (deid.vault).
"""

import hashlib
import hmac
import json
from collections.abc import Iterator

from deid.detect.passage import ModelSpan

_MAC_LENGTH = 16


class Cache:
    """Rows of a study. A `dump` that fades holds only the rows that were asked for or added: old texts go."""

    def __init__(self, key: bytes, stored: bytes = b"") -> None:
        self._key = key
        self._rows = dict(_rows(key, stored))
        self._used: set[bytes] = set()

    def get(self, reader: str, text: str) -> tuple[ModelSpan, ...] | None:
        """The spans that this reader (named by its fingerprint) found in this text, or None."""
        name = self._name(reader, text)
        body = self._rows.get(name)
        if body is None:
            return None
        spans = _decode(body, len(text))
        if spans is not None:
            self._used.add(name)
        return spans

    def put(self, reader: str, text: str, spans: tuple[ModelSpan, ...]) -> None:
        name = self._name(reader, text)
        self._rows[name] = _encode(spans)
        self._used.add(name)

    def dump(self, *, fades: bool = True) -> bytes:
        """The rows as bytes, one a line, in an order that says nothing of the texts."""
        names = self._used if fades else self._rows
        return b"".join(_line(self._key, name, self._rows[name]) for name in sorted(names))

    def _name(self, reader: str, text: str) -> bytes:
        return (
            hmac.digest(self._key, f"{reader}\0{text}".encode("utf-8", "surrogatepass"), "sha256").hex()[:32].encode()
        )


def _rows(key: bytes, stored: bytes) -> Iterator[tuple[bytes, bytes]]:
    for line in stored.split(b"\n"):
        name, _, rest = line.partition(b" ")
        mac, _, body = rest.partition(b" ")
        if hmac.compare_digest(mac, _mac(key, name, body)):
            yield name, body


def _line(key: bytes, name: bytes, body: bytes) -> bytes:
    return b"%s %s %s\n" % (name, _mac(key, name, body), body)


def _mac(key: bytes, name: bytes, body: bytes) -> bytes:
    return hmac.new(key, b"row\0" + name + b"\0" + body, hashlib.sha256).hexdigest()[: 2 * _MAC_LENGTH].encode()


def _encode(spans: tuple[ModelSpan, ...]) -> bytes:
    rows = [[span.start, span.end, span.label, span.score, span.model] for span in spans]
    return json.dumps(rows, separators=(",", ":")).encode()


def _decode(body: bytes, length: int) -> tuple[ModelSpan, ...] | None:
    try:
        spans = tuple(ModelSpan(*row) for row in json.loads(body))
    except (ValueError, TypeError):
        return None
    return spans if all(0 <= span.start < span.end <= length for span in spans) else None
