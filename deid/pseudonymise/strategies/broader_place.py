"""A place by its kind and the area it lies in: Town 27, East Kent.

detail: district, subregion, none. The area is left out where it is not known, and where it is the place itself.
"""

from deid.fold import fold
from deid.model import Category, Entity
from deid.pseudonymise.labels import THEMES, label_of
from deid.pseudonymise.subject import Subject
from deid.region import Place

SUMMARY = "a place's kind, a number, and the area it lies in"
TECHNIQUE = "generalization"
FOR = frozenset({Category.PLACE})
DETAILS: tuple[str, ...] = ("district", "subregion", "none")

# What is as large as the area that would stand behind it.
_TOO_LARGE = frozenset({"district", "unitary", "county", "region", "country", "area"})


def invent(subject: Subject) -> str:
    label = label_of(subject.entity)
    place = subject.place
    if place is not None and subject.themes and place.theme in THEMES:
        label = f"{place.theme.capitalize()} {label.lower()}"
    area = _area(place, subject.detail) if place is not None else ""
    is_itself = any(fold(area) == fold(form) for form in subject.entity.forms)
    return f"{label} {subject.number}, {area}" if area and not is_itself else f"{label} {subject.number}"


def render(token: str, mention: str, entity: Entity) -> str:
    return token


def _area(place: Place, detail: str) -> str:
    if detail not in ("district", "subregion"):
        return ""
    if place.type in _TOO_LARGE and detail != "subregion":
        return ""
    if place.type in ("county", "region", "country"):
        return ""
    return place.district if detail == "district" and place.district else place.subregion
