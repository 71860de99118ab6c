"""What each value could become, gentlest step first, and which step ends a combination."""

import re
from collections.abc import Callable, Iterable, Mapping

from deid.fold import fold
from deid.region import Region
from deid.values import part_of_decade

Item = tuple[str, str]  # attribute, value
WITHHELD = "withheld"
_GROUPS: Mapping[str, str] = {
    "police force": "police", "police team": "police", "police station": "police", "police": "police",
    "council": "public body", "council department": "public body", "council team": "public body",
    "government body": "public body", "youth justice service": "public body", "court": "public body",
    "safeguarding partnership": "public body", "fire service": "public body", "probation service": "public body",
    "ambulance service": "health body", "nursery": "place of learning", "club": "voluntary body",
    "prison": "public body", "secure unit": "public body", "health trust": "health body", "hospital": "health body",
    "health service": "health body", "surgery": "health body", "ward": "health body", "school": "place of learning",
    "college": "place of learning", "university": "place of learning", "academy trust": "place of learning",
    "charity": "voluntary body", "youth project": "voluntary body", "place of worship": "voluntary body",
    "children's home": "care placement", "care home": "care placement", "home": "care placement",
    "hostel": "care placement",
}  # fmt: skip
# Everybody who hears a body's name knows what it is: "Hollowdene Academy", "Elmshire Youth Justice".
_BODIES = tuple(
    (kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for kind, words in (
        ("youth justice service", "youth (?:justice|offending)"),
        ("health trust", "nhs|health(?:care)? (?:trust|nhs)|foundation trust"),
        ("hospital", "hospital"),
        ("police team", "police .*(?:team|unit)|(?:team|unit)\\b.* police"),
        ("police force", "police|constabulary"),
        ("council team", "(?:social services|early help|children['’]s services)"),
        ("council", "council|borough"),
        ("college", "college"),
        ("university", "university"),
        ("school", "school|academy"),
    )
)


def steps(item: Item, region: Region) -> tuple[str, ...]:
    """The coarser values of an item: "named nurse" -> "health role" -> withheld."""
    attribute, value = item
    rule = _RULES.get(attribute)
    found = rule(value, region) if rule else ()
    return (*(one for one in found if one and one != value), WITHHELD)


def gentlest(
    combination: tuple[Item, ...], person: str, rows: Mapping[str, frozenset[Item]], region: Region
) -> tuple[Item, str]:
    """The one coarsening that ends this combination with the least loss: (the item, its coarser value)."""
    ways: list[tuple[int, Item, str]] = []
    for item in combination:
        rest = tuple(other for other in combination if other != item)
        for cost, coarse in enumerate(steps(item, region)):
            if coarse == WITHHELD:
                cost += 10  # anything that still tells something is the better way
            if _is_shared(rest, (item[0], coarse), person, rows, region):
                ways.append((cost, item, coarse))
                break
    cost, item, coarse = min(
        ways, key=lambda way: (way[0], combination.index(way[1])), default=(0, combination[0], WITHHELD)
    )
    return item, coarse


def _is_shared(
    rest: Iterable[Item], coarse: Item, person: str, rows: Mapping[str, frozenset[Item]], region: Region
) -> bool:
    attribute, value = coarse
    for other, items in rows.items():
        if other == person or not set(rest) <= items:
            continue
        if value == WITHHELD:
            return True
        if any(name == attribute and (own == value or value in steps((name, own), region)) for name, own in items):
            return True
    return False


def _role(value: str, region: Region) -> tuple[str, ...]:
    kind = next((role.kind for role in region.roles if fold(role.role) == value), "")
    return (f"{kind.replace('_', ' ')} role",) if kind else ()


def _agency(value: str, region: Region) -> tuple[str, ...]:
    return (_GROUPS.get(value, ""),)


def kind_of_body(name: str) -> str:
    """What a body is by the words of its name: "Hollowdene Academy" is a school; "" where they do not say."""
    return next((kind for kind, words in _BODIES if words.search(name)), "")


def _place(value: str, region: Region) -> tuple[str, ...]:
    # "town in East Kent" -> "East Kent"; a place that can be read -> its district, its part of the county.
    if match := re.fullmatch(r"(?P<kind>.+) in (?P<area>.+)", value):
        return (match["area"],)
    place = next((place for place in region.places if fold(place.name) == fold(value)), None)
    return (place.district, place.subregion) if place else ()


def _tenure(value: str, region: Region) -> tuple[str, ...]:
    numbers = re.findall(r"\d+", value)
    if not numbers:
        return ()  # "for some years"
    number = int(numbers[0])
    if value.startswith("since"):
        exact = () if value.endswith("s") else (f"since the {part_of_decade(number)}",)
        return (*exact, f"since the {number // 10 * 10}s", "for some years")
    if not value.endswith("years") or len(numbers) > 1 or value.startswith("under"):
        return ("for some years",)  # a band already
    low = next(low for low in (20, 10, 5, 0) if number >= low)
    return (
        {20: "20 years or more", 10: "10 to 19 years", 5: "5 to 9 years", 0: "under 5 years"}[low],
        "for some years",
    )


def _age(value: str, region: Region) -> tuple[str, ...]:
    numbers = [int(number) for number in re.findall(r"\d+", value)]
    if not numbers or "under" in value or "over" in value:
        return ()
    low = min(numbers) // 10 * 10
    return (f"aged {low}-{low + 9}", "aged under 40" if low < 40 else "aged 40 or over")


_RULES: Mapping[str, Callable[[str, Region], tuple[str, ...]]] = {
    "role": _role, "agency": _agency, "place": _place, "tenure": _tenure, "age": _age,
}  # fmt: skip
