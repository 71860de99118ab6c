"""What a mention that is no person refers to, as a key: two mentions with one key are one thing.

A key begins with the category; `here` in it means that the thing is not known beyond its transcript ("the manager" of
one interview is not the manager of the next).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from deid.fold import fold
from deid.model import Category, Entity, Span, Transcript
from deid.region import Place
from deid.resolve.gazetteer import Gazetteer, bare, district_of, places_named
from deid.resolve.placed import Placed
from deid.resolve.said_kinds import clearer, said_kind
from deid.resolve.thing_keys import agency_key, case_key, date_key, number_key, open_key, place_key, unlisted_place_key
from deid.values import read_ages

_SETTLEMENTS = frozenset({"city", "town", "village", "suburb", "hamlet", "island", "district", "unitary", "county"})
_NEAR = 70  # characters to either side in which a place says which of two villages is meant


@dataclass(frozen=True, slots=True)
class Thing:
    """`key` links, `form` is what the mention says; `part` is the district where the words around it tell."""

    code: str
    place: Span
    key: str = field(repr=False)
    form: str = field(repr=False)
    category: Category = Category.PLACE
    kind: str = ""
    part: str = ""
    candidates: tuple[str, ...] = field(default=(), repr=False)
    form_is_place: bool = False
    listed: bool = False
    more: tuple[Span, ...] = ()

    @property
    def bound_key(self) -> str:
        """What an earlier decision about this mention is filed under."""
        return f"{self.category}:{bare(self.form)}" if "#" not in self.key else self.key


def things(transcript: Transcript, placed: Sequence[Placed], gazetteer: Gazetteer) -> tuple[Thing, ...]:
    """All mentions of a transcript that are no persons, in reading order."""
    ages: dict[str, int] = {}
    found = []
    for one in placed:
        if one.stretch.surest.category is Category.PERSON:
            continue
        thing = _thing(transcript.code, one, gazetteer)
        if thing.category is Category.AGE:
            # Each age is its own: two sixteen-year-olds of one interview are two children.
            ages[thing.key] = ages.get(thing.key, 0) + 1
            thing = replace(thing, key=f"{thing.key}#{ages[thing.key]}")
        found.append(thing)
    return tuple(found)


def key_of_form(entity: Entity, form: str, gazetteer: Gazetteer) -> str:
    """The key under which a form of a known entity is found again; "" for what is known in one transcript only."""
    category, kind = entity.category, entity.kind
    if category is Category.PLACE:
        options = places_named(gazetteer, form)
        own = [option for option in options if len(options) == 1 or district_of(option) == entity.part]
        return place_key(own[0]) if own else open_key(form) if options else unlisted_place_key(form, "")
    if category is Category.AGENCY:
        return agency_key(form, gazetteer)[0]
    if category is Category.CASE:
        return case_key(form, kind)
    if category in (Category.CONTACT, Category.IDENTIFIER):
        return number_key(category, form)
    return date_key(form, kind) if category is Category.DATE else ""


def _thing(code: str, one: Placed, gazetteer: Gazetteer) -> Thing:
    finding = one.stretch.surest
    form = " ".join(one.form.split())
    start = Thing(code, one.spans[0], "", form, finding.category, finding.kind, more=one.spans[1:])
    if finding.category is Category.PLACE:
        return _place(start, one, gazetteer)
    if finding.category is Category.AGENCY:
        key, kind = agency_key(form, gazetteer)
        return replace(
            start,
            key=key,
            kind=kind or clearer(finding.kind, said_kind(one.text, one.start, one.end)),
            listed=bool(kind),
            form_is_place=any(place.type in _SETTLEMENTS for place in places_named(gazetteer, form)),
        )
    if finding.category is Category.CASE:
        return replace(start, key=case_key(form, finding.kind))
    if finding.category in (Category.CONTACT, Category.IDENTIFIER):
        return replace(start, key=number_key(finding.category, form))
    if finding.category is Category.DATE:
        return replace(start, key=date_key(form, finding.kind) or f"DATE:here:{code}:{fold(form)}")
    if finding.category is Category.AGE:
        ages = read_ages(form)
        return replace(start, key=f"AGE:here:{code}:{f'{ages.low}-{ages.high}' if ages else fold(form)}")
    return replace(start, key=f"{finding.category}:here:{code}:{bare(form)}")


def _place(start: Thing, one: Placed, gazetteer: Gazetteer) -> Thing:
    options = places_named(gazetteer, start.form)
    if not options:
        return replace(start, key=unlisted_place_key(start.form, start.code), kind=start.kind)
    meant = options[0] if len(options) == 1 else _meant(options, one, gazetteer)
    if meant is None:
        keys = tuple(place_key(option) for option in options)
        kind = options[0].type if len({option.type for option in options}) == 1 else start.kind
        return replace(start, key=open_key(start.form), kind=kind, candidates=keys)
    return replace(start, key=place_key(meant), kind=meant.type, part=district_of(meant))


def _meant(options: Sequence[Place], one: Placed, gazetteer: Gazetteer) -> Place | None:
    """Of villages with one name, the one whose district, town or island is named close by."""
    before, after = one.text[max(0, one.start - _NEAR) : one.start], one.text[one.end : one.end + _NEAR]
    near = f" {fold(before)} | {fold(after)} "
    meant = []
    for option in options:
        around = {option.district, option.parent, option.subregion} - {""}
        around |= {name for place in gazetteer.by_place.get(bare(option.parent), ()) for name in place.aliases}
        if any(f" {fold(name)} " in near for name in around):
            meant.append(option)
    return meant[0] if len(meant) == 1 else None
