"""A grouped bar chart as SVG, by hand: no plotting package for ten bars."""

from collections.abc import Mapping, Sequence
from html import escape

_BAR, _GAP, _LEFT, _TOP, _HEIGHT = 13, 26, 46, 64, 230
# Okabe and Ito's colours, told apart by most colour-blind readers; deid's own comes first.
_COLOURS = ("#0072b2", "#56b4e9", "#d55e00", "#e69f00", "#009e73", "#cc79a7", "#999999")


def grouped_bars(title: str, groups: Mapping[str, Mapping[str, float | None]], systems: Sequence[str]) -> str:
    """One group of bars for each figure, one bar for each system; heights from 0 to 1."""
    wide = len(systems) * _BAR + _GAP
    width = max(_LEFT + wide * len(groups) + 20, 720)
    parts = [f'<text x="{_LEFT}" y="20" font-size="15" font-weight="bold">{escape(title)}</text>']
    parts += _legend(systems)
    for tenth in range(0, 11, 2):
        y = _TOP + _HEIGHT - _HEIGHT * tenth / 10
        parts.append(f'<line x1="{_LEFT}" y1="{y:.0f}" x2="{width - 20}" y2="{y:.0f}" stroke="#ddd"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4:.0f}" text-anchor="end">{tenth / 10:.1f}</text>')
    for place, (name, values) in enumerate(groups.items()):
        left = _LEFT + _GAP / 2 + place * wide
        parts += _bars(left, values, systems)
        middle = left + len(systems) * _BAR / 2
        parts.append(f'<text x="{middle:.0f}" y="{_TOP + _HEIGHT + 18}" text-anchor="middle">{escape(name)}</text>')
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{_TOP + _HEIGHT + 30}" role="img"'
    body = "\n".join(parts)
    return f'{head} font-family="sans-serif" font-size="11">\n<title>{escape(title)}</title>\n{body}\n</svg>\n'


def _legend(systems: Sequence[str]) -> list[str]:
    parts, x = [], _LEFT
    for colour, system in zip(_COLOURS, systems, strict=False):
        parts.append(f'<rect x="{x}" y="32" width="10" height="10" fill="{colour}"/>')
        parts.append(f'<text x="{x + 14}" y="41">{escape(system)}</text>')
        x += 30 + 7 * len(system)
    return parts


def _bars(left: float, values: Mapping[str, float | None], systems: Sequence[str]) -> list[str]:
    parts = []
    for number, (colour, system) in enumerate(zip(_COLOURS, systems, strict=False)):
        value = values.get(system)
        if value is None:
            continue
        x, y = left + number * _BAR, _TOP + _HEIGHT * (1 - value)
        label = f"<title>{escape(system)}: {value:.3f}</title>"
        parts.append(
            f'<rect x="{x:.0f}" y="{y:.1f}" width="{_BAR - 2}" height="{_HEIGHT * value:.1f}" fill="{colour}">'
            f"{label}</rect>"
        )
    return parts
