"""Is what was written in a value's place coarser than the value, or does it still tell it, or tell it wrongly?"""

import re

from deid.fold import words
from deid.model import Category
from deid.values import read_ages, read_date

# Their replacements are values and not tokens.
_VALUES = frozenset({Category.AGE, Category.DATE})
# [Police force 3], [Town 27, East Kent]: the kind of thing before a token's number.
_LABEL = re.compile(r"\[(?P<label>[A-Z][a-z '’-]*) \d+[\],]")


def still_tells(original: str, replacement: str, category: str) -> bool:
    """Whether a reader of the replacement knows the original: all its words are there, or its exact age."""
    before, after = _words(original), _words(replacement)
    if category == Category.AGE and (told := read_ages(replacement)):
        is_exact = told.low == told.high and "over" not in _words(replacement)  # "80 or over" is a band
        return is_exact and told == read_ages(original)
    if category not in _VALUES and (label := _LABEL.search(replacement)):
        after -= _words(label["label"])  # "[Council 403]" for "the council": words that deid itself wrote
    return bool(before) and before <= after


def misstates(original: str, replacement: str, category: str) -> bool:
    """Whether a band does not hold the age it stands for, or a coarser date contradicts the date."""
    if category == Category.AGE:
        age, band = read_ages(original), read_ages(replacement)
        is_band = bool(band and band.low < band.high)  # a lone number may be the number of a token
        return bool(age and band and is_band and not (band.low <= age.low and age.high <= band.high))
    if category == Category.DATE:
        date, told = read_date(original), read_date(replacement)
        both = ((date.year, told.year), (date.month, told.month)) if date and told else ()
        return any(one and other and one != other for one, other in both)
    return False


def _words(text: str) -> set[str]:
    return {word for _, _, word in words(text)}
