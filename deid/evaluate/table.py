"""Figures as a table for a terminal and as plain values for JSON. No text of any transcript passes through here."""

from collections.abc import Iterable, Mapping, Sequence

from deid.evaluate.credit import Credit
from deid.evaluate.linking import Linking
from deid.evaluate.score import RATES, Figures, Rate

Value = float | int | str | None | list[float] | dict[str, "Value"]

_LINKING = ("bcubed_precision", "bcubed_recall", "bcubed_f1", "wrong_merges")


def as_values(figures: Figures) -> dict[str, Value]:
    """Every figure by its name; `counts` and 95 % `intervals` beside them; the same again for each category."""
    rates: dict[str, Rate] = {name: getattr(figures, name) for name in RATES}
    values: dict[str, Value] = {name: rate.value for name, rate in rates.items()}
    values |= _linking_values(figures.linking)  # beside the rates, by the names that the design fixes
    values["not_coarser"] = figures.not_coarser
    values["counts"] = {name: {"hits": rate.hits, "total": rate.total} for name, rate in rates.items()}
    values["intervals"] = {name: list(rate.interval) if rate.interval else None for name, rate in rates.items()}
    if figures.by_category:
        values["by_category"] = {str(category): as_values(part) for category, part in figures.by_category.items()}
    return values


def as_text(figures: Figures) -> str:
    """The table a terminal shows: overall with intervals, then a line for each category."""
    head = ("", "figure", "95 % interval", "of")
    rows = [head, *((name, *_cells(getattr(figures, name))) for name in RATES)]
    lines = [*_aligned(rows), "", *_linking_lines(figures), ""]
    short = [name.replace("_", " ") for name in RATES]
    parts = [(str(category), *(_figure(getattr(part, name)) for name in RATES)) for category, part in _parts(figures)]
    return "\n".join([*lines, *_aligned([("", *short), *parts])]).rstrip() + "\n"


def side_by_side(systems: Mapping[str, Figures]) -> str:
    """A Markdown table: a line for each system, a column for each figure."""
    names = (*RATES, *_LINKING)
    rows = [[system, *_row(figures)] for system, figures in systems.items()]
    lines = [["system", *names], ["---"] * (len(names) + 1), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def credit_text(several: Iterable[Credit]) -> str:
    """Who found what: the recogniser without which most would be missed comes first."""
    head = ("recogniser", "claims", "found", "alone", "wolf", "words lost")
    ranked = sorted(several, key=lambda credit: (-credit.alone, -credit.found, credit.recogniser))
    rows = [
        (credit.recogniser, *map(str, (credit.claims, credit.found, credit.alone, credit.wolf, credit.lost)))
        for credit in ranked
    ]
    return "\n".join(_aligned([head, *rows])) + "\n"


def _parts(figures: Figures) -> list[tuple[str, Figures]]:
    return [(str(category), part) for category, part in figures.by_category.items()]


def _row(figures: Figures) -> list[str]:
    linking = figures.linking
    links = [_number(getattr(linking, name)) for name in _LINKING[:3]] + [str(linking.wrong_merges)]
    return [_figure(getattr(figures, name)) for name in RATES] + (links if linking.mentions else ["–"] * 4)


def _linking_values(linking: Linking) -> dict[str, Value]:
    return {name: getattr(linking, name) for name in _LINKING}


def _linking_lines(figures: Figures) -> list[str]:
    linking = figures.linking
    if not linking.mentions:
        return ["linking: the system gives no entities", f"not coarser: {figures.not_coarser}"]
    rows = [(name, _number(getattr(linking, name))) for name in _LINKING[:3]]
    counts = [("wrong_merges", str(linking.wrong_merges)), ("not coarser", str(figures.not_coarser))]
    return _aligned([*rows, *counts])


def _cells(rate: Rate) -> tuple[str, str, str]:
    between = f"{rate.interval[0]:.3f} to {rate.interval[1]:.3f}" if rate.interval else "–"
    return _figure(rate), between, f"{rate.hits} of {rate.total}"


def _figure(rate: Rate) -> str:
    return _number(rate.value)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
