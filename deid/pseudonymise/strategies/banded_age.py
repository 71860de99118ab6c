"""An age as a band that never straddles 13, 16 or 18: aged 13-15.

detail: fine (aged 13-15, aged 30-39), broad (aged 13 to 15, aged 30 to 49). The two are written differently, so that no
token text stands in two tiers. A range ("eleven to seventeen", "in her twenties") is already as coarse and is kept; two
ages ("thirteen and nine") are none, and what no one band holds is numbered.
"""

import re
from itertools import pairwise

from deid.model import Category, Entity
from deid.pseudonymise.subject import Subject
from deid.values import Ages, read_ages

SUMMARY = "an age as a band that never straddles 13, 16 or 18"
TECHNIQUE = "generalization"
FOR = frozenset({Category.AGE})
DETAILS: tuple[str, ...] = ("fine", "broad")

_FINE = (5, 10, 13, 16, 18, 25, 30, 40, 50, 60, 70, 80)
_BROAD = (13, 16, 18, 30, 50, 70)
_WIDEST_EXACT = 2  # "thirteen or fourteen" is an age, "eleven to seventeen" a range
_YEARS_OLD = re.compile(r"year[s]?[\s-]+old(s?)\b|\byo(s?)\b", re.IGNORECASE)
# Pupils turn this age in the school year: Year 9 are thirteen and fourteen.
_SCHOOL_YEAR = re.compile(r"\byear (\d{1,2})s?\b", re.IGNORECASE)
_AGE_ABOVE_YEAR = 4
_RANGE = re.compile(
    r"\b(?:to|till|until|through|between|from|\w*teens|\w+ties|\d0['’]?s)\b|\d\s?[-–/]\s?\d|\s[-–]\s", re.IGNORECASE
)
# "seven ten", "twelve-fifteen", "44.18": a time that was read as an age.
_CLOCK = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[\s-]"
    r"(?:oh[\s-]\w+|ten|fifteen|(?:twenty|thirty|forty|fifty)(?:[\s-]\w+)?)|\d{1,2}[.:]\d{2}",
    re.IGNORECASE,
)
# "two years younger" is no age of two.
_COMPARED = re.compile(r"\b(?:older|younger|senior|junior)\b", re.IGNORECASE)


def invent(subject: Subject) -> str:
    text = subject.entity.forms[0] if subject.entity.forms else ""
    ages = _of_school_year(text) or read_ages(text)
    if ages is None or _COMPARED.search(text):
        return f"Age {subject.number}"
    edges, to = (_BROAD, " to ") if subject.detail == "broad" else (_FINE, "-")
    low, high = _band(ages.low, edges, to), _band(ages.high, edges, to)
    if low == high:
        return f"aged {low}"
    if ages.high - ages.low <= _WIDEST_EXACT:
        return f"aged {low} or {high}"
    return "" if _RANGE.search(text) or _CLOCK.fullmatch(text) else f"Age {subject.number}"


def render(token: str, mention: str, entity: Entity) -> str:
    """a [13-15-year-old] where the mention is a noun, [aged 13-15] elsewhere."""
    if not token.startswith("aged ") or not (old := _YEARS_OLD.search(mention)):
        return token
    plural = "s" if old.group(1) or old.group(2) else ""
    band = token.removeprefix("aged ")
    return token if " or " in band or "under" in band else f"{band.replace(' ', '-')}-year-old{plural}"


def _of_school_year(text: str) -> Ages | None:
    year = _SCHOOL_YEAR.search(text)
    return Ages(int(year[1]) + _AGE_ABOVE_YEAR, int(year[1]) + _AGE_ABOVE_YEAR) if year else None


def _band(age: int, edges: tuple[int, ...], to: str) -> str:
    if age < edges[0]:
        return f"under {edges[0]}"
    if age >= edges[-1]:
        return f"{edges[-1]} or over"
    return next(f"{low}{to}{high - 1}" for low, high in pairwise(edges) if low <= age < high)
