"""What a strategy is told of the thing that it finds a token for."""

from dataclasses import dataclass, field

from deid.model import Entity
from deid.region import Place


@dataclass(frozen=True, slots=True)
class Subject:
    """`number`: drawn for this entity and tier. `place`: what the region pack knows. `chosen`: a name or own words."""

    entity: Entity
    number: int
    detail: str = ""
    themes: bool = False
    place: Place | None = None
    chosen: str = field(default="", repr=False)
