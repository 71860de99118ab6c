"""What the server holds between requests: the study while it is unlocked, the review, and the work under way."""

import gc
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from deid.detect.engine import Detector
from deid.errors import AskedWrongly, DeidError
from deid.study.folder import Study, create_study, exists, open_study
from deid.study.memory import detector_of
from deid.study.review.reviewing import Reviewing
from deid.study.run import RunReport, run
from deid.study.sources import collect
from deid.vault.key_text import check_new_passphrase, read_passphrase

IDLE_SECONDS = 15 * 60
_QUIET = 0.6  # seconds without an act, after which the pipeline runs again
_APART = 1 << 20  # revisions of one reading of the study; a page of the one before it has none of them
_PAUSE = 0.002  # seconds for which it stands still while a request is in hand, before it looks again
BREAK_AFTER = 45 * 60
DetectorOf = Callable[[Study], AbstractContextManager[Detector]]


@dataclass(slots=True)
class Job:
    """Long work in a thread of its own: what it is, how far it is, and how it ended."""

    what: str
    done: int = 0
    total: int = 0
    error: str = ""
    hint: str = ""
    is_over: bool = False


@dataclass
class Desk:
    """Where a reviewer sits. One person, one study; `lock` makes its requests wait for each other."""

    folder: Path
    environment: Mapping[str, str] = field(repr=False)
    random: Callable[[int], bytes] = field(repr=False)
    clock: Callable[[], datetime] = field(repr=False)
    monotonic: Callable[[], float] = field(repr=False)
    detector: DetectorOf | None = field(default=None, repr=False)
    study: Study | None = field(default=None, repr=False)
    reviewer: str = "R1"
    second: bool = False
    tier: str = ""
    sources: Path | None = None
    start: str = "start"
    idle_seconds: float = IDLE_SECONDS
    review: Reviewing | None = field(default=None, repr=False)
    report: RunReport | None = field(default=None, repr=False)
    chosen: list[Path] = field(default_factory=list, repr=False)
    job: Job | None = None
    shows_originals: bool = False
    has_logged: bool = False
    shortcuts: bool = True
    sheet: str = field(default="", repr=False)  # a recovery sheet until it was shown, once
    told: tuple[str, ...] = ()  # what the next look at the participants says
    began: float = 0.0
    last: float = 0.0
    last_act: float = 0.0
    in_hand: int = 0
    readings: int = 0  # how often the study was read for a review
    settling: threading.Thread | None = field(default=None, repr=False)
    lock: threading.RLock = field(default_factory=threading.RLock, repr=False)

    def touch(self) -> None:
        self.last = self.monotonic()
        self.began = self.began or self.last

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Somebody waits for an answer: the pipeline stands still meanwhile. Only the server's own loop enters it."""
        self.in_hand += 1
        try:
            yield
        finally:
            self.in_hand -= 1

    def lock_if_idle(self) -> bool:
        """Drop the key when nobody has done anything for a while. Work under way is not interrupted."""
        idle = self.monotonic() - self.last > self.idle_seconds
        if self.study is not None and idle and not self.is_busy:
            self.forget()
            return True
        return False

    def forget(self) -> None:
        """The key, the sources and the findings leave this process's hands."""
        with self.lock:
            self.study = self.review = self.report = self.job = None
            self.sheet, self.told = "", ()
            self.shows_originals = self.has_logged = False
        gc.unfreeze()

    @property
    def is_busy(self) -> bool:
        return self.job is not None and not self.job.is_over

    @property
    def wants_break(self) -> bool:
        return bool(self.began) and self.monotonic() - self.began > BREAK_AFTER

    def exists(self) -> bool:
        return exists(self.folder, self.environment)

    def unlock(self, passphrase: str) -> None:
        self.study = open_study(
            self.folder,
            read_passphrase(passphrase),
            environment=self.environment,
            random=self.random,
            clock=self.clock,
        )

    def create(self, passphrase: str, again: str) -> None:
        if passphrase != again:
            raise AskedWrongly("the two passphrases are not the same")
        check_new_passphrase(passphrase)
        self.study = create_study(
            self.folder, passphrase, environment=self.environment, random=self.random, clock=self.clock
        )

    def opened(self) -> Study:
        if self.study is None:
            raise AskedWrongly("the study is locked")
        return self.study

    def run(self) -> None:
        """The main job, and then the review: in a thread."""
        self._begin("Reading the transcripts", self._run)

    def prepare(self) -> None:
        """Read the study for the review: in a thread."""
        self._begin("Getting the queue ready", self._prepare)

    def show_originals(self, on: bool) -> None:
        """On demand only, and once a session on record."""
        self.shows_originals = on and self.review is not None
        if on and not self.has_logged and self.review is not None:
            self.review.record("review_opened_with_originals", {"codes": sorted(self.review.readings)}, self.reviewer)
            self.has_logged = True

    def drop_stale(self) -> None:
        """A review of transcripts that have left the study shows nothing any more; it is made anew."""
        if self.review is not None and self.review.is_stale:
            self.review = None

    def settle_soon(self) -> None:
        """After an act: let the pipeline say again what is shown, and what is left, once nobody is acting."""
        self.last_act = self.monotonic()
        review = self.review
        if review is None or review.is_whole or (self.settling and self.settling.is_alive()):
            return

        def whole() -> None:
            while self.review is review and not review.is_whole:
                if self.monotonic() - self.last_act < _QUIET:
                    time.sleep(_QUIET / 4)
                    continue
                try:
                    with _without_collector():
                        review.settle()
                        review.assess()
                except Exception:  # noqa: BLE001  (the next screen runs it in the open, and says what is wrong)
                    if self.review is review:
                        self.review = None

        self.settling = threading.Thread(target=whole, name="deid-settle", daemon=True)
        self.settling.start()

    def _give_way(self) -> None:
        """In the thread that settles: whoever waits for an answer goes first."""
        while self.in_hand and threading.current_thread() is self.settling:
            time.sleep(_PAUSE)

    def _begin(self, what: str, work: Callable[[Job], None]) -> None:
        if self.is_busy:
            raise AskedWrongly("something is under way already")
        job = self.job = Job(what)

        def whole() -> None:
            try:
                work(job)
            except DeidError as error:
                job.error, job.hint = str(error), error.hint
            except Exception as error:  # noqa: BLE001  (a thread's crash must show on the page, and without its words)
                job.error = f"an error that deid did not expect ({type(error).__name__})"
            job.is_over = True
            self.touch()

        threading.Thread(target=whole, name="deid-job", daemon=True).start()

    def _run(self, job: Job) -> None:
        study = self.opened()
        collected = collect(self.chosen, study=study.folder, settings=study.settings)
        with self._detector(study, reads_all=False) as detector:
            report = run(study, collected, detector, _counting(job))
        with self.lock:
            if self.study is study:  # not locked meanwhile
                self.report, self.review = report, None

    def _prepare(self, job: Job) -> None:
        study = self.opened()
        with self._detector(study, reads_all=True) as detector:
            review = Reviewing(
                study, detector, tier=self.tier, sources=self.sources, second=self.second, progress=_counting(job),
                foresees=True, wait=self._give_way,
            )  # fmt: skip
            with _without_collector():
                review.cards()
        with self.lock:
            if self.study is not study:  # locked meanwhile: whoever opens it next may be somebody else
                return
            review.revision = _APART * self.readings
            self.readings += 1
            self.review = review
        self.settle_soon()

    def _detector(self, study: Study, *, reads_all: bool) -> AbstractContextManager[Detector]:
        return self.detector(study) if self.detector else detector_of(study, reads_all=reads_all)


@contextmanager
def _without_collector() -> Iterator[None]:
    """The pipeline makes a million small values and no rings of them: walking them all would only hold requests up."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _counting(job: Job) -> Callable[[int, int], None]:
    def progress(done: int, total: int) -> None:
        job.done, job.total = done, total

    return progress
