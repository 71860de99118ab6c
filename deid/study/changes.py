"""What a release changed against the one before: turn by turn, released text old and new, for people and programs."""

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from deid.cells import write_csv
from deid.model import Segment
from deid.study.verification import read_segments

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>What changed</title>
<style>body{{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}}
table{{border-collapse:collapse;width:100%}}
td,th{{border:1px solid #888;padding:.4rem;vertical-align:top;text-align:left}}
caption{{text-align:left;font-weight:bold;padding:.5rem 0}}</style></head>
<body><h1>What changed since the release before</h1>
<table><caption>{count} turns</caption><tr><th scope="col">File</th><th scope="col">Turn</th><th scope="col">Before</th>
<th scope="col">Now</th></tr>
{rows}
</table></body></html>
"""


@dataclass(frozen=True, slots=True)
class Change:
    file: str
    turn: int
    before: str
    after: str


def write_changes(before: Path, after: Path, files: Sequence[str]) -> list[str]:
    """changes.csv and changes.html into the new release's folder; both hold released text only."""
    changes = [change for file in sorted(files) for change in _of_file(before / file, after / file)]
    table = [(change.file, str(change.turn), change.before, change.after) for change in changes]
    (after / "changes.csv").write_bytes(write_csv([("file", "turn", "before", "now"), *table]))
    rows = "\n".join(
        f"<tr><td>{html.escape(one.file)}</td><td>{one.turn}</td><td>{html.escape(one.before)}</td>"
        f"<td>{html.escape(one.after)}</td></tr>"
        for one in changes
    )
    (after / "changes.html").write_bytes(_PAGE.format(count=len(changes), rows=rows).encode("utf-8"))
    return ["changes.csv", "changes.html"]


def _of_file(before: Path, after: Path) -> Iterator[Change]:
    old = read_segments(before) if before.exists() else ()
    new = read_segments(after)
    matcher = SequenceMatcher(a=[one.text for one in old], b=[one.text for one in new], autojunk=False)
    for tag, first, last, start, stop in matcher.get_opcodes():
        if tag == "equal":
            continue
        turn = _turn(new[start:stop]) or _turn(old[first:last])
        yield Change(after.name, turn, _joined(old[first:last]), _joined(new[start:stop]))


def _turn(segments: Sequence[Segment]) -> int:
    return next((segment.turn for segment in segments if segment.turn), 0)


def _joined(segments: Sequence[Segment]) -> str:
    return "\n".join(segment.text for segment in segments)
