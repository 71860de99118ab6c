"""Gold texts go through detection together, as one study, or each as a study of its own."""

from collections.abc import Sequence

import pytest

from deid.detect.engine import Detector
from deid.model import Finding, Transcript
from deid.study.evaluate.measure import found_by_deid
from tests.evaluate.examples import gold

TEXTS = (gold("{P oakes|Wilma Oakes} rang.", "g1"), gold("So did {P oakes|Wilma}.", "g2"))


class _Recorder(Detector):
    def __init__(self) -> None:
        self.read: list[tuple[str, ...]] = []

    def detect(self, transcripts: Sequence[Transcript], *_: object) -> dict[str, tuple[Finding, ...]]:
        self.read.append(tuple(transcript.code for transcript in transcripts))
        return {transcript.code: () for transcript in transcripts}


@pytest.mark.parametrize(("apart", "read"), [(False, [("g1", "g2")]), (True, [("g1",), ("g2",)])])
def test_texts_that_are_apart_never_meet(apart: bool, read: list[tuple[str, ...]]) -> None:
    detector = _Recorder()
    transcripts, findings = found_by_deid(detector, TEXTS, apart=apart)
    assert detector.read == read
    assert set(transcripts) == set(findings) == {"g1", "g2"}
