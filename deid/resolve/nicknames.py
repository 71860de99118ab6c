"""Whether a short form may stand for a first name, and how surely."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from deid.fold import fold
from deid.region import Region, given_names

SAME = 3  # the word itself
LISTED = 2  # the region pack lists it as a short form
SHAPED = 1  # it looks like one: the beginning of the name, with or without an ending

_ENDINGS = ("zza", "ers", "za", "ie", "er", "y", "i", "o", "s", "z", "a")
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class FirstNames:
    """`beside`: for each name those that the list puts next to it. `formal`: names that stand on their own there.
    `listed`: every first name that is known at all. All folded. Build with `first_names`."""

    beside: Mapping[str, frozenset[str]] = field(repr=False)
    formal: frozenset[str] = field(repr=False)
    listed: Container[str] = field(repr=False)


@lru_cache(maxsize=4)
def first_names(region: Region) -> FirstNames:
    beside: dict[str, set[str]] = {}
    for formal, shorts in region.nicknames.items():
        name, several = fold(formal), [fold(short) for short in shorts]
        for short in several:
            beside.setdefault(name, set()).add(short)
            beside.setdefault(short, set()).add(name)
            # Gaz and Gazza are one man; Dan and Elle, both short for Danielle, are not one woman.
            beside[short].update(other for other in several if other != short and _is_longer_of(other, short))
    return FirstNames(
        beside={name: frozenset(others - {name}) for name, others in beside.items()},
        formal=frozenset(fold(formal) for formal in region.nicknames),
        listed=_listed_names(),
    )


def sureness(short: str, name: str, names: FirstNames) -> int:
    """How surely `short` may stand for `name`: SAME, LISTED, SHAPED or 0. Both folded."""
    if short == name:
        return SAME
    if name in names.beside.get(short, ()):
        # Jack is short for John, but most of those who are called Jack are called Jack.
        return SHAPED if short in names.formal and name in names.formal else LISTED
    return SHAPED if is_shortening(short, name) and short not in names.formal else 0


def is_by_name(word: str, surname: str, names: FirstNames) -> bool:
    """Tolly for Tolworth: made from a surname, and no first name of its own."""
    return is_shortening(word, surname) and word not in names.listed and word not in names.beside


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


def _is_longer_of(one: str, other: str) -> bool:
    return len(min(one, other, key=len)) >= _SHORTEST_STEM and (one.startswith(other) or other.startswith(one))


@lru_cache(maxsize=1)
def _listed_names() -> frozenset[str]:
    return frozenset(fold(name) for name in given_names())
