"""The review page in a real browser: how long a study takes to open, and an act to be on screen.

    python benchmarks/review.py            12 invented interviews of 9,000 words
    python benchmarks/review.py --quick    2 of 1,500
    python benchmarks/review.py --files 500 --words 600 --folder DIR     a study kept for the next time

Needs playwright and a Chromium. Opening is timed from the moment at which all findings are there; an act from the key
to the first paint of what follows, and to the moment at which the server's answer to it is on the page.
"""

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

sys.path.insert(0, str(Path(__file__).parent))  # so that the interviews beside this file are found
sys.path.insert(0, str(Path(__file__).parent.parent))  # so that the tests' Chromium and server are
from talk import interview

from deid.detect.engine import Detector
from deid.review.desk import Desk
from deid.review.security import Session
from deid.study.folder import Study, create_study, exists, open_study
from deid.study.main_job import main_job
from deid.study.memory import detector_of
from deid.vault.seal import Passphrase
from tests.chromium import FLAGS, find_chromium
from tests.review.serving import served

_PASSPHRASE = "orchid lantern quarry meadow"  # noqa: S105
_WATCH = """() => {
    window.times = {};
    addEventListener('keydown', () => { window.times = {pressed: performance.now()}; }, true);
    new MutationObserver(() => requestAnimationFrame(() => setTimeout(() => {
        window.times.painted ??= performance.now();
        window.times.last = performance.now();
    }))).observe(document.querySelector('#main'), {childList: true, subtree: true});
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the review page.")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter interviews")
    parser.add_argument("--files", type=int, default=12)
    parser.add_argument("--words", type=int, default=9_000)
    parser.add_argument("--acts", type=int, default=40)
    parser.add_argument("--folder", type=Path, help="where the study is made, or was made before")
    asked = parser.parse_args()
    files, words = (2, 1_500) if asked.quick else (asked.files, asked.words)
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.folder or Path(temporary)
        study = _study(folder, files, words)
        print(f"Python {platform.python_version()}, {platform.machine()}: {files} interviews of {words:,} words")
        with detector_of(study, reads_all=True) as detector:
            timed = _Timed(detector)
            with _serving(study, timed) as (desk, session), _page() as page:
                _measure(page, desk, session, timed, asked.acts)


def _study(folder: Path, files: int, words: int) -> Study:
    """A study of invented interviews that was run; made once where a folder is named."""
    place = folder / "study"
    if exists(place, os.environ):
        return open_study(place, Passphrase(_PASSPHRASE), environment=os.environ, random=os.urandom, clock=_now)
    sources = folder / "sources"
    sources.mkdir(parents=True)
    for seed in range(files):
        (sources / f"interview-{seed:03}.txt").write_text(interview(seed, words), encoding="utf-8")
    study = create_study(place, _PASSPHRASE, environment=os.environ, random=os.urandom, clock=_now)
    main_job(study, [sources])
    return study


class _Timed:
    """The study's detector; it notes when it was done."""

    def __init__(self, detector: Detector) -> None:
        self._detector = detector
        self.done = 0.0

    def detect(self, *asked: Any) -> Any:
        found = self._detector.detect(*asked)
        self.done = time.perf_counter()
        return found


def _measure(page: Any, desk: Desk, session: Session, detector: _Timed, acts: int) -> None:
    base = f"http://127.0.0.1:{session.port}"
    page.goto(f"{base}/enter?token={session.token}")
    page.wait_for_selector("#card", timeout=3_600_000)
    seconds = time.perf_counter() - detector.done
    assert desk.review is not None
    print(f"on screen {seconds:.2f} s after detection, {len(desk.review.cards())} cards")
    for path in ("/queue", "/transcripts", "/release", f"/transcript/{sorted(desk.review.readings)[0]}"):
        print(f"  {path:24} {_load(page, base + path):8.0f} ms")
    page.goto(f"{base}/queue")
    page.wait_for_selector("#card")
    page.evaluate(_WATCH)
    confirmed = [_press(page, "Enter") for _ in range(acts)]
    _say("confirm, one a second", confirmed)
    quick = [_press(page, "Enter", pause=0) for _ in range(acts)]
    _say("confirm, without a pause", quick)
    merged = [_press(page, "1") for _ in range(acts // 4) if page.locator(".candidates button").count()]
    _say("merge with a candidate", merged)
    undone = [_press(page, "u") for _ in range(acts // 4)]
    _say("undo", undone)
    begun = time.perf_counter()
    page.wait_for_function("document.querySelector('#state').dataset.settling === 'no'", timeout=600_000)
    print(f"the pipeline agreed {time.perf_counter() - begun:.1f} s after the last act")


def _press(page: Any, key: str, pause: float = 1.0) -> tuple[float, float]:
    """Milliseconds from the key to the first paint, and to the answer's."""
    page.keyboard.press(key)
    page.evaluate("acts")
    page.wait_for_function("window.times.painted")
    page.wait_for_timeout(30)
    times = page.evaluate("window.times")
    time.sleep(pause)
    return times["painted"] - times["pressed"], times["last"] - times["pressed"]


def _say(what: str, times: list[tuple[float, float]]) -> None:
    if not times:
        return
    first, last = ([one[at] for one in times] for at in (0, 1))
    print(
        f"{what:26} on screen {statistics.median(first):5.0f} ms (worst {max(first):5.0f}),"
        f" answered {statistics.median(last):5.0f} ms (worst {max(last):5.0f}), {len(times)} acts"
    )


def _load(page: Any, address: str) -> float:
    page.goto(address)
    page.wait_for_load_state("load")
    return float(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))


@contextmanager
def _serving(study: Study, detector: _Timed) -> Iterator[tuple[Desk, Session]]:
    desk = Desk(
        folder=study.folder, environment=os.environ, random=os.urandom, clock=_now, monotonic=time.monotonic,
        study=study, start="queue", detector=lambda _: nullcontext(cast(Detector, detector)),
    )  # fmt: skip
    with served(desk, os.urandom) as session:
        yield desk, session


@contextmanager
def _page() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    chromium = find_chromium()
    if chromium is None:
        sys.exit("There is no Chromium: python tests/chromium.py installs Debian's, or name one in DEID_CHROMIUM.")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        page = running.new_context(viewport={"width": 1180, "height": 800}, bypass_csp=True).new_page()
        page.set_default_timeout(60_000)
        yield page
        running.close()


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    main()
