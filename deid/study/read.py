"""Sources as transcripts: read by their formats, named by participant codes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from deid import formats, plugins
from deid.config import Formats
from deid.errors import DeidError, SourceError
from deid.model import Replacement, Segment, Transcript
from deid.study.codes import next_code, participants, read_listed
from deid.study.outputs import sha256
from deid.study.sources import Refusal, Source
from deid.vault.contents import Contents
from deid.vault.contents import Source as KnownSource

_MOST_CHARACTERS = 10_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """A source and its segments. It knows how to write itself; nothing else knows its format."""

    source: Source
    sha256: str
    segments: tuple[Segment, ...] = field(repr=False)
    settings: Formats

    @property
    def format(self) -> ModuleType:
        return plugins.load(formats, self.source.format)

    @property
    def suffix(self) -> str:
        return str(getattr(self.format, "OUTPUT_SUFFIX", self.source.path.suffix.lower()))

    def write(self, replacements: Sequence[Replacement]) -> bytes:
        return bytes(self.format.write(self.source.data, tuple(replacements), self.settings))

    def reread(self, output: bytes) -> tuple[Segment, ...]:
        return tuple(self._output_format.read(output, self.settings))

    def parts(self, output: bytes) -> tuple[tuple[str, str], ...]:
        return tuple(self._output_format.parts(output))

    def dropped(self) -> tuple[str, ...]:
        return tuple(self.format.dropped(self.source.data, self.settings))

    @property
    def _output_format(self) -> ModuleType:
        return plugins.load(formats, getattr(self.format, "OUTPUT_FORMAT", self.source.format))


def read_all(sources: Sequence[Source], settings: Formats) -> tuple[tuple[Reading, ...], tuple[Refusal, ...]]:
    """Every source that can be read, once; a copy of another is refused by name."""
    readings: dict[str, Reading] = {}
    refusals = []
    for source in sources:
        digest = sha256(source.data)
        try:
            if digest in readings:
                first = readings[digest].source.path.name
                raise SourceError(
                    f"this is the same file as {first}", where=source.path.name, hint="remove one of them"
                )
            reading = opened(source, settings)
            _check_length(reading.segments)
            readings[digest] = reading
        except DeidError as error:
            if not error.where.startswith(source.path.name):
                error.where = f"{source.path.name}, {error.where}" if error.where else source.path.name
            refusals.append(Refusal(source.path, error))
    return tuple(readings.values()), tuple(refusals)


def opened(source: Source, settings: Formats) -> Reading:
    """A source read by its format."""
    segments = tuple(plugins.load(formats, source.format).read(source.data, settings))
    return Reading(source, sha256(source.data), segments, settings)


def _check_length(segments: Sequence[Segment]) -> None:
    """Raises SourceError for a text that is no interview: it would take hours, and somebody would stop it half-way."""
    if sum(len(segment.text) for segment in segments) > _MOST_CHARACTERS:
        raise SourceError(
            f"this holds more than {_MOST_CHARACTERS // 1_000_000} million characters, more than fifty long interviews",
            hint="split it into one file an interview",
        )


def name(
    readings: Sequence[Reading], contents: Contents, listed_in: Sequence[Path]
) -> tuple[dict[str, Reading], tuple[KnownSource, ...], tuple[Refusal, ...]]:
    """A code for each reading: the one it had, or a new one. Call it under the writer's lock.

    A source is known by its bytes wherever it lies now, and by its path whatever it says now.
    """
    by_digest = {source.sha256: source for source in contents.sources}
    by_path = {source.path: source for source in contents.sources}
    listed = read_listed(listed_in)
    taken = {source.code for source in contents.sources} | set(contents.suppressed.codes)
    named: dict[str, Reading] = {}
    sources: dict[str, KnownSource] = {}
    refusals = []
    # Who has the very bytes has the code, whatever was put at the path where they lay.
    owned = {by_digest[reading.sha256].code for reading in readings if reading.sha256 in by_digest}
    for reading in readings:
        path = str(reading.source.path.resolve())
        if reading.sha256 in contents.suppressed.sources:
            is_shared = reading.sha256 in by_digest
            refusals.append(Refusal(reading.source.path, _withdrawn(reading, is_shared=is_shared)))
            continue
        before = by_digest.get(reading.sha256)
        if before is None and path in by_path and by_path[path].code not in owned:
            before = by_path[path]
        if before and before.code not in named:
            code, who = before.code, before.participants
        else:
            spoken = participants(reading.source.path, reading.segments, contents.roster, listed)
            code, who = next_code(spoken, taken), tuple(spoken.split("+")) if spoken else ()
        taken.add(code)
        named[code] = reading
        sources[code] = KnownSource(code, path, reading.sha256, who)
    return named, tuple(sources[code] for code in sorted(sources)), tuple(refusals)


def transcript(code: str, reading: Reading) -> Transcript:
    return Transcript(code, reading.segments)


def _withdrawn(reading: Reading, *, is_shared: bool) -> SourceError:
    if is_shared:
        return SourceError(
            "somebody who speaks in this transcript has withdrawn from the study",
            where=reading.source.path.name,
            hint="take their words out of it, save it under the same name, and run again",
        )
    return SourceError(
        "this transcript was withdrawn from the study",
        where=reading.source.path.name,
        hint="delete it, and the copies of it",
    )
