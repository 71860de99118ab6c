"""A date as a season or a year, and a year as its part of the decade: spring 2017, 2017, late 2010s.

detail: month, season, year, decade_part, decade. A date that is already as coarse is kept.
"""

import re

from deid.model import Category, Entity
from deid.pseudonymise.labels import label_of
from deid.pseudonymise.subject import Subject
from deid.values import Date, month_name, part_of_decade, read_date, season_of

SUMMARY = "a date as its month, its season, its year, its part of the decade (late 2010s) or its decade"
TECHNIQUE = "generalization"
FOR = frozenset({Category.DATE})
# "Ramadan 2019", "half term 2018", "bank holiday 2017": a time of that year, though no month or season is told.
_NAMES_A_TIME = re.compile(
    r"\b(?:ramadan|eid|diwali|vaisakhi|passover|hanukkah|half[\s-]term|bank holiday|holidays?|term)\b", re.IGNORECASE
)
# "the Monday after the clocks changed in 2018", "the last day of the summer term 2019": finer than what it is told by.
_A_DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|day|night|morning|evening|afternoon|week|weekend|eve)\b",
    re.IGNORECASE,
)
# "11th of the 3rd 2005": another number beside the year is a day or a month, though none can be read.
_ANOTHER_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
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
        return not (_NAMES_A_TIME.search(text) or _ANOTHER_NUMBER.search(text))
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
