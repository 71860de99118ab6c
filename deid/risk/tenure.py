"""How long somebody has been there, as a span of years: "31 years", "10 to 19 years", "since 1999"."""

import re
from collections.abc import Mapping

_OPEN = 80  # "20 years or more": nobody works longer
_SLACK = 1  # people round, and rosters are filled in on another day
_SLACK_OF_DATES = 3  # a year and a length of service are a study's length apart
_PARTS = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}  # of a decade
_YEAR = re.compile(r"(?:19|20)\d\d")


def same_tenure(told: str, known: str, public_facts: Mapping[str, object]) -> bool | None:
    """Whether two of them can be one person's; None where one of them says no number or the two cannot be compared."""
    one, other = _years(told), _years(known)
    if one is None or other is None:
        return None
    slack = _SLACK
    if one[2] != other[2]:
        year = _study_year(public_facts)
        if year is None:
            return None
        one, other = _as_length(one, year), _as_length(other, year)
        slack = _SLACK_OF_DATES
    return one[0] <= other[1] + slack and other[0] <= one[1] + slack


def _years(words: str) -> tuple[int, int, bool] | None:
    """(least, most, whether these are years of the calendar)."""
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    if not numbers:
        return None
    low, high = min(numbers), max(numbers)
    if _YEAR.search(words):
        first, last = next((years for part, years in _PARTS.items() if part in words), (0, 9))
        return (low + first, low + last, True) if f"{low}s" in words else (low, low, True)
    if "under" in words:
        return 0, high, False
    return low, _OPEN if "more" in words else high, False


def _as_length(span: tuple[int, int, bool], year: int) -> tuple[int, int, bool]:
    low, high, is_calendar = span
    return (year - high, year - low, False) if is_calendar else span


def _study_year(public_facts: Mapping[str, object]) -> int | None:
    study = public_facts.get("study")
    found = _YEAR.search(str(study.get("started", ""))) if isinstance(study, Mapping) else None
    return int(found[0]) if found else None
