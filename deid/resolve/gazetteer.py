"""A region pack's places and agencies, looked up by any of their names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from deid.fold import fold
from deid.region import Agency, Place, Region

# Of two places of one name in one district the settlement is meant before the district or the park.
_ORDER = ("city", "town", "village", "suburb", "hamlet", "estate", "island", "district", "unitary", "county")
_PROMINENT = frozenset({"city", "town", "district", "unitary", "county"})
_ARTICLES = frozenset({"the", "our", "my", "their", "your", "that"})


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    by_place: Mapping[str, Sequence[Place]] = field(repr=False)
    by_agency: Mapping[str, Sequence[Agency]] = field(repr=False)


@lru_cache(maxsize=4)
def index_region(region: Region) -> Gazetteer:
    places: dict[str, list[Place]] = {}
    agencies: dict[str, list[Agency]] = {}
    for place in region.places:
        for name in (place.name, *place.aliases):
            for key in {bare(name), tight(name)}:
                places.setdefault(key, []).append(place)
    for agency in region.agencies:
        for name in (agency.name, *agency.aliases, *agency.cue_aliases):
            for key in {bare(name), tight(name)}:
                agencies.setdefault(key, []).append(agency)
    return Gazetteer(places, agencies)


def bare(form: str) -> str:
    """A folded form without its article and its possessive."""
    words = fold(form).split()
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    if len(words) > 1 and words[-1] == "s" and form.rstrip()[-2:-1] in "'’`":
        words = words[:-1]
    return " ".join(words) or form.casefold()  # what has no letters is only like itself


def tight(form: str) -> str:
    """Without spaces too: "m c e t" and "MCET", "shep way" and "Shepway"."""
    return bare(form).replace(" ", "")


def places_named(gazetteer: Gazetteer, form: str) -> tuple[Place, ...]:
    """The places that the form may mean, one for each district, settlements before districts."""
    found = gazetteer.by_place.get(bare(form)) or gazetteer.by_place.get(tight(form), ())
    by_district: dict[str, Place] = {}
    for place in sorted(found, key=_settlements_first):
        by_district.setdefault(district_of(place), place)
    places = tuple(by_district.values())
    prominent = tuple(place for place in places if place.type in _PROMINENT)
    # Whoever says Medway means the towns and not the river.
    return prominent if len(prominent) == 1 else places


def agencies_named(gazetteer: Gazetteer, form: str) -> tuple[Agency, ...]:
    found = gazetteer.by_agency.get(bare(form)) or gazetteer.by_agency.get(tight(form), ())
    return tuple({agency.name: agency for agency in found}.values())


def district_of(place: Place) -> str:
    """A district lies in itself, so that the town of Dover and the district of Dover are one thing."""
    return place.district or (place.name if place.type in ("district", "unitary") else "")


def _settlements_first(place: Place) -> tuple[int, str, str]:
    return (_ORDER.index(place.type) if place.type in _ORDER else len(_ORDER), place.district, place.name)
