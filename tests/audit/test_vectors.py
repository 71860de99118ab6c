import json
import re
from pathlib import Path

import pytest

from deid.audit.anchor import read_anchors
from deid.audit.problems import MEANINGS, NOTES
from deid.audit.verify import verify
from deid.errors import LogError
from tests.audit.vectors.build import build

FOLDER = Path(__file__).parent / "vectors"
INDEX = json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", INDEX["vectors"])
def test_every_vector_is_judged_as_its_index_says(name: str):
    path, expected = FOLDER / f"{name}.jsonl", INDEX["vectors"][name]
    if not expected["readable"]:
        with pytest.raises(LogError):
            verify(path)
        return
    found = verify(path)
    told = {each.kind for each in (*found.problems, *found.notes)}
    assert found.ok is expected["ok"], told
    assert verify(path, INDEX["anchor"]).ok is expected["ok_with_anchor"]
    assert expected["tells"] in told or (not expected["tells"] and not told)


def test_the_vectors_are_what_the_program_writes(tmp_path: Path):
    build(tmp_path)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == sorted(path.name for path in FOLDER.iterdir() if path.suffix in (".json", ".jsonl"))
    for name in names:
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), name


def test_one_fault_a_file_and_every_vector_listed():
    assert {path.stem for path in FOLDER.glob("*.jsonl")} == set(INDEX["vectors"])


def test_every_kind_of_problem_has_a_meaning_that_says_something():
    for kind, meaning in MEANINGS.items():
        assert meaning.endswith((".", ".)")) and len(meaning) > 20, kind
    assert set(MEANINGS) >= NOTES


def test_the_anchor_in_the_boards_guide_is_a_whole_one():
    guide = (FOLDER.parents[2] / "docs/guides/ethics_board.md").read_text(encoding="utf-8")
    assert len(read_anchors(guide)) == 1


def test_the_page_names_every_kind_of_problem():
    page = (FOLDER.parents[2] / "docs/reference/audit_format.md").read_text(encoding="utf-8")
    section = page[page.index("<!-- problems") : page.index("What was tried on")]
    assert set(re.findall(r"`([a-z_]+)`", section)) == set(MEANINGS)
