"""Which files are released transcripts: listed with their digest in a manifest whose log verifies."""

import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from deid.check.findings import Unread
from deid.check.git import read_blobs
from deid.errors import DeidError

MANIFEST = "manifest.json"
_LOG = "audit.jsonl"
_FORMAT = "deid-release-1"
_LARGEST = 64 << 20


@dataclass(frozen=True, slots=True)
class Attested:
    """What one manifest, or one log, vouches for. released and drafts are SHA-256 digests."""

    name: str
    released: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    generation: int = 0
    problems: tuple[Unread, ...] = ()


def attest_disk(manifest: Path, *, strict: bool = False) -> Attested:
    """By a manifest with its release around it, or by a study's log. strict: anything else is a problem."""
    name = manifest.as_posix()
    try:
        data = manifest.read_bytes()
    except OSError:
        return Attested(name, problems=(Unread(name, "the manifest cannot be read", 3),))
    if manifest.suffix == ".jsonl":
        return Attested(name, drafts=tuple(_drafts(data)))
    given = _manifest(data)
    if given is None:
        return Attested(name, problems=(Unread(name, "this is no release manifest", 3),) if strict else ())
    return _attested(name, manifest.parent, given)


def attest_blobs(repository: Path, tree: Sequence[tuple[str, str]]) -> Iterator[Attested]:
    """By the releases that lie in a tree of git, taken out of it to be verified."""
    for path, id in tree:
        if PurePosixPath(path).name != MANIFEST:
            continue
        data = next(read_blobs(repository, [id], _LARGEST))[1] or b""
        given = _manifest(data)
        if given is None:
            continue
        around = PurePosixPath(path).parent
        files = {other: PurePosixPath(one).name for one, other in tree if PurePosixPath(one).parent == around}
        with tempfile.TemporaryDirectory() as folder:
            for other, content in read_blobs(repository, list(files), _LARGEST):
                (Path(folder) / files[other]).write_bytes(content or b"")
            yield _attested(path, Path(folder), given)


def _attested(name: str, folder: Path, given: dict[str, object]) -> Attested:
    from deid.audit.verify import verify

    try:
        found = verify(folder / _LOG, release=folder)
    except DeidError:
        return Attested(
            name, problems=(Unread(name, "the release's log cannot be read, so it vouches for nothing", 1),)
        )
    if not found.ok:
        kinds = ", ".join(sorted({each.kind for each in found.problems}))
        return Attested(name, problems=(Unread(name, f"the release does not add up ({kinds}): deid audit verify", 1),))
    files = given.get("files")
    listed = [one for one in files if isinstance(one, dict)] if isinstance(files, list) else []
    generation = given.get("generation")
    return Attested(
        name,
        tuple(str(one.get("sha256")) for one in listed),
        generation=generation if isinstance(generation, int) else 0,
    )


def _manifest(data: bytes) -> dict[str, object] | None:
    try:
        given = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return given if isinstance(given, dict) and given.get("format") == _FORMAT else None


def _drafts(log: bytes) -> Iterable[str]:
    """The digests of every draft that a study's log speaks of."""
    for line in log.decode("utf-8", "replace").splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            continue
        detail = event.get("detail") if isinstance(event, dict) else None
        if isinstance(detail, dict) and str(detail.get("output", "")).startswith("drafts/") and "sha256" in detail:
            yield str(detail["sha256"])
