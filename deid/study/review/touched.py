"""What an act touches in a study as it was rendered: the thing, its mentions and claims, and how they are bound."""

from collections.abc import Collection, Iterable, Iterator

from deid.errors import AskedWrongly
from deid.fold import fold
from deid.model import Entity, Finding, Product, Span
from deid.resolve.decide import context_key
from deid.resolve.gazetteer import index_region
from deid.resolve.mentioned import mentioned
from deid.study.decisions import decision_fingerprint
from deid.study.folder import Study
from deid.study.render import Rendered
from deid.study.review.asked import Asked, At


def contexts_of(product: Product, span: Span, rendered: Rendered) -> Iterator[str]:
    """What keep decisions are bound to: every claim about the place, in its own words and category."""
    claims: list[Finding] = [
        one for settled in product.settled if settled.span.overlaps(span) for one in settled.claims
    ]
    claims += [one.finding for one in product.dismissed if one.finding.span.overlaps(span)]
    wanted = {(one.span, one.category) for one in claims}
    for mention in product.mentions:
        if mention.span.overlaps(span):
            entity = rendered.outcome.entries[mention.entity].entity
            wanted |= {(one, entity.category) for one in {mention.span, *(claim.span for claim in claims)}}
    for place, category in sorted(wanted):
        yield context_key(product.transcript, place, category)


def retired(study: Study, rendered: Rendered, asked: Asked, marks: Collection[str]) -> dict[str, list[str]]:
    """Forms that stand for nothing any more once these places stay readable, by entity.

    marks: the contexts that are kept; where the same words stand around it in another transcript, it is kept as well.
    """
    chosen = set(asked.places)
    touched = {
        mention.entity
        for code, product in rendered.outcome.products.items()
        for mention in product.mentions
        if any(code == at and mention.span.overlaps(span) for at, span in chosen)
    }
    kept: dict[str, set[str]] = {}
    said: dict[str, set[str]] = {}
    for code, product in rendered.outcome.products.items():
        surest = {one.span: one.surest.span for one in product.settled}
        for mention in (one for one in product.mentions if one.entity in touched):
            form = fold(product.transcript.text_at(surest.get(mention.span, mention.span)))
            is_kept = any(code == at and mention.span.overlaps(span) for at, span in chosen) or any(
                decision_fingerprint(study.contents, key) in marks
                for key in contexts_of(product, mention.span, rendered)
            )
            (kept if is_kept else said).setdefault(mention.entity, set()).add(form)
    gone = {}
    for id, forms in kept.items():
        own = entity_of(rendered, id).forms
        # A thing without a mention left goes whole: its short forms came from the long one.
        lost = [form for form in own if fold(form) in forms - said[id]] if id in said else list(own)
        if lost:
            gone[id] = lost
    return gone


def bound_keys(study: Study, rendered: Rendered, entity: str) -> Iterator[tuple[At, str, str, str]]:
    """Each mention of an entity with the key of its form, the key of itself alone, and what it says."""
    gazetteer = index_region(study.region)
    for code, product in rendered.outcome.products.items():
        mine = {mention.span for mention in product.mentions if mention.entity == entity}
        if not mine:
            continue
        people, things = mentioned(product.transcript, product.settled, gazetteer)
        for one in people:
            if one.place in mine:
                yield (code, one.place), one.key, one.own_key, one.text
        for thing in things:
            if thing.place in mine:
                yield (code, thing.place), thing.bound_key, thing.bound_key, thing.form


def times_said(rendered: Rendered, id: str) -> int:
    """In how many places a thing is mentioned."""
    return sum(mention.entity == id for product in rendered.outcome.products.values() for mention in product.mentions)


def entity_of(rendered: Rendered, id: str) -> Entity:
    """The thing with this id. Raises AskedWrongly where it is gone."""
    entry = rendered.outcome.entries.get(id)
    if entry is None:
        raise AskedWrongly("this thing is not there any more", hint="reload the page")
    return entry.entity


def forms_at(rendered: Rendered, asked: Asked) -> Iterable[str]:
    """What stands at the places asked for. Raises AskedWrongly where that is no word."""
    forms = [rendered.outcome.products[code].transcript.text_at(span).strip() for code, span in asked.places]
    if not any(fold(form) for form in forms):
        raise AskedWrongly("select some words first")
    return [form for form in forms if fold(form)]


def check_places(rendered: Rendered, asked: Asked) -> None:
    """Raises AskedWrongly for a place that the transcripts do not have."""
    for code, span in (*asked.places, *(at for at, _ in asked.worded)):
        product = rendered.outcome.products.get(code)
        segments = product.transcript.segments if product else ()
        if span.segment >= len(segments) or span.end > len(segments[span.segment].text):
            raise AskedWrongly("this place is not in the transcript", hint="reload the page")
