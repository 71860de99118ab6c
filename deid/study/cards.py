"""The queue by thing and not by hit: all doubts about one thing are one card, with every place of it in all files.

A card is answered once every doubt on it is. What was left over after all detectors comes last, as lists of words to
look through.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from deid.digests import fingerprint
from deid.fold import fold
from deid.model import Doubt, Leak, Product, Span
from deid.resolve.phrases import find_phrases, index_phrases
from deid.study.contexts import RESIDUAL, doubt_keys, text_of
from deid.study.decisions import decision_fingerprint
from deid.study.folder import Study
from deid.study.pieces import Pieces, Place
from deid.study.render import Rendered

GATE, LINK, UNSURE, LIST = "gate", "link", "unsure", "list"
# Most dangerous first: a gate hit has no output, a link may merge two people.
ORDER = (GATE, LINK, UNSURE, LIST)
_DANGER = ("PERSON", "IDENTIFIER", "CONTACT", "CASE", "AGENCY", "PLACE", "ROLE", "TRAIT", "AGE", "DATE", "")


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to decide. `doubts`: the fingerprints that an answer settles. `others`: further mentions, not in doubt.

    `token` is how it will read, "" where nothing is replaced.
    """

    id: str
    kind: str
    why: tuple[str, ...]
    places: tuple[Place, ...]
    doubts: tuple[str, ...] = ()
    entity: str = ""
    token: str = ""
    category: str = ""
    part: str = ""
    candidates: tuple[str, ...] = ()
    others: tuple[Place, ...] = ()
    answered: bool = False


@dataclass(slots=True)
class _Group:
    kind: str
    entity: str = ""
    why: dict[str, None] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    open: list[bool] = field(default_factory=list)
    places: list[tuple[str, Span]] = field(default_factory=list)
    candidates: dict[str, None] = field(default_factory=dict)


def cards(study: Study, rendered: Rendered, answers: frozenset[str], pieces: Mapping[str, Pieces]) -> tuple[Card, ...]:
    """Every card, answered or not, in the order in which they should be looked at."""
    groups: dict[str, _Group] = {}
    for code, product in rendered.outcome.products.items():
        at = _entities_by_place(product)
        for doubt, key in doubt_keys(product):
            if _is_own_code(doubt, product):
                continue
            mark = decision_fingerprint(study.contents, key)
            group = _group_of(groups, doubt, product, at)
            group.why.setdefault(doubt.why)
            group.doubts.append(mark)
            group.open.append(mark not in answers)
            group.places.append((code, doubt.span))
            group.candidates |= dict.fromkeys(doubt.candidates)
    # A card's id goes into a page's address, so it is keyed: the form that a group goes by is not to be guessed.
    named = {fingerprint(study.contents.keys.decide, "card", name): group for name, group in groups.items()}
    found = [*_gate_cards(rendered, pieces), *(_card(id, one, rendered, pieces) for id, one in named.items())]
    return tuple(sorted(found, key=_rank))


def mentions_of(rendered: Rendered, entity: str, pieces: Mapping[str, Pieces]) -> tuple[Place, ...]:
    """Every mention of an entity, in all files."""
    return tuple(
        pieces[code].place(mention.span)
        for code, product in rendered.outcome.products.items()
        for mention in product.mentions
        if mention.entity == entity
    )


def _is_own_code(doubt: Doubt, product: Product) -> bool:
    """P01 as a speaker's label is what a reader should see; a number or a code inside speech is not excused."""
    segment = product.transcript.segments[doubt.span.segment]
    participants = product.transcript.code.rpartition("-")[0].split("+")
    return doubt.kind == RESIDUAL and segment.kind == "speaker" and segment.text.strip().rstrip(":") in participants


def _group_of(
    groups: dict[str, _Group], doubt: Doubt, product: Product, at: Mapping[int, list[tuple[Span, str]]]
) -> _Group:
    entity = next((id for span, id in at.get(doubt.span.segment, ()) if span.overlaps(doubt.span)), "")
    if doubt.kind == RESIDUAL:
        return groups.setdefault(f"list {doubt.why}", _Group(LIST))
    kind = doubt.kind if doubt.kind in ORDER else UNSURE
    name = f"{kind} {entity or fold(text_of(product.transcript, doubt.span))}"
    return groups.setdefault(name, _Group(kind, entity))


def _card(id: str, group: _Group, rendered: Rendered, pieces: Mapping[str, Pieces]) -> Card:
    entry = rendered.outcome.entries.get(group.entity)
    places = tuple(pieces[code].place(span) for code, span in group.places)
    here = set(group.places)
    others = mentions_of(rendered, group.entity, pieces) if group.entity else ()
    return Card(
        id=id,
        kind=group.kind,
        why=tuple(group.why),
        places=places,
        doubts=tuple(dict.fromkeys(group.doubts)),
        entity=group.entity,
        token=entry.tokens.get(rendered.tier, "") if entry else "",
        category=entry.entity.category.value if entry else places[0].category,
        part=entry.entity.part if entry else "",
        candidates=tuple(id for id in group.candidates if id != group.entity),
        others=tuple(one for one in others if (one.code, one.span) not in here),
        answered=not any(group.open),
    )


def _gate_cards(rendered: Rendered, pieces: Mapping[str, Pieces]) -> Iterator[Card]:
    """One card for each thing that holds a file back; it is answered when the gate is content, and not before."""
    by_thing: dict[tuple[str, str, str], list[Place]] = {}
    for code, gated in rendered.gated.items():
        product = rendered.outcome.products[code]
        for leak in gated.leaks:
            entry = rendered.outcome.entries.get(leak.entity)
            spans = _spans_of_leak(product, leak, entry.entity.forms if entry else ())
            found = [pieces[code].place(span) for span in spans]
            nowhere = Place(code, leak.turn, "", Span(0, 0, 1), (), leak.where, ())
            places = by_thing.setdefault((code, leak.entity, leak.why), [])
            places += [place for place in found or [nowhere] if place not in places]
    for (code, entity, why), places in by_thing.items():
        entry = rendered.outcome.entries.get(entity)
        token = entry.tokens.get(rendered.tier, "") if entry else ""
        category = entry.entity.category.value if entry else ""
        yield Card(f"gate-{code}-{entity}", GATE, (why,), tuple(places), entity=entity, token=token, category=category)


def _spans_of_leak(product: Product, leak: Leak, forms: Sequence[str]) -> Iterator[Span]:
    """Where a leak's forms stand unreplaced; its whole turn where they cannot be told."""
    phrases = index_phrases((form, True) for form in forms)
    replaced = [one.span for one in product.replacements]
    turn = [(n, one) for n, one in enumerate(product.transcript.segments) if one.text and one.turn == leak.turn]
    found = [Span(n, start, end) for n, one in turn for start, end, _ in find_phrases(one.text, phrases)]
    found = [span for span in found if not any(span.overlaps(other) for other in replaced)]
    yield from found or [Span(n, 0, len(one.text)) for n, one in turn[:1] if leak.turn]


def _entities_by_place(product: Product) -> dict[int, list[tuple[Span, str]]]:
    found: dict[int, list[tuple[Span, str]]] = {}
    for mention in product.mentions:
        found.setdefault(mention.span.segment, []).append((mention.span, mention.entity))
    return found


def _rank(card: Card) -> tuple[object, ...]:
    first = card.places[0]
    return (ORDER.index(card.kind), _DANGER.index(card.category), -len(card.places), first.code, first.span)
