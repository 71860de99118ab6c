"""A date as a season or a year, and a year as its part of the decade: spring 2017, 2017, late 2010s.

detail: month, season, year, decade_part, decade. A date that is already as coarse is kept.
"""

import re

from deid.fold import fold
from deid.model import Category, Entity
from deid.pseudonymise.labels import label_of
from deid.pseudonymise.subject import Subject
from deid.values import Date, month_name, part_of_decade, read_date, season_of, spoken_year

SUMMARY = "a date as its month, its season, its year, its part of the decade (late 2010s) or its decade"
TECHNIQUE = "generalization"
FOR = frozenset({Category.DATE})
# "the Monday after the clocks changed in 2018", "the last day of the summer term 2019": finer than what it is told by.
_A_DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|day|night|morning|evening|afternoon|week|weekend|eve)\b",
    re.IGNORECASE,
)
# What may stand beside a year that tells no more than itself; "Ramadan 2019", "the eleventh, 2005" are finer.
_BESIDE_A_YEAR = frozenset(
    "in of the a an that this year years back early late mid middle end start beginning about around circa say like "
    "roughly since until till by from to and or maybe probably between during just only then s".split()
)
_A_YEAR = re.compile(r"(?:19|20)\d\d")
# A season by its own word; "Easter 2018" is finer than spring.
_SEASON = re.compile(r"\b(?:spring|summer|autumn|fall|winter)\b", re.IGNORECASE)
DETAILS: tuple[str, ...] = ("month", "season", "year", "decade_part", "decade")
_DECADES = ("decade_part", "decade")


def invent(subject: Subject) -> str:
    text = subject.entity.forms[0] if subject.entity.forms else ""
    date = read_date(text)
    label = label_of(subject.entity)
    if date is None or label != "Date":
        return f"{label} {subject.number}"
    if _is_as_coarse(date, text, subject.detail):
        return ""
    return _coarser(date, subject.detail) or f"{label} {subject.number}"


def render(token: str, mention: str, entity: Entity) -> str:
    return token


def _is_as_coarse(date: Date, text: str, detail: str) -> bool:
    if detail in _DECADES:
        return not date.year  # "in May" tells of no decade
    if _A_DAY.search(text):
        return False
    if date.year and not (date.month or date.day or date.season):
        return all(word in _BESIDE_A_YEAR or _A_YEAR.fullmatch(word) for word in spoken_year(fold(text)).split())
    if not _SEASON.search(text):
        return False
    return bool(date.season and date.year and not date.day and detail in ("month", "season"))


def _coarser(date: Date, detail: str) -> str:
    if detail in _DECADES:
        return part_of_decade(date.year) if detail == "decade_part" else f"{date.year // 10}0s"
    year = str(date.year) if date.year else ""
    if detail == "year":
        return year
    name = month_name(date.month) if detail == "month" else date.season or season_of(date.month)
    return f"{name} {year}".strip()
