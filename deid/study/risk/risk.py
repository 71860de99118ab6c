"""What is left in a study's released text: findings with their ids and states, and what people decided about them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from deid.digests import fingerprint
from deid.errors import AskedWrongly
from deid.risk.assess import KINDS, Assessment, assess
from deid.risk.matrix import matrix
from deid.risk.released import Released, Risk
from deid.study.decisions import ACCEPT_RISK, Line, decide, in_force, read_lines
from deid.study.folder import RELEASES, Study
from deid.study.released import released_of
from deid.study.render import Rendered
from deid.study.repeats import repeats_of, without_repeats

OPEN, ACCEPTED = "open", "accepted"
# Offered on the page; in the terminal a reason is typed.
REASONS = (
    "it is public knowledge already",
    "agreed with the participant",
    "agreed with the ethics board",
    "too many others fit",
    "needed for the analysis",
    "it is not so: nothing of this identifies anybody",
)


@dataclass(frozen=True, slots=True)
class Found:
    """A finding of this study: its id stays the same as long as it says the same."""

    id: str
    risk: Risk = field(repr=False)
    state: str = OPEN


@dataclass(frozen=True, slots=True)
class Assessed:
    released: Released = field(repr=False)
    assessment: Assessment = field(repr=False)
    findings: tuple[Found, ...]

    @property
    def tier(self) -> str:
        return self.released.tier


def judged_tier(study: Study, tier: str) -> str:
    """The tier whose text is judged: of two that were given to outsiders, the finer one."""
    return "archive" if tier == "public" and _is_released(study, "archive") else tier


def assess_study(study: Study, rendered: Rendered, asked: str = "") -> Assessed:
    """asked: the tier that was asked for, where a finer one is judged in its place."""
    released = released_of(study, rendered)
    transcripts = {code: product.transcript for code, product in rendered.outcome.products.items()}
    repeats = repeats_of(study, transcripts)
    once = without_repeats(released, repeats, transcripts)
    assessment = assess(once, study.region, study.settings.risk.population)
    notes = (*_tier_notes(study, rendered.tier, asked), *_repeat_notes(repeats), *assessment.notes)
    assessment = replace(assessment, notes=notes)
    found: dict[str, Found] = {}
    for risk in assessment.risks:
        id = _id(study, released.tier, risk)
        found.setdefault(id, Found(id, risk))
    return as_decided(study, Assessed(released, assessment, tuple(found.values())))


def as_decided(study: Study, assessed: Assessed) -> Assessed:
    """The findings with the states that decisions give them now."""
    accepted = {line.fingerprint for line in in_force(read_lines(study)) if line.verdict == ACCEPT_RISK}
    states = (replace(one, state=ACCEPTED if one.id in accepted else OPEN) for one in assessed.findings)
    return replace(assessed, findings=tuple(states))


def accept(study: Study, assessed: Assessed, id: str, reason: str, reviewer: str) -> Line:
    """Accept a finding with a reason, as a decision that is logged. Call it under `study.writing()`.

    Raises AskedWrongly for an id that is not among the findings, without a reason, and for a reason that identifies.
    """
    matching = [one for one in assessed.findings if len(id) >= 4 and one.id.startswith(id)]
    if len(matching) != 1:
        raise AskedWrongly(
            "there is no such finding" if not matching else "several findings begin so",
            hint="deid risk lists every finding with its id; an id belongs to one tier (--tier)",
        )
    if not reason.strip():
        raise AskedWrongly("accepting a risk needs a reason", hint='--reason "the event is public and names nobody"')
    return decide(study, [acceptance(assessed, matching[0], reason.strip(), reviewer)])[0]


def acceptance(assessed: Assessed, found: Found, reason: str, reviewer: str) -> Line:
    values = {"kind": found.risk.kind, "turn": str(found.risk.turn), "tier": assessed.tier}
    return Line(0, "", reviewer, ACCEPT_RISK, found.id, code=found.risk.code, reason=reason, values=values)


def put_on_record(study: Study, assessed: Assessed) -> None:
    """Counts by kind into the log, unless it says the same already. Call it under `study.writing()`."""
    counts = counts_of(assessed.findings)
    if study.logged_risks(assessed.tier) != counts:
        study.record([("risk_assessed", {"tier": assessed.tier, "counts": counts})])


def counts_of(findings: Iterable[Found]) -> dict[str, int]:
    """How many of each kind, and how many of these were accepted."""
    every = tuple(findings)
    counts = {kind: sum(one.risk.kind == kind for one in every) for kind in KINDS}
    accepted = {
        f"{kind} accepted": sum(one.risk.kind == kind and one.state == ACCEPTED for one in every) for kind in KINDS
    }
    return counts | accepted


def as_values(assessed: Assessed) -> dict[str, object]:
    """The shape that the design fixes for `deid risk --json`; ids stand in the matrix, in the findings' order."""
    return {
        "findings": [
            {
                "kind": one.risk.kind,
                "code": one.risk.code,
                "turn": one.risk.turn,
                "reason": one.risk.reason,
                "suggestion": one.risk.suggestion,
                "state": one.state,
            }
            for one in assessed.findings
        ],
        "matrix": matrix(assessed.assessment) | {"ids": [one.id for one in assessed.findings]},
    }


def _tier_notes(study: Study, judged: str, asked: str) -> Iterator[str]:
    if asked and asked != judged:
        yield f"The text for {asked} is judged by that for {judged}: whoever holds both reads the finer one."
    if judged != "team" and _is_released(study, "team"):
        yield "There is a release for the team: whoever holds it as well reads as finely as the team does."


def _repeat_notes(repeats: Mapping[str, str]) -> Iterator[str]:
    for code, other in repeats.items():
        yield f"{code} has the words of {other}: what is found in both is told once."


def _is_released(study: Study, tier: str) -> bool:
    folder: Path = study.folder / RELEASES / tier
    return folder.is_dir() and any(path.name.isdigit() for path in folder.iterdir())


def _id(study: Study, tier: str, risk: Risk) -> str:
    return fingerprint(study.contents.keys.decide, "risk", tier, risk.kind, risk.code, risk.key)[:16]
