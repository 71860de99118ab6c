"""A study's transcripts as one tier's audience would read them, made again from the sources.

The vault keeps where each source lies and its digest. A source that moved is found by its digest under `--sources`; one
that is absent or has changed since its last run is an error that names the code, so nothing is shown or released that
nobody looked at.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from deid.detect.engine import Detector
from deid.digests import mac
from deid.errors import SourceError
from deid.model import Gated, Outcome, Transcript
from deid.pipeline import gate_files, pseudonymise
from deid.study.archives import read_source
from deid.study.folder import Study
from deid.study.kept_sources import kept_source
from deid.study.known import known_of, rules_of
from deid.study.outputs import sha256
from deid.study.read import Reading, opened
from deid.study.sources import as_source
from deid.vault.contents import Contents
from deid.vault.contents import Source as KnownSource

_LARGEST_CODE = 999


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a tier would be given: by transcript code."""

    tier: str
    readings: Mapping[str, Reading] = field(repr=False)
    outcome: Outcome = field(repr=False)
    gated: Mapping[str, Gated] = field(repr=False)


def reread(study: Study, codes: Sequence[str] = (), sources: Path | None = None) -> dict[str, Reading]:
    """The sources of these transcripts, or of all. Raises SourceError naming the code whose source is not as it was."""
    wanted = [source for source in study.contents.sources if not codes or source.code in codes]
    moved = _by_digest(sources) if sources else {}
    return {source.code: _reading(study, source, moved) for source in wanted}


def render(
    study: Study,
    readings: Mapping[str, Reading],
    tier: str,
    detector: Detector,
    progress: Callable[[int, int], None] | None = None,
) -> Rendered:
    """Detect and pseudonymise for a tier; all transcripts at once, so that what one tells the others know."""
    transcripts = {code: Transcript(code, reading.segments) for code, reading in readings.items()}
    findings = detector.detect(tuple(transcripts.values()), study.contents.roster, progress)
    rules = rules_of(study, tier)
    known = known_of(study)
    outcome = pseudonymise(transcripts, findings, known, rules)
    gated = gate_files(readings, outcome, known, rules)
    return Rendered(tier, readings, outcome, gated)


def with_tier_codes(contents: Contents, tier: str) -> Contents:
    """The contents with a code for every participant in this tier: drawn once, kept, shared by no two tiers."""
    if tier == "team":
        return contents
    options = dict(contents.options)
    taken = {value for name, value in options.items() if name.startswith("code ")}
    for person in _people(contents):
        if f"code {tier} {person}" in options:
            continue
        drawn = next(code for code in _drawn(contents, person, tier) if code not in taken)
        options[f"code {tier} {person}"] = drawn
        taken.add(drawn)
    return replace(contents, options=options)


def tier_code(contents: Contents, code: str, tier: str) -> str:
    """A transcript's code in a tier: its own in the team, the drawn one elsewhere (`with_tier_codes` first)."""
    if tier == "team":
        return code
    who, _, number = code.rpartition("-")
    return f"{'+'.join(contents.options[f'code {tier} {person}'] for person in who.split('+'))}-{number}"


def _people(contents: Contents) -> tuple[str, ...]:
    return tuple(sorted({person for source in contents.sources for person in _who(source.code)}))


def _who(code: str) -> list[str]:
    return code.rpartition("-")[0].split("+")


def _drawn(contents: Contents, person: str, tier: str) -> Iterator[str]:
    """Codes that only the holder of the study's key can foretell: R412, R087 ..."""
    for attempt in count():
        number = int(mac(contents.keys.assign, "tier code", tier, person, str(attempt)), 16) % _LARGEST_CODE
        yield f"R{number + 1:03}"


def _by_digest(folder: Path) -> dict[str, Path]:
    return {sha256(path.read_bytes()): path for path in sorted(folder.rglob("*")) if path.is_file()}


def _reading(study: Study, source: KnownSource, moved: Mapping[str, Path]) -> Reading:
    path, settings = moved.get(source.sha256, Path(source.path)), study.settings
    try:
        data = read_source(path)
    except OSError as error:
        kept = kept_source(study, source)
        if kept is None:
            raise SourceError(
                "the source of this transcript is not where it was",
                where=source.code,
                hint="say where the sources lie now: --sources FOLDER",
            ) from error
        data = kept
    if sha256(data) != source.sha256:
        raise SourceError(
            "the source of this transcript has changed since its last run", where=source.code, hint="deid run it again"
        )
    return opened(as_source(path, data), settings.formats)
