"""Who stands behind a token: one at a time, or all at once under stricter rules. The log is told first."""

from collections.abc import Mapping
from pathlib import Path

from deid.cells import write_csv
from deid.errors import AskedWrongly
from deid.fold import fold
from deid.model import KeyEntry
from deid.study.decisions import in_force, read_lines
from deid.study.folder import Study
from deid.study.private import check_private, write_owner_only

NOTICE = (
    "Before you go on: under section 171 of the Data Protection Act 2018 it is an offence to re-identify"
    " de-identified personal data, knowingly or recklessly, without the consent of the controller who de-identified"
    " it. Reveal only what the study's approval covers. This act is on record."
)
# Offered before anything is typed; the key is what is logged.
REASONS = {
    "safeguarding": "a child or adult may be at risk of harm",
    "correction": "a replacement has to be checked or corrected",
    "withdrawal": "a participant asked what is held about them, or to be taken out",
    "legal": "a court or a statutory body requires it",
    "audit": "the ethics board or the data protection officer asked for it",
}
_COLUMNS = ("entity", "category", "kind", "part", "tokens", "forms")


def reveal(study: Study, token: str, reason: str, actor: str = "deid") -> tuple[tuple[str, ...], ...]:
    """The forms of everything that bears this token, on record before they are returned.

    Raises AskedWrongly for a token that the study does not hold, or that stands for somebody who withdrew.
    """
    reason = check_reason(study, reason)
    with study.writing() as contents:
        found = [entry for entry in contents.entries if _bears(entry, token)]
        if not found:
            raise AskedWrongly(
                "this study has no such token", hint="copy it from the transcript, with or without its brackets"
            )
        found = [_now(study, entry) for entry in found]
        if not any(entry.entity.forms for entry in found):
            raise AskedWrongly("whoever this token stands for has withdrawn: nothing readable is kept")
        intent = {"scope": "token", "token": _bare(token), "count": len(found), "reason": reason}
        study.record([("reveal_intent", intent)], actor)
        study.record([("reveal_done", {"scope": "token", "count": len(found)})], actor)
        return tuple(entry.entity.forms for entry in found if entry.entity.forms)


def became(study: Study, token: str) -> tuple[str, ...]:
    """The tokens of what bears this one no longer, because it was merged: what it is now."""
    found = [entry for entry in study.contents.entries if _bears(entry, token)]
    now = [_now(study, entry) for entry in found]
    return tuple(dict.fromkeys(one for entry in now if entry not in found for one in entry.tokens.values()))


def _now(study: Study, entry: KeyEntry) -> KeyEntry:
    """What a thing was merged into, if it was, and what that was merged into."""
    merged = {line.values["other"]: line.entity for line in in_force(read_lines(study)) if line.verdict == "merge"}
    entries = {one.entity.id: one for one in study.contents.entries}
    seen: set[str] = set()
    while not entry.entity.forms and entry.entity.id in merged and entry.entity.id not in seen:
        seen.add(entry.entity.id)
        entry = entries.get(merged[entry.entity.id], entry)
    return entry


def reveal_all(study: Study, path: Path, reason: str, environment: Mapping[str, str], actor: str = "deid") -> int:
    """Write the whole key as a CSV that only its owner can read; how many rows. Opening a closed vault took two."""
    reason = check_reason(study, reason)
    check_private(path, study.folder, environment)
    with study.writing() as contents:
        count = len(contents.entries)
        study.record([("reveal_intent", {"scope": "all", "count": count, "reason": reason})], actor)
        write_owner_only(path, _table(contents.entries))
        study.record([("reveal_done", {"scope": "all", "count": count})], actor)
    return count


def record_reveal(study: Study, scope: str, count: int, reason: str, actor: str = "deid") -> None:
    """Put on record that originals are about to be shown in another way: the conflicts of a merge."""
    with study.writing():
        intent = {"scope": scope, "count": count, "reason": check_reason(study, reason)}
        study.record([("reveal_intent", intent), ("reveal_done", {"scope": scope, "count": count})], actor)


def check_reason(study: Study, reason: str) -> str:
    """The reason as it is logged. Raises AskedWrongly for none, or for one that identifies somebody."""
    reason = " ".join(reason.split())
    if reason in REASONS:
        return f"{reason}: {REASONS[reason]}"
    if len(reason) < 4:
        raise AskedWrongly("a reason is needed", hint=f"one of {', '.join(REASONS)}, or your own words")
    if not study.is_clean(reason):
        raise AskedWrongly(
            "the reason holds something that identifies", where="--reason", hint="say it without the name"
        )
    return reason


def _bears(entry: KeyEntry, token: str) -> bool:
    return fold(token) in {fold(one) for one in entry.tokens.values()}


def _bare(token: str) -> str:
    return token.strip().strip("[]#<>")


def _table(entries: tuple[KeyEntry, ...]) -> bytes:
    rows: list[tuple[str, ...]] = [_COLUMNS]
    for entry in entries:
        tokens = "; ".join(f"{tier}: {token}" for tier, token in sorted(entry.tokens.items()))
        entity = entry.entity
        rows.append((entity.id, entity.category.value, entity.kind, entity.part, tokens, "; ".join(entity.forms)))
    return write_csv(rows)
