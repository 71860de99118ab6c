"""Letters that stand for somebody because a transcript says so."""

import pytest

from deid.config import check_settings
from deid.detect.engine import Detector
from deid.detect.introduced import introduced
from deid.detect.name_lists import name_lists
from deid.model import Segment, Transcript
from deid.region import Region

NOWHERE = Region("nowhere")
LISTS = name_lists(NOWHERE)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Present: Tess Quillfeather (TQ), team manager; Zoltan Merriweather (ZM)", ["tq", "zm"]),
        ("Tess G. [TG] opened the meeting.", ["tg"]),
        ("Mary Ann Quillfeather (MQ) and Mary Ann Quillfeather (MAQ)", ["mq", "maq"]),
        ("Darius Ramsbottom (DR)", ["dr"]),
        ("the National Referral Mechanism (NRM)", []),
        ("Quillfeather House (QH)", []),
        ("Tess Quillfeather (KCHFT)", []),
        ("tess quillfeather (tq)", []),
        ("(TQ)", []),
    ],
)
def test_who_is_introduced_with_letters(text: str, letters: list[str]) -> None:
    assert list(introduced([text], LISTS)) == letters


def found(*texts: str) -> list[str]:
    segments = tuple(Segment("speech", text, turn) for turn, text in enumerate(texts, 1))
    detector = Detector(check_settings({"detect": {"recognisers": ("roster",)}}, where="test"), NOWHERE, readers=())
    return [
        texts[finding.span.segment][finding.span.start : finding.span.end]
        for finding in detector.detect([Transcript("t", segments)])["t"]
    ]


def test_the_letters_are_found_wherever_they_stand() -> None:
    assert found("Tess Quillfeather (TQ) was there.", "TQ to chase.", "It was TQ's idea.") == ["TQ", "TQ", "TQ"]


def test_letters_that_are_a_rank_as_well_stay_one_before_a_name() -> None:
    said = ["Dilys Carbery (DC) was there.", "DC to ring.", "DC Merriweather rang."]
    assert found(*said) == ["DC", "DC"]
