"""The watchlist: a study's forms as keyed digests, so that a check in CI knows them and nobody can read them.

The format and its reasons: docs/reference/watchlist_format.md. `deid check` has the reader.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from deid.digests import RUN_WORDS, fingerprint, form_digest, mac, run_digest, start_digest
from deid.fold import fold, words
from deid.model import Category, Entity
from deid.vault.contents import Contents

VERSION = 1
PURPOSE = "deid watchlist 1"
_RUNS_A_LINE = 256
_FEWEST_DIGITS = 5  # of a number that identifies by its digits alone; a year or a house number has four
_WATCHED = frozenset(
    {Category.PERSON, Category.CASE, Category.CONTACT, Category.IDENTIFIER, Category.AGENCY, Category.PLACE}
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What the gate and the region pack know of a form.

    is_distinctive: it identifies by itself. is_public: the region pack has it. is_given_name: a lone first name.
    """

    is_distinctive: Callable[[str], bool]
    is_public: Callable[[str], bool]
    is_given_name: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Watched:
    """One line of the list. counts: alone, together (only near another of its group), or public."""

    digest: str
    words: int
    start: int
    kind: str
    group: int
    counts: str


@dataclass(frozen=True, slots=True)
class Watchlist:
    """text: the file. left_out: how many forms are not in it, by category."""

    text: str
    forms: int
    runs: int
    left_out: dict[str, int]


def watchlist(contents: Contents, generation: int, rules: Rules, runs: Iterable[bytes] = ()) -> Watchlist:
    """The list of everything that this vault knows. `runs` are digests of source text that no release holds."""
    watch, left_out = contents.keys.watch, Counter[str]()
    public = {fold(person.full_name) for person in contents.roster if person.public}
    found: dict[tuple[str, str], tuple[int, int, str, str]] = {}
    for entity in _things(contents):
        kind = entity.kind or entity.category.value.lower()
        is_public = any(fold(form) in public for form in entity.forms)
        for form in entity.forms:
            counts = _counts(entity, form, rules, is_public=is_public)
            left_out[entity.category.value] += 0 if counts else 1
            for spelling, counted in _spellings(entity, form, counts, rules):
                folded = [word for _, _, word in words(spelling)]
                line = (len(folded), start_digest(watch, folded[0]), kind, counted)
                _keep_stronger(found, (form_digest(watch, folded), entity.id), line)
    for gone in contents.suppressed.forms:
        counted = "alone" if gone.alone else "together"
        _keep_stronger(found, (gone.digest, gone.entity), (gone.words, gone.start, "person", counted))
    lines = _numbered(found, watch)
    return _written(lines, sorted(set(runs)), generation, dict(sorted((+left_out).items())), watch)


def runs_of(text: str, watch: bytes) -> Iterator[bytes]:
    """The digests of every eight words in a row."""
    folded = [word for _, _, word in words(text)]
    for start in range(len(folded) - RUN_WORDS + 1):
        yield run_digest(watch, folded[start : start + RUN_WORDS])


def _things(contents: Contents) -> Iterator[Entity]:
    """The vault's entities, and what the roster calls its people, whether anybody has spoken of them yet or not."""
    named: dict[str, str] = {}
    for entry in contents.entries:
        if entry.entity.category is Category.PERSON:
            named.update({fold(form): entry.entity.id for form in entry.entity.forms})
        yield entry.entity
    for person in contents.roster:
        id = named.get(fold(person.full_name), f"roster {person.code}")
        yield Entity(id, Category.PERSON, "person", person.part, (person.full_name, *person.aliases))


def _counts(entity: Entity, form: str, rules: Rules, *, is_public: bool) -> str:
    """How a form counts, "" for one that is left out."""
    folded = [word for _, _, word in words(form)]
    if not folded or entity.category not in _WATCHED:
        return ""
    if entity.category in (Category.PLACE, Category.AGENCY) and rules.is_public(form):
        return ""
    if entity.category is not Category.PERSON:
        return "alone" if rules.is_distinctive(form) or _is_number(entity, form) else ""
    if is_public:
        return "public" if rules.is_distinctive(form) else ""
    is_lone = len(folded) == 1 and rules.is_given_name(form)
    if rules.is_distinctive(form) and not is_lone:
        return "alone"
    return "together" if len("".join(folded)) > 1 else ""


def _spellings(entity: Entity, form: str, counts: str, rules: Rules) -> Iterator[tuple[str, str]]:
    """The form; the digits of a number; the words of a full name, which count together, as in "Fennimore, Orla"."""
    if not counts:
        return
    yield form, counts
    if _is_number(entity, form):
        yield _digits(form), counts
    folded = [word for _, _, word in words(form)]
    if entity.category is Category.PERSON and len(folded) > 1 and counts != "public":
        yield from ((word, "together") for word in folded if rules.is_distinctive(word))


def _is_number(entity: Entity, form: str) -> bool:
    return entity.category not in (Category.PERSON, Category.PLACE) and len(_digits(form)) >= _FEWEST_DIGITS


def _digits(form: str) -> str:
    return "".join(letter for letter in form if letter.isdecimal())


def _keep_stronger(
    found: dict[tuple[str, str], tuple[int, int, str, str]], place: tuple[str, str], line: tuple[int, int, str, str]
) -> None:
    """A form that stands alone in one spelling does so in the list."""
    if place not in found or line[3] < found[place][3]:  # "alone" < "public" < "together"
        found[place] = line


def _numbered(found: dict[tuple[str, str], tuple[int, int, str, str]], watch: bytes) -> list[Watched]:
    """In the order of the digests, with groups in the order of keyed fingerprints: neither says anything."""
    entities = sorted({entity for _, entity in found}, key=lambda entity: fingerprint(watch, "group", entity))
    groups = {entity: number for number, entity in enumerate(entities, start=1)}
    made = [
        Watched(digest, count, start, kind, groups[entity], counts)
        for (digest, entity), (count, start, kind, counts) in found.items()
    ]
    return sorted(made, key=lambda line: (line.digest, line.group))


def _written(
    lines: list[Watched], runs: list[bytes], generation: int, left_out: dict[str, int], watch: bytes
) -> Watchlist:
    head: dict[str, object] = {"deid_watchlist": VERSION, "generation": generation, "forms": len(lines)}
    head |= {"runs": len(runs), "longest": max((line.words for line in lines), default=1), "left_out": left_out}
    written = [_line(head)]
    written += [_line({name: getattr(line, name) for name in Watched.__slots__}) for line in lines]
    for start in range(0, len(runs), _RUNS_A_LINE):
        written.append(_line({"runs": b"".join(runs[start : start + _RUNS_A_LINE]).hex()}))
    text = "".join(written)
    return Watchlist(text + _line({"mac": mac(watch, PURPOSE, text)}), len(lines), len(runs), left_out)


def _line(value: dict[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
