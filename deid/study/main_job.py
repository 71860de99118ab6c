"""The main job, from paths to a report: what `deid run`, `deid demo` and the page call."""

from collections.abc import Sequence
from pathlib import Path

from deid.study.folder import Study
from deid.study.memory import detector_of
from deid.study.run import Progress, RunReport, run
from deid.study.sources import collect


def main_job(study: Study, paths: Sequence[Path], progress: Progress | None = None) -> RunReport:
    """Collect, detect and commit. Raises AskedWrongly for a path that is wrong; other errors are in the report."""
    collected = collect(paths, study=study.folder, settings=study.settings)
    with detector_of(study, reads_all=False) as detector:
        return run(study, collected, detector, progress)
