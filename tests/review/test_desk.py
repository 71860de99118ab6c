"""The pipeline runs behind the page, and whoever waits for an answer goes first."""

import threading
import time
from pathlib import Path

from deid.review.desk import Desk
from deid.study.review.reviewing import Reviewing
from tests.invented import clock, fake_detector, new_study, random_bytes, two_sources
from tests.study.review.test_reviewing import do, entity, read


def test_the_pipeline_stands_still_while_a_request_is_in_hand(tmp_path: Path) -> None:
    study = new_study(tmp_path / "study")
    read(study, two_sources(tmp_path / "sources"))
    desk = Desk(
        folder=study.folder, environment={}, random=random_bytes("desk"), clock=clock, monotonic=time.monotonic,
        study=study,
    )  # fmt: skip
    desk.review = review = Reviewing(study, fake_detector(), foresees=True, wait=desk._give_way)
    review.cards()
    do(review, "part", entity=entity(review, "Barnabas Quillfeather"), part="child")
    desk.settling = threading.Thread(target=review.settle, daemon=True)
    with desk.answering():
        desk.settling.start()
        desk.settling.join(0.3)
        assert not review.is_settled, "it waits"
        assert review.rendered, "and the request itself does not"
    desk.settling.join(60)
    assert review.is_settled and not desk.in_hand
