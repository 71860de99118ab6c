"""What the cells of a table are: turns of a transcript, or cases with one column of free text. For csv and xlsx."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from deid.errors import FormatError
from deid.formats._docx_tables import Columns, transcript_columns
from deid.formats._labels import is_time
from deid.model import Segment

# A study of interviews has some thousand rows. Above this a table is an export of something else, and takes hours.
MOST_ROWS = 100_000
MOST_CELLS = 1_000_000


class Cell(NamedTuple):
    """Where a cell stands in its table, and what it is."""

    row: int
    column: int
    segment: Segment


def check_table(rows: int, cells: int, where: str) -> None:
    """Raises FormatError for a table that is too large to be a study's."""
    if rows > MOST_ROWS or cells > MOST_CELLS:
        raise FormatError(
            f"the table has more than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells",
            where=where,
            hint="split it into several files",
        )


def cells_of(rows: Sequence[Sequence[str]], *, turn: int = 0) -> Iterator[Cell]:
    """Every cell that is not blank, in reading order; a row is a turn. Turns are counted on from `turn`."""
    if not rows:
        return
    columns = transcript_columns(rows)
    first = columns.first_row if columns else int(_has_head(rows))
    told = columns.words if columns else _told(rows[first:])
    for number, row in enumerate(rows):
        if not any(cell.strip() for cell in row):
            continue
        turn += number >= first
        is_talk = columns is not None and number >= first and len(row) > max(columns.speaker, columns.words)
        clock = next((cell.strip() for cell in row if is_time(cell.strip())), "") if is_talk else ""
        for column in _order(len(row), columns if is_talk else None):
            if words := row[column].strip():
                kind = "heading" if number < first else _kind(column, told, columns)
                yield Cell(number, column, Segment(kind, words, turn if number >= first else 0, clock))


def _order(width: int, columns: Columns | None) -> list[int]:
    """From left to right, but that who speaks comes before what is said."""
    order = list(range(width))
    if columns and columns.speaker > columns.words:
        order.remove(columns.speaker)
        order.insert(columns.words, columns.speaker)
    return order


def _kind(column: int, told: int, columns: Columns | None) -> str:
    if column == told:
        return "speech"
    return "speaker" if columns and column == columns.speaker else "cell"


def _has_head(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns: words, all of them different, above at least one row of data."""
    head = [cell.strip() for cell in rows[0]]
    filled = [cell for cell in head if cell]
    is_full = len(filled) >= max(1, len(head) - 1) and len(set(filled)) == len(filled)
    return len(rows) > 1 and is_full and not any(cell.replace(".", "").isdigit() for cell in filled)


def _told(rows: Sequence[Sequence[str]]) -> int:
    """The column with the most words: what a case is told in. The others are facts about it."""
    width = max((len(row) for row in rows), default=0)
    sizes = [sum(len(row[column].strip()) for row in rows if column < len(row)) for column in range(width)]
    return sizes.index(max(sizes)) if sizes else 0


def confirm_cells(found: Sequence[Segment], wanted: Sequence[Segment]) -> None:
    """Raises FormatError unless the output holds the same cells; of what kind may look otherwise by now."""
    if [one.text for one in found] != [one.text.strip() for one in wanted]:
        raise FormatError("a replacement would break this table", hint="choose a pseudonym of letters and digits")
