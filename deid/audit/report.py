"""The report for an ethics board: one HTML file that needs no script, no network and no training to read.

Everything in it comes from the log, which holds no original, and from what the caller adds: settings, sample sentences
of signed-off text, and what is left according to the risk assessment.
"""

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import resources

from deid.audit import chain
from deid.audit.facts import Counts, Entry, LogFacts, OutputFacts, totals
from deid.audit.methods import availability_statement, methods_paragraph
from deid.audit.verify import Verification
from deid.audit.wording import CATEGORIES, RESTS_ON, SHORT_NAMES, TECHNIQUES, VERDICTS, event_words
from deid.errors import AskedWrongly
from deid.interval import wilson


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence of signed-off text, as it is released."""

    code: str
    turn: int
    text: str


@dataclass(frozen=True, slots=True)
class RiskLine:
    """Something that could still identify: what, for whom (a stranger, a colleague), and what was done about it."""

    question: str
    finding: str
    state: str


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """vault_place: where the key lies, in words, never a path. policy: what each category becomes, in words."""

    log: LogFacts
    found: Verification
    anchor: str
    today: date
    title: str = "De-identification report"
    approval_reference: str = ""
    review_by: str = ""
    destroy_by: str = ""
    vault_place: str = ""
    policy: Mapping[str, str] = field(default_factory=dict)
    samples: tuple[Sample, ...] = ()
    risk: tuple[RiskLine, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusLine:
    """One line of the status list; `warns` puts it in the eye."""

    label: str
    words: str
    warns: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: `share` is its length, 0 to 1."""

    label: str
    value: str
    share: float


def render_report(facts: ReportFacts) -> str:
    """The whole HTML file."""
    import jinja2

    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["day"] = lambda time: time[:10]
    environment.filters["words"] = lambda name: name.replace("_", " ")
    environment.filters["verdict"] = lambda verdict: VERDICTS.get(verdict, verdict.replace("_", " "))
    environment.filters["told"] = event_words
    environment.filters["missed"] = _missed
    template = environment.from_string(_packaged("report.html"))
    return template.render(_context(facts))


def to_pdf(html: str) -> bytes:
    """The report as a tagged PDF. Raises AskedWrongly where WeasyPrint is not installed."""
    try:
        weasyprint = importlib.import_module("weasyprint")
    except (ImportError, OSError) as error:
        raise AskedWrongly(
            "writing a PDF needs WeasyPrint",
            hint="pip install 'deid-transcripts[pdf-report]', or print the HTML report from a browser",
        ) from error
    written: bytes = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")
    return written


def verify_page() -> bytes:
    """The page that checks a log in a browser; the same bytes for every study."""
    return _packaged("verify_page.html").encode("utf-8")


def _packaged(name: str) -> str:
    return (resources.files("deid.audit") / name).read_text(encoding="utf-8")


def _context(facts: ReportFacts) -> dict[str, object]:
    log = facts.log
    shown = _most_telling(log)
    is_released = any(place.startswith("releases/") for place in log.places)
    tables = [(_place_words(place), log.at(place)) for place in log.places if place != "drafts" or not is_released]
    return {
        "facts": facts,
        "log": log,
        "found": facts.found,
        "fingerprint": chain.spoken(facts.found.fingerprint),
        "status": status_lines(facts),
        "tables": tables,
        "drafts": log.at("drafts") if is_released else (),
        "shown": shown,
        "shown_place": _place_words(shown[0].place) if shown else "",
        "replaced": sum(output.replaced for output in shown),
        "categories": _named(totals(output.by_category for output in shown), CATEGORIES),
        "techniques": [
            (name, TECHNIQUES.get(name, ""), count)
            for name, count in totals(output.by_technique for output in shown).items()
        ],
        "bands": totals(output.by_band for output in shown),
        "category_bars": _bars(_named(totals(output.by_category for output in shown), CATEGORIES)),
        "share_bars": _share_bars(shown),
        "category_names": CATEGORIES,
        "short_names": SHORT_NAMES,
        "policy": [(CATEGORIES.get(name, name), words) for name, words in facts.policy.items()],
        "kept": totals(output.kept_reasons for output in shown),
        "dismissed": totals(output.dismissed_reasons for output in shown),
        "dropped": totals(output.dropped for output in shown),
        "reviewers": _reviewers(log),
        "notes": log.named("note"),
        "risk_events": log.named("risk_accepted"),
        "intruders": log.named("intruder_result"),
        "rereadings": log.named("reread"),
        "quality": _quality(log.named("quality_measured")),
        "reveals": log.named("reveal_intent"),
        "withdrawals": log.named("withdrawal_done"),
        "copies": log.named("backup_made", "watchlist_exported", "sources_kept", "vault_moved", "restored"),
        "keys": log.named("rotation", "passphrase_changed", "vault_closed", "second_recipient_declined", "destroyed"),
        "breaks": log.named("interrupted", "mended"),
        "rests_on": RESTS_ON,
        "methods": methods_paragraph(log),
        "availability": availability_statement(log),
    }


def _missed(detail: Mapping[str, int]) -> str:
    """What a re-reading says of the whole: "0.07 and 2.36"."""
    low, high = wilson(detail["misses"], detail["words"])
    return f"{1000 * low:.2f} and {1000 * high:.2f}"


def status_lines(facts: ReportFacts) -> tuple[StatusLine, ...]:
    """What a board wants to know at one glance; what is past due or absent warns."""
    found = facts.found
    if not found.ok:
        record = StatusLine("Record", f"does not add up: {len(found.problems)} problems, listed below", True)
    elif found.anchored:
        record = StatusLine("Record", "whole, unaltered, and the one that the board's anchor was taken from")
    else:
        record = StatusLine(
            "Record", "internally consistent, NOT anchored: its keeper could have rewritten all of it", True
        )
    return (
        record,
        _approval(facts),
        _due("Review due", facts.review_by, facts.today),
        _due("Key to be destroyed", facts.destroy_by, facts.today, is_done=bool(facts.log.named("destroyed"))),
        _who_opens(facts.log),
    )


def _approval(facts: ReportFacts) -> StatusLine:
    """What the signed record says of the approval, beside what the settings say."""
    noted = [entry for entry in facts.log.named("note") if entry.detail["kind"] == "approval"]
    given = facts.approval_reference
    if not noted:
        unsigned = f"{given} (as the study's settings say; it is not in the signed record)"
        return StatusLine("Approval", unsigned if given else "no reference is on record", not given)
    reference = str(noted[-1].detail["reference"])
    words = f"{reference}, on record since {noted[-1].time[:10]}"
    if given and given != reference:
        return StatusLine("Approval", f"{words}; but the study's settings say {given}", True)
    return StatusLine("Approval", words)


def _due(label: str, day: str, today: date, *, is_done: bool = False) -> StatusLine:
    if is_done:
        return StatusLine(label, "done; whether the data still identifies anybody is due to be assessed again", True)
    if not day:
        return StatusLine(label, "no date is set", True)
    try:
        is_past = date.fromisoformat(day) < today
    except ValueError:
        return StatusLine(label, f"{day} is not a date", True)
    return StatusLine(label, f"by {day}" + (": PAST" if is_past else ""), is_past)


def _who_opens(log: LogFacts) -> StatusLine:
    quorum, custodians = log.quorum
    if log.named("destroyed"):
        return StatusLine("Key", "destroyed", False)
    if quorum:
        return StatusLine("Key", f"opens only for {quorum} of {custodians} custodians together")
    alone = sum(kind != "custodian" for kind in log.recipients.values())
    ways = "one passphrase or key opens" if alone == 1 else f"each of {alone} passphrases or keys opens"
    return StatusLine("Key", f"{ways} it alone; any rule that two must agree is procedure, not cryptography", True)


def _most_telling(log: LogFacts) -> tuple[OutputFacts, ...]:
    """The newest release for an archive, or else the newest release, or else the drafts."""
    released = [place for place in log.places if place.startswith("releases/")]
    archive = [place for place in released if place.startswith("releases/archive/")]
    chosen = (archive or released or ["drafts"])[-1]
    return log.at(chosen)


def _place_words(place: str) -> str:
    if place == "drafts":
        return "drafts (not signed off, not for sharing)"
    _, tier, number = place.split("/")
    return f"release {number} for the {tier}"


def _named(counts: Counts, names: Mapping[str, str]) -> list[tuple[str, int]]:
    return [(names.get(name, name.lower()), count) for name, count in counts.items()]


def _bars(rows: Sequence[tuple[str, int]]) -> list[Bar]:
    most = max((count for _, count in rows), default=1) or 1
    return [Bar(label, str(count), count / most) for label, count in rows]


def _share_bars(outputs: Sequence[OutputFacts]) -> list[Bar]:
    rows = [(output.code, output.words_replaced / output.words) for output in outputs if output.words]
    most = max((share for _, share in rows), default=1.0) or 1.0
    return [Bar(code, f"{share:.1%}", share / most) for code, share in rows]


def _reviewers(log: LogFacts) -> list[tuple[str, str, int]]:
    counts: dict[tuple[str, str], int] = {}
    for decision in log.decisions:
        key = (decision.reviewer, decision.verdict)
        counts[key] = counts.get(key, 0) + 1
    return [(reviewer, verdict, count) for (reviewer, verdict), count in sorted(counts.items())]


def _quality(entries: Sequence[Entry]) -> list[tuple[str, str, list[tuple[str, object]]]]:
    newest = {(str(entry.detail["data"]), str(entry.detail["system"])): entry for entry in entries}
    rows = []
    for (data, system), entry in newest.items():
        figures = entry.detail["figures"]
        rows.append((data, system, list(figures.items()) if isinstance(figures, dict) else []))
    return rows
