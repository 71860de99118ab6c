"""A date that is told by another: the day goes, though no month stands in it."""

import pytest

from deid.model import Category, Entity
from deid.pseudonymise.strategies.coarser_date import invent
from deid.pseudonymise.subject import Subject


def coarser(date: str) -> str:
    return invent(Subject(Entity("e1", Category.DATE, "holiday", "", (date,)), 417, "season"))


@pytest.mark.parametrize(
    ("date", "reads"),
    [
        ("Monday after the clocks changed in 2018", "2018"),
        ("last day of the summer term 2019", "summer 2019"),
        ("Tuesday before Easter 2019", "spring 2019"),
        ("day of the coronation", "Date 417"),
        ("11th of the 3rd 2005", "spring 2005"),
        ("third of the ninth two thousand and five", "autumn 2005"),
        ("the twelfth, 2005", "2005"),
        ("Ramadan 2019", "2019"),
        ("back in two thousand and eight", ""),
        ("between 2005 and 2008", ""),
        ("summer 2019", ""),
    ],
)
def test_a_day_told_by_another_loses_its_day(date: str, reads: str) -> None:
    assert coarser(date) == reads
