"""Pieces of a source, cut to the words that they show."""

from collections.abc import Sequence

from deid.formats._lens import Piece


def trim(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Pieces without the white space before and behind their words."""
    text = "".join(piece.text for piece in pieces)
    return cut(pieces, len(text) - len(text.lstrip()), len(text.rstrip()))


def cut(pieces: Sequence[Piece], start: int, end: int) -> tuple[Piece, ...]:
    """The pieces that show characters `start` to `end` of their joined text. An escape is never cut."""
    kept, done = [], 0
    for piece in pieces:
        first, last = max(start, done) - done, min(end, done + len(piece.text)) - done
        done += len(piece.text)
        if first >= last:
            continue
        if piece.end - piece.start == len(piece.text):
            kept.append(Piece(piece.start + first, piece.start + last, piece.text[first:last]))
        else:
            kept.append(piece)
    return tuple(kept)
