"""Each promise of docs/threat_model.md names a test, and the test is there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "threat_model.md").read_text(encoding="utf-8")
# "`tests/vault/test_seal.py::test_every_truncation_is_refused`"
_NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_every_test_that_the_page_names_exists() -> None:
    named = _NAMED.findall(PAGE)
    assert len(named) > 20
    for path, name in named:
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, f"{path}::{name}"


def test_every_promise_names_a_test() -> None:
    promises = PAGE.partition("## What is promised")[2].partition("\n\n**")[0]
    rows = [line for line in promises.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 10 and all(_NAMED.search(row) for row in rows)


def test_every_vector_that_the_page_names_exists() -> None:
    line = next(line for line in PAGE.splitlines() if "(vectors " in line)
    for name in re.findall(r"`(\w+)`", line.partition("(vectors ")[2]):
        assert (Path(__file__).parent / "vectors" / name).is_file()
