"""The self-test finds nothing where all is well, and something where a writer is broken."""

import json
import random
from types import ModuleType

import pytest
from click.testing import CliRunner

from deid.cli.selftest import selftest
from deid.config import Formats
from deid.formats import choose, csv, rtf, vtt, xlsx
from deid.model import Replacement
from deid.study.evaluate.planting import BUILDERS
from deid.study.evaluate.selftest import FormatResult, run_all


def run(seed: int = 7) -> tuple[FormatResult, ...]:
    return run_all(random.Random(seed).randbytes, Formats())


@pytest.fixture(autouse=True)
def without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting LibreOffice takes seconds; tests/formats does it once."""
    monkeypatch.setattr(rtf, "libreoffice", lambda: None)


def test_every_format_is_tested_and_nothing_survives() -> None:
    assert set(BUILDERS) == set(choose.names())
    results = run()
    tested = [one for one in results if not one.left_out]
    assert {one.format for one in results} == set(choose.names())
    assert [one.format for one in results if one.left_out] == ["rtf"]
    assert len(tested) >= 13
    assert sum(len(one.places) for one in tested) >= 60
    assert not [place for one in tested for place in one.survivors]


def test_the_names_are_fresh_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: set[str] = set()
    write = vtt.write

    def spy(source: bytes, replacements: tuple[Replacement, ...], settings: Formats) -> bytes:
        seen.add(source.decode().split()[1])
        return write(source, replacements, settings)

    monkeypatch.setattr(vtt, "write", spy)
    run(1), run(2)
    assert len(seen) == 2


@pytest.mark.parametrize("broken", [csv, vtt, xlsx])
def test_a_broken_writer_makes_it_fail(broken: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    write = broken.write
    monkeypatch.setattr(
        broken, "write", lambda source, replacements, settings: write(source, replacements[1:], settings)
    )
    found = {one.format: one.survivors for one in run()}
    name = broken.__name__.rpartition(".")[2]
    assert len(found.pop(name)) == 1
    assert not any(found.values())

    answer = CliRunner().invoke(selftest, ["--json"], standalone_mode=False)
    assert answer.return_value == 1
    assert json.loads(answer.output)["survivors"] >= 1


def test_the_command_prints_a_table_and_three_numbers() -> None:
    table = CliRunner().invoke(selftest, [], standalone_mode=False)
    assert table.return_value == 0
    assert "LibreOffice is not installed" in table.output
    answer = CliRunner().invoke(selftest, ["--json"], standalone_mode=False)
    numbers = json.loads(answer.output)
    assert list(numbers) == ["formats", "places", "survivors"]
    assert numbers["survivors"] == 0
