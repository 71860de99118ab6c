"""Whether a short form may stand for a first name, and how surely."""

from collections.abc import Mapping
from functools import lru_cache

from deid.fold import fold
from deid.region import Region

SAME = 3  # the word itself
LISTED = 2  # the region pack lists it as a short form
SHAPED = 1  # it looks like one: the beginning of the name, with or without an ending

_ENDINGS = ("zza", "ers", "za", "ie", "er", "y", "i", "o", "s", "z", "a")
_SHORTEST_STEM = 3


def related(region: Region) -> Mapping[str, frozenset[str]]:
    """For each folded name, the names that the region pack's list puts beside it in either direction."""
    return _related(tuple(sorted((formal, tuple(short)) for formal, short in region.nicknames.items())))


def sureness(short: str, name: str, beside: Mapping[str, frozenset[str]]) -> int:
    """How surely `short` may stand for `name`: SAME, LISTED, SHAPED or 0. Both folded."""
    if short == name:
        return SAME
    if name in beside.get(short, ()):
        return LISTED
    return SHAPED if is_shortening(short, name) else 0


def is_shortening(short: str, name: str) -> bool:
    """Ros for Rosalind, Tolly for Tolworth: three letters of the beginning, perhaps with an ending."""
    if len(short) < _SHORTEST_STEM or len(name) <= _SHORTEST_STEM or short == name:
        return False
    return any(name.startswith(stem) for stem in stems(short))


@lru_cache(maxsize=4096)
def stems(short: str) -> tuple[str, ...]:
    """What is left of a short form without its ending: tolly -> tolly, toll, tol."""
    found = [short]
    for ending in _ENDINGS:
        if short.endswith(ending):
            stem = short[: -len(ending)]
            found.append(stem)
            if len(stem) > 1 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return tuple(dict.fromkeys(stem for stem in found if len(stem) >= _SHORTEST_STEM))


@lru_cache(maxsize=8)
def _related(rows: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[str, frozenset[str]]:
    beside: dict[str, set[str]] = {}
    for formal, shorts in rows:
        family = [fold(formal), *(fold(short) for short in shorts)]
        for short in family[1:]:
            beside.setdefault(family[0], set()).add(short)
            beside.setdefault(short, set()).add(family[0])
            # Two short forms of one name (Gaz and Gazza) stand for each other too.
            beside[short].update(other for other in family[1:] if other != short)
    return {name: frozenset(others - {name}) for name, others in beside.items()}
