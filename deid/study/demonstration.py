"""The demonstration: a study of its own on the packaged examples, which opens like any other."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from deid.config import Formats
from deid.formats import txt
from deid.study.folder import Clock, Random, create_study
from deid.study.main_job import main_job
from deid.study.roster import import_roster, read_roster
from deid.study.run import Progress, RunReport

_SHOWN = "p02.txt"
_LINES = 5
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Demonstration:
    study: Path
    report: RunReport
    passphrase: str = field(repr=False)


def examples() -> Path:
    """The packaged examples: inside the wheel, or beside the package in a checkout."""
    packaged = Path(str(resources.files("deid"))) / "examples"
    return packaged if packaged.is_dir() else packaged.parent.parent / "examples"


def demonstrate(
    folder: Path | None, *, with_roster: bool, random: Random, clock: Clock, progress: Progress | None
) -> Demonstration:
    """Make a study in the folder, or in a new temporary one, and run the main job on the examples."""
    folder = folder or Path(tempfile.mkdtemp(prefix="deid-demo-")) / "study"
    passphrase = "-".join(random(2).hex() for _ in range(6))
    study = create_study(folder, passphrase, environment=os.environ, random=random, clock=clock)
    if with_roster:
        import_roster(study, read_roster(examples() / "roster.csv"))
    return Demonstration(folder, main_job(study, [examples() / "files"], progress), passphrase)


def five_lines(shown: Demonstration) -> Iterator[tuple[str, str]]:
    """Five turns of one example before and after, those where most was replaced."""
    report = next((one for one in shown.report.files if one.source.name == _SHOWN and one.output), None)
    if report is None or report.output is None:
        return
    before = [segment.text for segment in txt.read(report.source.read_bytes(), Formats())]
    after = [segment.text for segment in txt.read(report.output.read_bytes(), Formats())]
    pairs = [(old, new) for old, new in zip(before, after, strict=True) if old != new and len(old) <= _LONGEST]
    best = sorted(pairs, key=lambda pair: -pair[1].count("["))[:_LINES]
    yield from (pair for pair in pairs if pair in best)
