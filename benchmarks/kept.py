"""Figures measured before, a small file each, so that a run that was cut off goes on where it stopped.

What a figure depends on is in its file's name, as one digest: the texts, the packages, the scorer and, for deid, all
of its code and configuration. Nothing of any text is in it.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from sets import ROOT, Set

from deid.evaluate.gold import Gold
from deid.evaluate.linking import Linking
from deid.evaluate.score import RATES, Figures, Rate
from deid.fold import WORD

FOLDER = ROOT / "build/quality"
_SCORER = tuple(f"deid/evaluate/{name}.py" for name in ("gold", "linking", "masked", "score", "systems"))
_OURS = ("deid", "configs", "benchmarks/quality.py")


def place_of(each: Set, golds: Sequence[Gold], system: str, versions: Mapping[str, str], *, is_ours: bool) -> Path:
    """Where the figures of this set and system are kept, as long as nothing that they depend on changes."""
    telling = [system, each.apart, each.is_local, WORD.pattern, *sorted(versions.items())]
    digest = hashlib.sha256(json.dumps([*telling, *map(asdict, golds)]).encode())
    for path in _files((*_SCORER, *_OURS) if is_ours else _SCORER):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return FOLDER / f"{each.name}-{system.replace(' ', '').replace(',', '-')}-{digest.hexdigest()[:16]}.json"


def keep(place: Path, figures: Figures) -> None:
    rates = {name: asdict(getattr(figures, name)) for name in RATES}
    values = {"rates": rates, "linking": asdict(figures.linking), "not_coarser": figures.not_coarser}
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(values), encoding="utf-8")


def kept(place: Path) -> Figures | None:
    """The figures without their categories; None where there are none, or none that can be read."""
    try:
        values = json.loads(place.read_text(encoding="utf-8"))
        rates = {name: Rate(**values["rates"][name]) for name in RATES}
        return Figures(**rates, linking=Linking(**values["linking"]), not_coarser=values["not_coarser"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _files(names: Iterable[str]) -> Iterable[Path]:
    for name in names:
        path = ROOT / name
        found = [path] if path.is_file() else sorted(path.rglob("*"))
        yield from (one for one in found if one.is_file() and one.suffix != ".pyc")
