"""What a person should look at, most dangerous first: gate hits, ambiguous links, unsure findings, what is left."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from deid.model import Doubt
from deid.study.render import Rendered

# Law 6: what the gate holds back comes first, for that file has no output; then what may merge two people.
_ORDER = ("gate", "link", "unsure", "residual")
_CONTEXT = 60


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to decide. `before`, `text`, `after` are originals: shown on demand, never written."""

    code: str
    turn: int
    timecode: str
    kind: str
    why: str
    segment: int
    start: int
    end: int
    text: str = field(repr=False)
    before: str = field(repr=False)
    after: str = field(repr=False)


def queue(rendered: Rendered) -> tuple[Item, ...]:
    """Every doubt of every transcript, in the order in which it should be looked at."""
    items = [*_held(rendered), *_doubts(rendered)]
    return tuple(sorted(items, key=lambda item: (_ORDER.index(item.kind), item.code, item.segment, item.start)))


def _doubts(rendered: Rendered) -> Iterator[Item]:
    for code, product in rendered.outcome.products.items():
        for doubt in product.doubts:
            yield _item(rendered, code, doubt)


def _held(rendered: Rendered) -> Iterator[Item]:
    for code, gated in rendered.gated.items():
        for leak in gated.leaks:
            yield Item(code, leak.turn, "", "gate", leak.why, 0, 0, 0, "", "", "")


def _item(rendered: Rendered, code: str, doubt: Doubt) -> Item:
    segment = rendered.outcome.products[code].transcript.segments[doubt.span.segment]
    start, end = doubt.span.start, doubt.span.end
    return Item(
        code=code,
        turn=segment.turn,
        timecode=segment.timecode,
        kind=doubt.kind if doubt.kind in _ORDER else "unsure",
        why=doubt.why,
        segment=doubt.span.segment,
        start=start,
        end=end,
        text=segment.text[start:end],
        before=segment.text[max(0, start - _CONTEXT) : start],
        after=segment.text[end : end + _CONTEXT],
    )
