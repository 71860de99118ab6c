"""`deid check`: gathers what is to be looked at, scans it on every core, and holds the result against the baseline.

Nothing here loads a model, an Office reader or the settings unless a file or an option asks for it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from deid.check import baseline as baselines
from deid.check import git
from deid.check.findings import Report, Unread
from deid.check.raw import Material
from deid.check.scan import Tools
from deid.check.watchlist import Watchlist
from deid.errors import AskedWrongly, CouldNotFinish
from deid.formats._pdf_words import pages
from deid.formats.choose import is_recording, is_roster
from deid.pseudonymise.tokens import token_pattern
from deid.study.check.gathering import Gathered, Request, gather
from deid.study.check.scanning import Plan, scan
from deid.study.check.watching import key_of, too_old, watchlist_of


def check(request: Request, *, folder: Path, environment: Mapping[str, str], today: date, workers: int = 1) -> Report:
    """All that stands after inline allowances and the baseline. Raises DeidError where nothing could be done."""
    report, key, home = findings(request, folder=folder, environment=environment, workers=workers)
    return _against_baseline(report, key, home, request=request, folder=folder, today=today)


def findings(
    request: Request, *, folder: Path, environment: Mapping[str, str], workers: int = 1
) -> tuple[Report, bytes | None, Path]:
    """(the report before the baseline, the key, the folder in which the baseline lies)."""
    home = git.root(folder) or folder
    gathered = gather(request, folder, home)
    key = key_of(environment, gathered)
    listed = watchlist_of(request, home, key, environment, gathered)
    gathered.problems += [each for one in gathered.attested for each in one.problems]
    if request.requires_release and listed:
        gathered.problems += too_old(listed, gathered.attested)
    tools = _tools(request, gathered, key, listed)
    return scan(Plan(home, tools, request.region, request.models), gathered, workers), key, home


def _tools(request: Request, gathered: Gathered, key: bytes | None, listed: Watchlist | None) -> Tools:
    material = Material(
        is_roster,
        is_recording,
        token_pattern(),
        released=frozenset(digest for one in gathered.attested for digest in one.released),
        drafts=frozenset(digest for one in gathered.attested for digest in one.drafts),
        key=key or b"",
        requires_release=request.requires_release,
    )
    return Tools(material, key, listed, {b"%PDF-": pages})


def _against_baseline(
    report: Report, key: bytes | None, home: Path, *, request: Request, folder: Path, today: date
) -> Report:
    place = request.baseline or home / baselines.NAME
    if not place.exists():
        if request.baseline:
            raise AskedWrongly("there is no baseline here", where=str(place))
        return report
    try:
        known = read_baseline(place)
        baselines.check_key(known, key, where=str(place))
    except CouldNotFinish as error:
        problem = Unread(place.name, f"{error.message}; {error.hint}" if error.hint else error.message, error.exit_code)
        return replace(report, problems=(*report.problems, problem))
    stand, expired, stale = baselines.apply(known, report.findings, today)
    notes = [f"baseline: an entry for {entry.kind} in {entry.path} expired on {entry.expires}" for entry in expired]
    if request.history or any((folder / path).resolve() == home.resolve() for path in request.paths):
        notes += [
            f"baseline: nothing is found any more for {one.kind} in {one.path}: deid baseline prune" for one in stale
        ]
    return replace(report, findings=stand, notes=(*report.notes, *notes))


def read_baseline(place: Path) -> baselines.Baseline:
    """Raises CouldNotFinish when it cannot be read."""
    try:
        return baselines.read(place.read_text(encoding="utf-8"), where=str(place))
    except (OSError, UnicodeDecodeError):
        raise CouldNotFinish("the baseline cannot be read", where=str(place)) from None
