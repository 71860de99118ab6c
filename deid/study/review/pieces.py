"""A transcript as it will read, in pieces: plain stretches and replacements, each with its place in the source."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from deid.model import KeyEntry, Outcome, Product, Replacement, Span
from deid.spans import by_segment

CONTEXT = 70


@dataclass(frozen=True, slots=True)
class Piece:
    """`text` is what will be read. A replacement names its entity; `original` is for those who ask for it."""

    text: str = field(repr=False)
    start: int
    end: int
    entity: str = ""
    category: str = ""
    original: str = field(default="", repr=False)

    @property
    def is_replacement(self) -> bool:
        return bool(self.category)


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a source with its words as they will be read. `original` is "" where nothing is replaced."""

    code: str
    turn: int
    timecode: str
    span: Span
    before: tuple[Piece, ...] = field(repr=False)
    text: str = field(repr=False)
    after: tuple[Piece, ...] = field(repr=False)
    original: str = field(default="", repr=False)
    category: str = ""


class Pieces:
    """The pieces of one product's segments, cut when they are asked for."""

    def __init__(self, product: Product, entries: Mapping[str, KeyEntry]) -> None:
        self._product = product
        self._entries = entries
        self._replacements = by_segment(product.replacements)
        self._mentions = by_segment(product.mentions)

    def entity_at(self, span: Span) -> str:
        """The thing that is mentioned there, "" for none."""
        return next((one.entity for one in self._mentions.get(span.segment, ()) if one.span.overlaps(span)), "")

    def is_replaced(self, span: Span) -> bool:
        return any(one.span.overlaps(span) for one in self._replacements.get(span.segment, ()))

    def of(self, segment: int) -> tuple[Piece, ...]:
        text, place = self._product.transcript.segments[segment].text, 0
        pieces = []
        for one in sorted(self._replacements.get(segment, ()), key=lambda one: one.span):
            if place < one.span.start:
                pieces.append(Piece(text[place : one.span.start], place, one.span.start))
            pieces.append(self._replaced(one, text[one.span.start : one.span.end]))
            place = one.span.end
        if place < len(text):
            pieces.append(Piece(text[place:], place, len(text)))
        return tuple(pieces)

    def place(self, span: Span) -> Place:
        """This stretch with a little of what stands around it."""
        segment = self._product.transcript.segments[span.segment]
        pieces = self.of(span.segment)
        inside = [one for one in pieces if one.is_replacement and one.start < span.end and span.start < one.end]
        start = min([span.start, *(one.start for one in inside)])
        end = max([span.end, *(one.end for one in inside)])
        here = [_cut(one, start, end) for one in pieces if one.start < end and start < one.end]
        return Place(
            code=self._product.transcript.code,
            turn=segment.turn,
            timecode=segment.timecode,
            span=span,
            before=_last([_cut(one, 0, start) for one in pieces if one.start < start]),
            text="".join(one.text for one in here),
            after=_first([_cut(one, end, len(segment.text)) for one in pieces if one.end > end]),
            original=segment.text[start:end] if inside else "",
            category=inside[0].category if inside else "",
        )

    def _replaced(self, one: Replacement, original: str) -> Piece:
        id = self.entity_at(one.span)
        entry = self._entries.get(id)
        category = entry.entity.category.value if entry else "TRAIT"
        return Piece(one.text, one.span.start, one.span.end, id, category, original)


class Look:
    """A rendered study to look into: places in their words, and mentions by thing. What did not change is kept."""

    def __init__(self, outcome: Outcome, before: "Look | None" = None) -> None:
        self._entries = outcome.entries
        self._products = outcome.products
        self._pieces: dict[str, Pieces] = {}
        self._mentions: dict[str, dict[str, list[Span]]] = {}
        for code, product in outcome.products.items():
            if before is not None and before._products.get(code) is product:
                self._pieces[code], self._mentions[code] = before._pieces[code], before._mentions[code]
                continue
            self._pieces[code] = Pieces(product, outcome.entries)
            own = self._mentions.setdefault(code, {})
            for mention in product.mentions:
                own.setdefault(mention.entity, []).append(mention.span)

    def pieces(self, code: str) -> Pieces:
        return self._pieces[code]

    def place(self, code: str, span: Span) -> Place:
        return self._pieces[code].place(span)

    def entity_at(self, code: str, span: Span) -> str:
        """The thing that is mentioned there, "" for none."""
        return self._pieces[code].entity_at(span)

    def is_replaced(self, code: str, span: Span) -> bool:
        return self._pieces[code].is_replaced(span)

    def mentions_of(self, entity: str) -> tuple[tuple[str, Span], ...]:
        """Every mention of a thing, in all files."""
        return tuple((code, span) for code, own in self._mentions.items() for span in own.get(entity, ()))

    def mentioned(self) -> frozenset[str]:
        return frozenset(id for own in self._mentions.values() for id in own)


def _cut(piece: Piece, start: int, end: int) -> Piece:
    """What of a piece lies inside; a replacement is never cut."""
    if piece.is_replacement:
        return piece
    first, last = max(piece.start, start), min(piece.end, end)
    return Piece(piece.text[first - piece.start : last - piece.start], first, last)


def _last(pieces: list[Piece]) -> tuple[Piece, ...]:
    kept: list[Piece] = []
    room = CONTEXT
    for piece in reversed(pieces):
        if room <= 0:
            break
        if not piece.is_replacement and len(piece.text) > room:
            kept.insert(0, Piece("…" + piece.text[-room:].partition(" ")[2], piece.start, piece.end))
            break
        kept.insert(0, piece)
        room -= len(piece.text)
    return tuple(kept)


def _first(pieces: list[Piece]) -> tuple[Piece, ...]:
    kept: list[Piece] = []
    room = CONTEXT
    for piece in pieces:
        if room <= 0:
            break
        if not piece.is_replacement and len(piece.text) > room:
            kept.append(Piece(piece.text[:room].rpartition(" ")[0] + "…", piece.start, piece.end))
            break
        kept.append(piece)
        room -= len(piece.text)
    return tuple(kept)
