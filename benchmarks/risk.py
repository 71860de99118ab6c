"""How long `deid risk` takes over a study's released text, detection left out, and what it holds in memory.

python benchmarks/risk.py              12 invented interviews of 9,000 words
python benchmarks/risk.py --quick      3 of 2,000
"""

import argparse
import platform
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # so that the interviews beside this file are found
sys.path.insert(0, str(Path(__file__).parent.parent))  # so that the tests' constructed study is
from talk import interview

from deid.model import KnownPerson
from deid.risk.assess import assess
from deid.risk.released import Released
from tests.risk.constructed import region, released, talk

# Every so often a turn has tokens as a release has them, so that linkage, clusters and inversion have work to do.
_TOLD = (
    "There was one girl, a [13-15-year-old], placed at [Home {n}] in [Town {n}, East Kent]. She was in year nine.",
    "[Child {n}] went missing from [Village {n}, West Kent] in [spring 2019], and [Suspect {n}] got nine years.",
    "I've been doing this work for {years} years, and I'm based in [Town {n}, Mid Kent].",
)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure deid risk.")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter interviews")
    is_quick = parser.parse_args().quick
    study = _study(3, 2_000) if is_quick else _study(12, 9_000)
    words = sum(len(turn.text.split()) for one in study.talks for turn in one.turns)
    region()  # reading the region pack is not what is measured
    wall, cpu = time.monotonic(), time.process_time()
    found = assess(study, region(), {})
    print(f"Python {platform.python_version()}, {platform.machine()}")
    print(
        f"{len(study.talks)} interviews, {words:,} words:"
        f" {time.monotonic() - wall:.1f} s ({time.process_time() - cpu:.1f} CPU s)"
    )
    print(
        f"{len(found.risks)} findings, peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB"
    )


def _study(count: int, words: int) -> Released:
    roster = tuple(
        KnownPerson(f"P{number:02}", f"Person {number}", role="Social worker", base="Dover", tenure=f"{number} years")
        for number in range(1, count + 1)
    )
    return released(*(_talk(number, words) for number in range(1, count + 1)), roster=roster)


def _talk(number: int, words: int):  # type: ignore[no-untyped-def]
    texts = []
    for at, text in enumerate(interview(number, words).split("\n\n")):
        more = _TOLD[at % len(_TOLD)].format(n=at % 40 + number, years=number + 1) if at % 12 == 0 else ""
        texts.append(f"{text.partition(': ')[2] or text} {more}".strip())
    return talk(f"P{number:02}-1", *texts)


if __name__ == "__main__":
    main()
