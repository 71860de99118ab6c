"""A place in a transcript as plain values for the templates: its words as they will read, and what stands around it."""

import json

from deid.review.desk import Desk
from deid.study.review.pieces import Piece, Place

Values = dict[str, object]


def place_values(place: Place, desk: Desk) -> Values:
    return {
        "code": place.code,
        "turn": place.turn,
        "timecode": place.timecode,
        "before": [piece_values(one, desk) for one in place.before],
        "text": place.text,
        "after": [piece_values(one, desk) for one in place.after],
        "original": place.original if desk.shows_originals else "",
        "category": place.category,
        "at": json.dumps(at_values(place)),
        "segment": place.span.segment,
        "doubt": "",
        "why": "",
        "entity": "",
    }


def piece_values(piece: Piece, desk: Desk) -> Values:
    return {
        "text": piece.text,
        "start": piece.start,
        "end": piece.end,
        "entity": piece.entity,
        "category": piece.category,
        "original": piece.original if desk.shows_originals else "",
    }


def at_values(place: Place) -> list[object]:
    return [place.code, place.span.segment, place.span.start, place.span.end]
