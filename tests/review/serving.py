"""The page's server in a thread, on a free port of loopback, with a detector that reads nothing heavy."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from deid.detect.engine import Detector
from deid.review.desk import Desk
from deid.review.security import Session, new_session
from deid.review.server import listen, make_app, server
from deid.study.folder import Study
from tests.invented import clock, fake_detector, random_bytes


@contextmanager
def serving(
    folder: Path, study: Study | None = None, detector: Detector | None = None, **wishes: object
) -> Iterator[tuple[Desk, Session]]:
    """A running page. The one-time token is the session's."""
    own = detector or fake_detector()
    desk = Desk(
        folder=folder,
        environment={},
        random=random_bytes("desk"),
        clock=clock,
        monotonic=time.monotonic,
        detector=lambda _: nullcontext(own),
        study=study,
        **wishes,  # type: ignore[arg-type]
    )
    with served(desk, random_bytes("session")) as session:
        yield desk, session


@contextmanager
def served(desk: Desk, random: Callable[[int], bytes]) -> Iterator[Session]:
    """The page of this desk in a thread, until the block ends."""
    listener = listen()
    session = new_session(listener.getsockname()[1], random)
    running = server(make_app(desk, session))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    yield session
    running.should_exit = True
    thread.join(10)
    listener.close()
