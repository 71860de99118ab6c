"""Changing the baseline: what is found now is added, what is found no more is taken out. What is typed is searched."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from deid.check import baseline as baselines
from deid.check.findings import Report
from deid.errors import AskedWrongly, CouldNotFinish
from deid.study.check.checking import findings, read_baseline
from deid.study.check.gathering import Request
from deid.study.check.watching import KEY


def add_findings(
    request: Request,
    place: Path,
    *,
    kind: str,
    reason: str,
    owner: str,
    expires: date,
    today: date,
    folder: Path,
    environment: Mapping[str, str],
    workers: int,
) -> tuple[Report, int]:
    """(what was found, how many entries are new). Raises AskedWrongly without a key, or for a reason with a name."""
    if not (environment.get(KEY) or environment.get(f"{KEY}_FILE")):
        raise AskedWrongly("a baseline needs the check's key", hint=f"set {KEY} or {KEY}_FILE")
    if not 0 <= (expires - today).days <= baselines.LONGEST_DAYS:
        raise AskedWrongly("an allowance ends within a year", where="--expires")
    typed = Request(given=f"{reason}\n{owner}", watchlist=request.watchlist, region=request.region)
    if findings(typed, folder=folder, environment=environment)[0].findings:
        raise AskedWrongly("the reason or the owner holds identifiable data", hint="say it without the name")
    report, key, _ = findings(request, folder=folder, environment=environment, workers=workers)
    if key is None:
        raise CouldNotFinish("the check's key cannot be read", where=KEY)
    before = read_baseline(place) if place.exists() else baselines.Baseline(baselines.key_print(key))
    baselines.check_key(before, key, where=str(place))
    current = {entry.fingerprint for entry in before.entries if date.fromisoformat(entry.expires) >= today}
    chosen = [one for one in report.findings if kind in ("", one.kind) and one.fingerprint not in current]
    after = baselines.added(before, chosen, reason, owner, expires.isoformat())
    if chosen or not place.exists():
        _write(place, after)
    return replace(report, findings=()), len({one.fingerprint for one in chosen})


def prune_entries(
    request: Request, place: Path, *, today: date, folder: Path, environment: Mapping[str, str], workers: int
) -> int:
    """How many entries went. Raises CouldNotFinish when something could not be read: it may be what an entry is for."""
    before = read_baseline(place)
    report, key, _ = findings(request, folder=folder, environment=environment, workers=workers)
    baselines.check_key(before, key, where=str(place))
    if report.problems:
        raise CouldNotFinish("not everything could be read, so nothing is taken out", where=report.problems[0].path)
    _, expired, stale = baselines.apply(before, report.findings, today)
    after = baselines.without(before, [*expired, *stale])
    if after != before:
        _write(place, after)
    return len(before.entries) - len(after.entries)


def _write(place: Path, baseline: baselines.Baseline) -> None:
    place.write_bytes(baselines.write(baseline).encode("utf-8"))
