"""What reviewers have answered about entities: merge, split, part, category. Applied before linking, again on each run.

    merge      entity: the one that stays       fingerprint: the id of the one that goes
    split      entity: the id of the new one    fingerprint: of the mention's context (`decide.context_key`)
    part       entity: whom                     form: child, professional, parent, suspect, relative
    category   entity: which                    category: what it is

Answers only change what the vault would hand on anyway: forms, parts, and which mention belongs to whom.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from deid.model import Category, Decision, Entity, KeyEntry, Settled, Transcript
from deid.resolve.decide import context_key
from deid.resolve.link import Bindings
from deid.resolve.sightings import sightings


@dataclass(frozen=True, slots=True)
class Answered:
    entries: Mapping[str, KeyEntry] = field(repr=False)
    bindings: Bindings = field(repr=False)


def apply_answers(
    entries: Mapping[str, KeyEntry],
    bindings: Bindings,
    decisions: Sequence[Decision],
    transcripts: Mapping[str, Transcript],
    settled: Mapping[str, Sequence[Settled]],
    fingerprint: Callable[[str], str] | None = None,
) -> Answered:
    """Entries and bindings as the reviewers want them, later answers after earlier ones."""
    known = dict(entries)
    bound = {code: dict(own) for code, own in bindings.items()}
    for decision in decisions:
        if decision.verdict == "merge":
            _merge(decision.entity, decision.fingerprint, known, bound)
        elif decision.verdict == "part" and decision.entity in known:
            _change(known, decision.entity, part=decision.form)
        elif decision.verdict == "category" and decision.entity in known and decision.category:
            _change(known, decision.entity, category=decision.category, kind="")
    splits = {d.fingerprint: d.entity for d in decisions if d.verdict == "split" and d.entity}
    if splits and fingerprint:
        _split(splits, known, bound, transcripts, settled, fingerprint)
    return Answered(known, bound)


def _merge(stays: str, goes: str, known: dict[str, KeyEntry], bound: dict[str, dict[str, str]]) -> None:
    if stays not in known or goes not in known or stays == goes:
        return
    one, other = known[stays], known[goes]
    forms = dict.fromkeys((*one.entity.forms, *other.entity.forms))
    known[stays] = replace(
        one, entity=replace(one.entity, forms=tuple(forms), part=one.entity.part or other.entity.part)
    )
    # The merged one keeps its tokens, so that its number is never given to anybody else, but no form leads to it.
    known[goes] = replace(other, entity=replace(other.entity, forms=()))
    for own in bound.values():
        for key, name in own.items():
            own[key] = stays if name == goes else name


def _change(known: dict[str, KeyEntry], name: str, **changes: str | Category) -> None:
    known[name] = replace(known[name], entity=replace(known[name].entity, **changes))  # type: ignore[arg-type]


def _split(
    splits: Mapping[str, str],
    known: dict[str, KeyEntry],
    bound: dict[str, dict[str, str]],
    transcripts: Mapping[str, Transcript],
    settled: Mapping[str, Sequence[Settled]],
    fingerprint: Callable[[str], str],
) -> None:
    """Bind each mention that a reviewer took out to the entity that it was given, by its form and context."""
    for code, transcript in transcripts.items():
        own = settled.get(code, ())
        spans = {stretch.span: stretch.surest for stretch in own}
        for sighting in sightings(transcript, own):
            key = fingerprint(context_key(transcript, spans[sighting.place].span, Category.PERSON))
            if name := splits.get(key):
                known.setdefault(name, KeyEntry(Entity(name, Category.PERSON, "", forms=(sighting.text,))))
                bound.setdefault(code, {})[sighting.own_key] = name
