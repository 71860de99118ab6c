"""Plain text: labels with a colon, in brackets or with a time; blocks, or one paragraph a line."""

from collections.abc import Iterator

from deid.config import Formats
from deid.formats._lens import Placed, apply, confirm, source_edits
from deid.formats._text import decode, edit
from deid.formats._turns import Line, turns
from deid.model import Replacement, Segment

SUFFIXES = (".txt", ".text")
SUMMARY = "plain text with or without speaker labels; encoding, byte order mark and line ends are kept"

# Above this many characters a line is a paragraph of its own and not a line of a hard-wrapped one.
_WRAPPED = 160


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
    return list(turns(_lines(text)))


def _lines(text: str) -> list[Line]:
    """The lines of a text. Only `\\n` ends one: a form feed or a Unicode line separator stays in the text."""
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append(Line(start, line))
        start += len(line) + 1
    return [Line(line.start, line.text, joins=True) for line in lines] if _is_wrapped(lines) else lines


def _is_wrapped(lines: list[Line]) -> bool:
    """Whether lines were broken by hand or by a mail program; one line in twenty may be long."""
    filled = [len(line.text) for line in lines if line.text.strip()]
    return sum(length > _WRAPPED for length in filled) * 20 < len(filled)
