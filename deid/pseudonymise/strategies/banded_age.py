"""An age as a band that never straddles 13, 16 or 18: aged 13-15.

detail: fine (aged 13-15, aged 30-39), broad (aged 13 to 15, aged 30 to 49). The two are written differently, so that no
token text stands in two tiers. An age range of a service ("eleven to seventeen") is already as coarse and is kept.
"""

import re

from deid.model import Entity
from deid.pseudonymise.subject import Subject
from deid.values import Ages, read_ages

SUMMARY = "an age as a band that never straddles 13, 16 or 18"
TECHNIQUE = "generalization"

_FINE = (5, 10, 13, 16, 18, 25, 30, 40, 50, 60, 70, 80)
_BROAD = (13, 16, 18, 30, 50, 70)
_WIDEST_EXACT = 2  # "thirteen or fourteen" is an age, "eleven to seventeen" a range
_YEARS_OLD = re.compile(r"year[s]?[\s-]+old(s?)\b|\byo(s?)\b", re.IGNORECASE)
# Pupils turn this age in the school year: Year 9 are thirteen and fourteen.
_SCHOOL_YEAR = re.compile(r"\byear (\d{1,2})s?\b", re.IGNORECASE)
_AGE_ABOVE_YEAR = 4


def invent(subject: Subject) -> str:
    text = subject.entity.forms[0] if subject.entity.forms else ""
    ages = _of_school_year(text) or read_ages(text)
    if ages is None:
        return f"Age {subject.number}"
    if ages.high - ages.low > _WIDEST_EXACT and "teen" not in text.casefold() and "ties" not in text.casefold():
        return ""
    return "aged " + _band(
        ages, _BROAD if subject.detail == "broad" else _FINE, " to " if subject.detail == "broad" else "-"
    )


def render(token: str, mention: str, entity: Entity) -> str:
    """a [13-15-year-old] where the mention is a noun, [aged 13-15] elsewhere."""
    if not token.startswith("aged ") or not (old := _YEARS_OLD.search(mention)):
        return token
    plural = "s" if old.group(1) or old.group(2) else ""
    band = token.removeprefix("aged ")
    return token if "under" in band or "over" in band else f"{band}-year-old{plural}"


def _of_school_year(text: str) -> Ages | None:
    year = _SCHOOL_YEAR.search(text)
    return Ages(int(year[1]) + _AGE_ABOVE_YEAR, int(year[1]) + _AGE_ABOVE_YEAR) if year else None


def _band(ages: Ages, edges: tuple[int, ...], to: str) -> str:
    if ages.high < edges[0]:
        return f"under {edges[0]}"
    if ages.low >= edges[-1]:
        return f"{edges[-1]} or over"
    low = max((edge for edge in edges if edge <= ages.low), default=0)
    high = min((edge for edge in edges if edge > ages.high), default=edges[-1]) - 1
    return f"{low}{to}{high}"
