"""A study of invented people in a temporary folder, read by a tiny fake model: quick enough for every test."""

import itertools
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from deid.config import Settings
from deid.detect.engine import Detector
from deid.detect.passage import ModelSpan
from deid.region import load_region
from deid.study.folder import Study, create_study, open_study
from deid.study.run import RunReport, run
from deid.study.sources import collect
from deid.vault.seal import Passphrase

PASSPHRASE = "four invented test words"

INTERVIEW = """\
INT: Could you say who you are?

P01: I'm Wilhelmina Oddington, I work for Kent Police in Maidstone.

INT: And who do you work with?

P01: Mostly Barnabas Quillfeather. Barnabas rings me on 07700 900123 most days.
"""
SECOND = """\
INT: Who else is there?

P02: Barnabas Quillfeather, from Whitstable. And Mrs Oddington, of course.
"""


class FakeModel:
    """Two capitalised words in a row are a person. Enough of a model to see that one is used."""

    name = "spacy"
    reads_case = True
    fingerprint = "fake"

    def read(self, texts: Sequence[str]) -> list[tuple[ModelSpan, ...]]:
        pair = re.compile(r"(?<![.?!] )\b(?!Kent|And|Mrs)[A-Z][a-z]+ [A-Z][a-z]+\b")
        return [
            tuple(ModelSpan(m.start(), m.end(), "PERSON", 0.9, self.name) for m in pair.finditer(text))
            for text in texts
        ]


def random_bytes(seed: str) -> Callable[[int], bytes]:
    """Bytes that look random and come again: two studies of one seed are copies of each other."""
    count = itertools.count()

    def block() -> bytes:
        return sha256(f"{seed} {next(count)}".encode()).digest()

    return lambda size: b"".join(block() for _ in range(size // 32 + 1))[:size]


def clock() -> datetime:
    return datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def new_study(folder: Path, seed: str = "one", *, more_settings: str = "") -> Study:
    """A study whose passphrase costs the least that the settings allow."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = f"[vault]\nmemory_mib = 64\npasses = 1\n{more_settings}"
    (folder / "deid.toml").write_text(settings, encoding="utf-8")
    return create_study(folder, PASSPHRASE, environment={}, random=random_bytes(seed), clock=clock)


def again(folder: Path, seed: str = "again") -> Study:
    return open_study(folder, Passphrase(PASSPHRASE), environment={}, random=random_bytes(seed), clock=clock)


def fake_detector() -> Detector:
    return Detector(Settings(), load_region("kent-medway"), readers=[FakeModel()])


def run_on(study: Study, *paths: Path) -> RunReport:
    return run(study, collect(paths, study=study.folder, settings=study.settings), fake_detector())


def two_sources(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "Wilhelmina first.txt").write_text(INTERVIEW, encoding="utf-8")
    (folder / "second.txt").write_text(SECOND, encoding="utf-8")
    return folder


def everything_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


PUBLIC_PLACES = ("study", "repository", "Dropbox", "taken")


def public_place(place: str, study: Study, tmp_path: Path, name: str) -> Path:
    """A file that may not hold originals: in the study, a repository or a synchronised folder, or there already."""
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "taken.csv").touch()
    folder = {"study": study.folder, "taken": tmp_path}.get(place, tmp_path / place)
    return folder / ("taken.csv" if place == "taken" else name)
