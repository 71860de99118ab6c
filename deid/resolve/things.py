"""What a mention that is no person refers to, as a key: two mentions with one key are one thing.

A key begins with the category; `here` in it means that the thing is not known beyond its transcript ("the manager" of
one interview is not the manager of the next).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from deid.fold import fold
from deid.model import Category, Entity, Finding, Segment, Settled, Span, Transcript
from deid.region import Place
from deid.resolve.gazetteer import Gazetteer, agencies_named, bare, district_of, places_named, tight
from deid.resolve.word_set import word_set
from deid.values import read_ages, read_date, read_digits

_SETTLEMENTS = frozenset({"city", "town", "village", "suburb", "hamlet", "island", "district", "unitary", "county"})
_NEAR = 70  # characters to either side in which a place says which of two villages is meant

# Every town has one: such a street in one interview is not that street in the next.
_COMMON_STREETS = frozenset(
    f"{first} {last}"
    for first in word_set(
        "high station church london park victoria mill school new north south east west manor queens kings"
    )
    for last in ("street", "road", "lane", "avenue")
)
# And every town has these: "the pier" is the pier of wherever the talk is.
_COMMON_LANDMARKS = word_set(
    "pier harbour seafront beach library station park museum marina market precinct arcade lighthouse castle cathedral"
) | frozenset(
    f"{first} {last}"
    for first, last in (
        ("clock", "tower"), ("town", "hall"), ("bus", "station"), ("train", "station"), ("railway", "station"),
        ("market", "square"), ("market", "place"), ("civic", "centre"), ("leisure", "centre"), ("sports", "centre"),
        ("shopping", "centre"), ("community", "centre"), ("skate", "park"), ("memorial", "park"), ("victoria", "park"),
        ("recreation", "ground"), ("war", "memorial"), ("youth", "centre"), ("retail", "park"), ("sea", "front"),
    )
)  # fmt: skip
_STREET_ENDINGS = {
    "rd": "road",
    "st": "street",
    "ave": "avenue",
    "ln": "lane",
    "cl": "close",
    "dr": "drive",
    "sq": "square",
}
# What callers put before a number: it is no part of it.
_REFERENCE_LABELS = word_set(
    "cad urn crn ref reference number no nr num crime custody record case log badge collar the our id phv t of"
)
_NAMED_CASE_WORDS = word_set(
    "the operation op review child case serious local learning inquiry enquiry partnership safeguarding scr lcspr cspr"
)
_SPOKEN_MARKS = {"dot": ".", "at": "@", "underscore": "_", "dash": "-", "hyphen": "-", "slash": "/"}


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

    @property
    def bound_key(self) -> str:
        """What an earlier decision about this mention is filed under."""
        return f"{self.category}:{bare(self.form)}" if "#" not in self.key else self.key


def things(transcript: Transcript, settled: Sequence[Settled], gazetteer: Gazetteer) -> tuple[Thing, ...]:
    """All mentions of a transcript that are no persons, in reading order."""
    ages: dict[str, int] = {}
    found = []
    for stretch in settled:
        if stretch.surest.category is Category.PERSON:
            continue
        segment = transcript.segments[stretch.surest.span.segment]
        thing = _thing(transcript.code, segment, stretch, gazetteer)
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
        return _place_key(own[0]) if own else _open_key(form) if options else _unlisted_place(form, "")
    if category is Category.AGENCY:
        return _agency(form, gazetteer)[0]
    if category is Category.CASE:
        return _case_key(form, kind)
    if category in (Category.CONTACT, Category.IDENTIFIER):
        return _number_key(category, form)
    return _date_key(form, kind) if category is Category.DATE else ""


def _thing(code: str, segment: Segment, stretch: Settled, gazetteer: Gazetteer) -> Thing:
    finding, span = stretch.surest, stretch.surest.span
    form = " ".join(segment.text[span.start : span.end].split())
    start = Thing(code, stretch.span, "", form, finding.category, finding.kind)
    if finding.category is Category.PLACE:
        return _place(start, segment, finding, gazetteer)
    if finding.category is Category.AGENCY:
        key, kind = _agency(form, gazetteer)
        return replace(
            start,
            key=key,
            kind=kind or finding.kind,
            listed=bool(kind),
            form_is_place=any(place.type in _SETTLEMENTS for place in places_named(gazetteer, form)),
        )
    if finding.category is Category.CASE:
        return replace(start, key=_case_key(form, finding.kind))
    if finding.category in (Category.CONTACT, Category.IDENTIFIER):
        return replace(start, key=_number_key(finding.category, form))
    if finding.category is Category.DATE:
        return replace(start, key=_date_key(form, finding.kind) or f"DATE:here:{code}:{fold(form)}")
    if finding.category is Category.AGE:
        ages = read_ages(form)
        return replace(start, key=f"AGE:here:{code}:{f'{ages.low}-{ages.high}' if ages else fold(form)}")
    return replace(start, key=f"{finding.category}:here:{code}:{bare(form)}")


def _place(start: Thing, segment: Segment, finding: Finding, gazetteer: Gazetteer) -> Thing:
    options = places_named(gazetteer, start.form)
    if not options:
        return replace(start, key=_unlisted_place(start.form, start.code), kind=finding.kind)
    meant = options[0] if len(options) == 1 else _meant(options, segment.text, finding.span, gazetteer)
    if meant is None:
        keys = tuple(_place_key(option) for option in options)
        kind = options[0].type if len({option.type for option in options}) == 1 else finding.kind
        return replace(start, key=_open_key(start.form), kind=kind, candidates=keys)
    return replace(start, key=_place_key(meant), kind=meant.type, part=district_of(meant))


def _place_key(place: Place) -> str:
    return f"PLACE:{fold(place.name)}|{fold(district_of(place))}"


def _open_key(form: str) -> str:
    """A name that several places bear, as long as nothing tells which."""
    return f"PLACE:{bare(form)}|?"


def _unlisted_place(form: str, code: str) -> str:
    words = bare(form).split()
    if len(words) > 1:
        words[-1] = _STREET_ENDINGS.get(words[-1], words[-1])
    name = " ".join(words)
    if name in _COMMON_STREETS or name in _COMMON_LANDMARKS:
        return f"PLACE:here:{code}:{name}" if code else ""
    return f"PLACE:{name}"


def _meant(options: Sequence[Place], text: str, span: Span, gazetteer: Gazetteer) -> Place | None:
    """Of villages with one name, the one whose district, town or island is named close by."""
    near = f" {fold(text[max(0, span.start - _NEAR) : span.start])} | {fold(text[span.end : span.end + _NEAR])} "
    meant = []
    for option in options:
        around = {option.district, option.parent, option.subregion} - {""}
        around |= {name for place in gazetteer.by_place.get(bare(option.parent), ()) for name in place.aliases}
        if any(f" {fold(name)} " in near for name in around):
            meant.append(option)
    return meant[0] if len(meant) == 1 else None


def _agency(form: str, gazetteer: Gazetteer) -> tuple[str, str]:
    options = agencies_named(gazetteer, form)
    if len(options) == 1:
        return f"AGENCY:{fold(options[0].name)}", options[0].kind
    return f"AGENCY:{bare(form)}", ""


def _case_key(form: str, kind: str) -> str:
    words = [word for word in fold(form).split() if word not in _REFERENCE_LABELS]
    if any(letter.isdigit() for letter in form) or read_digits(form):
        spoken = "".join(words) if any(letter.isdigit() for letter in form) else read_digits(form)
        return f"CASE:{spoken}"
    named = [word for word in words if word not in _NAMED_CASE_WORDS] or words or fold(form).split()
    return f"CASE:{'operation' if 'operation' in fold(kind.replace('_', ' ')) else 'named'}:{' '.join(named)}"


def _number_key(category: Category, form: str) -> str:
    if re.search(r"@|\b(?:at|dot)\b|www|://", form):
        written = re.sub(r"^(?:https?://)?(?:www\.)?", "", form.casefold())
        words = [_SPOKEN_MARKS.get(word, word) for word in written.split()]
        return f"{category}:{''.join(words).rstrip('/.')}"
    digits = read_digits(form)
    letters = "".join(letter for letter in fold(form) if letter.isalpha())
    if digits and category is Category.CONTACT:
        return f"{category}:{'0' + digits[2:] if digits.startswith('44') and len(digits) > 10 else digits}"
    if digits and any(letter.isdigit() for letter in form):
        return f"{category}:{tight(form)}"
    return f"{category}:{digits}{'' if digits else letters}"


def _date_key(form: str, kind: str) -> str:
    date = read_date(form)
    if date is None or not date.year:
        return ""  # "in May" of one interview is not the May of the next
    birth = "birth:" if "birth" in kind else ""
    return f"DATE:{birth}{date.year}-{date.month}-{date.day}{date.season}"


def by_code(found: Sequence[Thing]) -> Mapping[str, list[Thing]]:
    groups: dict[str, list[Thing]] = {}
    for thing in found:
        groups.setdefault(thing.code, []).append(thing)
    return groups
