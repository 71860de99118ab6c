"""The forms under which something certain may stand elsewhere, and how sure each of them is.

Certain is what the roster or the vault knows, what a recogniser is sure of, and what is found more than once.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from deid.fold import fold
from deid.model import REPLACED, Category, Entity, Finding, KnownPerson, Transcript
from deid.region import Region
from deid.resolve.kind_words import KIND_WORDS
from deid.resolve.name_forms import parse_person, without_possessive

_CERTAIN = 0.9  # a finding as sure as this is certain by itself
CERTAIN_BY_RULE = 0.75  # and one as sure as this where a rule found it: a title, a pattern, a list in its context
REPEATED = 0.75  # and one as sure as this where it is found more than once
_FROM_WHOLE, _FROM_PART, _FROM_NICKNAME = 0.9, 0.8, 0.65

# Dates, ages, roles and traits identify where they stand and not by their words.
_BY_FORM = frozenset(
    {Category.PERSON, Category.PLACE, Category.AGENCY, Category.CASE, Category.CONTACT, Category.IDENTIFIER}
)
# What a language model or a list of names thinks, and what was carried over from elsewhere: good evidence, no rule.
_BY_OPINION = frozenset(
    {"people", "names_by_list", "model_places", "model_agencies", "echoes", "workplaces", "acronyms", "spread"}
)
# A body that a rule reads from its surroundings alone is looked for as it stands, and stays as unsure as it was.
_READ_FROM_CUES = frozenset(
    {"capital_names", "explained_bodies", "house_names", "led_bodies", "service_names", "shop_names"}
)
_BY_CUE = 0.5
_SHORTEST = 3
_SHORTEST_BODY = 4
_WORDS_OF_A_NAME = 2
# "The Government" is nobody's short name, though the Northern Government was found.
_NO_SHORT_NAME = frozenset(
    {
        "government",
        "commission",
        "union",
        "parliament",
        "ministry",
        "assembly",
        "state",
        "court",
        "inquiry",
        "review",
        "committee",
        "department",
    }
)


@dataclass(frozen=True, slots=True)
class Form:
    """A form to look for. `is_whole`: as it was found; otherwise a part of it, or a short form. `behind_the`: it was
    read behind an article, without which its words are no name."""

    text: str = field(repr=False)
    category: Category
    kind: str
    confidence: float
    is_whole: bool
    why: str
    behind_the: bool = False


def certain_forms(
    findings: Mapping[str, Sequence[Finding]],
    transcripts: Mapping[str, Transcript],
    region: Region,
    known: Iterable[Entity | KnownPerson],
) -> tuple[Form, ...]:
    """Every form worth looking for in all transcripts, the surest first."""
    common = _common(region)
    found: dict[Form, str] = {}
    known = tuple(known)
    roster = _from_roster(one for one in known if isinstance(one, KnownPerson))
    vault = _from_vault((one for one in known if isinstance(one, Entity)), common.need_cue)
    # What this run has read itself says so, and not that an earlier one knew it: the next run then says the same.
    for text, category, kind, why in (*roster, *_from_findings(findings, transcripts), *vault):
        for form in _variants(without_possessive(text.strip()), category, kind, why, common):
            found.setdefault(form, fold(form.text))
    for form in _unsure_bodies(findings, transcripts):
        found.setdefault(form, fold(form.text))
    worth = [
        form
        for form, folded in found.items()
        if len(folded.replace(" ", "")) >= _SHORTEST
        and folded not in common.kept
        and (form.is_whole or form.category is not Category.AGENCY or folded not in common.places)
    ]
    return tuple(sorted(worth, key=lambda form: (-form.confidence, form.category, found[form], form.kind)))


@dataclass(frozen=True, slots=True)
class _Common:
    """What the region pack says of forms, folded.

    need_cue: Seal and Deal are read as places where a cue says so; that one was a place once does not make every other
    one. places: "Medway" is not short for Medway Council, nor for anything else that bears the town's name.
    """

    need_cue: frozenset[str]
    kept: frozenset[str]
    places: frozenset[str]
    nicknames: Mapping[str, Sequence[str]]


@lru_cache(maxsize=4)
def _common(region: Region) -> _Common:
    names = {place: [fold(name) for name in (place.name, *place.aliases)] for place in region.places}
    nicknames: dict[str, list[str]] = {}
    for formal, short in region.nicknames.items():
        nicknames.setdefault(fold(formal), []).extend(short)
    return _Common(
        need_cue=frozenset(name for place, own in names.items() if place.cue for name in own),
        kept=frozenset(fold(line.words) for line in region.keep),
        places=frozenset(name for own in names.values() for name in own),
        nicknames=nicknames,
    )


def _from_roster(people: Iterable[KnownPerson]) -> Iterator[tuple[str, Category, str, str]]:
    for one in people:
        for form in (one.full_name, *one.aliases):
            yield form, Category.PERSON, "", "a name of the roster"
        for text, category in ((one.agency, Category.AGENCY), (one.base, Category.PLACE)):
            for part in text.split(","):
                if part.strip()[:1].isupper():
                    yield part.strip(), category, "", "a place of work of the roster"


def _from_vault(entities: Iterable[Entity], need_cue: Container[str]) -> Iterator[tuple[str, Category, str, str]]:
    for one in entities:
        for form in one.forms if one.category in _BY_FORM else ():
            if one.category is not Category.PLACE or fold(form) not in need_cue:
                yield form, one.category, one.kind, "known from an earlier transcript"


def _from_findings(
    findings: Mapping[str, Sequence[Finding]], transcripts: Mapping[str, Transcript]
) -> Iterator[tuple[str, Category, str, str]]:
    best: dict[tuple[str, Category], tuple[float, str, str]] = {}
    by_rule: dict[tuple[str, Category], float] = defaultdict(float)
    places: Counter[tuple[str, Category]] = Counter()
    seen: set[tuple[str, object, Category]] = set()
    for code in sorted(findings):
        for finding in findings[code]:
            if finding.category not in _BY_FORM or finding.kind == "initials" or finding.confidence < REPEATED:
                continue
            segment = transcripts[code].segments[finding.span.segment]
            text = " ".join(segment.text[finding.span.start : finding.span.end].split())
            key = (fold(text), finding.category)
            if (code, finding.span, finding.category) not in seen:
                seen.add((code, finding.span, finding.category))
                places[key] += 1
            if finding.recogniser not in _BY_OPINION:
                by_rule[key] = max(by_rule[key], finding.confidence)
            best[key] = max(best.get(key, (0.0, "", "")), (finding.confidence, finding.kind, text))
    for key, (confidence, kind, text) in sorted(best.items()):
        if confidence >= _CERTAIN or places[key] > 1 or (by_rule[key] >= CERTAIN_BY_RULE):
            yield text, key[1], kind, "found for certain elsewhere in the study"


def _unsure_bodies(findings: Mapping[str, Sequence[Finding]], transcripts: Mapping[str, Transcript]) -> Iterator[Form]:
    """The Bridge, of which one sentence says that somebody works there, is the same Bridge in the next."""
    for code in sorted(findings):
        for one in findings[code]:
            is_body = one.category is Category.AGENCY and one.recogniser in _READ_FROM_CUES
            if not is_body or one.confidence < REPLACED:
                continue
            text = transcripts[code].segments[one.span.segment].text
            behind_the = text[: one.span.start].lower().endswith("the ")
            name = " ".join(text[one.span.start : one.span.end].split())
            if len(name) >= _SHORTEST_BODY:
                why = "read elsewhere in the study where somebody works or is helped"
                yield Form(name, Category.AGENCY, one.kind, _BY_CUE, True, why, behind_the)


def _variants(text: str, category: Category, kind: str, why: str, common: _Common) -> Iterator[Form]:
    yield Form(text, category, kind, _FROM_WHOLE, True, why)
    if category is Category.AGENCY or kind == "landmark":
        for short in _short_bodies(text):
            yield Form(short, category, kind, _FROM_PART, False, f"short for a body: {why}")
    if category is Category.PERSON:
        yield from _variants_of_person(text, kind, why, common)


def _short_bodies(text: str) -> Iterator[str]:
    """Comet for Comet Cabs, the Lantern for Harbour Lantern; nothing where only kinds and small words are left."""
    written = text.split()
    telling = [word for word in written if fold(word) not in KIND_WORDS]
    first = written[: len(telling)]
    if telling and telling == first and len(telling) < len(written) and len("".join(telling)) >= _SHORTEST_BODY:
        yield " ".join(telling)
    is_a_name = len(written) == len(telling) == _WORDS_OF_A_NAME and all(word[:1].isupper() for word in written)
    if is_a_name and fold(written[-1]) not in _NO_SHORT_NAME:
        yield f"the {written[-1]}"


def _variants_of_person(text: str, kind: str, why: str, common: _Common) -> Iterator[Form]:
    category = Category.PERSON
    name = parse_person(text)
    if not name.is_full:
        halves = text.split("-")  # "Vane-Doe, they always lose the Doe"
        for half in halves if len(halves) > 1 and all(half.istitle() for half in halves) else ():
            yield Form(half, category, kind, _FROM_PART, False, f"part of a name: {why}")
        return
    if "," in text or name.middles:
        yield Form(f"{name.given} {name.surname}", category, kind, _FROM_WHOLE, True, why)
    for part in dict.fromkeys((name.given, *name.middles, name.surname, *name.surname.split())):
        yield Form(part, category, kind, _FROM_PART, False, f"part of a name: {why}")
    if name.nickname:
        yield Form(name.nickname, category, kind, _FROM_PART, False, f"a nickname: {why}")
    for nickname in common.nicknames.get(name.given, ()):
        yield Form(nickname, category, kind, _FROM_NICKNAME, False, f"a short form: {why}")
