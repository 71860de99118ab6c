"""Who may talk to the page: this browser, on this machine, from this page, and nobody else.

The page stands on loopback, where every other page in the browser and every other user of the machine can send
requests too. So: an exact Host (against DNS rebinding), an exact Origin, a one-time token exchanged for a cookie that
is named with the port (cookies know no ports), a CSRF token on all that changes something, a small body, and a policy
that lets no script run but our own file.
"""

import hmac
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import cookie_parser

from deid.digests import is_same

LARGEST_BODY = 1 << 20
TOKEN_BYTES = 32  # 256 bits
_HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    # Not no-referrer: a browser then sends "Origin: null" with our own forms, and they could not be told from others'.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
_OPEN = frozenset({"/enter"})  # what needs no cookie: the exchange itself

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


@dataclass(slots=True)
class Session:
    """One browser's way in. The token is used once; the cookie lives as long as the server."""

    port: int
    token: str = field(repr=False)
    cookie: str = field(repr=False)
    csrf: str = field(repr=False)

    @property
    def cookie_name(self) -> str:
        return f"deid-{self.port}"

    @property
    def set_cookie(self) -> str:
        return f"{self.cookie_name}={self.cookie}; HttpOnly; SameSite=Strict; Path=/"

    def exchange(self, token: str) -> bool:
        """Whether the token is right. It is spent either way: a second try with it fails."""
        is_right = bool(self.token) and is_same(token, self.token)
        if is_right:
            self.token = ""
        return is_right

    def is_ours(self, csrf: str) -> bool:
        return hmac.compare_digest(csrf.encode(), self.csrf.encode())


def new_session(port: int, random: Callable[[int], bytes]) -> Session:
    token, cookie, csrf = (random(TOKEN_BYTES)[:TOKEN_BYTES].hex() for _ in range(3))
    return Session(port, token, cookie, csrf)


def guarded(app: App, session: Session) -> App:
    """The app behind its checks, with its headers on every answer, refusals included."""

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # no websockets
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        status = refused(session, scope["method"], scope["path"], headers)
        if status:
            await _refuse(status, send)
            return
        await app(scope, _bounded(receive), _with_headers(send))

    return guard


def refused(session: Session, method: str, path: str, headers: Mapping[str, str]) -> int:
    """The status that a request is refused with; 0 where it may pass."""
    hosts = {f"127.0.0.1:{session.port}", f"localhost:{session.port}"}
    if headers.get("host") not in hosts:
        return 403
    if "origin" in headers and headers["origin"] not in {f"http://{host}" for host in hosts}:
        return 403
    if method == "POST" and "origin" not in headers:
        return 403
    if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return 403
    if method not in ("GET", "POST"):  # a HEAD would use up what is shown once, and show nobody
        return 405
    if not headers.get("content-length", "0").isdigit() or int(headers.get("content-length", "0")) > LARGEST_BODY:
        return 413
    if path in _OPEN:
        return 0
    cookie = cookie_parser(headers.get("cookie", "")).get(session.cookie_name, "")
    return 0 if cookie and is_same(cookie, session.cookie) else 401


class TooLarge(Exception):
    """A body that grew past its bound while it was read."""


def _bounded(receive: Receive) -> Receive:
    seen = 0

    async def bounded() -> MutableMapping[str, Any]:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > LARGEST_BODY:
            raise TooLarge
        return message

    return bounded


def _with_headers(send: Send) -> Send:
    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            ours = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
            message["headers"] = [*message.get("headers", ()), *ours]
        await send(message)

    return sending


async def _refuse(status: int, send: Send) -> None:
    words = {401: "Open the page with deid open or deid review.", 413: "Too large."}.get(status, "Refused.")
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    start = {"type": "http.response.start", "status": status, "headers": headers}
    await _with_headers(send)(start)
    await send({"type": "http.response.body", "body": words.encode()})
