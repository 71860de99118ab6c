"""What is left, as plain values for the templates: findings, plan and passages of a card, and the risk screen."""

from collections.abc import Mapping, Sequence
from typing import Any

from deid.review.desk import Desk
from deid.review.place_values import Values, piece_values, place_values
from deid.risk.assess import KINDS, place_of
from deid.risk.plan import CROWD
from deid.study.review.cards import Card, Left
from deid.study.review.reviewing import Reviewing
from deid.study.risk.mending import Mend
from deid.study.risk.risk import OPEN, as_values


def finding_values(one: Left) -> Values:
    return {
        "id": one.id,
        "kind": one.kind,
        "where": place_of(one.code, one.turn) if one.code else "",
        "reason": one.reason,
        "suggestion": one.suggestion,
    }


def mend_values(one: Mend, card: Card, desk: Desk) -> Values:
    """A step of the plan; its words for a place, and where they would stand."""
    places = [place_values(card.look.place(*at), desk) for at in one.places]
    return {"id": one.id, "attribute": one.attribute, "value": one.value, "words": one.words, "places": places}


def passages_of(card: Card, desk: Desk) -> list[Values]:
    """The turns of the findings as they will read, to be selected in, by transcript and in reading order."""
    found: list[Values] = []
    for code, span in sorted(card.at):
        if not found or found[-1]["code"] != code:
            found.append({"code": code, "turns": []})
        turns, turn = _list(found[-1]["turns"]), card.look.place(code, span).turn
        if not turns or turns[-1]["turn"] != turn:
            turns.append({"turn": turn, "timecode": "", "segments": []})
        pieces = [piece_values(one, desk) for one in card.look.pieces(code).of(span.segment)]
        _list(turns[-1]["segments"]).append({"number": span.segment, "kind": "speech", "pieces": pieces})
    return found


def _list(rows: object) -> list[Values]:
    assert isinstance(rows, list)  # noqa: S101
    return rows


def risk(review: Reviewing) -> Values:
    """Who shows what, what both views could do with it, and every finding with its state."""
    values = as_values(review.assess())
    matrix, findings = values["matrix"], values["findings"]
    assert isinstance(matrix, dict) and isinstance(findings, list)  # noqa: S101
    card_of = {doubt: card.id for card in review.cards() for doubt in (one.id for one in card.left)}
    for id, one in zip(matrix["ids"], findings, strict=True):
        one["card"] = card_of.get(id, "")
        if review.second:  # what the first reviewer accepted is their answer
            one["state"] = OPEN
    by_kind = {kind: [one for one in findings if one["kind"] == kind] for kind in KINDS}
    return {
        "matrix": matrix,
        "plan": _plan(matrix["plan"], review),
        "crowd": CROWD,
        "by_kind": {kind: own for kind, own in by_kind.items() if own},
        "open": sum(one["state"] == OPEN for one in findings),
        "total": len(findings),
        "tier": review.tier,
    }


def _plan(steps: Sequence[Mapping[str, Any]], review: Reviewing) -> list[Values]:
    """The steps by participant, with the card on which they are carried out."""
    card_of = {card.whose: card.id for card in review.cards() if card.mends}
    found: dict[str, list[Values]] = {}
    for step in steps:
        where = [place_of(one["code"], one["turn"]) for one in step["places"]]
        found.setdefault(step["participant"], []).append({**step, "where": where})
    return [{"who": who, "card": card_of.get(who, ""), "steps": own} for who, own in found.items()]
