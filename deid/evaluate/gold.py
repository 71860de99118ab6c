"""Gold data: texts in which a person marked what identifies and what must stay readable. One JSON object a line.

Read strictly: figures on gold that contradicts itself mean nothing, so the first fault ends the reading.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from deid.errors import AskedWrongly
from deid.model import Category


@dataclass(frozen=True, slots=True)
class Marked:
    """text[start:end] identifies. `optional`: right to mask, right to leave. `direct`: identifies alone.

    `entity` names one real thing over all texts, as CATEGORY:slug.
    """

    start: int
    end: int
    category: Category
    direct: bool
    entity: str = field(repr=False)
    optional: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """text[start:end] must stay readable."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Gold:
    """`file`: the source as a reader gets it, from the gold file's folder; "" where there is only a text.

    `hidden`: what the file holds outside its visible text (properties, names, comments); none of it may survive.
    """

    id: str
    file: str = field(repr=False)
    text: str = field(repr=False)
    spans: tuple[Marked, ...]
    keep: tuple[Kept, ...]
    hidden: tuple[str, ...] = field(default=(), repr=False)


def read_gold(path: Path) -> tuple[Gold, ...]:
    """Every line of the file, checked. Raises AskedWrongly with file and line, never with the text."""
    try:
        lines = path.read_bytes().decode("utf-8-sig").split("\n")
    except OSError:
        raise AskedWrongly("the gold file cannot be read", where=str(path)) from None
    except UnicodeDecodeError:
        raise AskedWrongly("the gold file is not UTF-8 text", where=str(path)) from None
    golds: dict[str, Gold] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            gold = _gold(_object(line))
            _expect(gold.id not in golds, "an earlier line has the same id")
        except _Fault as fault:
            hint = "docs/reference/evaluation.md describes gold data"
            raise AskedWrongly(str(fault), where=f"{path}:{number}", hint=hint) from None
        golds[gold.id] = gold
    if not golds:
        raise AskedWrongly("the gold file holds no text", where=str(path))
    return tuple(golds.values())


_Place = TypeVar("_Place", Marked, Kept)


class _Fault(Exception):
    """What is wrong with a line, without its text."""


def _expect(is_right: bool, fault: str) -> None:
    if not is_right:
        raise _Fault(fault)


def _object(line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
        json.dumps(value, ensure_ascii=False).encode("utf-8")  # half a surrogate pair reads, but cannot be written
    except (ValueError, RecursionError):
        raise _Fault("this is not JSON") from None
    needed: dict[str, type] = {"id": str, "file": str, "text": str, "spans": list, "keep": list}
    return _keys(value, "the line", needed, {"hidden": list})


def _gold(value: dict[str, Any]) -> Gold:
    text = value["text"]
    spans = [_marked(text, number, span) for number, span in enumerate(value["spans"], 1)]
    keep = [_kept(text, number, kept) for number, kept in enumerate(value["keep"], 1)]
    _expect(bool(value["id"]), "id is empty")
    _expect(not _overlap([*spans, *keep]), "two spans overlap")
    hidden = [
        _keys(part, f"hidden part {number}", {"where": str, "text": str})["text"]
        for number, part in enumerate(value.get("hidden", []), 1)
    ]
    return Gold(value["id"], value["file"], text, _in_order(spans), _in_order(keep), tuple(hidden))


def _marked(text: str, number: int, value: object) -> Marked:
    kinds: dict[str, type] = {"category": str, "direct": bool, "entity": str, "optional": bool}
    what = f"span {number}"
    span = _keys(value, what, {"start": int, "end": int, "text": str, **kinds})
    _check_place(text, what, span)
    _expect(span["category"] in Category.__members__, f"the category of {what} is unknown")
    _expect(bool(span["entity"]), f"the entity of {what} is empty")
    return Marked(
        span["start"], span["end"], Category(span["category"]), span["direct"], span["entity"], span["optional"]
    )


def _kept(text: str, number: int, value: object) -> Kept:
    what = f"keep {number}"
    span = _keys(value, what, {"start": int, "end": int, "text": str})
    _check_place(text, what, span)
    return Kept(span["start"], span["end"])


def _check_place(text: str, what: str, span: dict[str, Any]) -> None:
    start, end = span["start"], span["end"]
    _expect(0 <= start < end <= len(text), f"the offsets of {what} lie outside the text")
    _expect(text[start:end] == span["text"], f"the offsets of {what} do not cut out its text")


def _keys(value: object, what: str, needed: dict[str, type], allowed: dict[str, type] | None = None) -> dict[str, Any]:
    """The value, if it is an object with exactly these keys, each of its type. True and False are no numbers."""
    _expect(isinstance(value, dict), f"{what} is not an object")
    assert isinstance(value, dict)  # noqa: S101  for the type checker
    known = needed | (allowed or {})
    for key in needed:
        _expect(key in value, f"{what} lacks {key}")
    _expect(value.keys() <= known.keys(), f"{what} has a key that gold data does not know")
    for key, entry in value.items():
        _expect(type(entry) is known[key], f"{key} of {what} is not of the right type")
    return value


def _overlap(spans: Iterable[Marked | Kept]) -> bool:
    places = sorted((span.start, span.end) for span in spans)
    return any(end > start for (_, end), (start, _) in pairwise(places))


def _in_order(spans: list[_Place]) -> tuple[_Place, ...]:
    return tuple(sorted(spans, key=lambda span: span.start))
