"""What is left of a study, as cards of the queue: one for each finding, and so one for a whole cluster of details."""

from collections.abc import Mapping

from deid.model import Product, Span
from deid.risk.assess import KINDS
from deid.study.cards import RISK, Card
from deid.study.pieces import Look
from deid.study.risk import Assessed, Found

_MOST_SEGMENTS = 40
_TALK = frozenset({"speech", "note", "comment", "heading", "cell", "title", "field"})


def risk_cards(
    assessed: Assessed, products: Mapping[str, Product], look: Look, answers: frozenset[str]
) -> tuple[Card, ...]:
    ordered = sorted(assessed.findings, key=lambda one: KINDS.index(one.risk.kind))
    return tuple(_card(one, products, look, answers) for one in ordered)


def _card(found: Found, products: Mapping[str, Product], look: Look, answers: frozenset[str]) -> Card:
    risk = found.risk
    return Card(
        id=f"risk-{found.id}",
        kind=RISK,
        why=(risk.reason,),
        at=tuple((risk.code, span) for span in _passage(found, products.get(risk.code))),
        look=look,
        doubts=(found.id,),
        answered=found.id in answers,
        about=risk.kind,
        hint=risk.suggestion,
    )


def _passage(found: Found, product: Product | None) -> list[Span]:
    """The turns that it speaks of, segment by segment; turn 0 is the heading."""
    first, last = found.risk.turn, max(found.risk.turn, found.risk.last)
    segments = product.transcript.segments if product else ()
    return [
        Span(number, 0, len(one.text))
        for number, one in enumerate(segments)
        if first <= one.turn <= last and one.kind in _TALK and one.text.strip()
    ][:_MOST_SEGMENTS]
