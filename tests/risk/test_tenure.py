"""Lengths of service and years of joining, compared."""

import pytest

from deid.risk.tenure import same_tenure

_FACTS = {"study": {"started": "2018-09"}}


@pytest.mark.parametrize(
    ("told", "known", "same"),
    [
        ("31 years", "30 years", True),
        ("31 years", "4 years", False),
        ("10 to 19 years", "12 years", True),
        ("10 to 19 years", "31 years", False),
        ("20 years or more", "31 years", True),
        ("under 5 years", "12 years", False),
        ("since 1999", "since 1999", True),
        ("since the 1990s", "since 1999", True),
        ("since the 2000s", "since 1987", False),
        ("since the late 2000s", "since 2008", True),
        ("since the early 2000s", "since 2008", False),
        ("since 1999", "19 years", True),
        ("since 1999", "3 years", False),
        ("for some years", "3 years", None),
        ("since 1999", "a long time", None),
    ],
)
def test_they_fit_or_they_do_not(told: str, known: str, same: bool | None) -> None:
    assert same_tenure(told, known, _FACTS) is same


def test_without_the_studys_year_a_length_and_a_year_are_not_compared() -> None:
    assert same_tenure("since 1999", "19 years", {}) is None
