"""Plain text: labels with a colon, in brackets or with a time; blocks, or one paragraph a line."""

from collections.abc import Iterator

from deid.config import Formats
from deid.formats._lens import Placed, apply, confirm, source_edits
from deid.formats._text import decode, edit
from deid.formats._turns import split_lines, turns
from deid.model import Replacement, Segment

SUFFIXES = (".txt", ".text")
SUMMARY = "plain text with or without speaker labels; encoding, byte order mark and line ends are kept"


def read(source: bytes, settings: Formats) -> tuple[Segment, ...]:
    """The segments of a text file."""
    return tuple(item.segment for item in _placed(decode(source, settings).text))


def write(source: bytes, replacements: tuple[Replacement, ...], settings: Formats) -> bytes:
    """The file with the replacements made. Raises FormatError if its encoding cannot hold one."""
    decoded = decode(source, settings)
    placed = _placed(decoded.text)
    output = edit(decoded, source_edits(placed, replacements))
    if replacements:
        confirm(read(output, settings), apply([item.segment for item in placed], replacements))
    return output


def dropped(source: bytes, settings: Formats) -> tuple[str, ...]:
    """Nothing is dropped from plain text."""
    return ()


def parts(output: bytes) -> Iterator[tuple[str, str]]:
    """The whole file as text."""
    yield "text", decode(output, Formats(largest_file_mib=1 << 20)).text


def layout(text: str) -> tuple[tuple[Segment, int], ...]:
    """The segments of a text that is already decoded (line ends `\\n`), each with its offset in that text."""
    return tuple((item.segment, item.pieces[0].start) for item in _placed(text))


def _placed(text: str) -> list[Placed]:
    return list(turns(split_lines(text)))
