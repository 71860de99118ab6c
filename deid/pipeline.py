"""Read this first: the whole program as one sentence.

    read -> detect -> decide -> settle -> link -> assign -> rewrite -> gate -> commit

`run` says it for files: the world (files, models, vault, log) comes in as arguments, and it holds none of it.
`pseudonymise` is its middle: a pure function of transcripts, findings and what the study knows.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from deid.check.gate import SHARED_WORD, GateWords, gate, overlooked, shared_words
from deid.check.leaks import Forms
from deid.check.withdrawn import leaks_of_withdrawn
from deid.errors import DeidError
from deid.model import (
    Dismissal,
    Doubt,
    Entity,
    Finding,
    Gated,
    Known,
    KnownPerson,
    Mention,
    Outcome,
    Product,
    Replacement,
    Segment,
    Settled,
    Transcript,
)
from deid.pseudonymise.assign import assign
from deid.pseudonymise.chosen import chosen_words
from deid.pseudonymise.passages import take_out
from deid.pseudonymise.policy import Policy
from deid.pseudonymise.rewrite import replacements
from deid.region import Region
from deid.resolve.decide import decide
from deid.resolve.link import link
from deid.resolve.overlap import settle
from deid.resolve.recast import recast
from deid.resolve.residual import residual
from deid.resolve.spread import spread
from deid.resolve.withdrawn import Met, bind, claims, meet
from deid.spans import Shift

Findings = Mapping[str, tuple[Finding, ...]]
Result = TypeVar("Result", covariant=True)
_MOST_ROUNDS = 4


class File(Protocol):
    """A source that can be read and written in its own format."""

    @property
    def segments(self) -> tuple[Segment, ...]: ...
    def write(self, replacements: Sequence[Replacement]) -> bytes: ...
    def reread(self, output: bytes) -> tuple[Segment, ...]: ...
    def parts(self, output: bytes) -> Sequence[tuple[str, str]]: ...


@dataclass(frozen=True, slots=True)
class Rules:
    """By what a run goes. `new_ids`, `assign_key` and `fingerprint` bring the study's own randomness and keys.

    new_ids: starts the study's sequence of free entity ids afresh, so that a second round numbers as the first did.
    """

    region: Region
    policy: Policy
    words: GateWords = field(repr=False)
    new_ids: Callable[[], Callable[[], str]]
    assign_key: bytes = field(repr=False)
    fingerprint: Callable[[str], str] | None = None


class Desk(Protocol[Result]):
    """Where a run reads and writes what lasts: the vault, the log, the folder of drafts."""

    def writing(self) -> AbstractContextManager[Known]: ...
    def name(self, files: Sequence[File]) -> Mapping[str, int]: ...
    def commit(self, outcome: Outcome, gated: Mapping[str, Gated]) -> Result: ...


def run(
    files: Sequence[File],
    detect: Callable[[Sequence[Transcript]], Findings],
    rules: Rules,
    desk: Desk[Result],
) -> Result:
    """The sentence. Detection takes minutes and needs no lock; all that follows happens under the writer's lock."""
    found = detect([Transcript(str(number), file.segments) for number, file in enumerate(files)])
    with desk.writing() as known:
        numbers = desk.name(files)
        transcripts = {code: Transcript(code, files[number].segments) for code, number in numbers.items()}
        findings = {code: found[str(number)] for code, number in numbers.items()}
        outcome = pseudonymise(transcripts, findings, known, rules)
        gated = gate_files({code: files[number] for code, number in numbers.items()}, outcome, known, rules)
        return desk.commit(outcome, gated)


def pseudonymise(transcripts: Mapping[str, Transcript], findings: Findings, known: Known, rules: Rules) -> Outcome:
    """decide -> settle -> link -> assign, again until nothing more follows from what is known by now.

    What a first round learns is known to the second, as it would be to the next run: so the next run changes nothing.
    """
    before: object = None
    met = meet(transcripts, findings, known.withdrawn)
    findings = recast(findings, transcripts, (*(entry.entity for entry in known.entries.values()), *known.roster))
    findings = {code: (*findings.get(code, ()), *claims(met.get(code, ()))) for code in transcripts}
    for _ in range(_MOST_ROUNDS):
        outcome = _once(transcripts, findings, met, known, rules)
        forms = _replaced_forms(outcome, rules)
        more = {code: overlooked(one.transcript, one.replacements, forms) for code, one in outcome.products.items()}
        now = {code: one.replacements for code, one in outcome.products.items()}
        # A round that taught nothing would only be repeated: so it is for every study that was run before.
        has_learnt = (outcome.entries, outcome.bindings) != (known.entries, known.bindings)
        if not any(more.values()) and (now == before or not has_learnt):
            break
        before = now
        known = replace(known, entries=outcome.entries, bindings=outcome.bindings)
        findings = {code: (*findings[code], *more[code]) for code in transcripts}
    products = {code: _with_shared_words(one, forms) for code, one in outcome.products.items()}
    return replace(outcome, products=products)


def _once(
    transcripts: Mapping[str, Transcript],
    findings: Findings,
    met: Mapping[str, tuple[Met, ...]],
    known: Known,
    rules: Rules,
) -> Outcome:
    region, entries = rules.region, tuple(known.entries.values())
    people: tuple[Entity | KnownPerson, ...] = (*(entry.entity for entry in entries), *known.roster)
    spread_out = spread(findings, transcripts, region, people)
    decided = decide(spread_out, transcripts, region, known.decisions, people, fingerprint=rules.fingerprint)
    settled = {code: settle(decided.kept[code]) for code in transcripts}
    bindings = bind(known.bindings, transcripts, settled, met)
    linked = link(transcripts, settled, entries, known.roster, bindings, region, _unused(rules.new_ids(), known))
    assigned = assign(
        linked.entities, linked.mentions, known.entries, rules.policy.tier, rules.policy, region, rules.assign_key,
        chosen=chosen_words(linked.entities, known.decisions, known.roster, rules.policy),
    )  # fmt: skip
    products = {}
    for code, transcript in transcripts.items():
        mentions = linked.mentions[code]
        dismissed = (*decided.dismissed[code], *_kept_by_policy(settled[code], mentions, assigned.kept))
        left = residual(transcript, settled[code], region, dismissed)
        rewritten = replacements(transcript, mentions, assigned, rules.policy)
        products[code] = Product(
            transcript=transcript,
            settled=settled[code],
            mentions=mentions,
            replacements=take_out(transcript, mentions, rewritten, known.withdrawn.passages, rules.policy),
            dismissed=dismissed,
            doubts=(*decided.unsure[code], *linked.doubts[code], *left),
        )
    return Outcome(products, {entry.entity.id: entry for entry in assigned.entries}, linked.bindings)


def _unused(new_id: Callable[[], str], known: Known) -> Callable[[], str]:
    """Ids that an earlier round of this run has not given yet."""
    return lambda: next(id for id in iter(new_id, "") if id not in known.entries)


def _with_shared_words(product: Product, forms: Forms) -> Product:
    """The words that are names elsewhere are on record as judged; those that may be names here go to review."""
    shared = shared_words(product.transcript, product.replacements, product.dismissed, forms)
    doubts = [Doubt(one.finding.span, "unsure", one.reason) for one in shared if one.reason == SHARED_WORD]
    return replace(product, dismissed=(*product.dismissed, *shared), doubts=(*product.doubts, *doubts))


def _kept_by_policy(
    settled: Sequence[Settled], mentions: Sequence[Mention], kept: Mapping[str, str]
) -> Iterator[Dismissal]:
    reasons = {mention.span: kept[mention.entity] for mention in mentions if mention.entity in kept}
    return (Dismissal(one.surest, reasons[one.span]) for one in settled if one.span in reasons)


def _replaced_forms(outcome: Outcome, rules: Rules) -> Forms:
    """The forms of everything that has a token in this tier: what must not be readable in an output."""
    entries = outcome.entries.values()
    return rules.words.forms(entry.entity for entry in entries if rules.policy.tier in entry.tokens)


def gate_files(files: Mapping[str, File], outcome: Outcome, known: Known, rules: Rules) -> dict[str, Gated]:
    """Every file as it would be written, and what blocks it; the known forms are indexed once for all of them."""
    forms = _replaced_forms(outcome, rules)
    return {code: _gate_file(files[code], product, forms, known) for code, product in outcome.products.items()}


def _gate_file(file: File, product: Product, forms: Forms, known: Known) -> Gated:
    try:
        output = file.write(product.replacements)
        segments, parts = file.reread(output), file.parts(output)
    except DeidError as fault:
        return Gated(b"", (), fault)  # one file that cannot hold its new words stops no other
    blocking = gate(
        segments,
        parts,
        transcript=product.transcript,
        replacements=product.replacements,
        dismissed=product.dismissed,
        forms=forms,
    )
    withdrawn = leaks_of_withdrawn(
        segments,
        parts,
        watch=known.withdrawn.watch,
        digests=known.withdrawn.certain,
        longest=known.withdrawn.longest,
        ours=Shift(product.replacements).is_ours,
        own_texts={replacement.text for replacement in product.replacements},
    )
    return Gated(output, (*blocking, *withdrawn))
