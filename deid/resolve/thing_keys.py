"""The key of a thing by one of its forms: places by the region pack, numbers by their digits, dates by what they say.

A key begins with the category. `here` and a code in it: known in that transcript only.
"""

import re

from deid.fold import fold
from deid.model import Category
from deid.region import Place
from deid.resolve.gazetteer import Gazetteer, agencies_named, bare, district_of, tight
from deid.resolve.word_set import word_set
from deid.values import read_date, read_digits

# Every town has one: such a street in one interview is not that street in the next.
_COMMON_STREETS = frozenset(
    f"{first} {last}"
    for first in word_set(
        "high station church london park victoria mill school new north south east west manor queens kings"
    )
    for last in ("street", "road", "lane", "avenue")
)
# And every town has these: "the pier" is the pier of wherever the talk is.
_COMMON_LANDMARKS = word_set(
    "pier harbour seafront beach library station park museum marina market precinct arcade lighthouse castle cathedral"
) | frozenset(
    f"{first} {last}"
    for first, last in (
        ("clock", "tower"), ("town", "hall"), ("bus", "station"), ("train", "station"), ("railway", "station"),
        ("market", "square"), ("market", "place"), ("civic", "centre"), ("leisure", "centre"), ("sports", "centre"),
        ("shopping", "centre"), ("community", "centre"), ("skate", "park"), ("memorial", "park"), ("victoria", "park"),
        ("recreation", "ground"), ("war", "memorial"), ("youth", "centre"), ("retail", "park"), ("sea", "front"),
    )
)  # fmt: skip
_STREET_ENDINGS = {
    "rd": "road",
    "st": "street",
    "ave": "avenue",
    "ln": "lane",
    "cl": "close",
    "dr": "drive",
    "sq": "square",
}
# What callers put before a number: it is no part of it.
_REFERENCE_LABELS = word_set(
    "cad urn crn ref reference number no nr num crime custody record case log badge collar the our id phv t of"
)
_NAMED_CASE_WORDS = word_set(
    "the operation op review child case serious local learning inquiry enquiry partnership safeguarding scr lcspr cspr"
)
_SPOKEN_MARKS = {"dot": ".", "at": "@", "underscore": "_", "dash": "-", "hyphen": "-", "slash": "/"}


def place_key(place: Place) -> str:
    return f"PLACE:{fold(place.name)}|{fold(district_of(place))}"


def open_key(form: str) -> str:
    """A name that several places bear, as long as nothing tells which."""
    return f"PLACE:{bare(form)}|?"


def unlisted_place_key(form: str, code: str) -> str:
    words = bare(form).split()
    if len(words) > 1:
        words[-1] = _STREET_ENDINGS.get(words[-1], words[-1])
    name = " ".join(words)
    if name in _COMMON_STREETS or name in _COMMON_LANDMARKS:
        return f"PLACE:here:{code}:{name}" if code else ""
    return f"PLACE:{name}"


def agency_key(form: str, gazetteer: Gazetteer) -> tuple[str, str]:
    options = agencies_named(gazetteer, form)
    if len(options) == 1:
        return f"AGENCY:{fold(options[0].name)}", options[0].kind
    return f"AGENCY:{bare(form)}", ""


def case_key(form: str, kind: str) -> str:
    words = [word for word in fold(form).split() if word not in _REFERENCE_LABELS]
    if any(letter.isdigit() for letter in form) or read_digits(form):
        spoken = "".join(words) if any(letter.isdigit() for letter in form) else read_digits(form)
        return f"CASE:{spoken}"
    named = [word for word in words if word not in _NAMED_CASE_WORDS] or words or fold(form).split()
    return f"CASE:{'operation' if 'operation' in fold(kind.replace('_', ' ')) else 'named'}:{' '.join(named)}"


def number_key(category: Category, form: str) -> str:
    if re.search(r"@|\b(?:at|dot)\b|www|://", form):
        written = re.sub(r"^(?:https?://)?(?:www\.)?", "", form.casefold())
        words = [_SPOKEN_MARKS.get(word, word) for word in written.split()]
        return f"{category}:{''.join(words).rstrip('/.')}"
    digits = read_digits(form)
    letters = "".join(letter for letter in fold(form) if letter.isalpha())
    if digits and category is Category.CONTACT:
        return f"{category}:{'0' + digits[2:] if digits.startswith('44') and len(digits) > 10 else digits}"
    if digits and any(letter.isdigit() for letter in form):
        return f"{category}:{tight(form)}"
    return f"{category}:{digits}{'' if digits else letters}"


def date_key(form: str, kind: str) -> str:
    date = read_date(form)
    if date is None or not date.year:
        return ""  # "in May" of one interview is not the May of the next
    birth = "birth:" if "birth" in kind else ""
    return f"DATE:{birth}{date.year}-{date.month}-{date.day}{date.season}"
