"""Speed and memory: deid and Presidio's documented default on the same invented interviews, in one run.

    python benchmarks/speed.py             ratios in CPU seconds, each part's share, start-up times, peak memory
    python benchmarks/speed.py --quick     fewer words and rounds, no memory run

Rounds are interleaved, so that a busy machine slows both alike; a ratio is the median of the rounds' ratios.
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # both systems get one core, or CPU seconds mean little
os.environ.setdefault("OMP_NUM_THREADS", "1")

sys.path.insert(0, str(Path(__file__).parent))  # so that the interviews beside this file are found
from talk import interview

from deid import plugins
from deid.config import Detect, Settings
from deid.detect import recognisers
from deid.detect.engine import Detector
from deid.detect.models import SPACY, model_folder
from deid.detect.passage import ModelSpan
from deid.detect.reading import Reader, load_readers
from deid.evaluate import systems
from deid.evaluate.gold import Gold
from deid.region import load_region
from deid.study.evaluate.measure import found_by_deid, masks_of_deid

Work = Callable[[], object]

_STARTS = {
    "python, nothing else": "pass",
    "deid --help": "from deid.cli import main; main(['--help'])",
    "deid check of an empty folder": "from deid.cli import main; main(['check', '.'])",
    "import presidio_analyzer": "import presidio_analyzer",
}
_RUN_ON_FILES = """
import os, resource, sys
from pathlib import Path
from deid.study.demonstration import create_study
from deid.study.main_job import main_job
from datetime import datetime, timezone
folder = Path(sys.argv[1])
study = create_study(folder / "study", "a passphrase of the benchmark", environment=os.environ, random=os.urandom,
                     clock=lambda: datetime.now(timezone.utc))
report = main_job(study, [folder / "sources"])
assert all(file.output for file in report.files), [file.error for file in report.files]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(round(peak / 2**20))
"""


def main() -> None:
    warnings.filterwarnings("ignore")
    parser = argparse.ArgumentParser(description="Measure deid's speed beside Presidio's.")
    parser.add_argument("--quick", action="store_true", help="fewer words and rounds, no memory run")
    is_quick = parser.parse_args().quick
    length, count = (1_500, 1) if is_quick else (9_000, 2)
    texts = [interview(seed, length) for seed in range(count)]
    golds = _golds(texts)
    words = sum(len(text.split()) for text in texts)
    print(f"Python {platform.python_version()}, {platform.machine()}, {words:,} words, CPU seconds, one core\n")
    if not is_quick:
        _print_memory()  # first: on Linux the peak of a child counts what its parent held when it was started
    _print_starts(rounds=3)
    works = _systems(golds, texts)
    _print_ratios(works, words, rounds=2 if is_quick else 5)
    _print_fresh(works, golds, texts, length, rounds=2 if is_quick else 4)
    _print_shares(golds)


def _golds(texts: Sequence[str]) -> list[Gold]:
    return [Gold(f"t{number}", "", text, (), ()) for number, text in enumerate(texts)]


def _systems(golds: Sequence[Gold], texts: Sequence[str]) -> dict[str, Work]:
    """Everything from a text to the replaced text; loading is not timed."""
    turns = [turn for text in texts for turn in text.split("\n\n")]
    return {
        "Presidio's default, whole documents": _presidio(texts),
        "Presidio's default, turn by turn": _presidio(turns),
        "deid, spaCy alone": _deid(golds, ("spacy",)),
        "deid, both models": _deid(golds, ("spacy", "rampart")),
    }


def _presidio(texts: Sequence[str]) -> Work:
    from presidio_anonymizer import AnonymizerEngine

    engine = systems.presidio_engine(str(model_folder(SPACY)))
    anonymizer = AnonymizerEngine()

    def work() -> object:
        return [
            anonymizer.anonymize(text=text, analyzer_results=engine.analyze(text=text, language="en")) for text in texts
        ]

    return work


def _deid(golds: Sequence[Gold], models: tuple[str, ...]) -> Work:
    settings = Settings(detect=Detect(models=models))
    region = load_region(settings.region.pack)
    detector = Detector(settings, region)

    def work() -> object:
        transcripts, findings = found_by_deid(detector, golds)
        return masks_of_deid(golds, transcripts, findings, settings, region)

    return work


def _print_ratios(works: dict[str, Work], words: int, rounds: int) -> None:
    for work in works.values():
        work()  # the first call of each builds what it needs
    times: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds):
        names = list(works)
        for name in names[number % len(names) :] + names[: number % len(names)]:
            times[name].append(_cpu(works[name]))
    whole, turns, *ours = works
    print(f"{'':38}{'words/s':>9}{'x documents':>13}{'x turns':>9}")
    for name in (whole, turns, *ours):
        ratios = [_ratio(times[base], times[name]) for base in (whole, turns)]
        print(f"{name:38}{words / statistics.median(times[name]):9,.0f}{ratios[0]:13.2f}{ratios[1]:9.2f}")
    print()


def _print_fresh(works: dict[str, Work], golds: list[Gold], texts: list[str], length: int, rounds: int) -> None:
    """The same, on texts that nobody has read before: what is remembered of words and turns helps nobody then."""
    whole, _, *ours = works
    ratios: dict[str, list[float]] = {name: [] for name in ours}
    for number in range(rounds):
        texts[:] = [interview(100 + number * len(texts) + seed, length) for seed in range(len(texts))]
        golds[:] = _golds(texts)
        slow = _cpu(works[whole])
        for name in ours:
            ratios[name].append(slow / _cpu(works[name]))
    print("on texts read for the first time" + " " * 16 + "x documents")
    for name, found in ratios.items():
        print(f"{name:47}{statistics.median(found):12.2f}")
    print()


def _cpu(work: Work) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _ratio(slow: Sequence[float], fast: Sequence[float]) -> float:
    return statistics.median(one / other for one, other in zip(slow, fast, strict=True))


class _Timed:
    """A model, with what its reading costs; reading again gives the same without the cost."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[str, tuple[ModelSpan, ...]] = {}
        self.name, self.reads_case, self.fingerprint = reader.name, reader.reads_case, reader.fingerprint
        self.seconds = 0.0

    def read(self, texts: Sequence[str]) -> list[tuple[ModelSpan, ...]]:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        begun = time.process_time()
        self._known.update(zip(new, self._reader.read(new), strict=True))
        self.seconds += time.process_time() - begun
        return [self._known[text] for text in texts]


def _print_shares(golds: Sequence[Gold]) -> None:
    """Each model's and each recogniser's seconds. What all recognisers share is what the cheapest of them costs."""
    settings = Settings()
    region = load_region(settings.region.pack)
    loaded = load_readers(settings)
    for reader in loaded:
        reader.read(["Loading takes its time, and it is not reading."])
    readers = [_Timed(reader) for reader in loaded]
    transcripts, findings = found_by_deid(Detector(settings, region, readers=readers), golds)
    costs = {f"model {reader.name}": reader.seconds for reader in readers}
    costs["pipeline: decide to assign"] = _cpu(lambda: masks_of_deid(golds, transcripts, findings, settings, region))
    alone = {}
    for name in plugins.names(recognisers):
        detector = Detector(Settings(detect=Detect(recognisers=(name,))), region, readers=readers)
        found_by_deid(detector, golds)
        alone[name] = min(_cpu(lambda detector=detector: found_by_deid(detector, golds)) for _ in range(2))  # type: ignore[misc]
    shared = min(alone.values())
    costs |= {"passages and glue": shared} | {name: seconds - shared for name, seconds in alone.items()}
    total = sum(costs.values())
    print("share of the time")
    for name, seconds in sorted(costs.items(), key=lambda item: -item[1]):
        print(f"  {name:36}{seconds:8.2f} s{seconds / total:8.1%}")
    print()


def _print_starts(rounds: int) -> None:
    print("start-up, wall seconds, median")
    for name, code in _STARTS.items():
        with tempfile.TemporaryDirectory() as empty:
            times = [_wall([sys.executable, "-c", code], empty) for _ in range(rounds)]
        print(f"  {name:36}{statistics.median(times):8.2f} s")
    print()


def _wall(command: Sequence[str], folder: str) -> float:
    begun = time.perf_counter()
    subprocess.run(command, cwd=folder, check=False, capture_output=True)
    return time.perf_counter() - begun


def _print_memory() -> None:
    """The whole main job on 12 interviews of 9,000 words, as files, in a process of its own."""
    if sys.platform == "win32":
        print("peak memory: not measured on this system")
        return
    with tempfile.TemporaryDirectory() as folder:
        sources = Path(folder, "sources")
        sources.mkdir()
        for seed in range(12):
            (sources / f"interview-{seed}.txt").write_text(interview(100 + seed, 9_000), encoding="utf-8")
        begun = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", _RUN_ON_FILES, folder], capture_output=True, text=True, check=False
        )
        seconds = time.perf_counter() - begun
    if done.returncode:
        print("peak memory: the run failed:", done.stderr.strip().splitlines()[-1])
        return
    print(f"12 interviews of 9,000 words, the whole main job: {seconds:.0f} s, peak {done.stdout.strip()} MiB\n")


if __name__ == "__main__":
    main()
