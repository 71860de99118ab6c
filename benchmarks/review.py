"""The review page in a real browser: how long a study takes to open, and each act to be on screen.

    python benchmarks/review.py            12 invented interviews of 9,000 words
    python benchmarks/review.py --quick    2 of 1,500
    python benchmarks/review.py --files 500 --words 600 --folder DIR     a study kept for the next time

Needs playwright and a Chromium. The study is made by another process, so what is opened is opened afresh. An act is
timed from its last key to the first paint of what it changes, and to the paint of the server's answer to it.
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
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
from deid.study.chosen_names import free_names
from deid.study.folder import Study, create_study, exists, open_study
from deid.study.main_job import main_job
from deid.study.memory import detector_of
from deid.vault.seal import Passphrase
from tests.chromium import FLAGS, find_chromium
from tests.review.serving import served

_PASSPHRASE = "orchid lantern quarry meadow"  # noqa: S105
_WATCH = """() => {
    const painted = (what) => requestAnimationFrame(() => setTimeout(() => { times[what] ??= performance.now(); }));
    window.times = {};
    addEventListener('keydown', () => { window.times = {pressed: performance.now()}; }, true);
    new MutationObserver(() => painted('shown')).observe(
        document.querySelector('#main'), {childList: true, subtree: true, characterData: true});
    const put = window.put;
    window.put = (...given) => { put(...given); painted('answered'); };
}"""
# Two words of the plain text of a turn, as a mouse would select them.
_SELECT = """number => {
    const long = [...document.querySelectorAll('.kind-speech > span')].filter(one => one.textContent.length > 60);
    const text = long[number].firstChild, first = text.data.indexOf(' ', 10) + 1;
    getSelection().setBaseAndExtent(text, first, text, text.data.indexOf(' ', text.data.indexOf(' ', first) + 1));
}"""
Times = tuple[float, float]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the review page.")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter interviews")
    parser.add_argument("--files", type=int, default=12)
    parser.add_argument("--words", type=int, default=9_000)
    parser.add_argument("--acts", type=int, default=8, help="how often each act is done")
    parser.add_argument("--folder", type=Path, help="where the study is made, or was made before")
    parser.add_argument("--make", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    files, words = (2, 1_500) if asked.quick else (asked.files, asked.words)
    if asked.make:
        _make(asked.folder, files, words)
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.folder or Path(temporary)
        if not exists(folder / "study", os.environ):
            size = ("--files", str(files), "--words", str(words), "--folder", str(folder))
            subprocess.run([sys.executable, __file__, "--make", *size], check=True)
        print(
            f"Python {platform.python_version()}, {platform.machine()}: {files} interviews of {words:,} words{_load()}"
        )
        clock = _Clock()
        study = _opened(folder / "study")
        clock.say("passphrase, vault and log")
        with detector_of(study, reads_all=True) as detector:
            timed = _Timed(detector)
            clock.say("detector")
            with _serving(study, timed) as (desk, session), _page() as page:
                _open(page, desk, session, timed)
                _measure(page, desk, f"http://127.0.0.1:{session.port}", asked.acts)
        print(f"ended{_load()}")


def _make(folder: Path, files: int, words: int) -> None:
    """A study of invented interviews that was run."""
    sources = folder / "sources"
    sources.mkdir(parents=True)
    for seed in range(files):
        (sources / f"interview-{seed:03}.txt").write_text(interview(seed, words), encoding="utf-8")
    place = folder / "study"
    main_job(create_study(place, _PASSPHRASE, environment=os.environ, random=os.urandom, clock=_now), [sources])


def _opened(place: Path) -> Study:
    return open_study(place, Passphrase(_PASSPHRASE), environment=os.environ, random=os.urandom, clock=_now)


class _Clock:
    """Seconds since it was last asked, and those of the processor."""

    def __init__(self) -> None:
        self._since = (time.perf_counter(), time.process_time())

    def say(self, what: str) -> None:
        now = (time.perf_counter(), time.process_time())
        seconds, processor = (new - old for new, old in zip(now, self._since, strict=True))
        print(f"  {what:34} {seconds:6.2f} s, processor {processor:5.2f} s")
        self._since = now


class _Timed:
    """The study's detector; it notes when it was done."""

    def __init__(self, detector: Detector) -> None:
        self._detector = detector
        self.done = _Clock()

    def detect(self, *asked: Any) -> Any:
        found = self._detector.detect(*asked)
        self.done.say("reading the sources, detection")
        return found


def _open(page: Any, desk: Desk, session: Session, detector: _Timed) -> None:
    """From the link to the first card, and some screens."""
    base = f"http://127.0.0.1:{session.port}"
    detector.done = _Clock()
    page.goto(f"{base}/enter?token={session.token}")
    page.wait_for_selector("#card", timeout=3_600_000)
    detector.done.say("first card after detection")
    assert desk.review is not None
    print(f"{len(desk.review.cards())} cards")
    for path in ("/queue", "/transcripts", "/release", f"/transcript/{sorted(desk.review.readings)[0]}"):
        print(f"  {path:24} {_loaded(page, base + path):8.0f} ms")


def _measure(page: Any, desk: Desk, base: str, count: int) -> None:
    """Every act so often, each where a reviewer would do it, with a second in between."""
    print(f"{'':26} on screen, median (worst)   answered, median (worst)")
    for name, where, keys in _ACTS:
        times = []
        for number in range(count):
            address = where(desk, number)
            if not address:
                break
            page.goto(base + address)
            page.wait_for_load_state()
            page.evaluate(_WATCH)
            times.append(_timed(page, desk, number, keys))
        _say(name, times)
        if name in _TURNED:
            for key, turned in (("u", "undo of it"), ("r", "redo of it")):
                _say(f"  {turned}", [_timed(page, desk, 0, (key,))] if times else [])
    page.goto(f"{base}/queue")
    page.wait_for_load_state()
    page.evaluate(_WATCH)
    _say("confirm, without a pause", [_timed(page, desk, 0, ("Enter",), pause=0) for _ in range(count)])
    for key, name in (("u", "undo, one after the other"), ("r", "redo, one after the other")):
        _say(name, [_timed(page, desk, 0, (key,)) for _ in range(count)])
    begun = time.perf_counter()
    page.wait_for_selector("#state[data-settling=no]", state="attached", timeout=600_000)
    print(f"the pipeline agreed {time.perf_counter() - begun:.1f} s after the last act")


def _timed(page: Any, desk: Desk, number: int, keys: tuple[str, ...], pause: float = 1.0) -> Times:
    """Milliseconds from the last key to the first paint, and to the answer's."""
    for key in keys:
        if key == "select":
            page.evaluate(_SELECT, 3 * number)
        elif key == "tick":
            page.locator("dialog[open] input[type=checkbox]").first.check()
        elif key == "name":
            assert desk.study is not None
            page.keyboard.insert_text(free_names(desk.study.contents)[number])
        elif key.startswith("type "):
            page.keyboard.insert_text(key.removeprefix("type "))
        elif key == "ok":
            page.locator("dialog[open] button[value=ok]").press("Enter")
        else:
            page.keyboard.press(key)
    page.wait_for_function("window.times.answered")
    times = page.evaluate("window.times")
    time.sleep(pause)
    return times["shown"] - times["pressed"], times["answered"] - times["pressed"]


def _card(*kinds: str) -> Callable[[Desk, int], str]:
    """The next open card of these kinds; those that are asked in a dialog of their own are taken as they come."""

    def find(desk: Desk, number: int) -> str:
        assert desk.review is not None
        cards = [one for one in desk.review.cards() if one.kind in kinds and not one.answered]
        return f"/queue?card={cards[0].id}" if cards else ""

    return find


def _thing(first: int) -> Callable[[Desk, int], str]:
    """A person who is mentioned often; another for each act."""

    def find(desk: Desk, number: int) -> str:
        assert desk.review is not None
        look, entries = desk.review.look, desk.review.shown.rendered.outcome.entries
        people = [id for id in look.mentioned() if entries[id].entity.category == "PERSON"]
        people = sorted(people, key=lambda id: (-len(look.mentions_of(id)), id))
        several = [id for id in people if len(look.mentions_of(id)) > 1]
        return f"/thing/{several[(first + number) % len(several)]}"

    return find


def _transcript(desk: Desk, number: int) -> str:
    assert desk.review is not None
    codes = sorted(desk.review.readings)
    return f"/transcript/{codes[number % len(codes)]}"


# Each act: where it is done, and with which keys, the last of which is timed.
_ACTS: tuple[tuple[str, Callable[[Desk, int], str], tuple[str, ...]], ...] = (
    ("confirm", _card("several", "unsure"), ("Enter",)),
    ("keep", _card("unsure", "link"), ("k", "1", "Enter")),
    ("merge with a candidate", _card("link"), ("1",)),
    ("category", _thing(0), ("c", "3", "ok")),
    ("part", _thing(10), ("p", "1", "ok")),
    ("choose a pseudonym", _thing(20), ("n", "name", "Enter")),
    ("split", _thing(30), ("s", "tick", "ok")),
    ("add a missed name", _transcript, ("select", "a", "ok")),
    ("describe", _transcript, ("select", "d", "type something told", "Enter")),
    ("remove a passage", _transcript, ("select", "x", "2", "ok")),
    ("close a list", _card("list"), ("Enter",)),
    ("accept what is left", _card("risk"), ("Enter", "1", "Enter")),
    ("note", _thing(40), ("o", "type read twice", "ok")),
    ("flag", _thing(50), ("f",)),
)
_TURNED = frozenset({"keep", "merge with a candidate", "category", "split", "add a missed name", "remove a passage"})


def _say(what: str, times: list[Times]) -> None:
    if times:
        shown, answered = (f"{statistics.median(one):5.0f} ({max(one):5.0f}) ms" for one in zip(*times, strict=True))
        print(f"{what:26} {shown:28} {answered}   {len(times)}")


def _loaded(page: Any, address: str) -> float:
    page.goto(address)
    page.wait_for_load_state("load")
    return float(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))


def _load() -> str:
    """What else the machine does: figures taken beside other work are upper bounds."""
    return f", load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores" if hasattr(os, "getloadavg") else ""


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
