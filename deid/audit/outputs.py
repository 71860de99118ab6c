"""Compares outputs with the log: is each file the one that was written, and does every replacement have its event?

All positions are those of the output, so nothing here needs an original or a key.
"""

import hashlib
import json
import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from deid.errors import DeidError
from deid.model import AuditEvent, Segment

ReadSegments = Callable[[Path], tuple[Segment, ...]]
Tell = Callable[..., None]

COPY_NAME = "audit.jsonl"
MANIFEST_NAME = "manifest.json"
_LARGEST_MANIFEST = 1 << 26
# What file managers and word processors leave lying about; nothing of deid's.
_STRAY = re.compile(r"\.DS_Store|Thumbs\.db|desktop\.ini|~\$.*|\..*\.swp|\..*\.part|\.~lock\..*#", re.IGNORECASE)

# A replacement with a number, in each of the three styles:
# [Person 9], [Town 27, East Kent] / ##Person_9## / <seg>Person 9</seg>
_NUMBERED = (
    r"\[[A-Z][A-Za-z’' /-]{1,60} [0-9]{1,7}(?:, [^\[\]]{1,80})?\]",
    r"##[A-Z][A-Za-z’'_-]{1,60}_[0-9]{1,7}##",
    r"<seg\b[^<>]{0,80}>[^<>]{1,120}</seg>",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event says its words stand in the output."""

    segment: int
    start: int
    end: int
    token: str
    turn: int


@dataclass(slots=True)
class Record:
    """What the log says of one output: the newest version, and the digests of older ones."""

    sha256: str = ""
    older: set[str] = field(default_factory=set)
    is_done: bool = False
    is_told: bool = False  # that it was interrupted is on record already
    gone: str = ""
    replaced: int = 0
    places: list[Place] = field(default_factory=list)
    left: list[Place] = field(default_factory=list)
    coming: list[Place] = field(default_factory=list)
    coming_left: list[Place] = field(default_factory=list)


def collect(records: dict[str, Record], releases: dict[str, dict[str, str]], event: AuditEvent) -> None:
    """Adds what one event says of an output. The events of a version stand before its `output_intent`."""
    detail = event.detail
    if detail is None:
        return
    if event.action in ("replaced", "kept", "dismissed"):
        record = records.setdefault(str(detail["output"]), Record())
        (record.coming if event.action == "replaced" else record.coming_left).append(_place(detail))
    elif event.action == "output_intent":
        _new_version(records.setdefault(str(detail["output"]), Record()), detail)
    elif event.action == "output_done":
        records.setdefault(str(detail["output"]), Record()).is_done = True
    elif event.action == "interrupted":
        for record in records.values():
            record.is_told = record.is_told or not record.is_done
    elif event.action == "output_removed":
        records.setdefault(str(detail["output"]), Record()).gone = "removed"
    elif event.action == "withdrawal_intent":
        for output in _strings(detail.get("outputs")):
            records.setdefault(output, Record()).gone = "withdrawn"
    elif event.action == "withdrawal_done":
        for record in records.values():
            # From now on the file is nobody's: put back, it is one that the log does not know.
            record.sha256 = "" if record.gone == "withdrawn" else record.sha256
    elif event.action == "release_intent":
        files = detail.get("files")
        releases[str(detail["release"])] = dict(files) if isinstance(files, dict) else {}


def check_drafts(records: Mapping[str, Record], folder: Path, read: ReadSegments | None, tell: Tell) -> int:
    """Compares the folder `drafts` with the log; returns how many files were compared."""
    mine = {name.partition("/")[2]: record for name, record in records.items() if name.startswith("drafts/")}
    return _check_folder(mine, folder, {}, read, tell)


def check_release(
    records: Mapping[str, Record],
    releases: Mapping[str, dict[str, str]],
    folder: Path,
    read: ReadSegments | None,
    tell: Tell,
    copy_of: str = "",
) -> int:
    """Compares one release with the log; returns how many files were compared."""
    manifest = _read_manifest(folder, tell)
    name = copy_of or f"{manifest.get('tier', '')}/{manifest.get('number', '')}"
    if name not in releases:
        tell("output_unlogged", folder.name, f"(The log tells of no release {name}.)")
        return 0
    prefix = f"releases/{name}/"
    mine = {output.removeprefix(prefix): record for output, record in records.items() if output.startswith(prefix)}
    companions = {file: digest for file, digest in releases[name].items() if file not in mine}
    _compare_manifest(manifest, mine, tell)
    return _check_folder(mine, folder, companions, read, tell)


def _place(detail: Mapping[str, object]) -> Place:
    numbers = (int(str(detail[name])) for name in ("segment", "start", "end"))
    segment, start, end = numbers
    return Place(segment, start, end, sys.intern(str(detail.get("token", ""))), int(str(detail["turn"])))


def _new_version(record: Record, detail: Mapping[str, object]) -> None:
    if record.sha256:
        record.older.add(record.sha256)
    record.sha256 = str(detail["sha256"])
    record.replaced = int(str(detail["replaced"]))
    record.is_done, record.is_told, record.gone = False, False, ""
    record.places, record.left = record.coming, record.coming_left
    record.coming, record.coming_left = [], []


def _check_folder(
    records: Mapping[str, Record], folder: Path, companions: Mapping[str, str], read: ReadSegments | None, tell: Tell
) -> int:
    known = {record.sha256: name for name, record in records.items() if record.sha256}
    found = (
        {path.name: path for path in sorted(folder.iterdir()) if not _STRAY.fullmatch(path.name)}
        if folder.is_dir()
        else {}
    )
    for name, path in found.items():
        if companions and name == COPY_NAME:
            continue
        digest = _digest_or_tell(path, tell)
        if name in companions:
            if digest != companions[name]:
                tell("output_altered", name)
        elif name in records and (records[name].sha256 or records[name].gone):
            _check_file(name, path, digest, records[name], read, tell)
        elif digest in known:
            tell("output_renamed", name, f"(It is {known[digest]}.)")
        else:
            tell("output_unlogged", name)
    for name in sorted((set(records) | set(companions)) - set(found)):
        _tell_absent(name, records.get(name), tell)
    return len(found.keys() - ({COPY_NAME} if companions else set()))


def _digest_or_tell(path: Path, tell: Tell) -> str:
    """The file's digest; "" for a folder and for a file that cannot be read, which no logged digest equals."""
    try:
        return digest_of(path) if path.is_file() else ""
    except OSError:
        tell("output_unreadable", path.name)
        return ""


def _check_file(name: str, path: Path, digest: str, record: Record, read: ReadSegments | None, tell: Tell) -> None:
    if record.gone and digest == record.sha256:
        tell("interrupted", name, "(It was about to be removed.)")
    elif record.gone:
        tell("output_unlogged", name, f"(The log says it is gone: {record.gone}.)")
    elif digest != record.sha256:
        if not record.is_done and digest in record.older:
            tell("interrupted", name)
        else:
            tell("output_altered", name, "(It is an older version.)" if digest in record.older else "")
    else:
        if not (record.is_done or record.is_told):
            tell("interrupted", name)
        if len(record.places) != record.replaced:
            tell("count_disagrees", name, f"({record.replaced} announced, {len(record.places)} events.)")
        if read is not None:
            _check_text(name, path, record, read, tell)


def _tell_absent(name: str, record: Record | None, tell: Tell) -> None:
    if record is None:
        tell("output_missing", name)
    elif record.gone:
        tell(record.gone, name)
    elif record.sha256:
        tell("output_missing" if record.is_done else "interrupted", name)


def _check_text(name: str, path: Path, record: Record, read: ReadSegments, tell: Tell) -> None:
    try:
        segments = read(path)
    except DeidError:
        tell("output_unreadable", name)
        return
    for place in record.places:
        text = segments[place.segment].text if place.segment < len(segments) else ""
        if text[place.start : place.end] != place.token:
            tell("token_missing", _at(name, place.turn))
    for earlier, later in _neighbours(record.places):
        if earlier.segment == later.segment and later.start < earlier.end:
            tell("token_twice", _at(name, later.turn))
    ours = _shape_of([place.token for place in record.places])
    covered = _by_segment([*record.places, *record.left])
    for index, segment in enumerate(segments):
        for match in ours.finditer(segment.text):
            if not _touches(covered.get(index, []), match.start(), match.end()):
                tell("token_unlogged", _at(name, segment.turn))


def _shape_of(tokens: Iterable[str]) -> re.Pattern[str]:
    """Numbered tokens of any style, and the very tokens of this output that carry their own marks."""
    marked = sorted({token for token in tokens if token.startswith(("[", "##", "<seg"))}, key=len, reverse=True)
    return re.compile("|".join([*(re.escape(token) for token in marked), *_NUMBERED]))


def _by_segment(places: Iterable[Place]) -> dict[int, list[tuple[int, int]]]:
    spans: dict[int, list[tuple[int, int]]] = {}
    for place in sorted(places, key=lambda each: (each.segment, each.start)):
        spans.setdefault(place.segment, []).append((place.start, place.end))
    return spans


def _touches(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_right(spans, (end, -1))
    return any(first < end and start < last for first, last in spans[max(0, at - 8) : at])


def _neighbours(places: Iterable[Place]) -> Iterator[tuple[Place, Place]]:
    ordered = sorted(places, key=lambda each: (each.segment, each.start, each.end))
    return pairwise(ordered)


def _read_manifest(folder: Path, tell: Tell) -> Mapping[str, object]:
    try:
        with (folder / MANIFEST_NAME).open("rb") as stream:
            manifest = json.loads(stream.read(_LARGEST_MANIFEST).decode("utf-8"))
    except (OSError, ValueError, RecursionError):
        manifest = None
    if not isinstance(manifest, dict):
        tell("manifest_unreadable", f"{folder.name}/{MANIFEST_NAME}")
        return {}
    return manifest


def _compare_manifest(manifest: Mapping[str, object], records: Mapping[str, Record], tell: Tell) -> None:
    files = manifest.get("files")
    listed = {str(row.get("name")): row for row in files if isinstance(row, dict)} if isinstance(files, list) else {}
    expected = {name for name, record in records.items() if record.sha256 or record.gone}
    if manifest and set(listed) != expected:
        tell("manifest_disagrees", MANIFEST_NAME)
    for name in sorted(name for name in expected & set(listed) if records[name].sha256):
        row, record = listed[name], records[name]
        if row.get("sha256") != record.sha256:
            tell("manifest_disagrees", name)
        if row.get("replacements", record.replaced) != record.replaced:
            tell("count_disagrees", name, "(manifest)")


def digest_of(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list | tuple) else ()


def _at(name: str, turn: int) -> str:
    return f"{name}, turn {turn}"
