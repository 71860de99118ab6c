"""A rendered study as plain values for `risk` and `quotes`: released turns, with the entity behind each token."""

from collections.abc import Iterable, Iterator, Sequence

from deid.detect.trait_words import FAITHS, LANGUAGES, ORIGINS
from deid.fold import fold
from deid.model import Category, Entity, KnownPerson, Product, Replacement, Segment, Span
from deid.pseudonymise.labels import label_of
from deid.pseudonymise.tokens import find_tokens, label_part
from deid.region import Region
from deid.risk.released import Piece, Released, Talk, Token, Turn
from deid.spans import Shift, by_segment
from deid.study.codes import is_interviewer
from deid.study.folder import Study
from deid.study.render import Rendered

_TALK = frozenset({"speech", "note", "comment", "heading", "cell", "title", "field"})
_LABELS = frozenset("int interviewer i r researcher q int1 int2 i1 i2 iv facilitator moderator".split())


def released_of(study: Study, rendered: Rendered) -> Released:
    participants = {source.code: source.participants for source in study.contents.sources}
    people = [person for person in study.contents.roster if not is_interviewer(person)]
    entities = {entry.entity.id: entry.entity for entry in rendered.outcome.entries.values()}
    whose = {person.code: _entity_of(person, entities.values()) for person in people}
    talks = tuple(
        talk_of(product, participants.get(code) or (code.rpartition("-")[0],), entities, whose)
        for code, product in sorted(rendered.outcome.products.items())
    )
    return Released(
        rendered.tier, talks, tuple(people), whose, labels_of(study.region), ORIGINS | FAITHS | LANGUAGES
    )  # fmt: skip


def labels_of(region: Region) -> dict[str, str]:
    """A kind of the region pack -> what a token calls it."""
    places = {(Category.PLACE, place.type) for place in region.places}
    bodies = {(Category.AGENCY, agency.kind) for agency in region.agencies}
    return {fold(kind): label_of(Entity("", category, kind)) for category, kind in sorted(places | bodies)}


def talk_of(
    product: Product, participants: tuple[str, ...], entities: dict[str, Entity], whose: dict[str, str]
) -> Talk:
    replaced = by_segment(sorted(product.replacements, key=lambda one: one.span))
    shift = Shift(product.replacements)
    speakers = _speakers(product, participants, entities, whose)
    turns: list[Turn] = []
    for at, segment in enumerate(product.transcript.segments):
        if segment.kind not in _TALK or not segment.text.strip():
            continue
        text = put(segment.text, replaced.get(at, []))
        tokens = tuple(_tokens(product, replaced.get(at, []), shift, entities))
        speaker = speakers.get(segment.turn, participants[0]) if segment.kind == "speech" else ""
        turns = _joined(turns, Turn(segment.turn, speaker, text, tokens, (Piece(at, 0, len(text)),)), segment)
    labels = frozenset(m.entity for m in product.mentions if _is_label(product, m.span.segment))
    return Talk(product.transcript.code, participants, tuple(turns), labels)


def _is_label(product: Product, segment: int) -> bool:
    return product.transcript.segments[segment].kind == "speaker"


def put(text: str, replacements: Sequence[Replacement]) -> str:
    """The text with its replacements, by plain slicing."""
    parts, at = [], 0
    for one in replacements:
        parts += [text[at : one.span.start], one.text]
        at = one.span.end
    return "".join((*parts, text[at:]))


def _joined(turns: list[Turn], turn: Turn, segment: Segment) -> list[Turn]:
    """The cues of one turn are read together."""
    last = turns[-1] if turns else None
    if last is None or segment.kind != "speech" or not turn.number or last.number != turn.number or not last.speaker:
        return [*turns, turn]
    by = len(last.text) + 1
    moved = tuple(_moved(token, by) for token in turn.tokens)
    pieces = tuple(Piece(piece.segment, piece.start + by, piece.length) for piece in turn.pieces)
    turns[-1] = Turn(
        last.number, last.speaker, f"{last.text} {turn.text}", (*last.tokens, *moved), (*last.pieces, *pieces)
    )
    return turns


def _moved(token: Token, by: int) -> Token:
    return Token(
        token.start + by,
        token.end + by,
        token.entity,
        token.category,
        token.label,
        token.area,
        token.coarse,
        token.part,
    )


def _tokens(
    product: Product, replacements: Sequence[Replacement], shift: Shift, entities: dict[str, Entity]
) -> Iterator[Token]:
    for one in replacements:
        place = shift.new_text(one)
        entity = next((m.entity for m in product.mentions if m.span.overlaps(one.span)), "")
        if place is None or entity not in entities:
            continue
        yield _token(place, one.text, entities[entity])


def _token(place: Span, text: str, entity: Entity) -> Token:
    start, end = next(iter(find_tokens(text)), (0, len(text)))
    bare = text[start:end].strip("[]#").replace("_", " ")
    label = label_part(bare)
    _, _, area = bare.partition(", ") if label else ("", "", "")
    coarse = "" if label or entity.category not in (Category.AGE, Category.DATE) else bare
    return Token(
        place.start + start, place.start + end, entity.id, entity.category, label, area, coarse, entity.part
    )  # fmt: skip


def _speakers(
    product: Product, participants: tuple[str, ...], entities: dict[str, Entity], whose: dict[str, str]
) -> dict[int, str]:
    """Who speaks in each turn: "interviewer", or a participant; the only one, where the label says no more."""
    by_entity = {entity: person for person, entity in whose.items() if person in participants}
    spoken: dict[int, str] = {}
    for at, segment in enumerate(product.transcript.segments):
        if segment.kind != "speaker":
            continue
        entity = next((m.entity for m in product.mentions if m.span.segment == at), "")
        part = entities[entity].part if entity in entities else ""
        if part == "interviewer" or fold(segment.text) in _LABELS:
            spoken[segment.turn] = "interviewer"
        else:
            spoken[segment.turn] = by_entity.get(entity, _by_label(segment.text, participants))
    return spoken


def _by_label(label: str, participants: tuple[str, ...]) -> str:
    return next((person for person in participants if fold(person) == fold(label)), participants[0])


def _entity_of(person: KnownPerson, entities: Iterable[Entity]) -> str:
    """The entity that stands for a row of the roster."""
    name = fold(person.full_name)
    for entity in entities:
        if entity.category is Category.PERSON and any(fold(form) == name for form in entity.forms):
            return entity.id
    return ""
