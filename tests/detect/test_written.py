import pytest

from deid.detect.passage import make_passage
from deid.detect.written import is_talk, is_written_prose

REPORT = (
    "On the day after the hearing the applicant wrote to the registry of the court and asked for a copy of all papers."
)


@pytest.mark.parametrize(
    ("text", "is_written"),
    [
        (REPORT, True),
        (f"{REPORT} The applicant’s lawyer agreed.", True),
        (f"{REPORT} And I thought so.", False),
        (f"{REPORT} It wasn’t there.", False),
        (f"{REPORT} That's all.", False),
        (f"{REPORT} and so i went", False),
        (f"{REPORT} Point (i) stood, i.e. it was kept.", True),
        ("The court sat on Monday.", False),
        ("", False),
    ],
)
def test_prose_is_long_and_nobody_speaks_in_it(text: str, is_written: bool) -> None:
    assert is_written_prose(text) is is_written


def test_what_stands_behind_a_label_is_talk_and_so_is_what_does_not_read_like_prose() -> None:
    assert not is_talk(make_passage(REPORT))
    assert is_talk(make_passage(REPORT, speaker="Zora"))
    assert is_talk(make_passage("I think so."))
    assert not is_talk(make_passage("I think so.", kind="heading"))
