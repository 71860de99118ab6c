"""What `deid run` counts is what the queue asks: places and cards, and none once they are decided."""

from collections import Counter
from pathlib import Path

from deid.study.folder import Study
from deid.study.review.reviewing import Reviewing
from deid.study.run import run
from deid.study.sources import collect
from tests.study.review.test_reviewing import DETECTOR, decide_all, study

__all__ = ["study"]


def counted(study: Study, sources: Path) -> dict[str, tuple[int, int]]:
    report = run(study, collect([sources], study=study.folder, settings=study.settings), DETECTOR)
    return {one.code: (one.undecided, one.cards) for one in report.files}


def test_a_run_and_the_queue_count_alike(study: Study, tmp_path: Path) -> None:
    found = counted(study, tmp_path / "sources")
    review = Reviewing(study, DETECTOR)
    queue = Counter(code for card in review.cards() if not card.answered for code in card.codes)
    assert {code: cards for code, (_, cards) in found.items()} == {code: queue[code] for code in found}
    assert sum(places for places, _ in found.values()) >= sum(cards for _, cards in found.values()) > 0
    for code in review.readings:
        decide_all(review, code)
    assert set(counted(study, tmp_path / "sources").values()) == {(0, 0)}
