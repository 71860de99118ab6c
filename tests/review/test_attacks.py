"""Whoever is not this browser, on this page, with this cookie, is refused; and nothing of the text is ever run."""

import http.client
import json
import urllib.parse
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from pathlib import Path

import pytest

from deid.review.desk import Desk
from deid.review.security import LARGEST_BODY, Session
from tests.invented import PASSPHRASE, fake_detector, new_study, run_on
from tests.review.serving import serving

SCRIPT = """\
INT: Who are you?

P01: I am <script>document.title='owned'</script> <img src=x onerror=alert(1)> Barnabas Quillfeather & "friends".
"""

DETECTOR = fake_detector()


@pytest.fixture
def page(tmp_path: Path) -> Iterator[tuple[Desk, Session]]:
    study = new_study(tmp_path / "study")
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "one.txt").write_text(SCRIPT, encoding="utf-8")
    run_on(study, sources)
    with serving(study.folder, study, DETECTOR) as (desk, session):
        yield desk, session


def ask(
    session: Session, method: str, path: str, *, cookie: str | None = None, body: bytes = b"", **headers: str
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", session.port, timeout=20)
    sent = {"host": f"127.0.0.1:{session.port}"}
    if method == "POST":
        sent |= {"origin": f"http://127.0.0.1:{session.port}", "x-csrf": session.csrf}
    sent["cookie"] = f"{session.cookie_name}={session.cookie}" if cookie is None else cookie
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    sent = {name: value for name, value in sent.items() if value}
    sent["content-length"] = str(len(body))
    head = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
    connection.connect()
    # Head and body in one go: a server that refuses by the head alone closes, and a body sent later resets the answer.
    connection.sock.sendall(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode("latin-1") + body)
    answer = http.client.HTTPResponse(connection.sock, method=method)
    answer.begin()
    answer.text = answer.read().decode("utf-8", "replace")  # type: ignore[attr-defined]
    return answer


def ready(desk: Desk, session: Session) -> None:
    desk.detector = lambda _: nullcontext(DETECTOR)
    ask(session, "GET", "/queue")
    while desk.is_busy or desk.review is None:
        assert desk.job is None or not desk.job.error, desk.job


def note(desk: Desk) -> bytes:
    return json.dumps({"act": "note", "words": "read twice", "revision": 0}).encode()


@pytest.mark.parametrize("path", ["/", "/queue", "/transcripts", "/review.js", "/job"])
def test_without_the_cookie_nothing_is_shown(page: tuple[Desk, Session], path: str) -> None:
    _, session = page
    assert ask(session, "GET", path, cookie="").status == 401
    for cookie in (f"{session.cookie_name}=wrong", f"deid-{session.port + 1}={session.cookie}"):
        assert ask(session, "GET", path, cookie=cookie).status == 401
    assert ask(session, "GET", path).status in (200, 303)


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "127.0.0.1"},
        {"host": "evil.example:80", "origin": "http://evil.example"},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
)
def test_a_foreign_page_is_refused(page: tuple[Desk, Session], headers: dict[str, str]) -> None:
    _, session = page
    assert ask(session, "GET", "/", **headers).status == 403
    assert ask(session, "POST", "/lock", body=f"csrf={session.csrf}".encode(), **headers).status == 403


def test_a_post_needs_an_origin_and_the_csrf_token(page: tuple[Desk, Session]) -> None:
    desk, session = page
    ready(desk, session)
    assert ask(session, "POST", "/act", body=note(desk), origin="").status == 403
    assert ask(session, "POST", "/act", body=note(desk), x_csrf="").status == 403
    assert ask(session, "POST", "/act", body=note(desk), x_csrf="0" * 64).status == 403
    assert ask(session, "POST", "/lock", body=b"csrf=").status == 403
    assert desk.study is not None
    assert ask(session, "POST", "/act", body=note(desk)).status == 200


def test_the_entry_link_is_used_once(page: tuple[Desk, Session]) -> None:
    _, session = page
    token = session.token
    assert len(bytes.fromhex(token)) * 8 == 256
    assert ask(session, "GET", "/enter?token=wrong", cookie="").status == 403
    first = ask(session, "GET", f"/enter?token={token}", cookie="")
    cookie = first.getheader("set-cookie") or ""
    assert first.status == 303
    assert f"deid-{session.port}=" in cookie and "HttpOnly" in cookie and "SameSite=Strict" in cookie
    assert token not in cookie
    assert ask(session, "GET", f"/enter?token={token}", cookie="").status == 403


def test_a_large_body_is_refused(page: tuple[Desk, Session]) -> None:
    _, session = page
    for size in (50 * 2**20, LARGEST_BODY + 1):
        with suppress(BrokenPipeError, ConnectionResetError):  # refused before it was all sent
            assert ask(session, "POST", "/act", body=b"x" * size).status == 413
    connection = http.client.HTTPConnection("127.0.0.1", session.port, timeout=20)
    headers = {
        "origin": f"http://127.0.0.1:{session.port}",
        "x-csrf": session.csrf,
        "cookie": f"{session.cookie_name}={session.cookie}",
    }
    with suppress(BrokenPipeError, ConnectionResetError):
        connection.request("POST", "/act", iter([b"x" * 2**20] * 3), headers, encode_chunked=True)
        assert connection.getresponse().status == 413
    assert ask(session, "GET", "/").status in (200, 303), "the server goes on"


def test_a_script_in_a_transcript_is_text(page: tuple[Desk, Session]) -> None:
    desk, session = page
    ready(desk, session)
    code = next(iter(desk.review.readings))  # type: ignore[union-attr]
    answer = ask(session, "GET", f"/transcript/{code}")
    text = answer.text  # type: ignore[attr-defined]
    assert "&lt;script&gt;" in text and "<script>document" not in text and "<img" not in text
    policy = answer.getheader("content-security-policy") or ""
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert answer.getheader("cache-control") == "no-store"


def test_every_answer_has_the_headers_and_no_page_has_inline_code(page: tuple[Desk, Session]) -> None:
    desk, session = page
    ready(desk, session)
    for path in ("/", "/queue", "/transcripts", "/release", "/second", "/risk", "/report", "/files", "/nowhere"):
        answer = ask(session, "GET", path)
        assert answer.getheader("cache-control") == "no-store", path
        assert answer.getheader("x-content-type-options") == "nosniff", path
        text = answer.text  # type: ignore[attr-defined]
        assert (
            " style=" not in text and " onclick=" not in text and "http://" not in text.replace("http://www.w3.org", "")
        )


def test_no_address_puts_words_on_the_page(page: tuple[Desk, Session]) -> None:
    _, session = page
    for path in ("/?said=Type+your+passphrase+here", "/files?at=%3Cscript%3E", "/wait?to=//evil.example"):
        text = ask(session, "GET", path).text  # type: ignore[attr-defined]
        assert "Type your" not in text and "<script>" not in text and 'data-to="//evil' not in text


def test_a_wrong_passphrase_opens_nothing(page: tuple[Desk, Session]) -> None:
    desk, session = page
    assert ask(session, "POST", "/lock", body=f"csrf={session.csrf}".encode()).status == 303
    assert desk.study is None and desk.review is None
    for passphrase, opens in (("wrong words here now", False), (PASSPHRASE, True)):
        body = urllib.parse.urlencode({"csrf": session.csrf, "passphrase": passphrase}).encode()
        assert ask(session, "POST", "/unlock", body=body).status == (303 if opens else 409)
        assert (desk.study is not None) is opens


def test_the_key_is_dropped_when_nobody_is_there(page: tuple[Desk, Session]) -> None:
    desk, session = page
    ready(desk, session)
    assert not desk.lock_if_idle()
    desk.last -= desk.idle_seconds + 1
    assert desk.lock_if_idle()
    assert desk.study is None and desk.review is None
    assert ask(session, "GET", "/queue").getheader("location") == "/"
    assert ask(session, "POST", "/act", body=note(desk)).status == 409


def test_wrong_places_and_acts_are_refused_with_words(page: tuple[Desk, Session]) -> None:
    desk, session = page
    ready(desk, session)
    for values in (
        {"act": "nothing"},
        {"act": "remove", "reason": "to protect a child", "places": [["P01-1", 999, 0, 4]]},
        {"act": "remove", "reason": "to protect a child", "places": [["X", 0, 0, 4]]},
        {"act": "remove", "reason": "because", "places": [["P01-1", 0, 0, 3]]},
        {"act": "keep", "reason": "because", "places": []},
        {"act": "add", "places": "x", "category": "PERSON"},
        {"act": "add", "words": "Zorvathian", "category": "PERSON"},
        {"act": "merge", "entity": "x", "other": "y"},
        {"act": "note", "words": "Barnabas Quillfeather told me"},
        {"act": "note", "words": ""},
    ):
        answer = ask(session, "POST", "/act", body=json.dumps({**values, "revision": 0}).encode())
        assert answer.status == 409 and json.loads(answer.text)["wrong"], values  # type: ignore[attr-defined]
    for body in (b"", b"[]", b"{", b"\xff", b"[" * 100_000):
        assert ask(session, "POST", "/act", body=body).status == 400
    assert not (desk.folder / "decisions.jsonl").exists()
