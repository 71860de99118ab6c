"""Which entities of two copies of a vault are one: by what both copies knew before they parted, not by an id alone.

Ids are drawn from the study's own key, so two copies that each met somebody new may have given two people one id.
"""

from collections.abc import Iterator
from dataclasses import replace

from deid.digests import fingerprint
from deid.fold import fold
from deid.model import KeyEntry
from deid.vault.contents import Contents
from deid.vault.told import transcripts_of


def made_apart(ours: Contents, theirs: Contents) -> Iterator[tuple[str, str]]:
    """The ids that stand for two things, one on either side, and a new id for theirs."""
    mine = {entry.entity.id: entry for entry in ours.entries}
    common = _common_transcripts(ours, theirs)
    here, there = transcripts_of(ours.bindings), transcripts_of(theirs.bindings)
    for entry in theirs.entries:
        id = entry.entity.id
        if id not in mine or mine[id] == entry or id not in here or id not in there:
            continue
        if not here[id] & there[id] & common:
            yield id, fingerprint(theirs.keys.assign, "merged", id, *sorted(there[id]))[:16]


def same_things(ours: Contents, theirs: Contents) -> Iterator[tuple[KeyEntry, KeyEntry]]:
    """Pairs that only one side each knows, of one category, with a form in common."""
    known_here = {entry.entity.id for entry in ours.entries}
    known_there = {entry.entity.id for entry in theirs.entries}
    by_form: dict[tuple[str, str], dict[str, KeyEntry]] = {}
    for entry in ours.entries:
        if entry.entity.id not in known_there:
            for form in entry.entity.forms:
                by_form.setdefault((entry.entity.category, fold(form)), {})[entry.entity.id] = entry
    for entry in theirs.entries:
        if entry.entity.id not in known_here:
            found: dict[str, KeyEntry] = {}
            for form in entry.entity.forms:
                found |= by_form.get((entry.entity.category, fold(form)), {})
            yield from ((found[id], entry) for id in sorted(found))


def rename(contents: Contents, old: str, new: str, *, like: KeyEntry | None = None) -> Contents:
    """Another id for one entity; `like`: the other side's entry, whose nature and tokens win."""
    entries = []
    for entry in contents.entries:
        if entry.entity.id == old:
            entity = replace(like.entity if like else entry.entity, id=new, forms=entry.entity.forms)
            entry = replace(entry, entity=entity, tokens={**entry.tokens, **(like.tokens if like else {})})
        entries.append(entry)
    bindings = {
        code: {form: new if entity == old else entity for form, entity in forms.items()}
        for code, forms in contents.bindings.items()
    }
    return replace(contents, entries=tuple(entries), bindings=bindings)


def _common_transcripts(ours: Contents, theirs: Contents) -> set[str]:
    mine = {source.code: source.sha256 for source in ours.sources}
    return {source.code for source in theirs.sources if mine.get(source.code) == source.sha256}
