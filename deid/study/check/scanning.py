"""The jobs of a check, scanned in this process or on every core; each process builds a scanner of its own."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

from deid.check import git
from deid.check.findings import Hit, Report, Unread
from deid.check.scan import Scanned, Scanner, Tools
from deid.check.texts import LARGEST
from deid.errors import CouldNotFinish
from deid.study.check.gathering import Gathered, Job

_A_BATCH = 64  # files that a process takes at a time
_WORTH_PROCESSES = 6 << 20  # bytes below which starting processes costs more than it saves
_A_FILE = 1 << 10  # what opening a file costs, as bytes that would be scanned in that time
_A_BLOB = 4 << 10  # the same and its contents, for git has not said yet how long a blob is


@dataclass(frozen=True, slots=True)
class Plan:
    """What a process needs to build its own scanner."""

    folder: Path
    tools: Tools
    region: str = ""
    models: bool = False


def scan(plan: Plan, gathered: Gathered, workers: int) -> Report:
    """All findings, sorted, each told once. Raises CouldNotFinish where a process was ended from outside."""
    scanner = build(plan)
    results = [scanner.words(one.logical, one.where, one.text, is_signature=one.is_signature) for one in gathered.words]
    batches = [gathered.jobs[place : place + _A_BATCH] for place in range(0, len(gathered.jobs), _A_BATCH)]
    if workers > 1 and len(batches) > 1 and _is_much(gathered.jobs):
        results += _on_every_core(plan, batches, min(workers, len(batches)))
    else:
        for batch in batches:
            results += _batch(batch, plan, scanner)
    told = dict.fromkeys(found for one in results for found in one.findings)  # a blob of many commits is told once
    shown = (replace(one, path=scanner.shown(one.path)) for one in (*gathered.skipped, *gathered.problems))
    unread = [*shown, *(each for one in results for each in (*one.skipped, *one.problems))]
    return Report(
        tuple(sorted(told, key=lambda one: (one.path, one.line, one.column, one.kind))),
        len(gathered.jobs) + len(gathered.words),
        tuple(dict.fromkeys(one for one in unread if not one.code)),
        tuple(dict.fromkeys(one for one in unread if one.code)),
        tuple(gathered.notes),
        sum(one.allowed for one in results),
    )


def build(plan: Plan) -> Scanner:
    """The scanner of this process, with the layers that were asked for."""
    deep: list[Callable[[str], Iterable[Hit]]] = []
    if plan.region or plan.models:
        from deid.study.check.deep_check import model_layer, region_layer

        deep += [region_layer(plan.region)] if plan.region else []
        deep += [model_layer(plan.region)] if plan.models else []
    return Scanner(replace(plan.tools, deep=tuple(deep)))


def _is_much(jobs: Sequence[Job]) -> bool:
    return sum(job.size + (_A_FILE if job.disk else _A_BLOB) for job in jobs) > _WORTH_PROCESSES


def _on_every_core(plan: Plan, batches: Sequence[Sequence[Job]], workers: int) -> Iterator[Scanned]:
    try:
        with ProcessPoolExecutor(workers, get_context("spawn"), _start, (plan,)) as pool:
            for several in pool.map(_batch_there, batches):
                yield from several
    except BrokenProcessPool:
        raise CouldNotFinish("a process of the check was ended from outside", hint="run it with --workers 1") from None


_NOTHING = Scanned()
_here: list[tuple[Plan, Scanner]] = []  # of a worker process


def _start(plan: Plan) -> None:
    _here[:] = [(plan, build(plan))]


def _batch_there(batch: Sequence[Job]) -> list[Scanned]:
    plan, scanner = _here[0]
    return [one for one in _batch(batch, plan, scanner) if one != _NOTHING]


def _batch(batch: Sequence[Job], plan: Plan, scanner: Scanner) -> Iterator[Scanned]:
    named: dict[str, list[Job]] = {}
    for job in batch:
        if job.blob:
            named.setdefault(job.blob, []).append(job)
        else:
            yield _from_disk(job, scanner)
    for id, data in git.read_blobs(plan.folder, list(named), LARGEST):
        for job in named[id]:
            if data is None:
                yield _too_large(scanner.shown(job.shown))
            else:
                yield scanner.file(job.path, data, where=id, as_found=job.shown)


def _from_disk(job: Job, scanner: Scanner) -> Scanned:
    """Opened once and asked there for its size: its name may be another file's a moment later."""
    try:
        with open(job.disk, "rb", buffering=0) as file:  # noqa: PTH123  (a Path of each costs more than its scan)
            if os.fstat(file.fileno()).st_size > LARGEST:
                return _too_large(scanner.shown(job.shown))
            data = file.readall()
    except OSError as error:
        why = f"it cannot be read ({error.strerror or 'input/output error'})"
        return Scanned(problems=(Unread(scanner.shown(job.shown), why, 3),))
    return scanner.file(job.path, data, as_found=job.shown)


def _too_large(shown: str) -> Scanned:
    why = f"it is larger than {LARGEST >> 20} MiB, so it was not read; split it, or keep it out of the repository"
    return Scanned(problems=(Unread(shown, why, 3),))
