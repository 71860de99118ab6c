"""Bytes <-> text of the plain formats: encoding, byte order mark and line ends survive every edit."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from deid.config import Formats
from deid.errors import FormatError

Edit = tuple[int, int, str]

_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# Control characters that no text file holds: their presence means a program wrote the bytes, not a person.
# Tab, line ends, form feed, 0x15 (CHAT's time marks) and 0x1a (an old end of file) do occur.
_BINARY = re.compile(r"[\x00-\x08\x0e-\x14\x16-\x19\x1b-\x1f]")
# Two or three bytes of UTF-8 that Windows-1252 would show as "Ã©" or "â€™", which nobody types.
_STRAY_UTF8 = re.compile(rb"\xc3[\x80-\xbf]|\xe2\x80[\x80-\xbf]")
_UTF16_ASCII = {0: "utf-16-be", 1: "utf-16-le"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A source as text with `\\n` line ends, and what is needed to write it back byte for byte."""

    text: str = field(repr=False)
    encoding: str
    bom: bytes
    raw: str = field(repr=False)
    pairs: tuple[int, ...] = field(repr=False)  # where in `text` a `\n` stands for the two characters `\r\n`

    def to_raw(self, offset: int) -> int:
        return offset + bisect_left(self.pairs, offset)

    @property
    def line_end(self) -> str:
        """The line end that most lines have."""
        singles = self.raw.count("\n") - len(self.pairs), self.raw.count("\r") - len(self.pairs)
        return max((len(self.pairs), "\r\n"), (singles[0], "\n"), (singles[1], "\r"))[1]


def decode(source: bytes, settings: Formats) -> Decoded:
    """The text of a plain-text source. Raises FormatError if it is empty, too large, or not text."""
    check_size(source, settings)
    encoding, bom = _encoding(source)
    try:
        raw = source[len(bom) :].decode(encoding)
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        raise FormatError(
            f"this is not valid {encoding}", where=f"line {line}", hint="save it again as UTF-8"
        ) from None
    if found := _BINARY.search(raw):
        line = raw[: found.start()].count("\n") + 1
        raise FormatError(
            "this is not a text file", where=f"line {line}", hint="open it where it was made and export text"
        )
    if not raw.strip():
        raise FormatError("the file has no text", hint="export the transcript again")
    text = raw.replace("\r\n", "\n").replace("\r", "\n") if "\r" in raw else raw
    starts = [found.start() for found in re.finditer("\r\n", raw)] if "\r" in raw else []
    return Decoded(text, encoding, bom, raw, tuple(start - number for number, start in enumerate(starts)))


def edit(decoded: Decoded, edits: Sequence[Edit]) -> bytes:
    """The source's bytes with `edits` (start, end, new text; offsets in `decoded.text`) made, and nothing else."""
    ordered = sorted(edits)
    if any(one[1] > two[0] for one, two in pairwise(ordered)):
        raise ValueError("two edits overlap")
    line_end = decoded.line_end if ordered else ""
    pieces, done = [], 0
    for start, end, new in ordered:
        pieces += [decoded.raw[done : decoded.to_raw(start)], new.replace("\n", line_end)]
        done = decoded.to_raw(end)
    changed = "".join([*pieces, decoded.raw[done:]])
    try:
        return decoded.bom + changed.encode(decoded.encoding)
    except UnicodeEncodeError:
        raise FormatError(
            f"a replacement holds a character that {decoded.encoding} cannot", hint="save the source as UTF-8"
        ) from None


def check_size(source: bytes, settings: Formats) -> None:
    """Raises FormatError for an empty file and for one above the largest size that the settings allow."""
    if not source:
        raise FormatError("the file is empty", hint="export the transcript again")
    if len(source) > settings.largest_file_mib * 1024 * 1024:
        raise FormatError(
            f"the file is larger than {settings.largest_file_mib} MiB", hint="formats.largest_file_mib sets the limit"
        )


def _encoding(source: bytes) -> tuple[str, bytes]:
    """The encoding by which the bytes survive a round trip, and the byte order mark."""
    for bom, encoding in _BOMS:
        if source.startswith(bom):
            return encoding, bom
    if b"\x00" in source[:4096]:
        return _utf16_without_mark(source[:4096]), b""
    try:
        source.decode("utf-8")
    except UnicodeDecodeError as error:
        return _eight_bits(source, error), b""
    return "utf-8", b""


def _utf16_without_mark(head: bytes) -> str:
    """English in UTF-16 has a zero in every second byte; zeros elsewhere mean that this is no text."""
    zeros = [head[0::2].count(0), head[1::2].count(0)]
    if min(zeros) or max(zeros) * 4 < len(head):
        raise FormatError("this is not a text file", hint="open it where it was made and export text")
    return _UTF16_ASCII[zeros.index(max(zeros))]


def _eight_bits(source: bytes, error: UnicodeDecodeError) -> str:
    if _STRAY_UTF8.search(source):
        line = source[: error.start].count(b"\n") + 1
        raise FormatError("two encodings are mixed in this file", where=f"line {line}", hint="save it again as UTF-8")
    try:
        source.decode("cp1252")
    except UnicodeDecodeError:
        return _guess(source)
    return "cp1252"


def _guess(source: bytes) -> str:
    """The last resort, for a file that is neither UTF-8 nor Windows-1252."""
    from charset_normalizer import from_bytes

    best = from_bytes(source[:262_144]).best()
    if best is None or source.decode(best.encoding, "replace").encode(best.encoding, "replace") != source:
        raise FormatError("the encoding of this file is not known", hint="save it again as UTF-8")
    return best.encoding
