"""The engine: transcripts in, findings out. The models read each passage once; then every recogniser, by Presidio."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from deid import plugins
from deid.config import Settings
from deid.detect import recognisers
from deid.detect.cache import Cache
from deid.detect.headings import with_headings
from deid.detect.heard import heard_in
from deid.detect.introduced import introduced
from deid.detect.name_lists import NameLists, name_lists
from deid.detect.passage import Cast, ModelSpan, Passage
from deid.detect.rampart import Rampart
from deid.detect.reading import Reader, Task, load_readers, read_all, run_here, run_in_workers
from deid.detect.recase import title_case
from deid.detect.seconded import Named, seconded
from deid.detect.turns import Stretch, findings, stretches
from deid.model import Finding, KnownPerson, Transcript
from deid.region import Region
from deid.spans import reading_order

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine

Progress = Callable[[int, int], None]

_NEW_OBJECTS = 20_000


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
        self._first, self._last = _make_analysers(settings, region)
        _seldom_collect()

    def detect(
        self, transcripts: Sequence[Transcript], known: Sequence[KnownPerson] = (), progress: Progress | None = None
    ) -> dict[str, tuple[Finding, ...]]:
        """Code -> findings in the order of their places. `progress` is told how many readings are done, of how many."""
        lists = name_lists(self._region)
        transcripts = [with_headings(transcript, lists) for transcript in transcripts]
        cast = Cast(tuple(known), _labels(transcripts), letters=_letters(transcripts, lists))
        unread = [stretch for transcript in transcripts for stretch in stretches(transcript, cast)]
        tasks = (task for stretch in unread for task in self._tasks(stretch.passage).values())
        spans = read_all(tasks, self._readers, self._cache, self._run, progress or _silently)
        read = [self._with_spans(stretch, spans) for stretch in unread]
        claims = self._seconded([stretch.passage for stretch in read])
        heard = replace(cast, heard=heard_in(zip((stretch.passage for stretch in read), claims, strict=True)))
        found: dict[str, set[Finding]] = {transcript.code: set() for transcript in transcripts}
        echoes = _claims(self._last, [replace(stretch.passage, cast=heard) for stretch in read])
        for stretch, firsts, lasts in zip(read, claims, echoes, strict=True):
            for recogniser, claim in (*firsts, *lasts):
                found[stretch.transcript].update(findings(stretch, recogniser, claim))
        return {code: tuple(sorted(several, key=reading_order)) for code, several in found.items()}

    def _seconded(self, passages: Sequence[Passage]) -> list[tuple[Named, ...]]:
        """What the recognisers that read by themselves claim; the others only repeat what is sure, and never guess."""
        claims = _claims(self._first, passages)
        if not any(reader.name == Rampart.name for reader in self._readers):
            return claims
        return [seconded(passage, own) for passage, own in zip(passages, claims, strict=True)]

    def _tasks(self, passage: Passage) -> dict[str, Task]:
        """Model name -> what it reads. A text all in one case is read a second time with the capitals of a title."""
        tasks = {reader.name: (reader.name, passage.text) for reader in self._readers}
        if self._settings.second_reading and (passage.is_lower or passage.is_upper):
            for reader in self._readers:
                if reader.reads_case:
                    tasks[f"{reader.name}-recased"] = (reader.name, title_case(passage.text))
        return tasks

    def _with_spans(self, stretch: Stretch, spans: Mapping[Task, tuple[ModelSpan, ...]]) -> Stretch:
        tasks = self._tasks(stretch.passage).items()
        named = (
            span if span.model == model else replace(span, model=model) for model, task in tasks for span in spans[task]
        )
        in_order = sorted(named, key=lambda span: (span.start, span.end, span.model, span.label))
        return replace(stretch, passage=replace(stretch.passage, spans=tuple(in_order)))


def _make_analysers(settings: Settings, region: Region) -> tuple[AnalyzerEngine | None, AnalyzerEngine | None]:
    """Presidio over the recognisers that read by themselves, and over those that read what the others found."""
    from deid.detect.presidio import make_analyser

    names = settings.detect.recognisers or plugins.names(recognisers)
    modules = [plugins.load(recognisers, name) for name in names]
    first = [module.build(settings, region) for module in modules if not getattr(module, "AFTER_OTHERS", False)]
    last = [module.build(settings, region) for module in modules if getattr(module, "AFTER_OTHERS", False)]
    return make_analyser(first) if first else None, make_analyser(last) if last else None


def _claims(analyser: AnalyzerEngine | None, passages: Sequence[Passage]) -> list[tuple[Named, ...]]:
    """The claims about each passage. Talk repeats itself ("Yeah."): what differs in its turn alone is read once."""
    from deid.detect.presidio import analyse

    if not analyser:
        return [() for _ in passages]
    known: dict[tuple[str, str, str], tuple[Named, ...]] = {}
    for passage in passages:
        key = passage.text, passage.kind, passage.speaker
        if key not in known:
            known[key] = analyse(analyser, passage)
    return [known[passage.text, passage.kind, passage.speaker] for passage in passages]


def _labels(transcripts: Sequence[Transcript]) -> tuple[str, ...]:
    """Every speaker label of all transcripts: who speaks in one is spoken of in others."""
    segments = (segment for transcript in transcripts for segment in transcript.segments)
    return tuple(sorted({segment.text for segment in segments if segment.kind == "speaker"}))


def _letters(transcripts: Sequence[Transcript], lists: NameLists) -> tuple[str, ...]:
    """The letters that any transcript gives somebody."""
    texts = (segment.text for transcript in transcripts for segment in transcript.segments)
    return tuple(sorted(set(introduced(texts, lists))))


def _silently(done: int, total: int) -> None:
    pass


def _seldom_collect() -> None:
    gc.freeze()  # models and word lists live as long as the program: the collector need not walk them each time
    gc.set_threshold(_NEW_OBJECTS)  # a turn makes hundreds of short-lived ones, none of them in circles


def _one_thread_a_process() -> None:
    # numpy's matrix library starts a thread a core, which costs more than it brings on matrices as small as these.
    # It reads the setting when numpy is first imported.
    if "numpy" not in sys.modules:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
