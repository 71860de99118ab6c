"""The figures of `deid evaluate` in each tier, on the six examples with the real models."""

import pytest

from deid.evaluate.score import score
from deid.study.demonstration import examples
from deid.study.evaluate.evaluation import measure

pytestmark = pytest.mark.model


@pytest.mark.parametrize("tier", ["team", "archive", "public"])
def test_what_identifies_alone_is_masked_and_what_must_stay_stays(tier: str) -> None:
    measured = measure(examples() / "gold.jsonl", tier=tier)
    figures = score(measured.golds, measured.masks)
    direct, keeps = figures.direct_recall, figures.keep_rate
    assert direct.total > 300 and direct.hits == direct.total
    assert keeps.total > 100 and keeps.hits >= 0.97 * keeps.total
    assert figures.not_coarser == 0
