"""Tables of a Word document: their cells, and the layout of transcription services (speaker | time | words)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from deid.formats._docx_story import w
from deid.formats._labels import is_time

_ROW, _CELL = w("tr"), w("tc")
# Heads of the columns, where the table has them.
_SPEAKER_HEAD = re.compile(r"(?:speaker|name|who|participant|initials?|person)s?", re.IGNORECASE)
_WORDS_HEAD = re.compile(
    r"(?:text|speech|utterance|transcript(?:ion)?|content|dialogue|words|what was said)s?", re.IGNORECASE
)
# Fewer rows than this do not show a pattern, unless the columns have heads.
_FEWEST_ROWS = 4
# Speakers come back; the left cells of a table of facts (Date, Place ...) do not.
_MOST_SPEAKERS = 0.5
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a table hold the speaker and the words, and the first row that does."""

    speaker: int
    words: int
    first_row: int

    def kind(self, column: int) -> str:
        """What the lines of a column are: turns are found by their speaker, times by their look."""
        return {self.speaker: "speaker", self.words: ""}.get(column, "")

    def order(self, width: int) -> list[int]:
        """Times first, then who speaks, then what is said, whatever their order on the page."""
        others = [column for column in range(width) if column not in {self.speaker, self.words}]
        return [*others, self.speaker, self.words]


def rows_of(table: etree._Element) -> Iterator[list[etree._Element]]:
    """The cells of each row of a table, without those of tables inside it."""
    for row in _within(table, _ROW):
        yield list(_within(row, _CELL))


def _within(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in {w("sdt"), w("sdtContent")}:
            yield from _within(child, tag)


def transcript_columns(rows: Sequence[Sequence[str]]) -> Columns | None:
    """The columns of a table that is a transcript, or None for any other table."""
    width = max((len(row) for row in rows), default=0)
    if not 2 <= width <= 5:
        return None
    head = [cell.strip() for cell in rows[0]]
    speaker = next((number for number, cell in enumerate(head) if _SPEAKER_HEAD.fullmatch(cell)), None)
    words = next((number for number, cell in enumerate(head) if _WORDS_HEAD.fullmatch(cell)), None)
    if speaker is not None and words is not None and len(rows) > 1:
        return Columns(speaker, words, 1)
    return _guess(rows, width) if len(rows) >= _FEWEST_ROWS else None


def _guess(rows: Sequence[Sequence[str]], width: int) -> Columns | None:
    columns = [[row[number].strip() if number < len(row) else "" for row in rows] for number in range(width)]
    talk = [number for number, cells in enumerate(columns) if not all(is_time(cell) for cell in cells if cell)]
    if len(talk) != 2:
        return None
    speaker, words = sorted(talk, key=lambda number: sum(map(len, columns[number])))
    names = [cell for cell in columns[speaker] if cell]
    is_named = names and all(len(name) <= _LONGEST_NAME and "\n" not in name for name in names)
    if not is_named or len(set(names)) > _MOST_SPEAKERS * len(names) or len(names) * 2 < len(rows):
        return None
    return Columns(speaker, words, 0)
