"""Base64 inside a text: what a notebook, a data URI, a mail or a web token holds, when it is text or a known kind."""

import base64
import binascii
import re
from collections.abc import Iterator, Sequence

# TWFyaWFubmU...: 24 signs and more, the shortest that holds a first name and a surname; or lines of 60 and a last one.
_RUN = re.compile(
    r"(?<![A-Za-z0-9+/_-])(?:[A-Za-z0-9+/_-]{60,}(?:\r?\n[A-Za-z0-9+/_-]+)+|[A-Za-z0-9+/_-]{24,})={0,2}(?![A-Za-z0-9+/_-])"
)
_NOT_CODE = re.compile(r"[^A-Za-z0-9+/]")
_URL_SAFE = str.maketrans("-_", "+/")
_MOST_STRANGE = 0.05


def encoded(text: str, signs: Sequence[bytes]) -> Iterator[tuple[int, bytes]]:
    """(line, bytes) of each run that holds text, or begins with one of these signs. Digests and keys are neither."""
    for match in _RUN.finditer(text):
        held = _held(match[0])
        if held and (held.startswith(tuple(signs)) or _is_text(held)):
            yield text.count("\n", 0, match.start()) + 1, held


def _held(run: str) -> bytes:
    code = _NOT_CODE.sub("", run.translate(_URL_SAFE))
    code = code[: len(code) - 1] if len(code) % 4 == 1 else code
    try:
        return base64.b64decode(code + "=" * (-len(code) % 4))
    except binascii.Error:
        return b""


def _is_text(held: bytes) -> bool:
    try:
        shown = held.decode("utf-8")
    except UnicodeDecodeError:
        return False
    strange = sum(1 for sign in shown if not (sign.isprintable() or sign.isspace()))
    return strange <= _MOST_STRANGE * len(shown)
