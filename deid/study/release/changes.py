"""What a release changed against the one before: turn by turn, released text old and new, for people and programs.

A release is often made again because a name had slipped through. What stands there now as a token is therefore blotted
out of the old text, and so is every word that is neither in the new text nor an ordinary word.
"""

import html
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from pathlib import Path

from deid.cells import write_csv
from deid.fold import folded_words
from deid.model import Segment
from deid.pseudonymise.tokens import find_tokens
from deid.study.verification import read_segments

BLOT = "███"
GONE = "no longer in the release"
_MANY_DIGITS = 5  # as many identify; fewer are a count, an age, a year

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
    before: str = field(repr=False)
    after: str = field(repr=False)


def write_changes(before: Path, after: Path, files: Sequence[str], *, is_plain: Callable[[str], bool]) -> list[str]:
    """changes.csv and changes.html into the new release's folder. `is_plain`: a folded word that names nobody."""
    changes = [change for file in sorted(files) for change in _of_file(before / file, after / file, is_plain)]
    gone = sorted(path.name for path in before.iterdir() if path.stem.endswith(f"_{before.parent.name}"))
    changes += [Change(file, 0, "", GONE) for file in gone if file not in files]
    table = [(change.file, str(change.turn), change.before, change.after) for change in changes]
    (after / "changes.csv").write_bytes(write_csv([("file", "turn", "before", "now"), *table]))
    rows = "\n".join(
        f"<tr><td>{html.escape(one.file)}</td><td>{one.turn}</td><td>{html.escape(one.before)}</td>"
        f"<td>{html.escape(one.after)}</td></tr>"
        for one in changes
    )
    (after / "changes.html").write_bytes(_PAGE.format(count=len(changes), rows=rows).encode("utf-8"))
    return ["changes.csv", "changes.html"]


def _of_file(before: Path, after: Path, is_plain: Callable[[str], bool]) -> Iterator[Change]:
    old = _turns(read_segments(before)) if before.exists() else []
    new = _turns(read_segments(after))
    matcher = SequenceMatcher(a=[text for _, text in old], b=[text for _, text in new], autojunk=False)
    for tag, first, last, start, stop in matcher.get_opcodes():
        if tag == "equal":
            continue
        now = "\n".join(text for _, text in new[start:stop])
        for was, comes in zip_longest(old[first:last], new[start:stop]):
            turn = (comes or was)[0]
            yield Change(after.name, turn, blotted(was[1], now, is_plain) if was else "", comes[1] if comes else "")


def blotted(old: str, new: str, is_plain: Callable[[str], bool]) -> str:
    """The old text without what is a token in the new one, and without words that might be anybody's."""
    was, now = _pieces(old), _pieces(new)
    said_now = {piece.text for piece in now}
    hidden = _taken_over(was, now)
    text = old
    for number, piece in reversed(list(enumerate(was))):
        might_name = not (piece.text in said_now or is_plain(piece.text) or _is_short_number(piece.text))
        if not piece.is_token and (number in hidden or might_name):
            text = f"{text[: piece.start]}{BLOT}{text[piece.end :]}"
    return text


@dataclass(frozen=True, slots=True)
class _Piece:
    """A token of ours as it stands, or a folded word outside them."""

    start: int
    end: int
    text: str = field(repr=False)
    is_token: bool


def _pieces(text: str) -> list[_Piece]:
    tokens = [_Piece(start, end, text[start:end], True) for start, end in find_tokens(text)]
    words = [_Piece(start, end, word, False) for start, end, word in folded_words(text)]
    free = [word for word in words if not any(word.start < one.end and one.start < word.end for one in tokens)]
    return sorted((*tokens, *free), key=lambda piece: piece.start)


def _taken_over(was: Sequence[_Piece], now: Sequence[_Piece]) -> set[int]:
    """Which pieces of the old text have given way to a stretch with a token in it."""
    matcher = SequenceMatcher(a=[one.text for one in was], b=[one.text for one in now], autojunk=False)
    return {
        number
        for tag, first, last, start, stop in matcher.get_opcodes()
        if tag == "replace" and any(one.is_token for one in now[start:stop])
        for number in range(first, last)
    }


def _is_short_number(word: str) -> bool:
    return word.isdigit() and len(word) < _MANY_DIGITS


def _turns(segments: Sequence[Segment]) -> list[tuple[int, str]]:
    """Turn by turn, the cues of one turn together under its speaker; what belongs to no turn by itself."""
    numbered = ((segment.turn, 0 if segment.turn else at, segment) for at, segment in enumerate(segments))
    together = groupby(numbered, key=lambda one: one[:2])
    return [(turn, _as_said(segment for _, _, segment in group)) for (turn, _), group in together]


def _as_said(turn: Iterable[Segment]) -> str:
    pieces = dict.fromkeys(f"{one.text}:" if one.kind == "speaker" else one.text for one in turn)
    return " ".join(pieces)
