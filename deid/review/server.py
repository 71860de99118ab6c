"""The page's server, on loopback only: requests in, screens and decisions out.

Every screen is whole HTML and works as a link; acts come as JSON from the page's own script. Nothing is logged.
"""

import asyncio
import os
import secrets
import socket
import sys
import time
import webbrowser
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from deid.errors import AskedWrongly, DeidError
from deid.review import forms, screens
from deid.review.desk import Desk
from deid.review.security import App, Session, TooLarge, guarded, new_session
from deid.study.folder import Study

_SCRIPT = "text/javascript; charset=utf-8"
_ASSETS = {"/review.css": "text/css; charset=utf-8", "/foresee.js": _SCRIPT, "/review.js": _SCRIPT}
_IDLE_CHECK = 5.0
_SWITCH = 0.0005
# Seconds until a browser that was told to go has gone.
_GRACE = 2
# Seconds that a connection may lie idle. A browser that sends just as its connection is closed sends again on another:
# a screen that is shown once would be shown to nobody. The page asks every ten seconds, so this is never reached.
_KEPT_ALIVE = 120


def serve(study: Study | None, *, start: str = "queue", folder: Path | None = None, **wishes: object) -> int:
    """Open the page in the browser and serve it until Ctrl-C. `wishes`: further fields of the desk."""
    desk = Desk(
        folder=study.folder if study else folder or Path("deid-study"),
        environment=os.environ,
        random=secrets.token_bytes,
        clock=lambda: datetime.now(UTC),
        monotonic=time.monotonic,
        study=study,
        start=start,
        **wishes,  # type: ignore[arg-type]
    )
    listener = listen()
    session = new_session(listener.getsockname()[1], secrets.token_bytes)
    link = entry_link(session)
    print(f"The page is open in your browser. If it is not: {link}", file=sys.stderr)  # noqa: T201
    print("Stop it here with Ctrl-C.", file=sys.stderr)  # noqa: T201
    if not os.environ.get("DEID_NO_BROWSER"):
        webbrowser.open(link)
    with suppress(KeyboardInterrupt):  # how one closes the page; the server has shut down in order by then
        server(make_app(desk, session)).run(sockets=[listener])
    return 0


def listen(port: int = 0) -> socket.socket:
    """A socket on loopback; a free port where none is named."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.bind(("127.0.0.1", port))
    return listener


def server(app: App) -> uvicorn.Server:
    """Without an access log, which would hold the token, and without websockets."""
    config = uvicorn.Config(
        app, access_log=False, log_level="critical", ws="none", server_header=False,
        timeout_graceful_shutdown=_GRACE, timeout_keep_alive=_KEPT_ALIVE,
    )  # fmt: skip
    return uvicorn.Server(config)


def entry_link(session: Session) -> str:
    return f"http://127.0.0.1:{session.port}/enter?token={session.token}"


def make_app(desk: Desk, session: Session) -> App:
    """The guarded application of one desk."""
    desk.touch()

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        # The pipeline may be running in a thread: a request does not wait its turn behind it for long.
        sys.setswitchinterval(_SWITCH)
        task = asyncio.create_task(_watch(desk))
        yield
        task.cancel()
        desk.forget()

    routes = [
        Route("/enter", _enter(session)),
        *(Route(path, _asset(path, kind)) for path, kind in _ASSETS.items()),
        *(Route(path, _screen(desk, session, show)) for path, show in screens.SCREENS.items()),
        *(Route(path, _form(desk, session, do), methods=["POST"]) for path, do in forms.FORMS.items()),
        *(Route(path, _call(desk, session, do), methods=["POST"]) for path, do in forms.CALLS.items()),
        Route("/job", _job(desk)),
    ]
    return guarded(Starlette(routes=routes, lifespan=lifespan), session)


async def _watch(desk: Desk) -> None:
    while True:
        await asyncio.sleep(min(_IDLE_CHECK, desk.idle_seconds / 2))
        desk.lock_if_idle()


Value = TypeVar("Value")


def _enter(session: Session) -> Callable[[Request], Response]:
    def enter(request: Request) -> Response:
        if not session.exchange(request.query_params.get("token", "")):
            return Response("This link was used already or is not right. Start deid again.", 403)
        answer = RedirectResponse("/", 303)
        answer.headers["set-cookie"] = session.set_cookie
        return answer

    return enter


def _asset(path: str, kind: str) -> Callable[[Request], Response]:
    data = (Path(__file__).parent / path.lstrip("/")).read_bytes()
    return lambda request: Response(data, media_type=kind)


def _screen(desk: Desk, session: Session, show: screens.Screen) -> Callable[[Request], object]:
    async def screen(request: Request) -> Response:
        with desk.answering():
            return await run_in_threadpool(_shown, desk, session, show, request)

    return screen


def _shown(desk: Desk, session: Session, show: screens.Screen, request: Request) -> Response:
    desk.touch()
    with desk.lock:
        fragment = request.headers.get("x-fragment") == "1"
        asked = {**request.query_params, **request.path_params, "path": request.url.path}
        return _answer(screens.screen(desk, session.csrf, show, asked, fragment=fragment))


def _form(desk: Desk, session: Session, do: forms.Form) -> Callable[[Request], object]:
    async def post(request: Request) -> Response:
        values = await _read(request, forms.read_form)
        if isinstance(values, Response):
            return values
        if not session.is_ours(str(values.get("csrf", ""))):
            return Response("Refused.", 403)
        return await run_in_threadpool(_done, desk, session, do, values)

    return post


def _done(desk: Desk, session: Session, do: forms.Form, values: Mapping[str, str]) -> Response:
    desk.touch()
    with desk.lock:
        try:
            to = do(desk, values)
        except DeidError as error:
            back = values.get("back", "/")
            return _answer(screens.wrong(desk, session.csrf, back, error))
    return RedirectResponse(to, 303)


def _call(desk: Desk, session: Session, do: forms.Call) -> Callable[[Request], object]:
    async def post(request: Request) -> Response:
        if not session.is_ours(request.headers.get("x-csrf", "")):
            return Response("Refused.", 403)
        values = await _read(request, forms.read_json)
        if isinstance(values, Response):
            return values
        with desk.answering():
            return await run_in_threadpool(_called, desk, session, do, values)

    return post


def _called(desk: Desk, session: Session, do: forms.Call, values: Mapping[str, object]) -> Response:
    """What became of it, and with it the screen that the page shows next, where it names one: one way, not two."""
    desk.touch()
    with desk.lock:
        try:
            found = do(desk, values)
            found |= _shown_then(desk, session, str(values.get("then", "")))
        except DeidError as error:
            revision = desk.review.revision if desk.review else 0
            return JSONResponse({"wrong": error.message, "hint": error.hint, "revision": revision}, 409)
    return JSONResponse(found)


def _shown_then(desk: Desk, session: Session, address: str) -> dict[str, object]:
    found = screens.find(address)
    if found is None:
        return {}
    shown = screens.screen(desk, session.csrf, *found, fragment=True)
    return {} if shown.to or shown.status != 200 else {"html": shown.html}


async def _read(request: Request, reader: Callable[[bytes], Mapping[str, Value]]) -> Mapping[str, Value] | Response:
    try:
        return reader(await request.body())
    except TooLarge:
        return Response("Too large.", 413)
    except AskedWrongly:
        return Response("Refused.", 400)


def _job(desk: Desk) -> Callable[[Request], Response]:
    def job(request: Request) -> Response:
        one, review = desk.job, desk.review
        found: dict[str, object] = {"settled": review is None or review.is_whole, "over": True}
        found["locked"] = desk.study is None
        if one is not None:
            found |= {"what": one.what, "done": one.done, "total": one.total, "over": one.is_over}
            found["wrong"] = bool(one.error)
        return JSONResponse(found)

    return job


def _answer(found: screens.Shown) -> Response:
    if found.to:
        return RedirectResponse(found.to, 303)
    return Response(found.html, found.status, media_type="text/html; charset=utf-8")
