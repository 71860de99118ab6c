"""Tables as text: a turn or a case a row. Quotes, separators, encoding and line ends are kept."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from deid.config import Formats
from deid.errors import FormatError
from deid.formats._lens import Piece, Placed, apply, by_segment, share_out, splice
from deid.formats._pieces import cut
from deid.formats._tables import cells_of, check_table, confirm_cells
from deid.formats._text import Decoded, Edit, decode, edit
from deid.model import Replacement, Segment

SUFFIXES = (".csv", ".tsv")
SUMMARY = "tables as text, a turn or a case a row: every cell; formulas become text; quotes and line ends stay"

_SEPARATORS = ",;\t|"
# sep=;     Excel's own first line
_DECLARED = re.compile(r"sep=(.)(?:\n|\Z)")
# =HYPERLINK("http://...","see")   =1+1   =cmd|' /C calc'!A0     a program may run these on opening the file
_FORMULA = re.compile(r"\s*=(?=\s*[\w(+\-\"'@$])")
_STARTS_FORMULA = re.compile(r"\s*[=+\-@]")


@dataclass(frozen=True, slots=True)
class _Field:
    """One field of the source, its quotes included."""

    start: int
    end: int
    pieces: tuple[Piece, ...]
    is_quoted: bool

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class _Table:
    separator: str
    fields: dict[tuple[int, int], _Field]
    placed: list[Placed]
    at: list[tuple[int, int]]


def read(source: bytes, settings: Formats) -> tuple[Segment, ...]:
    """The cells of a table. Raises FormatError, naming the line, where a quote is not closed."""
    return tuple(item.segment for item in _table(decode(source, settings)).placed)


def write(source: bytes, replacements: tuple[Replacement, ...], settings: Formats) -> bytes:
    """The table with the replacements made; a field is put in quotes only where a replacement needs them."""
    decoded = decode(source, settings)
    table = _table(decoded)
    segments = [item.segment for item in table.placed]
    wanted = by_segment(segments, replacements)
    changed: dict[tuple[int, int], list[Edit]] = {}
    for index, edits in wanted.items():
        field = table.fields[table.at[index]]
        changed[table.at[index]] = list(_field_edits(field, table.placed[index], edits, table.separator, decoded.text))
    for at in _formulas(table):
        field = table.fields[at]
        start = field.start + field.is_quoted
        changed.setdefault(at, []).append((start, start, "'"))
    output = edit(decoded, [one for edits in changed.values() for one in edits])
    if replacements:
        confirm_cells(read(output, settings), apply(segments, replacements))
    return output


def dropped(source: bytes, settings: Formats) -> tuple[str, ...]:
    """Formulas are made text: a quote is put before them."""
    count = len(_formulas(_table(decode(source, settings))))
    return (f"formulas made text ({count})",) if count else ()


def parts(output: bytes) -> Iterator[tuple[str, str]]:
    """The whole file as text."""
    yield "text", decode(output, Formats(largest_file_mib=1 << 20)).text


def _field_edits(field: _Field, item: Placed, edits: Sequence[Edit], separator: str, text: str) -> Iterator[Edit]:
    new = splice(item.segment.text, edits)
    if _STARTS_FORMULA.match(new) and not _STARTS_FORMULA.match(item.segment.text):
        raise FormatError("a replacement would be read as a formula", hint="choose a pseudonym of letters and digits")
    if not field.is_quoted:
        lead = item.pieces[0].start
        words = text[field.start : lead] + new + text[lead + len(item.segment.text) : field.end]
        is_plain = not any(character in words for character in (separator, '"', "\n"))
        yield field.start, field.end, words if is_plain else '"' + words.replace('"', '""') + '"'
        return
    for number, local in share_out([piece.text for piece in item.pieces], edits).items():
        piece = item.pieces[number]
        is_escape = piece.end - piece.start != len(piece.text)
        for start, end, words in local:
            outer = (piece.start, piece.end) if is_escape else (piece.start + start, piece.start + end)
            yield *outer, words.replace('"', '""')


def _formulas(table: _Table) -> list[tuple[int, int]]:
    return [at for at, field in table.fields.items() if _FORMULA.match(field.text)]


def _table(decoded: Decoded) -> _Table:
    text = decoded.text
    declared = _DECLARED.match(text)
    separator = declared[1] if declared else _separator(text)
    rows = list(_rows(text, declared.end() if declared else 0, separator))
    fields = {(y, x): field for y, row in enumerate(rows) for x, field in enumerate(row)}
    placed, at = [], []
    for cell in cells_of([["" if _is_mark(field) else _shown(field) for field in row] for row in rows]):
        pieces = _trimmed(fields[cell.row, cell.column].pieces, cell.segment.text)
        placed.append(Placed(cell.segment, pieces, is_escaped=True))
        at.append((cell.row, cell.column))
    if not placed:
        raise FormatError("the table is empty", hint="export the transcript again")
    return _Table(separator, fields, placed, at)


def _shown(field: _Field) -> str:
    """A formula that was made text is shown without the quote before it."""
    text = field.text
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def _is_mark(field: _Field) -> bool:
    return field.text in {"'", '"'}


def _trimmed(pieces: tuple[Piece, ...], shown: str) -> tuple[Piece, ...]:
    """The pieces of a field without the spaces around its words, or the quote before a formula."""
    start = "".join(piece.text for piece in pieces).index(shown)
    return cut(pieces, start, start + len(shown))


def _separator(text: str) -> str:
    """The separator that the first lines have most often, outside quotes."""
    head = re.sub(r'"(?:[^"]|"")*"', "", text[:20_000])
    lines = [line for line in head.split("\n")[:20] if line.strip()]
    counts = {one: min((line.count(one) for line in lines), default=0) for one in _SEPARATORS}
    best = max(counts, key=lambda one: counts[one])
    if counts[best]:
        return best
    return max(_SEPARATORS, key=(lines[0] if lines else "").count)


def _rows(text: str, start: int, separator: str) -> Iterator[list[_Field]]:
    plain = re.compile(rf"[^{re.escape(separator)}\n]*")
    row: list[_Field] = []
    rows = cells = 0
    at = start
    while at <= len(text):
        field = _quoted(text, at) if text.startswith('"', at) else None
        if field is None:
            end = plain.match(text, at).end()  # type: ignore[union-attr]
            field = _Field(at, end, (Piece(at, end, text[at:end]),) if end > at else (), False)
        row.append(field)
        cells += 1
        at = field.end + 1
        following = text[field.end : field.end + 1]
        if following == separator:
            continue
        if following not in {"", "\n"}:
            line = text.count("\n", 0, field.end) + 1
            raise FormatError("there are words behind a closing quote", where=f"line {line}", hint="export it again")
        rows += 1
        check_table(rows, cells, f"row {rows}")
        yield row
        row = []
        if at >= len(text):
            return


def _quoted(text: str, start: int) -> _Field:
    pieces, at = [], start + 1
    while True:
        end = text.find('"', at)
        if end < 0:
            line = text.count("\n", 0, start) + 1
            raise FormatError("a quote is not closed", where=f"line {line}", hint="export the table again")
        if end > at:
            pieces.append(Piece(at, end, text[at:end]))
        if not text.startswith('""', end):
            return _Field(start, end + 1, tuple(pieces), True)
        pieces.append(Piece(end, end + 2, '"'))
        at = end + 2
