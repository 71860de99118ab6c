"""What is left of a study, as cards of the queue: alike findings are one card, each with its own passage and answer.

Alike is what one person decides in one thought: all that singles one participant out, all passages of one transcript
that lead to somebody, all that several transcripts tell, all tokens that can be turned back.
"""

from collections.abc import Mapping, Sequence

from deid.digests import fingerprint
from deid.model import Product, Span
from deid.risk.assess import KINDS
from deid.risk.released import Risk
from deid.study.folder import Study
from deid.study.review.cards import RISK, Card, Left, Shown, risk_card
from deid.study.risk.mending import Mend
from deid.study.risk.risk import Assessed, Found

PERSON, PASSAGES, TOLD, NAMED, TURNED_BACK = "person", "passages", "told", "named", "turned_back"
_MOST_TOGETHER = 12  # so many are still looked at one by one
_MOST_SEGMENTS = 40
_TALK = frozenset({"speech", "note", "comment", "heading", "cell", "title", "field"})

Alike = tuple[str, str]  # what they have in common, and the participant or transcript


def risk_cards(study: Study, assessed: Assessed, mends: Sequence[Mend], now: Shown) -> tuple[Card, ...]:
    """The most telling first."""
    groups: dict[Alike, list[Found]] = {}
    for one in sorted(assessed.findings, key=lambda one: KINDS.index(one.risk.kind)):
        groups.setdefault(_alike(one.risk), []).append(one)
    cards = []
    for (about, whose), own in groups.items():
        ends = tuple(one for one in mends if about == PERSON and one.who == whose)
        for first in range(0, len(own), _MOST_TOGETHER):
            left = tuple(_left(one, now.rendered.outcome.products) for one in own[first : first + _MOST_TOGETHER])
            id = fingerprint(study.contents.keys.decide, "risk card", assessed.tier, about, whose, str(first))[:16]
            card = Card(f"risk-{id}", RISK, (), (), now.look, about=about, whose=whose, left=left, mends=ends)
            cards.append(risk_card(card, now.answers))
    return tuple(cards)


def _alike(risk: Risk) -> Alike:
    if risk.kind in ("combination", "colleague"):
        return PERSON, risk.who
    if risk.kind == "linkage":
        return (NAMED, "") if risk.who else (TOLD, "")
    return (TURNED_BACK, "") if risk.kind == "inversion" else (PASSAGES, risk.code)


def _left(found: Found, products: Mapping[str, Product]) -> Left:
    risk = found.risk
    at = tuple((risk.code, span) for span in _passage(risk, products.get(risk.code)))
    return Left(found.id, risk.kind, risk.code, risk.turn, risk.reason, risk.suggestion, at)


def _passage(risk: Risk, product: Product | None) -> list[Span]:
    """The turns that it speaks of, segment by segment; turn 0 is the heading."""
    first, last = risk.turn, max(risk.turn, risk.last)
    segments = product.transcript.segments if product else ()
    return [
        Span(number, 0, len(one.text))
        for number, one in enumerate(segments)
        if first <= one.turn <= last and one.kind in _TALK and one.text.strip()
    ][:_MOST_SEGMENTS]
