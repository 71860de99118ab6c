"""What the region pack knows of an entity: which place or body it is, and whether everybody knows it."""

from dataclasses import replace
from functools import lru_cache

from deid.fold import fold
from deid.model import Category, Entity
from deid.region import Agency, Place, Region


@lru_cache(maxsize=4)
def listed(region: Region) -> "Listed":
    """The pack, indexed once."""
    return Listed(region)


class Listed:
    """The pack's places and bodies by folded name."""

    def __init__(self, region: Region) -> None:
        self._places: dict[str, list[Place]] = {}
        self._agencies: dict[str, Agency] = {}
        for place in region.places:
            for name in (place.name, *place.aliases):
                self._places.setdefault(fold(name), []).append(place)
        for agency in region.agencies:
            for name in (agency.name, *agency.aliases):
                self._agencies.setdefault(fold(name), agency)

    def place(self, entity: Entity) -> Place | None:
        """The place that the entity is; with its area left open where several places bear the name."""
        found = [place for form in entity.forms for place in self._places.get(_plain(form), ())]
        own = [p for p in found if entity.part and entity.part in (p.district, p.name)] or found
        own = [place for place in own if place.type == entity.kind] or own
        if not own:
            return None
        areas = {place.subregion for place in own}
        return own[0] if len(areas) == 1 else replace(own[0], district="", subregion="")

    def is_listed(self, entity: Entity) -> bool:
        """A place or body stays readable only where the region pack has it: a model's "town" may be a child's name."""
        if entity.category is Category.PLACE:
            place = self.place(entity)
            return place is not None and place.type == entity.kind
        return entity.category is not Category.AGENCY or self.agency(entity) is not None

    def agency(self, entity: Entity) -> Agency | None:
        return next((found for form in entity.forms if (found := self._agencies.get(_plain(form)))), None)

    def is_public(self, entity: Entity) -> bool:
        """The study's own region and the bodies that serve all of it: everybody knows them from the register."""
        if entity.category is Category.PLACE:
            place = self.place(entity)
            return place is not None and place.type in ("county", "region", "unitary", "country")
        agency = self.agency(entity)
        return agency is not None and agency.scope in ("county", "region", "national")


def _plain(form: str) -> str:
    return fold(form).removeprefix("the ")
