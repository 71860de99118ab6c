"""A kill at any instant loses nothing; two processes at once lose nothing and give nobody two pseudonyms."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from deid.study.verification import verify_study
from tests.invented import again, everything_in, new_study, run_on, two_sources

KILLS = int(os.environ.get("DEID_KILLS", "3"))
ROOT = Path(__file__).parents[2]


def start(study: Path, seed: str, *sources: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.study.worker", str(study), seed, *map(str, sources)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


@pytest.fixture(scope="module")
def seconds_a_run(tmp_path_factory: pytest.TempPathFactory) -> float:
    """How long the part takes that is worth killing: from the open study to the end."""
    folder = tmp_path_factory.mktemp("timed")
    sources = two_sources(folder / "sources")
    new_study(folder / "study")
    process = start(folder / "study", "timed", sources)
    assert process.stdout is not None
    process.stdout.readline()
    begun = time.monotonic()
    process.wait(120)
    return time.monotonic() - begun


@pytest.mark.parametrize("number", range(KILLS))
def test_a_kill_at_any_instant_loses_nothing(number: int, tmp_path: Path, seconds_a_run: float) -> None:
    sources = two_sources(tmp_path / "sources")
    untouched = everything_in(sources)
    new_study(tmp_path / "study")
    process = start(tmp_path / "study", f"killed {number}", sources)
    assert process.stdout is not None
    process.stdout.readline()
    # The second half of a run is where it writes.
    time.sleep(random.uniform(0.4, 1.0) * seconds_a_run)
    process.kill()
    process.wait(30)

    found = verify_study(tmp_path / "study")
    assert found.ok, [problem.kind for problem in found.problems]
    report = run_on(again(tmp_path / "study"), sources)
    assert report.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "study" / "drafts").iterdir()) == [
        "P01-1_draft.txt",
        "P02-1_draft.txt",
    ]
    assert verify_study(tmp_path / "study").ok
    assert run_on(again(tmp_path / "study"), sources).written == 0
    assert everything_in(sources) == untouched


def test_two_processes_at_once_lose_nothing_and_agree(tmp_path: Path) -> None:
    sources = two_sources(tmp_path / "sources")
    new_study(tmp_path / "study")
    processes = [
        start(tmp_path / "study", f"at once {number}", source)
        for number, source in enumerate(sorted(sources.iterdir()))
    ]
    for process in processes:
        said, _ = process.communicate(timeout=120)
        assert "done 0" in said
    study = again(tmp_path / "study")
    forms = Counter(form for entry in study.contents.entries for form in entry.entity.forms)
    assert forms["Barnabas Quillfeather"] == 1
    assert {source.code for source in study.contents.sources} == {"P01-1", "P02-1"}
    assert verify_study(tmp_path / "study").ok
    before = everything_in(tmp_path / "study" / "drafts")
    run_on(study, sources)
    assert everything_in(tmp_path / "study" / "drafts") == before
