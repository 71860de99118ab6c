"""Tokens that can be turned back: how many places or bodies of the region fit what a token still says."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

from deid.fold import fold
from deid.model import Category
from deid.region import Place, Region
from deid.risk.reading import find, index
from deid.risk.released import Released, Risk, Token, Turn

NARROW = 3  # so few candidates are no crowd
_INSIDE = frozenset({"local", "county"})
_NO_LIST = frozenset({"Road", "Street", "Place", "County", "Region", "Country"})
# Words beside a place token that narrow it: the theme or the type they point to.
_CUES: Mapping[str, re.Pattern[str]] = {
    "coastal": re.compile(r"\b(?:seafront|pier|promenade|beach|harbour|on the coast|seaside)\b", re.IGNORECASE),
    "port": re.compile(r"\b(?:ferry|ferries|the port|docks)\b", re.IGNORECASE),
}
# to the secure unit | our youth secure unit | the only hospital
_ONE = re.compile(r"\b(?:the|our|their|one)(?: [\w'’-]+)? ?$", re.IGNORECASE)


def inversions(released: Released, region: Region) -> Iterator[Risk]:
    """What tokens say that leaves few, each once, where it stands first; then kinds of body of which there is one."""
    seen: dict[str, tuple[str, int, int, str]] = {}
    counts = counts_of(released, region)

    @cache
    def count_of(category: Category, label: str, area: str, cues: tuple[str, ...]) -> int | None:
        return _count(category, label, area, cues, released, region, counts)

    for talk in released.talks:
        for turn in talk.turns:
            for token in turn.tokens:
                count = count_of(token.category, token.label, token.area, _cues(token, turn))
                says = _says(token, turn)
                if count is not None and count <= NARROW and (says not in seen or count < seen[says][2]):
                    seen[says] = (talk.code, turn.number, count, turn.text[token.start : token.end])
    for says, (code, number, count, words) in seen.items():
        fits = "only one" if count == 1 else f"only {count}"
        yield Risk(
            "inversion", code, number,
            f"{words} says {says}: of those that everybody can look up for {name_of(region)}, {fits} can be meant.",
            "coarser: leave out its area or its kind, or accept that this is public",
            key=says,
        )  # fmt: skip
    yield from _only_one(released, region)


def candidates(label: str, area: str, cues: tuple[str, ...], released: Released, region: Region) -> tuple[Place, ...]:
    """The places of the region that a token's words and the words beside it leave."""
    label = label.lower()
    theme = next((theme for theme in ("coastal", "rural", "port", "estate") if label.startswith(f"{theme} ")), "")
    plain = label.removeprefix(f"{theme} ") if theme else label
    themes = {theme, *cues} - {""}
    fitting = tuple(
        place
        for place in region.places
        if (not area or area in (place.subregion, place.district))
        and (not themes or place.theme in themes or ("coastal" in themes and place.theme == "port"))
        and released.labels.get(fold(place.type), "").lower() == plain
    )
    names = {(place.name, place.type) for place in fitting}
    # A town that lies in a town of the list is another name that people have for it, and no second candidate.
    return tuple(place for place in fitting if (place.parent, place.type) not in names)


def told_counts(region: Region) -> dict[str, int]:
    """How many bodies of a kind there are, as the public facts tell."""
    counts = region.public_facts.get("counts", {})
    return {fold(kind): int(count) for kind, count in counts.items()} if isinstance(counts, Mapping) else {}


def counts_of(released: Released, region: Region) -> dict[str, int]:
    """The same by what a token calls the kind; where the public facts say nothing, as many as the region pack lists."""
    inside = (agency for agency in region.agencies if agency.scope in _INSIDE)
    return dict(Counter(fold(released.labels.get(fold(one.kind), one.kind)) for one in inside)) | told_counts(region)


def name_of(region: Region) -> str:
    """The region's own name for readers, not its folder's."""
    study = region.public_facts.get("study")
    return str(study.get("region", region.name)) if isinstance(study, Mapping) else region.name


def _count(
    category: Category,
    label: str,
    area: str,
    cues: tuple[str, ...],
    released: Released,
    region: Region,
    counts: Mapping[str, int],
) -> int | None:
    """How many fit; None where there is no list to count in."""
    if category is Category.AGENCY:
        return counts.get(fold(label))
    if category is not Category.PLACE or label in _NO_LIST or not (area or cues):
        return None
    return len(candidates(label, area, cues, released, region)) or None


def _cues(token: Token, turn: Turn) -> tuple[str, ...]:
    """What the words beside a place's token say of it."""
    if token.category is not Category.PLACE:
        return ()
    beside = turn.text[max(0, token.start - 60) : token.end + 60]
    return tuple(theme for theme, cue in _CUES.items() if cue.search(beside))


def _says(token: Token, turn: Turn) -> str:
    """Its kind and area, with what the words beside it add: "town in East Kent (coastal, by the words beside it)"."""
    plain = f"{token.label.lower()} in {token.area}" if token.area else token.label.lower()
    cues = [cue for cue in _cues(token, turn) if cue not in plain]
    return f"{plain} ({' and '.join(cues)}, by the words beside it)" if cues else plain


def _only_one(released: Released, region: Region) -> Iterator[Risk]:
    """A kind of body of which there is one, named as a kind by somebody who works there or sends somebody there."""
    single = index((kind, kind) for kind, count in told_counts(region).items() if count == 1)
    told: set[str] = set(_EVERYBODY_SAYS)
    for talk in released.talks:
        for turn in talk.own():
            for start, _, kind in find(turn.text, single):
                if kind not in told and _ONE.search(turn.text[:start]):
                    told.add(kind)
                    yield Risk(
                        "inversion", talk.code, turn.number,
                        f"The text speaks of a {kind}, and there is only one in the region: the kind names the body.",
                        "coarser: a broader word for the kind, or accept that this is public",
                        key=f"kind {kind}",
                    )  # fmt: skip


# The study's own region is public: these bodies serve all of it, and to name them says nothing of anybody.
_EVERYBODY_SAYS = frozenset(
    {"police force", "county council", "unitary council", "unitary authority", "fire service", "ambulance service"}
)
