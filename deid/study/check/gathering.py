"""What `deid check` is asked to look at: files, folders and what git holds, as jobs that any process can take.

Paths are plain strings here: a repository has ten thousand of them, and a `Path` of each costs more than its scan.
"""

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deid.check import git
from deid.check.findings import Unread
from deid.errors import AskedWrongly
from deid.study.check.attestation import MANIFEST, Attested, attest_blobs, attest_disk


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for. Everything that is empty is off, or at its default place."""

    paths: tuple[Path, ...] = ()
    given: str | None = field(default=None, repr=False)
    staged: bool = False
    diff: str = ""
    history: bool = False
    messages: bool = False
    pushed: tuple[git.Pushed, ...] = ()
    watchlist: Path | None = None
    baseline: Path | None = None
    region: str = ""
    models: bool = False
    manifests: tuple[Path, ...] = ()
    requires_release: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """One file: `path` as the baseline has it, `shown` as it was given; on disk or a blob. size: 0 where unknown."""

    path: str
    shown: str = ""
    disk: str = ""
    blob: str = ""
    size: int = 0


@dataclass(slots=True)
class Gathered:
    """Filled while looking around; `problems` shut the gate, `notes` say what did not run."""

    jobs: list[Job] = field(default_factory=list)
    words: list[git.Words] = field(default_factory=list)
    skipped: list[Unread] = field(default_factory=list)
    problems: list[Unread] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    attested: list[Attested] = field(default_factory=list)


def gather(request: Request, folder: Path, home: Path) -> Gathered:
    """Raises AskedWrongly for a path that is not there, CouldNotFinish where git cannot say."""
    gathered = Gathered()
    bases = (os.path.abspath(home), os.path.realpath(home))  # noqa: PTH100
    for number, path in enumerate(request.paths, 1):
        if not os.path.lexists(folder / path):  # what was typed may hold a name, and goes to no log
            raise AskedWrongly("there is no such file or folder", where=f"path {number} of {len(request.paths)}")
        _add_path(path, folder, bases, gathered)
    if request.given is not None:
        gathered.words.append(git.Words("standard input", "standard input", request.given))
    if request.staged or request.diff or request.history or request.messages or request.pushed:
        _add_git(request, git.must_be_root(folder), gathered)
    for manifest in request.manifests:
        gathered.attested.append(attest_disk(manifest, strict=True))
    if not (gathered.jobs or gathered.words or gathered.skipped or gathered.problems):
        gathered.notes.append("there was nothing to look at")
    return gathered


def _add_git(request: Request, home: Path, gathered: Gathered) -> None:
    blobs = git.staged(home) if request.staged else []
    if request.diff or request.pushed or request.history:
        git.refuse_shallow(home)
    commits = git.commits_since(home, request.diff) if request.diff else []
    commits += git.commits_pushed(home, request.pushed)
    is_narrow = bool(request.pushed or request.staged) and not request.history
    tags = git.tags_pushed(request.pushed) if is_narrow else git.tags(home)
    if request.history:
        commits, tags, every = git.all_objects(home)
        named = git.blobs_of(home, commits)
        ids = {blob.id for blob in named}
        blobs += [*named, *(git.Blob("", id) for id in every if id not in ids)]
    elif commits:
        blobs += git.blobs_of(home, commits)
    if request.messages or request.history or request.pushed:
        chosen = commits if commits or request.diff or request.pushed or request.staged else git.reachable(home)
        gathered.words += [*git.messages(home, chosen), *git.tag_messages(home, tags)]
        gathered.words += git.head_name(home) if is_narrow else git.references(home)
        gathered.words += git.names_pushed(request.pushed)
    _add_blobs(blobs, gathered)
    tree = git.index(home) if request.staged else git.blobs_at(home, "HEAD") if git.has_commits(home) else []
    gathered.attested += attest_blobs(home, [(blob.path, blob.id) for blob in tree])


def _add_blobs(blobs: Iterable[git.Blob], gathered: Gathered) -> None:
    """Each version of each file once, whichever commits brought it."""
    for blob in {(blob.path, blob.id): blob for blob in blobs}.values():
        if blob.is_submodule:
            gathered.skipped.append(Unread(blob.path, "a submodule: check it by itself"))
        else:
            gathered.jobs.append(Job(blob.path, blob.path or f"blob {blob.id[:12]}", blob=blob.id))


def _add_path(path: Path, folder: Path, bases: Sequence[str], gathered: Gathered) -> None:
    place = folder / path
    if place.is_dir() and not place.is_symlink():
        _add_folder(path, place, bases, gathered)
    else:
        _add_file(path.as_posix(), str(place), bases, gathered)


def _add_folder(path: Path, place: Path, bases: Sequence[str], gathered: Gathered) -> None:
    """In a repository, what git tracks or would add; what it ignores is named and not read."""
    prefix = "" if path == Path() else f"{path.as_posix().rstrip('/')}/"
    if git.root(place) is not None:
        names, ignored = git.tracked(place)
        gathered.skipped += [Unread(f"{prefix}{name}".rstrip("/"), "git ignores it") for name in ignored]
    else:
        names = sorted(_walked(place, gathered))
    base = str(place)
    for name in names:
        disk = os.path.join(base, name)  # noqa: PTH118
        _add_file(prefix + name, disk, bases, gathered)
        if name.rpartition("/")[2] == MANIFEST and os.path.isfile(disk):  # noqa: PTH113
            gathered.attested.append(attest_disk(Path(disk)))


def _walked(place: Path, gathered: Gathered) -> Iterator[str]:
    def told(error: OSError) -> None:
        gathered.problems.append(Unread(str(error.filename or place), "this folder cannot be read", 3))

    top = len(os.path.join(place, ""))  # noqa: PTH118
    for base, folders, files in os.walk(place, onerror=told):
        folders[:] = [name for name in sorted(folders) if name != ".git"]
        links = [name for name in folders if os.path.islink(os.path.join(base, name))]  # noqa: PTH114, PTH118
        inside = base[top:].replace(os.sep, "/")
        yield from (f"{inside}/{name}" if inside else name for name in (*sorted(files), *links))


def _add_file(shown: str, disk: str, bases: Sequence[str], gathered: Gathered) -> None:
    """Nothing is added for a file that git tracks and that lies here no more."""
    try:
        about = os.lstat(disk)
    except OSError:
        if os.path.lexists(disk):
            gathered.problems.append(Unread(shown, "it cannot be read", 3))
        return
    if stat.S_ISLNK(about.st_mode):
        target = os.fsdecode(os.readlink(disk))  # noqa: PTH115
        logical = f"link {_logical(disk, bases)}"
        gathered.words.append(git.Words(logical, f"{shown} (a link, not followed)", target))
        gathered.skipped.append(Unread(shown, "a symbolic link: its target's name was read, and nothing behind it"))
    elif stat.S_ISDIR(about.st_mode):
        gathered.skipped.append(Unread(shown, "a submodule or another repository: check it by itself"))
    elif not stat.S_ISREG(about.st_mode):
        gathered.problems.append(Unread(shown, "this is no plain file", 3))
    else:
        gathered.jobs.append(Job(_logical(disk, bases), shown, disk=disk, size=about.st_size))


def _logical(disk: str, bases: Sequence[str]) -> str:
    """Relative to the repository, so that each mode gives the same fingerprint. Links are not followed."""
    whole = os.path.abspath(disk)  # noqa: PTH100  (resolve would follow links)
    for base in bases:
        if whole.startswith(base) and whole[len(base) : len(base) + 1] in (os.sep, os.altsep):
            return whole[len(base) + 1 :].replace(os.sep, "/")
    around = git.root(Path(whole).parent)
    if around and Path(whole).is_relative_to(around):
        return Path(whole).relative_to(around).as_posix()
    return Path(whole).name
