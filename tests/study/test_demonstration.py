"""The demonstration's study can be opened afterwards: it is where a newcomer tries the review."""

from pathlib import Path

import pytest

from deid.study import demonstration
from deid.study.folder import Study, open_study
from deid.study.run import RunReport
from deid.vault.seal import Passphrase
from tests.invented import clock, random_bytes


def test_its_passphrase_opens_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(study: Study, sources: list[Path], progress: object) -> RunReport:
        assert all(source.is_dir() for source in sources)
        return RunReport((), (), 0, 0)

    monkeypatch.setattr(demonstration, "main_job", nothing)
    random = random_bytes("demo")
    shown = demonstration.demonstrate(tmp_path / "study", with_roster=True, random=random, clock=clock, progress=None)
    opened = open_study(shown.study, Passphrase(shown.passphrase), environment={}, random=random, clock=clock)
    assert {"P01", "P06"} <= {person.code for person in opened.contents.roster}
    assert shown.passphrase not in repr(shown)
