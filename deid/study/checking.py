"""`deid check`: gathers what is to be looked at, scans it on every core, and holds the result against the baseline.

Nothing here loads a model, an Office reader or the settings unless a file or an option asks for it.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from deid.check import baseline as baselines
from deid.check import git, watchlist
from deid.check.findings import Found, Hit, Report, Unread
from deid.check.raw import Material
from deid.check.scan import Scanned, Scanner, Tools
from deid.check.texts import LARGEST
from deid.errors import AskedWrongly, CouldNotFinish
from deid.formats._pdf_words import pages
from deid.formats.choose import is_recording, is_roster
from deid.pseudonymise.tokens import token_pattern
from deid.study.attestation import Attested, attest_blobs, attest_disk

WATCHLIST = ".deid-watchlist"
KEY = "DEID_CHECK_KEY"
FORK = "a maintainer runs: deid check --diff origin/main --messages"
_A_BATCH = 64  # files that a process takes at a time
_WORTH_PROCESSES = 6 << 20  # bytes below which starting processes costs more than it saves
_SMALL_BLOBS = 1500


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for. Everything that is empty is off, or at its default place."""

    paths: tuple[Path, ...] = ()
    given: str | None = field(default=None, repr=False)
    staged: bool = False
    diff: str = ""
    history: bool = False
    messages: bool = False
    pushed: tuple[tuple[str, str], ...] = ()
    watchlist: Path | None = None
    baseline: Path | None = None
    region: str = ""
    models: bool = False
    manifests: tuple[Path, ...] = ()
    requires_release: bool = False


@dataclass(frozen=True, slots=True)
class _Job:
    """One file: `path` as the baseline has it, `shown` as it was given; on disk or a blob."""

    path: str
    shown: str = ""
    disk: str = ""
    blob: str = ""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a process needs to build its own scanner."""

    folder: Path
    tools: Tools
    region: str = ""
    models: bool = False


@dataclass(slots=True)
class _Gathered:
    jobs: list[_Job] = field(default_factory=list)
    words: list[git.Words] = field(default_factory=list)
    skipped: list[Unread] = field(default_factory=list)
    problems: list[Unread] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    attested: list[Attested] = field(default_factory=list)


def check(request: Request, *, folder: Path, environment: Mapping[str, str], today: date, workers: int = 1) -> Report:
    """All that stands after inline allowances and the baseline. Raises DeidError where nothing could be done."""
    report, key, home = findings(request, folder=folder, environment=environment, workers=workers)
    return _against_baseline(report, key, home, request=request, folder=folder, today=today)


def findings(
    request: Request, *, folder: Path, environment: Mapping[str, str], workers: int = 1
) -> tuple[Report, bytes | None, Path]:
    """(the report before the baseline, the key, the folder in which the baseline lies)."""
    home = git.root(folder) or folder
    gathered = _gather(request, folder, home)
    key = _key(environment, gathered)
    listed = _watchlist(request, home, key, environment, gathered)
    released = frozenset(digest for one in gathered.attested for digest in one.released)
    drafts = frozenset(digest for one in gathered.attested for digest in one.drafts)
    gathered.problems += [each for one in gathered.attested for each in one.problems]
    if request.requires_release and listed:
        gathered.problems += _too_old(listed, gathered.attested)
    material = Material(
        is_roster,
        is_recording,
        token_pattern(),
        released,
        drafts,
        key or b"",
        requires_release=request.requires_release,
    )
    tools = Tools(material, key, listed, {b"%PDF-": pages})
    plan = _Plan(home, tools, request.region, request.models)
    return _scanned(plan, gathered, workers), key, home


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
        problem = Unread(place.name, f"{error.message}; {error.hint}", error.exit_code)
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


def _key(environment: Mapping[str, str], gathered: _Gathered) -> bytes | None:
    """The key from its file or the environment. A key that is given and cannot be read is told, and shuts the gate."""
    try:
        if place := environment.get(f"{KEY}_FILE"):
            return watchlist.read_key(Path(place).read_text(encoding="utf-8"), where=f"{KEY}_FILE")
        if written := environment.get(KEY):
            return watchlist.read_key(written, where=KEY)
    except (OSError, UnicodeDecodeError):
        gathered.problems.append(Unread(f"{KEY}_FILE", "the file that it names cannot be read", 3))
    except CouldNotFinish as error:
        gathered.problems.append(Unread(error.where, error.message, 3))
    return None


def _watchlist(
    request: Request, home: Path, key: bytes | None, environment: Mapping[str, str], gathered: _Gathered
) -> watchlist.Watchlist | None:
    given = request.watchlist or (Path(environment["DEID_WATCHLIST"]) if environment.get("DEID_WATCHLIST") else None)
    place = given or home / WATCHLIST
    if given is None and not place.is_file():
        gathered.notes.append("no watchlist is configured: names are not looked for, only patterns and raw material")
        return None
    try:
        if key is None:
            raise CouldNotFinish(
                "there is a watchlist and no key for it, so names were NOT looked for",
                where=place.name,
                hint=f"set {KEY} or {KEY}_FILE; a fork has none, so {FORK}",
            )
        found = watchlist.read(place.read_bytes(), key, where=place.name)
    except OSError:
        gathered.problems.append(Unread(place.name, "the watchlist cannot be read", 3))
        return None
    except CouldNotFinish as error:
        gathered.problems.append(Unread(place.name, f"{error.message}; {error.hint}", 3))
        return None
    if found.left_out:
        counted = ", ".join(f"{count} of {name}" for name, count in found.left_out.items())
        gathered.notes.append(f"the watchlist leaves out words that stand everywhere: {counted}")
    return found


def _too_old(listed: watchlist.Watchlist, attested: Iterable[Attested]) -> Iterator[Unread]:
    for one in attested:
        if one.generation > listed.generation:
            yield Unread(one.name, "the watchlist is older than this release: export it again", 3)


# --- what is looked at ------------------------------------------------------------------------------------------------


def _gather(request: Request, folder: Path, home: Path) -> _Gathered:
    gathered = _Gathered()
    for path in request.paths:
        _add_path(path, folder, home, gathered)
    if request.given is not None:
        gathered.words.append(git.Words("standard input", "standard input", request.given))
    if request.staged or request.diff or request.history or request.messages or request.pushed:
        _add_git(request, git.must_be_root(folder), gathered)
    for manifest in request.manifests:
        gathered.attested.append(attest_disk(manifest, strict=True))
    if not (gathered.jobs or gathered.words or gathered.skipped or gathered.problems):
        gathered.notes.append("there was nothing to look at")
    return gathered


def _add_git(request: Request, home: Path, gathered: _Gathered) -> None:
    blobs: list[git.Blob] = []
    commits: list[str] = []
    if request.staged:
        blobs += git.staged(home)
        if request.messages:
            gathered.words += git.head_name(home)
    if request.diff:
        git.refuse_shallow(home)
        commits += git.commits_since(home, request.diff)
    if request.pushed:
        git.refuse_shallow(home)
        commits += git.commits_pushed(home, request.pushed)
    if request.history:
        git.refuse_shallow(home)
        commits, _, every = git.all_objects(home)
        named = git.blobs_of(home, commits)
        ids = {blob.id for blob in named}
        blobs += [*named, *(git.Blob("", id) for id in every if id not in ids)]
    elif commits:
        blobs += git.blobs_of(home, commits)
    if request.messages or request.history or request.pushed:
        chosen = commits if commits or request.diff or request.pushed or request.staged else git.reachable(home)
        gathered.words += git.messages(home, chosen)
        gathered.words += git.references(home) if not request.pushed else git.head_name(home)
    _add_blobs(blobs, gathered)
    tree = git.index(home) if request.staged else git.blobs_at(home, "HEAD") if git.reachable(home) else []
    gathered.attested += attest_blobs(home, [(blob.path, blob.id) for blob in tree])


def _add_blobs(blobs: Iterable[git.Blob], gathered: _Gathered) -> None:
    """Each version of each file once, whichever commits brought it."""
    for blob in {(blob.path, blob.id): blob for blob in blobs}.values():
        if blob.is_submodule:
            gathered.skipped.append(Unread(blob.path, "a submodule: check it by itself"))
        else:
            gathered.jobs.append(_Job(blob.path, blob.path or f"blob {blob.id[:12]}", blob=blob.id))


def _add_path(path: Path, folder: Path, home: Path, gathered: _Gathered) -> None:
    place = folder / path
    if not os.path.lexists(place):
        raise AskedWrongly("there is no such file or folder", where=str(path))
    if place.is_dir() and not place.is_symlink():
        _add_folder(path, place, home, gathered)
    else:
        _add_file(str(path), place, home, gathered)


def _add_folder(path: Path, place: Path, home: Path, gathered: _Gathered) -> None:
    """In a repository, what git tracks or would add; what it ignores is named and not read."""
    if git.root(place) is not None:
        names, ignored = git.tracked(place)
        gathered.skipped += [Unread(str(path / name), "git ignores it") for name in ignored]
    else:
        names = sorted(_walked(place, gathered))
    for name in names:
        if os.path.lexists(place / name):
            _add_file(str(path / name), place / name, home, gathered)
    gathered.attested += [
        attest_disk(place / name) for name in names if Path(name).name == "manifest.json" and (place / name).is_file()
    ]


def _walked(place: Path, gathered: _Gathered) -> Iterator[str]:
    def told(error: OSError) -> None:
        gathered.problems.append(Unread(str(error.filename or place), "this folder cannot be read", 3))

    for base, folders, files in os.walk(place, onerror=told):
        folders[:] = [name for name in sorted(folders) if name != ".git"]
        links = [name for name in folders if Path(base, name).is_symlink()]
        yield from (Path(base, name).relative_to(place).as_posix() for name in (*sorted(files), *links))


def _add_file(shown: str, place: Path, home: Path, gathered: _Gathered) -> None:
    logical = _logical(place, home)
    if place.is_symlink():
        gathered.words.append(git.Words(f"link {logical}", f"{shown} (a link, not followed)", str(place.readlink())))
        gathered.skipped.append(Unread(shown, "a symbolic link: its target's name was read, and nothing behind it"))
    elif place.is_dir():
        gathered.skipped.append(Unread(shown, "a submodule or another repository: check it by itself"))
    elif not place.is_file():
        gathered.problems.append(Unread(shown, "this is no plain file", 3))
    else:
        gathered.jobs.append(_Job(logical, shown, disk=str(place)))


def _logical(place: Path, home: Path) -> str:
    """Relative to the repository, so that each mode gives the same fingerprint. Links are not followed."""
    whole = Path(os.path.abspath(place))  # noqa: PTH100  (resolve would follow links)
    for base in (Path(os.path.abspath(home)), home.resolve()):  # noqa: PTH100
        if whole.is_relative_to(base):
            return whole.relative_to(base).as_posix()
    around = git.root(place.parent)
    return whole.relative_to(around).as_posix() if around and whole.is_relative_to(around) else whole.name


# --- scanning ---------------------------------------------------------------------------------------------------------


def _scanned(plan: _Plan, gathered: _Gathered, workers: int) -> Report:
    scanner = build(plan)
    results = [scanner.words(one.logical, one.where, one.text, is_signature=one.is_signature) for one in gathered.words]
    batches = [gathered.jobs[place : place + _A_BATCH] for place in range(0, len(gathered.jobs), _A_BATCH)]
    if workers > 1 and len(batches) > 1 and _is_much(gathered.jobs):
        try:
            with ProcessPoolExecutor(workers, get_context("spawn"), _start, (plan,)) as pool:
                for several in pool.map(_batch_there, batches):
                    results += several
        except BrokenProcessPool:
            raise CouldNotFinish(
                "a process of the check was ended from outside", hint="run it with --workers 1"
            ) from None
    else:
        for batch in batches:
            results += _batch(batch, plan, scanner)
    told = _once(found for one in results for found in one.findings)
    shown = (replace(one, path=scanner.shown(one.path)) for one in (*gathered.skipped, *gathered.problems))
    unread = [*shown, *(each for one in results for each in (*one.skipped, *one.problems))]
    return Report(
        tuple(sorted(told, key=lambda one: (one.path, one.line, one.column, one.kind))),
        len(gathered.jobs) + len(gathered.words),
        tuple(dict.fromkeys(one for one in unread if not one.code)),
        tuple(dict.fromkeys(one for one in unread if one.code)),
        tuple(gathered.notes),
        sum(one.allowed for one in results),
    )


def _once(found: Iterable[Found]) -> list[Found]:
    """One finding a place: a blob that many commits carry is told once."""
    return list(dict.fromkeys(found))


def build(plan: _Plan) -> Scanner:
    """The scanner of this process, with the layers that were asked for."""
    deep: list[Callable[[str], Iterable[Hit]]] = []
    if plan.region or plan.models:
        from deid.study.deep_check import model_layer, region_layer

        deep += [region_layer(plan.region)] if plan.region else []
        deep += [model_layer(plan.region)] if plan.models else []
    return Scanner(replace(plan.tools, deep=tuple(deep)))


_here: list[tuple[_Plan, Scanner]] = []  # of a worker process


def _start(plan: _Plan) -> None:
    _here[:] = [(plan, build(plan))]


def _batch_there(batch: Sequence[_Job]) -> list[Scanned]:
    plan, scanner = _here[0]
    return _batch(batch, plan, scanner)


def _batch(batch: Sequence[_Job], plan: _Plan, scanner: Scanner) -> list[Scanned]:
    results = []
    named: dict[str, list[_Job]] = {}
    for job in batch:
        if job.blob:
            named.setdefault(job.blob, []).append(job)
        else:
            results.append(_from_disk(job, scanner))
    for id, data in git.read_blobs(plan.folder, list(named), LARGEST):
        for job in named[id]:
            if data is None:
                results.append(_too_large(scanner.shown(job.shown)))
            else:
                results.append(scanner.file(job.path, data, where=id, as_found=job.shown))
    return results


def _from_disk(job: _Job, scanner: Scanner) -> Scanned:
    try:
        if os.path.getsize(job.disk) > LARGEST:  # noqa: PTH202
            return _too_large(scanner.shown(job.shown))
        data = Path(job.disk).read_bytes()
    except OSError as error:
        why = f"it cannot be read ({error.strerror or 'input/output error'})"
        return Scanned(problems=(Unread(scanner.shown(job.shown), why, 3),))
    return scanner.file(job.path, data, as_found=job.shown)


def _too_large(shown: str) -> Scanned:
    why = f"it is larger than {LARGEST >> 20} MiB, so it was not read; split it, or keep it out of the repository"
    return Scanned(problems=(Unread(shown, why, 3),))


def _is_much(jobs: Sequence[_Job]) -> bool:
    total = 0
    for job in jobs:
        place = Path(job.disk)
        total += place.stat().st_size if job.disk and place.exists() else _WORTH_PROCESSES // _SMALL_BLOBS
        if total > _WORTH_PROCESSES:
            return True
    return False
