"""Which findings count: a reviewer's decisions first, then the keep list, context, and the cut-offs.

Nothing is dropped silently (law 2): what is not kept is dismissed, with a named reason. Findings below 0.4 are not
replaced and go to review; those below 0.6 are replaced and go to review.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from deid.fold import fold, has_capitals
from deid.model import (
    REPLACED,
    SURE,
    Category,
    Decision,
    Dismissal,
    Doubt,
    Entity,
    Finding,
    KnownPerson,
    Span,
    Transcript,
)
from deid.region import Region
from deid.resolve.around import around
from deid.resolve.giving_way import without_echoes, without_lists_of_names, without_misreadings
from deid.resolve.keep import KeepList, index_keep, kept_by, kept_in
from deid.resolve.phrases import Phrases, find_phrases, index_phrases
from deid.resolve.proceedings import is_proceeding, weighed_in_proceeding
from deid.spans import by_segment

HERE = "describe_here"  # own words in one place, bound to the words around it
_WORDS_AROUND = 3
_NEAR = 40  # characters in which three words nearly always lie

Fingerprint = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Decided:
    kept: Mapping[str, tuple[Finding, ...]]
    dismissed: Mapping[str, tuple[Dismissal, ...]]
    unsure: Mapping[str, tuple[Doubt, ...]]


@dataclass(frozen=True, slots=True)
class _Human:
    """Decisions ready to be looked up."""

    added: Phrases[Decision] = field(repr=False)
    worded_here: Phrases[str] = field(repr=False)
    categories: Mapping[str, Decision] = field(repr=False)
    by_fingerprint: Mapping[str, Decision] = field(repr=False)
    fingerprint: Fingerprint | None = None


def decide(
    findings: Mapping[str, Sequence[Finding]],
    transcripts: Mapping[str, Transcript],
    region: Region,
    decisions: Sequence[Decision],
    known: Sequence[Entity | KnownPerson],
    *,
    fingerprint: Fingerprint | None = None,
) -> Decided:
    """`fingerprint` is the study's keyed digest of a text; without it decisions bound to a context do not apply."""
    human = _index_decisions(decisions, fingerprint)
    keep = index_keep(region, people=_people_forms(known))
    kept: dict[str, tuple[Finding, ...]] = {}
    dismissed: dict[str, tuple[Dismissal, ...]] = {}
    unsure: dict[str, tuple[Doubt, ...]] = {}
    for code, transcript in transcripts.items():
        own, out = _of_transcript(transcript, findings.get(code, ()), human, keep)
        kept[code], dismissed[code] = own, out
        unsure[code] = _doubts(own, out)
    return Decided(kept, dismissed, unsure)


def form_key(text: str) -> str:
    """What a decision about a form everywhere is a fingerprint of."""
    return f"form\n{fold(text)}"


def context_key(transcript: Transcript, span: Span, category: Category) -> str:
    """What a decision about one place is a fingerprint of: form, category and the three words either side."""
    text = transcript.segments[span.segment].text
    before, after = _words_before(text, span.start), _words_after(text, span.end)
    form = fold(text[span.start : span.end])
    return "\n".join(["context", form, category, " ".join(before), " ".join(after)])


def _words_before(text: str, end: int) -> list[str]:
    """The last words before a place, from no more of the text than holds them; no word has a space in it."""
    near = _NEAR
    while True:
        start = text.rfind(" ", 0, max(0, end - near)) + 1
        found = fold(text[start:end]).split()
        if len(found) >= _WORDS_AROUND or start == 0:
            return found[-_WORDS_AROUND:]
        near *= 4


def _words_after(text: str, start: int) -> list[str]:
    near = _NEAR
    while True:
        end = text.find(" ", start + near)
        found = fold(text[start : end if end >= 0 else len(text)]).split()
        if len(found) >= _WORDS_AROUND or end < 0:
            return found[:_WORDS_AROUND]
        near *= 4


def _of_transcript(
    transcript: Transcript, findings: Iterable[Finding], human: _Human, keep: KeepList
) -> tuple[tuple[Finding, ...], tuple[Dismissal, ...]]:
    kept: list[Finding] = []
    claimed = (*findings, *_added(transcript, human.added), *_worded_here(transcript, human))
    stretches = kept_in(transcript, keep, (finding.span.segment for finding in claimed))
    in_hearing = is_proceeding(transcript)
    weighed, out = around(claimed, transcript, stretches.by_segment, replaced=REPLACED)
    for finding in weighed:
        if in_hearing:
            finding = weighed_in_proceeding(finding, transcript.segments[finding.span.segment].text)
        finding, reason = _answered(_recategorised(finding, transcript, human), transcript, human)
        if reason is None:
            reason = kept_by(finding, transcript, keep, stretches) or (
                "below the cut-off" if finding.confidence < REPLACED else ""
            )
        if reason:
            out.append(Dismissal(finding, reason))
        else:
            kept.append(finding)
    kept, split = without_lists_of_names(kept, transcript)
    kept, misread = without_misreadings(kept, transcript)
    kept, echoes = without_echoes(kept, transcript)
    return tuple(kept), (*out, *split, *misread, *echoes)


def _index_decisions(decisions: Sequence[Decision], fingerprint: Fingerprint | None) -> _Human:
    added = index_phrases((d.form, d) for d in decisions if d.verdict in ("replace", "describe", "remove") and d.form)
    categories = {fold(d.form): d for d in decisions if d.verdict == "category" and d.form and d.category}
    by_fingerprint = {d.fingerprint: d for d in decisions if d.verdict in ("keep", "dismiss", "replace", HERE)}
    worded_here = index_phrases((d.form, d.form) for d in decisions if d.verdict == HERE and fingerprint)
    return _Human(added, worded_here, categories, by_fingerprint, fingerprint)


def _added(transcript: Transcript, added: Phrases[Decision]) -> Iterable[Finding]:
    """What a reviewer marked, wherever it stands. A single word needs the capital that the reviewer saw."""
    for index, segment in enumerate(transcript.segments) if added.by_words else ():
        for start, end, decision in find_phrases(segment.text, added):
            lost_capital = decision.form[:1].isupper() and segment.text[start].islower() and has_capitals(segment.text)
            if lost_capital and len(fold(decision.form).split()) == 1:
                continue
            kind = {"describe": "described", "remove": "removed"}.get(decision.verdict, "")
            category = Category.TRAIT if kind else decision.category or Category.PERSON
            span = Span(index, start, end)
            yield Finding(span, category, kind, 1.0, "reviewer", "a reviewer's decision", decision.id)


def _worded_here(transcript: Transcript, human: _Human) -> Iterable[Finding]:
    """What a reviewer put in other words in one place, and in that place alone."""
    for index, segment in enumerate(transcript.segments) if human.worded_here.by_words else ():
        for start, end, _ in find_phrases(segment.text, human.worded_here):
            span = Span(index, start, end)
            key = context_key(transcript, span, Category.TRAIT)
            decision = human.by_fingerprint.get(human.fingerprint(key)) if human.fingerprint else None
            if decision is not None and decision.verdict == HERE:
                yield Finding(span, Category.TRAIT, "described", 1.0, "reviewer", "a reviewer's decision", decision.id)


def _recategorised(finding: Finding, transcript: Transcript, human: _Human) -> Finding:
    if not human.categories:
        return finding
    decision = human.categories.get(fold(transcript.text_at(finding.span)))
    if decision is None or decision.category is None or decision.category is finding.category:
        return finding
    return replace(finding, category=decision.category, kind="", decision=decision.id)


def _answered(finding: Finding, transcript: Transcript, human: _Human) -> tuple[Finding, str | None]:
    """The finding with its decision, and "" where a reviewer wants it replaced, a reason where not, None otherwise."""
    if finding.recogniser == "reviewer":
        return finding, ""
    if human.fingerprint is None or not human.by_fingerprint:
        return finding, None
    here = human.by_fingerprint.get(human.fingerprint(context_key(transcript, finding.span, finding.category)))
    decision = here or human.by_fingerprint.get(human.fingerprint(form_key(transcript.text_at(finding.span))))
    # Keep and dismiss are bound to a context: made for a form alone they would unmask a person of that name.
    if decision is None or decision.verdict == HERE or (here is None and decision.verdict != "replace"):
        return finding, None
    reason = "" if decision.verdict == "replace" else f"decision: {decision.verdict}"
    return replace(finding, decision=decision.id), reason


def _doubts(kept: Sequence[Finding], dismissed: Sequence[Dismissal]) -> tuple[Doubt, ...]:
    """Unsure findings, one a stretch, where no surer finding covers them."""
    sure = [finding for finding in kept if finding.confidence >= SURE]
    weak = [finding for finding in kept if finding.confidence < SURE]
    weak += [d.finding for d in dismissed if d.reason == "below the cut-off"]
    doubts: dict[Span, Doubt] = {}
    covering = by_segment(sure)
    for finding in sorted(weak, key=lambda f: (f.span, -f.confidence, f.why)):
        if not any(other.span.covers(finding.span) for other in covering.get(finding.span.segment, ())):
            doubts.setdefault(finding.span, Doubt(finding.span, "unsure", finding.why))
    return tuple(doubts.values())


def _people_forms(known: Iterable[Entity | KnownPerson]) -> frozenset[str]:
    forms: set[str] = set()
    for one in known:
        if isinstance(one, KnownPerson):
            forms |= {fold(form) for form in (one.full_name, *one.aliases)}
        elif one.category is Category.PERSON:
            forms |= {fold(form) for form in one.forms}
    return frozenset(forms)
