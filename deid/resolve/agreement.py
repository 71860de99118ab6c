"""Whether one full name may be written for another."""

from deid.resolve.name_forms import PersonName
from deid.resolve.nicknames import SAME, FirstNames, sureness


def agree(one: PersonName, other: PersonName, names: FirstNames) -> int:
    """How surely one full name may be written for the other: SAME, LISTED, SHAPED or 0."""
    if one.suffix != other.suffix or (one.gender and other.gender and one.gender != other.gender):
        return 0
    if not is_within(one.middles, other.middles) or not _surnames_agree(one.surname, other.surname):
        return 0
    given = max(sureness(one.given, other.given, names), sureness(other.given, one.given, names))
    if one.given == other.nickname or other.given == one.nickname:
        given = SAME
    return given if one.surname == other.surname else min(given, SAME - 1) if given == SAME else 0


def is_within(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the middle names of one are among the other's, initials counted."""
    short, long = sorted((one, other), key=len)
    return all(
        any(a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b)) for b in long)
        for a in short
    )


def _surnames_agree(one: str, other: str) -> bool:
    """Equal, or one is a part of the other, double-barrelled one."""
    a, b = set(one.split()), set(other.split())
    return one == other or (len("".join(sorted(a & b))) >= 4 and (a <= b or b <= a))
