"""What `deid risk` shows above its findings: participants x attributes, both views, and what would end it."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from deid.risk.plan import CROWD

_WIDTH = 18
_HOW = (
    "deid changes nothing of this by itself. In deid review select the words and press D for words of your own, or X to"
    " remove the passage; a policy of your own does it for a whole category."
)


def table_lines(values: Mapping[str, Any]) -> Iterator[str]:
    """Participants down, attributes across; then how few values single somebody out, and both views."""
    names = [name for name in values["attributes"] if any(row[name] for row in values["rows"].values())]
    yield _line((("",), *((name,) for name in (*names, "unique on", "colleague", "stranger"))))
    for person, row in values["rows"].items():
        view = values["views"][person]
        sizes = [len(one["combination"]) for one in values["unique"] if one["participant"] == person]
        cells = [row[name] or ["-"] for name in names]
        rows = [[person], *cells, [_unique(sizes)], [_colleague(view)], [_stranger(view)]]
        depth = [[part for cell in each for part in textwrap.wrap(cell, _WIDTH - 2)] for each in rows]
        for at in range(max(map(len, depth))):
            yield _line([column[at : at + 1] or [""] for column in depth])


def plan_lines(values: Mapping[str, Any]) -> Iterator[str]:
    """What would have to become coarser, where, and whether the automatic intruder is then as good as lots."""
    if values["plan"]:
        yield f"What would leave nobody unique, and {CROWD} or more of the roster to choose from:"
    for step in values["plan"]:
        becomes = "withhold" if step["becomes"] == "withheld" else f"becomes {step['becomes']}"
        places = ", ".join(_places(step["places"]))
        yield f"{step['participant']:6}{step['attribute']:9}{step['value']:28}{becomes:26}{places}".rstrip()
    told = values["intruder"]
    if told["participants"]:
        after = f"; with all of that, {told['right_after_plan']:g}" if values["plan"] else ""
        yield (
            f"The automatic intruder names {told['right']:g} of {told['participants']} participants by the roster"
            f" (by chance: {told['by_lot']:g}){after}."
        )
    if values["plan"]:
        yield from textwrap.wrap(_HOW, 110)


def _unique(sizes: Sequence[int]) -> str:
    """By how many values a participant is the only one: the fewest."""
    return {1: "one value", 2: "two together", 3: "three together"}.get(min(sizes, default=0), "-")


def _colleague(view: Mapping[str, Any]) -> str:
    if not view["colleague"]:
        return "-"
    fit = len(view["colleague"])
    return f"{fit} {'fits' if fit == 1 else 'fit'}, then {view['afterwards']}"


def _stranger(view: Mapping[str, Any]) -> str:
    """Among how many people by the user's estimates; without one, in how many bodies of the region."""
    if view["stranger"]:
        return f"1 in {view['stranger']}"
    bodies = view["bodies"]
    return f"in {bodies} {'body' if bodies == 1 else 'bodies'}" if bodies else "-"


def _places(places: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    turns: dict[str, list[str]] = {}
    for place in places:
        turns.setdefault(place["code"], []).append(f"turn {place['turn']}" if place["turn"] else "heading")
    yield from (f"{code} {' and '.join(own)}" for code, own in turns.items())


def _line(cells: Iterable[Sequence[str]]) -> str:
    first, *rest = (cell[0] for cell in cells)
    return f"{first:<6}{''.join(f'{cell:<{_WIDTH}}' for cell in rest)}".rstrip()
