"""Marked texts as what the tagger is taught on: pieces as deid's own reader cuts them, each with its class."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from deid.detect.passage import NOBODY
from deid.detect.rampart import Rampart
from deid.detect.tagger import CLASSES, Row, Rows, reaches, seen_of
from deid.detect.turns import Stretch, stretches
from deid.evaluate.gold import Marked, read_gold
from deid.formats.txt import layout
from deid.model import Category, Transcript
from tests.gold.build import read_marks

ROOT = Path(__file__).resolve().parents[2]
TEXTS = Path(__file__).with_name("texts")
# Nothing that is sealed: what the tagger was taught on says nothing of what it will find.
OPEN = (
    "tune", "interviews_tune", "interviews_fresh", "interviews_last", "interviews_own_open", "interviews_shared_open",
    "sentences_more", "sentences_readable", "sentences_unseen",
)  # fmt: skip
UNSEEN = "unseen"  # the folder that is never taught: what a tagger is judged on before anything sealed is asked
UNTOLD = -100  # torch's mark for what no loss is counted on: a span that may be hidden or not
_ITEM = re.compile(r"^== ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Taught:
    """One reach of talk. `seen`: (pieces, FIGURES), what the tagger reads; `classes`: (pieces,)."""

    seen: np.ndarray
    classes: np.ndarray


def sources(left_out: Sequence[str] = ()) -> list[Path]:
    """The gold files and the marked texts, without those (a file's stem, a folder's name) that `left_out` names."""
    gold = [ROOT / "examples" / "gold.jsonl", *(ROOT / "tests" / "gold" / f"{name}.jsonl" for name in OPEN)]
    texts = sorted(TEXTS.glob("*/*.src"))
    return [path for path in (*gold, *texts) if not {path.stem, path.parent.name} & {UNSEEN, *left_out}]


def read_all(sources: Sequence[Path], reader: Rampart) -> list[Taught]:
    """What is taught of gold files (.jsonl) and of marked sources (.src)."""
    taught = []
    for path in sources:
        passages = list(_passages(path, reader))
        states = reader.states([row for _, rows, _ in passages for row in rows])[1]
        seen = seen_of([(text, rows) for text, rows, _ in passages], states)
        for _, rows, classes in passages:
            for first, stop in reaches(rows):
                told = [classes[piece.start] for row in rows[first:stop] for piece in row]
                taught.append(Taught(next(seen).astype(np.float16), np.array(told)))
    return taught


def rows_of(path: Path, reader: Rampart) -> Iterator[Row]:
    """All rows of the talk in a file."""
    return (row for _, rows, _ in _passages(path, reader) for row in rows)


def _passages(path: Path, reader: Rampart) -> Iterator[tuple[str, Rows, list[int]]]:
    """Each passage of talk with its rows and the class of each character."""
    for text, classes in _marked(path):
        segments = layout(text)
        transcript = Transcript("", tuple(segment for segment, _ in segments))
        for stretch in stretches(transcript, NOBODY):
            if stretch.passage.kind == "speech":
                carried = _carried(stretch, [start for _, start in segments], classes)
                yield stretch.passage.text, list(reader.rows(stretch.passage.text)), carried


def _marked(path: Path) -> Iterator[tuple[str, list[int]]]:
    """Each text with the class of each of its characters. A source may hold items, each after a line `== its name`."""
    if path.suffix == ".jsonl":
        for gold in read_gold(path):
            yield gold.text, _classes(gold.text, gold.spans)
        return
    source = path.read_text(encoding="utf-8")
    for item in [one.partition("\n")[2].strip("\n") for one in _ITEM.split(source)[1:]] or [source]:
        marked = read_marks(item, path.stem, where=path.name)
        spans = [Marked(**{**span, "category": Category(span["category"])}) for span in _without_texts(marked)]
        yield str(marked["text"]), _classes(str(marked["text"]), spans)


def _without_texts(marked: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for span in marked["spans"]:
        yield {name: value for name, value in span.items() if name != "text"}


def _classes(text: str, spans: Sequence[Marked]) -> list[int]:
    classes = [0] * len(text)
    for span in spans:
        number = UNTOLD if span.optional else CLASSES.index(span.category) + 1
        classes[span.start : span.end] = [number] * (span.end - span.start)
    return classes


def _carried(stretch: Stretch, starts: Sequence[int], classes: Sequence[int]) -> list[int]:
    """The class of each character of a passage, which is made of pieces of segments of the text."""
    carried = [0] * len(stretch.passage.text)
    for piece in stretch.pieces:
        first = starts[piece.segment] + piece.offset
        carried[piece.start : piece.start + piece.length] = classes[first : first + piece.length]
    return carried
