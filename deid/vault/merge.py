"""Two copies of one study's vault that went separate ways, put together again. Pure, and never a silent choice.

What only one side has is taken. Where the sides differ there is a conflict, and for each a person says "ours", "theirs"
or, where two entities may be one thing, "both". A withdrawal on either side holds for both: nobody chooses that away.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from deid.digests import fingerprint
from deid.errors import AskedWrongly
from deid.model import Category, KeyEntry
from deid.vault.contents import Contents, Suppressed
from deid.vault.merge_entities import made_apart, rename, same_things

T = TypeVar("T")

# Values that many things share by right: two dates may both be "[spring 2017]".
_SHARED = frozenset({Category.DATE, Category.AGE, Category.ROLE, Category.TRAIT})
# "[Person 41]" stands for one; "[town in East Kent]" for as many as there are.
_NUMBERED = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Conflict:
    """key: what a choice is filed under; codes and ids only. ours, theirs: the values, for the person who chooses."""

    key: str
    kind: str
    ours: str = field(repr=False)
    theirs: str = field(repr=False)
    choices: tuple[str, ...] = ("ours", "theirs")


@dataclass(frozen=True, slots=True)
class Merge:
    """`contents` may be saved only when no conflict is left."""

    contents: Contents = field(repr=False)
    conflicts: tuple[Conflict, ...]


def merge(ours: Contents, theirs: Contents, choices: Mapping[str, str]) -> Merge:
    """Both put together, as far as the choices go. The log's head stays ours. Raises AskedWrongly for another study."""
    _check(ours, theirs, choices)
    desk = _Desk(choices)
    for old, new in made_apart(ours, theirs):
        theirs = rename(theirs, old, new)
    ours, theirs = _join_same(ours, theirs, desk)
    ours, theirs = _part_tokens(ours, theirs, desk)
    ours, theirs = _one_file_a_code(*_one_code_a_file(ours, theirs, desk), desk)
    merged = replace(
        ours,
        entries=tuple(_entries(ours, theirs, desk)),
        sources=_rows(ours.sources, theirs.sources, "source", desk),
        roster=_rows(ours.roster, theirs.roster, "roster", desk),
        bindings=_bindings(ours, theirs, desk),
        texts=desk.mapping("text", ours.texts, theirs.texts),
        salts=desk.mapping("salt", ours.salts, theirs.salts),
        suppressed=_suppressed(ours.suppressed, theirs.suppressed),
        custody=tuple(dict.fromkeys((*ours.custody, *theirs.custody))),
        options=_options(ours, theirs, desk),
    )
    return Merge(merged, tuple(desk.conflicts))


class _Desk:
    """Collects what nobody has chosen yet."""

    def __init__(self, choices: Mapping[str, str]) -> None:
        self.choices = choices
        self.conflicts: list[Conflict] = []

    def choose(
        self, key: str, kind: str, ours: object, theirs: object, choices: tuple[str, ...] = ("ours", "theirs")
    ) -> str:
        """What was chosen, "" and one conflict more if nothing was."""
        choice = self.choices.get(key, "")
        if choice in choices:
            return choice
        self.conflicts.append(Conflict(key, kind, str(ours), str(theirs), choices))
        return ""

    def pick(self, key: str, kind: str, ours: T, theirs: T) -> T:
        if ours == theirs:
            return ours
        return theirs if self.choose(key, kind, ours, theirs) == "theirs" else ours

    def mapping(self, kind: str, ours: Mapping[str, T], theirs: Mapping[str, T]) -> dict[str, T]:
        merged = dict(ours)
        for name, value in theirs.items():
            merged[name] = self.pick(f"{kind} {name}", kind, merged.get(name, value), value)
        return merged


def _check(ours: Contents, theirs: Contents, choices: Mapping[str, str]) -> None:
    if ours.keys != theirs.keys:
        raise AskedWrongly("these are vaults of two studies, or one of them has had the study's own keys renewed")
    if set(ours.suppressed.codes) != set(theirs.suppressed.codes):
        raise AskedWrongly(
            "somebody has withdrawn in one of the two vaults and not in the other",
            hint="withdraw them in the other as well (deid vault withdraw), then merge",
        )
    for key, choice in choices.items():
        if choice not in ("ours", "theirs", "both"):
            raise AskedWrongly("this is no choice", where=key, hint="say ours, theirs or both")


def _join_same(ours: Contents, theirs: Contents, desk: _Desk) -> tuple[Contents, Contents]:
    """Two entities, new on either side, with a form in common: one thing, or two of one name? Nobody guesses."""
    for mine, other in same_things(ours, theirs):
        key = f"entity {mine.entity.id} {other.entity.id}"
        shown = ["; ".join((*entry.entity.forms, *entry.tokens.values())) for entry in (mine, other)]
        choice = desk.choose(key, "perhaps one thing", shown[0], shown[1], ("ours", "theirs", "both"))
        if choice == "ours":
            theirs = rename(theirs, other.entity.id, mine.entity.id, like=mine)
        elif choice == "theirs":
            ours = rename(ours, mine.entity.id, other.entity.id, like=other)
    return ours, theirs


def _part_tokens(ours: Contents, theirs: Contents, desk: _Desk) -> tuple[Contents, Contents]:
    """One pseudonym, two things: whoever loses it gets another at the next run."""
    holders = {place: entry for entry in ours.entries for place in _tokens(entry)}
    for entry in theirs.entries:
        for tier, token in _tokens(entry):
            holder = holders.get((tier, token))
            if holder is None or holder.entity.id == entry.entity.id:
                continue
            key = f"token {tier} {holder.entity.id} {entry.entity.id}"
            shown = ["; ".join(one.entity.forms) for one in (holder, entry)]
            choice = desk.choose(key, "one pseudonym for two", shown[0], shown[1])
            if choice == "ours":
                theirs = _without_token(theirs, entry.entity.id, tier)
            elif choice == "theirs":
                ours = _without_token(ours, holder.entity.id, tier)
    return ours, theirs


def _tokens(entry: KeyEntry) -> Iterator[tuple[str, str]]:
    if entry.entity.category not in _SHARED:
        yield from ((tier, token) for tier, token in entry.tokens.items() if _NUMBERED.search(token))


def _without_token(contents: Contents, entity: str, tier: str) -> Contents:
    entries = tuple(
        replace(entry, tokens={name: token for name, token in entry.tokens.items() if name != tier})
        if entry.entity.id == entity
        else entry
        for entry in contents.entries
    )
    return replace(contents, entries=entries)


def _one_code_a_file(ours: Contents, theirs: Contents, desk: _Desk) -> tuple[Contents, Contents]:
    """The same file under two codes: the code that is not chosen goes, with what was linked in it."""
    by_digest = {source.sha256: source for source in ours.sources}
    for source in theirs.sources:
        mine = by_digest.get(source.sha256)
        if mine is None or mine.code == source.code:
            continue
        key = f"file {mine.code} {source.code}"
        if desk.choose(key, "one file, two codes", mine.code, source.code) == "theirs":
            ours = _without_source(ours, mine.code)
        else:
            theirs = _without_source(theirs, source.code)
    return ours, theirs


def _one_file_a_code(ours: Contents, theirs: Contents, desk: _Desk) -> tuple[Contents, Contents]:
    """Two files under one code: what is not chosen goes, and can be run again under a code of its own."""
    by_code = {source.code: source for source in ours.sources}
    for source in theirs.sources:
        mine = by_code.get(source.code)
        if mine is None or mine.sha256 == source.sha256:
            continue
        if desk.choose(f"code {source.code}", "one code, two files", mine.path, source.path) == "theirs":
            ours = _without_source(ours, source.code)
        else:
            theirs = _without_source(theirs, source.code)
    return ours, theirs


def _without_source(contents: Contents, code: str) -> Contents:
    return replace(
        contents,
        sources=tuple(source for source in contents.sources if source.code != code),
        bindings={name: forms for name, forms in contents.bindings.items() if name != code},
        salts={name: salt for name, salt in contents.salts.items() if name != code},
    )


def _entries(ours: Contents, theirs: Contents, desk: _Desk) -> Iterator[KeyEntry]:
    others = {entry.entity.id: entry for entry in theirs.entries}
    for entry in ours.entries:
        other = others.pop(entry.entity.id, None)
        yield entry if other is None or other == entry else _entry(entry, other, desk)
    yield from others.values()


def _entry(entry: KeyEntry, other: KeyEntry, desk: _Desk) -> KeyEntry:
    mine, theirs, name = entry.entity, other.entity, f"entity {entry.entity.id}"
    entity = replace(
        mine,
        category=desk.pick(f"{name} category", "category", mine.category, theirs.category),
        kind=desk.pick(f"{name} kind", "kind", mine.kind, theirs.kind),
        part=desk.pick(f"{name} part", "part", mine.part, theirs.part),
        forms=tuple(dict.fromkeys((*mine.forms, *theirs.forms))),
    )
    tokens = desk.mapping(f"{name} token", entry.tokens, other.tokens)
    # Told of by one participant here and by another there is told of by nobody alone.
    return KeyEntry(entity, tokens, entry.subject if entry.subject == other.subject else "")


def _rows(ours: tuple[T, ...], theirs: tuple[T, ...], kind: str, desk: _Desk) -> tuple[T, ...]:
    code: Callable[[Any], str] = lambda row: row.code  # noqa: E731
    merged = desk.mapping(kind, {code(row): row for row in ours}, {code(row): row for row in theirs})
    return tuple(merged[name] for name in sorted(merged))


def _bindings(ours: Contents, theirs: Contents, desk: _Desk) -> dict[str, dict[str, str]]:
    merged = {code: dict(forms) for code, forms in ours.bindings.items()}
    for code, forms in theirs.bindings.items():
        here = merged.setdefault(code, {})
        for form, entity in forms.items():
            # A form is text: the key that a choice is filed under names it by its fingerprint.
            key = f"binding {code} {fingerprint(ours.keys.decide, 'merge', code, form)[:12]}"
            here[form] = desk.pick(key, "whom a form means", here.get(form, entity), entity)
    return merged


def _suppressed(ours: Suppressed, theirs: Suppressed) -> Suppressed:
    return Suppressed(
        codes=tuple(sorted({*ours.codes, *theirs.codes})),
        forms=tuple(sorted({*ours.forms, *theirs.forms}, key=lambda form: (form.digest, form.entity, form.alone))),
        sources=tuple(sorted({*ours.sources, *theirs.sources})),
    )


def _options(ours: Contents, theirs: Contents, desk: _Desk) -> dict[str, str]:
    """Choices; but a count of what was ever made is the larger one, and nobody's choice."""
    counts = {
        name: str(max(int(ours.options[name]), int(value)))
        for name, value in theirs.options.items()
        if name.endswith("_made") and name in ours.options
    }
    return desk.mapping("option", {**ours.options, **counts}, {**theirs.options, **counts})
