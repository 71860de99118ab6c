"""What the ethics board is given: the report, the anonymisation log, words for the paper, notes on the record."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from deid import plugins
from deid.audit.anchor import anchor_line, read_anchors
from deid.audit.export import Row, rows_from_log, to_csv, to_json, to_workbook
from deid.audit.log import AuditLog
from deid.audit.methods import availability_statement, methods_paragraph
from deid.audit.report import ReportFacts, Sample, render_report
from deid.audit.tally import facts_from_log
from deid.config import Settings, read_settings
from deid.errors import AskedWrongly
from deid.pseudonymise import strategies
from deid.pseudonymise.policy import load_policy, policy_table
from deid.pseudonymise.tokens import find_tokens
from deid.study.folder import LOG, RELEASES, SETTINGS, Study, vault_path
from deid.study.risk.risk_lines import risk_lines
from deid.study.verification import anchor_text, read_segments, verify_study

# How fine a strategy is, in words that need no manual.
_DETAILS = {
    "district": "here: the district",
    "subregion": "here: the part of the county",
    "none": "here: no area",
    "kind": "here: its kind",
    "group": "here: a broader word",
    "month": "here: the month",
    "season": "here: the season",
    "year": "here: the year",
    "decade_part": "here: the part of the decade",
    "decade": "here: the decade",
    "fine": "here: narrow bands",
    "broad": "here: wide bands",
}
_SAMPLES = 6
_SHORTEST, _LONGEST = 60, 240


@dataclass(frozen=True, slots=True)
class Report:
    """The page, and whether the record that it tells of adds up."""

    page: str
    ok: bool


def report(folder: Path, *, today: date, since: str = "", environment: dict[str, str]) -> Report:
    """The board's report as one HTML file. Needs no key: everything in it comes from the log and from releases.

    since: an anchor of the board's; the record is held against it, and what came later is told.
    """
    log = _log(folder)
    settings = _settings(folder)
    number = max(anchor.size for anchor in read_anchors(anchor_text(since))) if since else 0
    tier, found = settings.policy.tier, verify_study(folder, anchor=since)
    page = render_report(
        ReportFacts(
            log=facts_from_log(log.events(), number),
            found=found,
            anchor=anchor_line(log.checkpoint()),
            today=today,
            approval_reference=settings.report.approval_reference,
            review_by=settings.report.review_by,
            destroy_by=settings.report.destroy_key_by,
            vault_place=_vault_place(folder, settings, environment),
            policy=_policy_words(tier),
            samples=tuple(_samples(folder)),
            risk=risk_lines(log.events()),
        )
    )
    return Report(page, found.ok)


def export(folder: Path, form: str, place: str = "drafts") -> bytes:
    """The anonymisation log, a row a replacement, without originals."""
    return written(rows_from_log(_log(folder).events(), place), form)


def written(rows: Sequence[Row], form: str, *, with_originals: bool = False) -> bytes:
    """The rows as csv, json or xlsx."""
    if form == "xlsx":
        from deid.formats.sheets import write_sheet

        return to_workbook(rows, partial(write_sheet, name="Anonymisation log"), with_originals=with_originals)
    return {"csv": to_csv, "json": to_json}[form](rows, with_originals=with_originals)


def words_for_the_paper(folder: Path) -> tuple[str, str]:
    """A paragraph on method and a data-availability statement."""
    facts = facts_from_log(_log(folder).events())
    return methods_paragraph(facts), availability_statement(facts)


def note(study: Study, kind: str, reference: str, words: str, actor: str, is_clean: Callable[[str], bool]) -> None:
    """Put an amendment, an approval or an incident on record. Call it under `study.writing()`."""
    detail = {"kind": kind, "reference": reference} | ({"words": words} if words else {})
    study.log.append(
        [("note", detail)], actor, study.clock(), study.random, study.contents.keys.signing, is_clean
    )  # fmt: skip


def _log(folder: Path) -> AuditLog:
    path = folder / LOG
    if not path.exists():
        raise AskedWrongly("there is no audit log here", where=str(path), hint="name the study with --study")
    return AuditLog.open(path)


def _settings(folder: Path) -> Settings:
    path = folder / SETTINGS
    return read_settings(path) if path.exists() else Settings()


def _vault_place(folder: Path, settings: Settings, environment: dict[str, str]) -> str:
    """Where the key lies, in words: a path may name somebody."""
    inside = vault_path(folder, settings, environment).resolve().is_relative_to(folder.resolve())
    return "in the study's own folder" if inside else "apart from the study's folder"


def _policy_words(tier: str) -> dict[str, str]:
    words: dict[str, str] = {}
    for category, kind, strategy, detail in policy_table(load_policy(tier)):
        if kind in ("", "any", "*", "all"):
            words[category] = _strategy_words(strategy, detail)
    return words


def _strategy_words(strategy: str, detail: str) -> str:
    if strategy == "keep":
        return "stays readable"
    summary: str = plugins.load(strategies, strategy).SUMMARY
    return f"{summary} ({_DETAILS.get(detail, detail)})" if detail else summary


def _samples(folder: Path) -> Iterator[Sample]:
    """Turns of signed-off archive text, as released: those with two tokens or more, a few from each transcript."""
    archive = folder / RELEASES / "archive"
    if not archive.is_dir():
        return
    numbers = sorted((int(path.name) for path in archive.iterdir() if path.name.isdigit()), reverse=True)
    found = 0
    for path in sorted((archive / str(numbers[0])).glob("*_archive.*")) if numbers else ():
        told = [segment for segment in read_segments(path) if segment.kind == "speech" and _tells(segment.text)]
        for segment in told[: max(1, _SAMPLES // 3)]:
            if found < _SAMPLES:
                found += 1
                yield Sample(path.name.partition("_")[0], segment.turn, segment.text)


def _tells(text: str) -> bool:
    return _SHORTEST <= len(text) <= _LONGEST and len(find_tokens(text)) >= 2
