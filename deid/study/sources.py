"""Which files a run reads: folders are walked, what is no transcript is passed over, links are not followed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from deid.config import Settings
from deid.errors import AskedWrongly, DeidError, SourceError
from deid.formats import choose
from deid.study.archives import is_archive, members

_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Source:
    """A transcript as it lies on disk, read once: what was detected is what is written."""

    path: Path
    format: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that a run could not take, and why. `error` carries the exit code."""

    path: Path
    error: DeidError


@dataclass(frozen=True, slots=True)
class Collected:
    sources: tuple[Source, ...]
    refusals: tuple[Refusal, ...]
    passed_over: tuple[tuple[Path, str], ...]


def collect(paths: Sequence[Path], *, study: Path, settings: Settings) -> Collected:
    """Read every transcript under the paths, in the order of their names.

    Raises AskedWrongly when a path does not exist or lies inside the study's own folder.
    """
    sources: list[Source] = []
    refusals: list[Refusal] = []
    passed_over: list[tuple[Path, str]] = []
    for path in _files(paths, study):
        if reason := _is_no_file(path):
            passed_over.append((path, reason))
            continue
        try:
            _check_name(path)
            head = _head(path)
            if reason := _pass_over(path, head):
                passed_over.append((path, reason))
                continue
            if is_archive(path, head):
                _unpack(path, settings, sources, refusals, passed_over)
                continue
            _check(path, settings)
            sources.append(as_source(path, _read(path)))
        except DeidError as error:
            refusals.append(Refusal(path, error))
    # Whichever way they were named on the command line, and wherever they lie: free codes are given in this order.
    ordered = sorted(sources, key=lambda source: (source.path.name, source.data))
    return Collected(tuple(ordered), tuple(refusals), tuple(passed_over))


def as_source(path: Path, data: bytes) -> Source:
    """The file with its format. Raises FormatError for what deid does not read."""
    return Source(path, choose.choose(path.name, data).__name__.rpartition(".")[2], data)


def check_paths(paths: Sequence[Path], study: Path) -> None:
    """Raises AskedWrongly for a path that is not there or lies inside the study; called before a study is made."""
    for _ in _files(paths, study):
        pass


def _check_name(path: Path) -> None:
    try:
        path.name.encode("utf-8")
    except UnicodeEncodeError:
        raise SourceError(
            "the name of this file is not valid text on this computer",
            where=path.name.encode("utf-8", "replace").decode(),
            hint="rename it",
        ) from None


def _unpack(
    archive: Path,
    settings: Settings,
    sources: list[Source],
    refusals: list[Refusal],
    passed_over: list[tuple[Path, str]],
) -> None:
    """Every transcript inside an archive, as a source of its own. Raises DeidError for an archive that is not safe."""
    _check(archive, settings)
    for path, data in members(archive, _read(archive), settings):
        if isinstance(data, DeidError):
            refusals.append(Refusal(path, data))
        elif reason := _pass_over(path, data[:_HEAD]):
            passed_over.append((path, reason))
        else:
            try:
                sources.append(as_source(path, data))
            except DeidError as error:
                refusals.append(Refusal(path, error))


def _files(paths: Sequence[Path], study: Path) -> Iterator[Path]:
    seen = set()
    for given in paths:
        if not given.exists():
            raise AskedWrongly("there is no such file or folder", where=str(given))
        if _inside(given, study):
            raise AskedWrongly(
                "this lies inside the study's own folder",
                where=str(given),
                hint="keep the original transcripts in a folder of their own, outside the study",
            )
        found = sorted(given.rglob("*"), key=lambda path: path.as_posix()) if given.is_dir() else [given]
        for path in found:
            if _inside(path, study) or _hidden(path, given) or (path.is_dir() and not path.is_symlink()):
                continue
            place = _place(path)
            if place not in seen:
                seen.add(place)
                yield path


def _inside(path: Path, folder: Path) -> bool:
    return _place(path).is_relative_to(folder.resolve())


def _place(path: Path) -> Path:
    """Where a path leads; a link that leads in a circle leads to itself."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def _hidden(path: Path, given: Path) -> bool:
    """A dot folder below the given one (.git, .venv) holds no transcripts; `deid run .` must not read them."""
    return path != given and any(part.startswith(".") for part in path.relative_to(given).parts[:-1])


def _is_no_file(path: Path) -> str:
    """Why this is nothing that can be read as a file, or ""."""
    try:
        if path.is_file():
            return ""
    except (OSError, RuntimeError):
        return "a link that leads nowhere"
    return "a link that leads nowhere, or to a folder" if path.is_symlink() else "not a file"


def _pass_over(path: Path, head: bytes) -> str:
    if choose.skippable(path.name):
        return "not a transcript"
    if choose.is_recording(path.name, head):
        return "a recording"
    if path.suffix.lower() == ".csv" and choose.is_roster(head):
        return "a roster: use `deid roster import`"
    if path.name.lower() == "files.csv":
        return "the list of participant codes"
    return ""


def _check(path: Path, settings: Settings) -> None:
    """Raises SourceError for a link and for a file that is too large."""
    if path.is_symlink():
        raise SourceError("a symbolic link is not followed", where=path.name, hint="give the real file")
    size = path.stat().st_size
    if size > settings.formats.largest_file_mib * 2**20:
        raise SourceError(
            f"this file is over {settings.formats.largest_file_mib} MiB",
            where=path.name,
            hint="split it, or raise formats.largest_file_mib in deid.toml",
        )


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError as error:
        raise _unreadable(path, error) from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> SourceError:
    return SourceError(
        f"this file cannot be read ({error.strerror or 'input/output error'})",
        where=path.name,
        hint="close it in Word or any other program, check that you may open it, and run again",
    )
