"""The engine: transcripts in, findings out. The models read each passage once; then every recogniser, by Presidio."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from deid import plugins
from deid.config import Settings
from deid.detect import recognisers
from deid.detect.cache import Cache
from deid.detect.passage import Cast, ModelSpan, Passage
from deid.detect.reading import Reader, Task, load_readers, read_all, run_here, run_in_workers
from deid.detect.recase import title_case
from deid.detect.turns import Stretch, findings, stretches
from deid.model import Finding, KnownPerson, Transcript
from deid.region import Region

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine

Progress = Callable[[int, int], None]


class Detector:
    """Holds the loaded models and the recognisers. `readers` take the place of the models that the settings name."""

    def __init__(
        self,
        settings: Settings,
        region: Region,
        *,
        readers: Sequence[Reader] | None = None,
        cache: Cache | None = None,
    ) -> None:
        _one_thread_a_process()
        self._settings = settings.detect
        self._region = region
        self._readers = load_readers(settings) if readers is None else tuple(readers)
        with_workers = readers is None and settings.detect.workers > 1
        self._run = run_in_workers(settings) if with_workers else run_here(self._readers)
        self._cache = cache
        self._analyser = _make_analyser(settings, region)

    def detect(
        self, transcripts: Sequence[Transcript], known: Sequence[KnownPerson] = (), progress: Progress | None = None
    ) -> dict[str, tuple[Finding, ...]]:
        """Code -> findings in the order of their places. `progress` is told how many readings are done, of how many."""
        cast = Cast(tuple(known), _labels(transcripts))
        unread = [stretch for transcript in transcripts for stretch in stretches(transcript, cast)]
        tasks = (task for stretch in unread for task in self._tasks(stretch.passage).values())
        spans = read_all(tasks, self._readers, self._cache, self._run, progress or _silently)
        found: dict[str, set[Finding]] = {transcript.code: set() for transcript in transcripts}
        for stretch in unread:
            named = {model: spans[task] for model, task in self._tasks(stretch.passage).items()}
            found[stretch.transcript].update(self._recognise(stretch, named))
        return {code: tuple(sorted(several, key=_order)) for code, several in found.items()}

    def _tasks(self, passage: Passage) -> dict[str, Task]:
        """Model name -> what it reads. A text all in one case is read a second time with the capitals of a title."""
        tasks = {reader.name: (reader.name, passage.text) for reader in self._readers}
        if self._settings.second_reading and (passage.is_lower or passage.is_upper):
            for reader in self._readers:
                if reader.reads_case:
                    tasks[f"{reader.name}-recased"] = (reader.name, title_case(passage.text))
        return tasks

    def _recognise(self, stretch: Stretch, named: dict[str, tuple[ModelSpan, ...]]) -> Iterator[Finding]:
        from deid.detect.presidio import analyse

        spans = (replace(span, model=model) for model, several in named.items() for span in several)
        passage = replace(
            stretch.passage, spans=tuple(sorted(spans, key=lambda span: (span.start, span.end, span.model)))
        )
        for recogniser, claim in analyse(self._analyser, passage):
            yield from findings(stretch, recogniser, claim)


def _make_analyser(settings: Settings, region: Region) -> AnalyzerEngine:
    from deid.detect.presidio import make_analyser

    names = settings.detect.recognisers or plugins.names(recognisers)
    return make_analyser([plugins.load(recognisers, name).build(settings, region) for name in names])


def _labels(transcripts: Sequence[Transcript]) -> tuple[str, ...]:
    """Every speaker label of all transcripts: who speaks in one is spoken of in others."""
    segments = (segment for transcript in transcripts for segment in transcript.segments)
    return tuple(sorted({segment.text for segment in segments if segment.kind == "speaker"}))


def _order(finding: Finding) -> tuple[object, ...]:
    return finding.span, finding.category, finding.kind, -finding.confidence, finding.recogniser, finding.why


def _silently(done: int, total: int) -> None:
    pass


def _one_thread_a_process() -> None:
    # numpy's matrix library starts a thread a core, which costs more than it brings on matrices as small as these.
    # It reads the setting when numpy is first imported.
    if "numpy" not in sys.modules:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
