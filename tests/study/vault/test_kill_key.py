"""A kill at any instant of a rotation or a withdrawal loses nothing; eight processes at once lose nothing."""

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deid.study.folder import Study
from deid.study.roster import import_roster
from deid.study.vault.certificate import certificate_of_withdrawal
from deid.study.vault.key_life import rotate
from deid.study.vault.withdrawal import UNDER_WAY, withdraw_participant
from deid.study.verification import verify_study
from deid.vault.codec import encode
from tests.invented import again, everything_in, new_study, run_on, two_sources
from tests.study.vault.test_withdrawal import ROSTER

KILLS = int(os.environ.get("DEID_KILLS", "3"))
ROOT = Path(__file__).parents[3]
AT_ONCE = 8


def start(module: str, *words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", f"tests.study.{module}", *map(str, words)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder = tmp_path_factory.mktemp("made")
    study = new_study(folder / "study")
    import_roster(study, ROSTER)
    run_on(study, two_sources(folder / "sources"))
    return study


@pytest.fixture
def study(made: Study, tmp_path: Path) -> Study:
    shutil.copytree(made.folder, tmp_path / "study")
    return again(tmp_path / "study")


def killed(process: subprocess.Popen[str], after: float) -> None:
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(after)
    process.kill()
    process.communicate(timeout=30)


@pytest.mark.parametrize("number", range(KILLS))
def test_a_rotation_killed_at_any_instant_loses_nothing(number: int, study: Study) -> None:
    before = study.contents
    killed(start("key_worker", study.folder, f"killed {number}", "rotate"), random.uniform(0, 0.5))
    found = verify_study(study.folder)
    assert found.ok, [problem.kind for problem in found.problems]
    later = again(study.folder)
    assert (later.contents.keys, later.contents.entries) == (before.keys, before.entries)
    rotate(later)
    assert verify_study(study.folder).ok


@pytest.mark.parametrize("number", range(KILLS))
def test_a_withdrawal_killed_at_any_instant_is_not_begun_or_is_finished_afterwards(number: int, study: Study) -> None:
    others = [entry.tokens for entry in study.contents.entries if "Barnabas Quillfeather" in entry.entity.forms]
    killed(start("key_worker", study.folder, f"killed {number}", "P01"), random.uniform(0, 0.12))
    found = verify_study(study.folder)
    assert found.ok, [problem.kind for problem in found.problems]
    later = again(study.folder)
    if "P01" not in later.contents.suppressed.codes or UNDER_WAY in later.contents.options:
        withdraw_participant(later, "P01")
    assert "oddington" not in encode(later.contents).decode().casefold()
    assert not (study.drafts / "P01-1_draft.txt").exists() and (study.drafts / "P02-1_draft.txt").exists()
    assert others == [e.tokens for e in later.contents.entries if "Barnabas Quillfeather" in e.entity.forms]
    assert "CERTIFICATE" in certificate_of_withdrawal(later.log, "P01")
    assert verify_study(study.folder).ok
    assert not [path for path in study.folder.iterdir() if path.name.endswith((".part", ".torn"))]


def test_eight_processes_at_once_lose_nothing_and_give_nobody_two_pseudonyms(study: Study, tmp_path: Path) -> None:
    sources = []
    for number, name in enumerate(("Ash", "Birch", "Cedar", "Damson", "Elder", "Fig", "Gorse", "Hazel")):
        source = tmp_path / f"at once {number}.txt"
        text = f"INT: Who?\n\nP{number + 11}: Thaddeus {name}wright and Barnabas Quillfeather.\n"
        source.write_text(text, encoding="utf-8")
        sources.append(source)
    processes = [start("worker", study.folder, f"at once {n}", source) for n, source in enumerate(sources)]
    for process in processes:
        said, _ = process.communicate(timeout=300)
        assert "done 0" in said
    later = again(study.folder)
    people = [entry for entry in later.contents.entries if entry.entity.category == "PERSON"]
    forms = [form for entry in people for form in entry.entity.forms]
    assert forms.count("Barnabas Quillfeather") == 1 and len([form for form in forms if form.endswith("wright")]) >= 8
    tokens = [entry.tokens["archive"] for entry in people if "archive" in entry.tokens]
    assert len(tokens) == len(set(tokens))
    assert len(later.contents.sources) == 2 + AT_ONCE == len(everything_in(later.drafts))
    assert verify_study(later.folder).ok
