"""The anonymisation log that archives ask for (UK Data Service): one row a replacement, in the order of the text.

Originals are not in the log. A caller who may reveal them (bulk reveal, on record) gives a function that finds them.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from deid.cells import write_csv
from deid.model import AuditEvent

COLUMNS = ("file", "turn", "time code", "category", "replacement", "technique", "reason", "who", "when")
ORIGINAL = "original"

FindOriginal = Callable[[AuditEvent], str]
WriteWorkbook = Callable[[Sequence[Sequence[str]]], bytes]


@dataclass(frozen=True, slots=True)
class Row:
    """`who` is the program, or the reviewer whose decision stands behind the replacement."""

    file: str
    turn: int
    timecode: str
    category: str
    replacement: str
    technique: str
    reason: str
    who: str
    when: str
    original: str = field(default="", repr=False)


def rows_from_log(
    events: Iterable[AuditEvent], place: str = "drafts", find_original: FindOriginal | None = None
) -> tuple[Row, ...]:
    """Rows of the newest version of every output in a place (drafts, releases/archive/1)."""
    coming: dict[str, list[AuditEvent]] = {}
    current: dict[str, list[AuditEvent]] = {}
    decided: dict[str, tuple[str, str]] = {}
    for event in events:
        detail = event.detail or {}
        output = str(detail.get("output", ""))
        if event.action in ("decided", "added", "merged", "split"):
            decided[str(detail.get("decision"))] = (event.actor, str(detail.get("reason", "")))
        elif event.action == "withdrawal_intent":
            for gone in _strings(detail.get("outputs")):
                current.pop(gone, None)
        elif output.rpartition("/")[0] != place:
            continue
        elif event.action == "replaced":
            coming.setdefault(output, []).append(event)
        elif event.action == "output_intent":
            current[output] = coming.pop(output, [])
        elif event.action == "output_removed":
            current.pop(output, None)
    return tuple(
        _row(event, decided, find_original)
        for output in sorted(current)
        for event in sorted(current[output], key=_position)
    )


def to_csv(rows: Sequence[Row], *, with_originals: bool = False) -> bytes:
    return write_csv(table(rows, with_originals=with_originals))


def to_json(rows: Sequence[Row], *, with_originals: bool = False) -> bytes:
    head, *cells = table(rows, with_originals=with_originals)
    listed = [dict(zip(head, row, strict=True)) for row in cells]
    return (json.dumps(listed, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def to_workbook(rows: Sequence[Row], write: WriteWorkbook, *, with_originals: bool = False) -> bytes:
    """As `write` makes a workbook of rows of text, none of which it lets be a formula."""
    return write(table(rows, with_originals=with_originals))


def table(rows: Sequence[Row], *, with_originals: bool = False) -> list[list[str]]:
    """The head and the rows as text."""
    head = [*COLUMNS, ORIGINAL] if with_originals else list(COLUMNS)
    return [head, *(_cells(row, with_originals) for row in rows)]


def _row(event: AuditEvent, decided: dict[str, tuple[str, str]], find_original: FindOriginal | None) -> Row:
    detail = event.detail or {}
    reviewer, reason = decided.get(str(detail.get("decision")), ("", ""))
    return Row(
        file=str(detail["output"]).rpartition("/")[2],
        turn=int(str(detail["turn"])),
        timecode=str(detail["timecode"]),
        category=str(detail["category"]),
        replacement=str(detail["token"]),
        technique=str(detail["technique"]),
        reason=reason or str(detail.get("reason", "")) or f"found by {detail['recogniser']}",
        who=reviewer or event.actor,
        when=event.time,
        original=find_original(event) if find_original else "",
    )


def _cells(row: Row, with_originals: bool) -> list[str]:
    cells = [
        row.file,
        str(row.turn),
        row.timecode,
        row.category,
        row.replacement,
        row.technique,
        row.reason,
        row.who,
        row.when,
    ]
    return [*cells, row.original] if with_originals else cells


def _position(event: AuditEvent) -> tuple[int, int]:
    detail = event.detail or {}
    return int(str(detail["segment"])), int(str(detail["start"]))


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list | tuple) else ()
