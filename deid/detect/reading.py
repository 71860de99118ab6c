"""Gives texts to the language models: what the cache knows is not read again, the rest goes in jobs of similar length.

Jobs are cut before anybody knows how many workers there are, so their number changes no result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from multiprocessing import get_context
from typing import Protocol

from deid.config import Settings
from deid.detect.cache import Cache
from deid.detect.passage import ModelSpan

Spans = tuple[ModelSpan, ...]
Task = tuple[str, str]
"""(name of a reader, text)"""

_TEXTS_A_JOB = 256
_CHARACTERS_A_JOB = 60_000


class Reader(Protocol):
    """A language model. `read` must not depend on how texts are grouped; `fingerprint` tells readers apart."""

    name: str
    reads_case: bool
    fingerprint: str

    def read(self, texts: Sequence[str]) -> list[Spans]: ...


def load_readers(settings: Settings) -> tuple[Reader, ...]:
    """The readers that the settings ask for. Each loads its model when it first reads."""
    from deid.detect.rampart import Rampart
    from deid.detect.spacy_model import SpacyModel

    made: dict[str, Callable[[], Reader]] = {
        "spacy": SpacyModel,
        "rampart": lambda: Rampart(settings.detect.rampart_cut),
    }
    return tuple(made[name]() for name in dict.fromkeys(settings.detect.models))


def read_all(
    tasks: Iterable[Task],
    readers: Sequence[Reader],
    cache: Cache | None,
    run: Callable[[list[list[Task]]], Iterator[list[Spans]]],
    progress: Callable[[int, int], None],
) -> dict[Task, Spans]:
    """Each task's spans, from the cache or by running jobs."""
    fingerprints = {reader.name: reader.fingerprint for reader in readers}
    tasks = sorted(set(tasks), key=lambda task: (task[0], len(task[1]), task[1]))
    found: dict[Task, Spans] = {}
    for name, text in tasks:
        stored = cache.get(fingerprints[name], text) if cache else None
        if stored is not None:
            found[name, text] = stored
    progress(len(found), len(tasks))
    jobs = list(_jobs(task for task in tasks if task not in found))
    for job, spans in zip(jobs, run(jobs), strict=True):
        for task, spans_of_task in zip(job, spans, strict=True):
            found[task] = spans_of_task
            if cache:
                cache.put(fingerprints[task[0]], task[1], spans_of_task)
        progress(len(found), len(tasks))
    return found


def run_here(readers: Sequence[Reader]) -> Callable[[list[list[Task]]], Iterator[list[Spans]]]:
    """Runs jobs in this process."""
    by_name = {reader.name: reader for reader in readers}
    return lambda jobs: (by_name[job[0][0]].read([text for _, text in job]) for job in jobs)


def run_in_workers(settings: Settings) -> Callable[[list[list[Task]]], Iterator[list[Spans]]]:
    """Runs jobs in processes of their own, each with its own models: started afresh, as every system can."""

    def run(jobs: list[list[Task]]) -> Iterator[list[Spans]]:
        if jobs:
            workers = min(settings.detect.workers, len(jobs))
            with get_context("spawn").Pool(workers, initializer=_start_worker, initargs=(settings,)) as pool:
                yield from pool.imap(_work, jobs)

    return run


_run_in_worker: list[Callable[[list[list[Task]]], Iterator[list[Spans]]]] = []


def _start_worker(settings: Settings) -> None:
    _run_in_worker[:] = [run_here(load_readers(settings))]


def _work(job: list[Task]) -> list[Spans]:
    return next(_run_in_worker[0]([job]))


def _jobs(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    for _, of_one_reader in groupby(tasks, key=lambda task: task[0]):
        job: list[Task] = []
        size = 0
        for task in of_one_reader:
            if job and (len(job) == _TEXTS_A_JOB or size + len(task[1]) > _CHARACTERS_A_JOB):
                yield job
                job, size = [], 0
            job.append(task)
            size += len(task[1])
        if job:
            yield job
