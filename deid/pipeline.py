"""Read this first: the whole program as one sentence.

    read -> detect -> decide -> settle -> link -> assign -> rewrite -> gate -> commit

`run` says it for files: the world (files, models, vault, log) comes in as arguments, and it holds none of it.
`pseudonymise` is its middle: a pure function of transcripts, findings and what the study knows.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Protocol, TypeVar

from deid.check.gate import gate_file, overlooked, shared_words
from deid.check.leaks import Forms
from deid.model import Entity, File, Finding, Gated, Known, KnownPerson, Outcome, Product, Replacement, Transcript
from deid.pseudonymise.assign import assign, kept_by_policy
from deid.pseudonymise.chosen import chosen_words
from deid.pseudonymise.passages import take_out
from deid.pseudonymise.rewrite import replacements
from deid.resolve.decide import decide
from deid.resolve.link import link
from deid.resolve.overlap import settle
from deid.resolve.recast import recast
from deid.resolve.residual import residual
from deid.resolve.spread import spread
from deid.resolve.withdrawn import Met, bind, claims, meet
from deid.rules import Rules

Findings = Mapping[str, tuple[Finding, ...]]
Result = TypeVar("Result", covariant=True)
_MOST_ROUNDS = 4


class Desk(Protocol[Result]):
    """Where a run reads and writes what lasts: the vault, the log, the folder of drafts."""

    def writing(self) -> AbstractContextManager[Known]: ...
    def name(self, files: Sequence[File]) -> Mapping[str, int]: ...
    def commit(self, outcome: Outcome, gated: Mapping[str, Gated]) -> Result: ...


def run(
    files: Sequence[File], detect: Callable[[Sequence[Transcript]], Findings], rules: Rules, desk: Desk[Result]
) -> Result:
    """The sentence. Detection takes minutes and needs no lock; all that follows happens under the writer's lock."""
    found = detect([Transcript(str(number), file.segments) for number, file in enumerate(files)])
    with desk.writing() as known:
        numbers = desk.name(files)
        named = {code: files[number] for code, number in numbers.items()}
        transcripts = {code: Transcript(code, file.segments) for code, file in named.items()}
        findings = {code: found[str(number)] for code, number in numbers.items()}
        outcome = pseudonymise(transcripts, findings, known, rules)
        return desk.commit(outcome, gate_files(named, outcome, known, rules))


def pseudonymise(transcripts: Mapping[str, Transcript], findings: Findings, known: Known, rules: Rules) -> Outcome:
    """decide -> settle -> link -> assign -> rewrite, again until nothing more follows from what is known by now.

    What a first round learns is known to the second, as it would be to the next run: so the next run changes nothing.
    """
    before: Mapping[str, tuple[Replacement, ...]] = {}
    met = meet(transcripts, findings, known.withdrawn)
    findings = recast(findings, transcripts, (*(entry.entity for entry in known.entries.values()), *known.roster))
    findings = {code: (*findings.get(code, ()), *claims(met.get(code, ()))) for code in transcripts}
    for _ in range(_MOST_ROUNDS):
        outcome = _round(transcripts, findings, met, known, rules)
        forms = rules.hidden_forms(outcome.entries)
        now = {code: product.replacements for code, product in outcome.products.items()}
        more = {code: overlooked(transcripts[code], own, forms) for code, own in now.items()}
        # A round that taught nothing would only be repeated: so it is for every study that was run before.
        has_learnt = (outcome.entries, outcome.bindings) != (known.entries, known.bindings)
        if not any(more.values()) and (now == before or not has_learnt):
            break
        before, known = now, replace(known, entries=outcome.entries, bindings=outcome.bindings)
        findings = {code: (*findings[code], *more[code]) for code in transcripts}
    return replace(outcome, products={code: _swept(one, forms, rules) for code, one in outcome.products.items()})


def gate_files(files: Mapping[str, File], outcome: Outcome, known: Known, rules: Rules) -> dict[str, Gated]:
    """Every file as it would be written, and what blocks it; the known forms are indexed once for all of them."""
    forms = rules.hidden_forms(outcome.entries)
    return {code: gate_file(files[code], one, forms, known.withdrawn) for code, one in outcome.products.items()}


def _round(
    transcripts: Mapping[str, Transcript],
    findings: Findings,
    met: Mapping[str, Sequence[Met]],
    known: Known,
    rules: Rules,
) -> Outcome:
    region, policy, entries = rules.region, rules.policy, tuple(known.entries.values())
    people: tuple[Entity | KnownPerson, ...] = (*(entry.entity for entry in entries), *known.roster)
    claimed = spread(findings, transcripts, region, people)
    decided = decide(claimed, transcripts, region, known.decisions, people, fingerprint=rules.fingerprint)
    settled = {code: settle(decided.kept[code]) for code in transcripts}
    bound = bind(known.bindings, transcripts, settled, met)
    linked = link(transcripts, settled, entries, known.roster, bound, region, rules.unused_ids(known.entries))
    chosen = chosen_words(linked.entities, known.decisions, known.roster, policy)
    assigned = assign(
        linked.entities, linked.mentions, known.entries, policy.tier, policy, region, rules.assign_key, chosen=chosen
    )
    products = {}
    for code, transcript in transcripts.items():
        mentions = linked.mentions[code]
        rewritten = replacements(transcript, mentions, assigned, policy)
        products[code] = Product(
            transcript=transcript,
            settled=settled[code],
            mentions=mentions,
            replacements=take_out(transcript, mentions, rewritten, known.withdrawn.passages, policy),
            dismissed=(*decided.dismissed[code], *kept_by_policy(settled[code], mentions, assigned.kept)),
            doubts=(*decided.unsure[code], *linked.doubts[code]),
        )
    return Outcome(products, assigned.entries, linked.bindings)


def _swept(product: Product, forms: Forms, rules: Rules) -> Product:
    """What is left goes to review: words that nothing has decided about, and words that are a known name elsewhere."""
    left = residual(product.transcript, product.settled, rules.region, product.dismissed)
    judged, unclear = shared_words(product.transcript, product.replacements, product.dismissed, forms)
    return replace(product, dismissed=(*product.dismissed, *judged), doubts=(*product.doubts, *left, *unclear))
