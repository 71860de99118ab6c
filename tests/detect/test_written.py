import pytest

from deid.detect.written import is_written_prose

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
        ("The court sat on Monday.", False),
        ("", False),
    ],
)
def test_prose_is_long_and_nobody_speaks_in_it(text: str, is_written: bool) -> None:
    assert is_written_prose(text) is is_written
