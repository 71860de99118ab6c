"""The three styles of a token in every file of the examples: nothing is held back, and each is found again as ours."""

from pathlib import Path

import pytest

from deid.config import configs
from deid.pseudonymise.tokens import find_tokens
from deid.study.demonstration import examples
from deid.study.verification import read_segments
from tests.invented import new_study, run_on


@pytest.mark.parametrize(
    ("style", "opens"), [("brackets", "[Person "), ("hashes", "##Person_"), ("tags", '<seg type="deid">Person ')]
)
def test_every_example_is_written_in_every_style(style: str, opens: str, tmp_path: Path) -> None:
    study = new_study(tmp_path / "study")
    shipped = (configs() / "policies" / "archive.toml").read_text(encoding="utf-8")
    (study.folder / "mine.toml").write_text(shipped.replace('"brackets"', f'"{style}"'), encoding="utf-8")
    own = study.settings.policy.model_copy(update={"file": "mine.toml"})
    study.settings = study.settings.model_copy(update={"policy": own})
    report = run_on(study, examples() / "files")
    assert [one.error for one in report.files if one.output is None] == []
    for one in report.files:
        assert one.output is not None
        text = "\n".join(segment.text for segment in read_segments(one.output))
        assert opens in text
        assert len(find_tokens(text)) > 20
