"""A run on a study: sources in, drafts out, and everything on the record.

Order of commit (design, law 7): the vault, the log's intent with the outputs' digests, the outputs, the log's done.
A run that changes nothing writes nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from deid import pipeline
from deid.detect.engine import Detector
from deid.errors import AskedWrongly, DeidError, Held
from deid.model import File, Gated, Known, Outcome, Transcript
from deid.study import record
from deid.study.folder import Study
from deid.study.known import known_of, remembered, rules_of
from deid.study.outputs import draft_name, same_on_disk, sha256, sweep, write_whole
from deid.study.read import Reading, name, read_all
from deid.study.render import Rendered
from deid.study.review.answers import Left, left_of
from deid.study.sources import Collected, Refusal
from deid.vault.contents import Contents
from deid.vault.contents import Source as KnownSource

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one source. `output` is None where there is none, and `error` says why.

    undecided, cards: places that nobody has decided about, and how many questions of the queue they are.
    """

    source: Path
    code: str = ""
    output: Path | None = None
    segments: int = 0
    replacements: int = 0
    undecided: int = 0
    cards: int = 0
    dropped: tuple[str, ...] = ()
    error: DeidError | None = None


@dataclass(frozen=True, slots=True)
class RunReport:
    files: tuple[FileReport, ...]
    passed_over: tuple[tuple[Path, str], ...]
    entities: int
    written: int

    @property
    def exit_code(self) -> int:
        return max((report.error.exit_code for report in self.files if report.error), default=0)


def run(study: Study, collected: Collected, detector: Detector, progress: Progress | None = None) -> RunReport:
    """The main job. Files that fail are reported; the others are done."""
    readings, refusals = read_all(collected.sources, study.settings.formats)
    desk = _Desk(study, readings, [path for path, _ in collected.passed_over if path.name.lower() == "files.csv"])

    def detect(transcripts: Sequence[Transcript]) -> pipeline.Findings:
        return detector.detect(transcripts, study.contents.roster, progress)

    reports = pipeline.run(readings, detect, rules_of(study), desk) if readings else ()
    refused = [FileReport(one.path, error=one.error) for one in (*collected.refusals, *refusals, *desk.refusals)]
    return RunReport(
        files=tuple(sorted((*reports, *refused), key=lambda report: str(report.source))),
        passed_over=collected.passed_over,
        entities=len(study.contents.entries),
        written=desk.written,
    )


class _Desk:
    """The study as the pipeline sees it: names files, and commits what came out."""

    def __init__(self, study: Study, readings: Sequence[Reading], listed_in: Sequence[Path]) -> None:
        self._study = study
        self._readings = readings
        self._listed_in = listed_in
        self._named: Mapping[str, Reading] = {}
        self._sources: tuple[KnownSource, ...] = ()
        self.refusals: tuple[Refusal, ...] = ()
        self.written = 0

    @contextmanager
    def writing(self) -> Iterator[Known]:
        with self._study.writing():
            if self._study.drafts.is_symlink():
                raise AskedWrongly("the folder of drafts is a link: outputs stay in the study", where="drafts")
            sweep(self._study.drafts)
            yield known_of(self._study)

    def name(self, files: Sequence[File]) -> Mapping[str, int]:
        self._named, self._sources, self.refusals = name(self._readings, self._study.contents, self._listed_in)
        places = {id(file): number for number, file in enumerate(files)}
        return {code: places[id(reading)] for code, reading in sorted(self._named.items())}

    def commit(self, outcome: Outcome, gated: Mapping[str, Gated]) -> tuple[FileReport, ...]:
        paths = {code: self._study.drafts / draft_name(code, one.suffix) for code, one in self._named.items()}
        changed = {
            code: (paths[code], one.output)
            for code, one in gated.items()
            if not one.is_blocked and not same_on_disk(paths[code], one.output)
        }
        stale = {code: paths[code] for code, one in gated.items() if one.is_blocked and paths[code].exists()}
        contents = self._merged(outcome)
        if changed or stale or contents != self._study.contents:
            self._write(contents, outcome, gated, changed, stale)
        rendered = Rendered(self._study.settings.policy.tier, self._named, outcome, gated)
        left = left_of(self._study, rendered)
        return tuple(
            _report(self._named[code], outcome, code, gated[code], paths[code], left[code]) for code in sorted(gated)
        )

    def _write(
        self,
        contents: Contents,
        outcome: Outcome,
        gated: Mapping[str, Gated],
        outputs: Mapping[str, tuple[Path, bytes]],
        stale: Mapping[str, Path],
    ) -> None:
        study = self._study
        interrupted = record.interrupted(study.log.events())
        if contents != study.contents:
            study.save(contents)
        digests = {code: sha256(data) for code, (_, data) in outputs.items()}
        study.record([*interrupted, *record.intent(study, self._named, outcome, gated, outputs, stale.values())])
        for path in stale.values():
            path.unlink(missing_ok=True)
        for path, data in outputs.values():
            write_whole(path, data, study.random)
        study.record(record.done({outputs[code][0].name: digests[code] for code in digests}, gated))
        self.written = len(outputs)

    def _merged(self, outcome: Outcome) -> Contents:
        """The vault's contents after this run; equal to the old ones when nothing changed."""
        contents = remembered(self._study, outcome)
        sources = {source.code: source for source in (*contents.sources, *self._sources)}
        salts = dict(contents.salts)
        for code in sorted(self._named):
            if code not in salts:
                salts[code] = self._study.random(32)
        return replace(contents, sources=tuple(sources[code] for code in sorted(sources)), salts=salts)


def _report(reading: Reading, outcome: Outcome, code: str, gated: Gated, path: Path, left: Left) -> FileReport:
    product = outcome.products[code]
    return FileReport(
        source=reading.source.path,
        code=code,
        output=None if gated.is_blocked else path.resolve(),
        segments=len(reading.segments),
        replacements=len(product.replacements),
        undecided=left.places,
        cards=left.cards,
        dropped=reading.dropped(),
        error=_held(code, gated) if gated.is_blocked else None,
    )


def _held(code: str, gated: Gated) -> DeidError:
    if isinstance(gated.fault, DeidError):
        return gated.fault
    first = gated.leaks[0]
    where = f"turn {first.turn}" if first.turn else first.where
    return Held(
        f"held back: {len(gated.leaks)} known form(s) would still be readable ({first.why})",
        where=f"{code}, {where}",
        hint="deid review shows each place",
    )
