"""Every route of the page: who is let in, and what becomes of what no page would send. Nothing ends in a crash."""

import json
import re
import urllib.parse
from collections.abc import Mapping

import pytest

from deid.review import forms, screens
from deid.review.desk import Desk
from deid.review.security import Session
from tests.review.test_attacks import ask, page, ready

__all__ = ["page"]
SCREENS = tuple(re.sub(r"{\w+}", "P01-1", path) for path in screens.SCREENS)
POSTS = (*forms.FORMS, *forms.CALLS)


@pytest.mark.parametrize("path", POSTS)
def test_what_changes_something_needs_cookie_origin_token_and_post(page: tuple[Desk, Session], path: str) -> None:
    desk, session = page
    before = (desk.folder / "audit.jsonl").read_bytes()
    body = b"{}" if path in forms.CALLS else f"csrf={session.csrf}&code=P01&again=P01&consent=none&sure=yes".encode()
    for status, headers in (
        (401, {"cookie": f"{session.cookie_name}=wrong"}),
        (403, {"origin": "http://evil.example"}),
        (403, {"origin": "null"}),
        (403, {"origin": ""}),
        (403, {"host": "evil.example"}),
        (403, {"sec_fetch_site": "cross-site"}),
    ):
        assert ask(session, "POST", path, body=body, **headers).status == status, headers
    assert ask(session, "GET", f"{path}?csrf={session.csrf}").status == 405
    without = {"x_csrf": ""} if path in forms.CALLS else {}
    body = body if path in forms.CALLS else b"code=P01&again=P01&consent=none&sure=yes"
    assert ask(session, "POST", path, body=body, **without).status == 403
    assert (desk.folder / "audit.jsonl").read_bytes() == before
    assert desk.study is not None


@pytest.mark.parametrize("path", SCREENS)
def test_every_screen_needs_the_cookie_and_is_kept_nowhere(page: tuple[Desk, Session], path: str) -> None:
    desk, session = page
    ready(desk, session)
    assert ask(session, "GET", path, cookie="").status == 401
    assert ask(session, "GET", path, host="evil.example").status == 403
    assert ask(session, "HEAD", path).status == 405
    answer = ask(session, "GET", path)
    assert answer.status < 500
    assert answer.getheader("cache-control") == "no-store"


ODD = (
    "", "~nobody-of-this-name/x", "\0", "../../etc/passwd", "x" * 5000, "9" * 5000, "\u202e",
    "<script>alert(1)</script>",
    "/" + "a" * 300, "'\"><img src=x>", "²",
)  # fmt: skip


@pytest.mark.parametrize("path", [path for path in forms.FORMS if path not in ("/lock", "/run", "/make-sheet")])
def test_odd_words_in_a_form_are_refused_and_not_run(page: tuple[Desk, Session], path: str) -> None:
    desk, session = page
    ready(desk, session)
    names = (
        "path",
        "code",
        "name",
        "again",
        "consent",
        "form",
        "custodian",
        "tier",
        "recipient",
        "reviewer",
        "passphrase",
    )
    for odd in ODD:
        values = {"csrf": session.csrf, "back": odd, **dict.fromkeys(names, odd)}
        answer = ask(session, "POST", path, body=urllib.parse.urlencode(values).encode())
        assert answer.status in (303, 409), (odd[:20], answer.status)
        text = answer.text  # type: ignore[attr-defined]
        assert "<script>alert" not in text and "<img src=x>" not in text and "Traceback" not in text


@pytest.mark.parametrize(
    "path", ["/files?at=", "/transcript/P01-1?page=", "/transcript/P01-1?at=", "/queue?card=", "/wait?to="]
)
def test_odd_words_in_an_address_are_shown_as_words(page: tuple[Desk, Session], path: str) -> None:
    desk, session = page
    ready(desk, session)
    for odd in ODD:
        answer = ask(session, "GET", path + urllib.parse.quote(odd))
        assert answer.status < 500, odd[:20]
        assert "<script>alert" not in answer.text  # type: ignore[attr-defined]


def test_odd_values_in_an_act_are_refused(page: tuple[Desk, Session]) -> None:
    desk, session = page
    ready(desk, session)
    log = (desk.folder / "audit.jsonl").read_bytes()
    odd = (
        '{"act":"remove","reason":"to protect a child","places":[["P01-1",Infinity,0,4]]}',
        '{"act":"remove","reason":"to protect a child","places":[["P01-1",-1,0,4]]}',
        '{"act":"remove","reason":"to protect a child","places":[["P01-1",0,4,4]]}',
        '{"act":"remove","reason":"to protect a child","places":[[["P01-1"],0,0,4]]}',
        '{"act":"remove","reason":"to protect a child","places":[["P01-1",0,0,1e999]]}',
        '{"act":"note","words":"\\ud800"}',
        '{"act":"add","category":"PERSON","words":"\\udfff"}',
        '{"act":"pseudonym","entity":"\\ud800","words":"a"}',
        '{"act":["note"],"words":{}}',
        '{"act":"close","list":"\\ud800","doubts":"a"}',
        '{"act":"second","reason":"keep","doubts":"\\ud800"}',
        '{"act":"mend","steps":["x",1,null]}',
        '{"act":"accept","reason":"public","doubts":"x"}',
        '{"act":"flag","code":"\\ud800"}',
        '{"act":"merge","entity":{},"other":[]}',
    )  # fmt: skip
    for body in odd:
        for path in ("/act", "/undo", "/redo"):
            if path != "/act" and '"places"' not in body:
                continue
            answer = ask(session, "POST", path, body=body.encode())
            assert answer.status in ((200, 409) if path != "/act" else (400, 409)), (path, body, answer.status)
    assert (desk.folder / "audit.jsonl").read_bytes() == log
    for values in (
        {"act": "flag", "code": "P01-1", "turn": -1}, {"act": "flag", "code": "P01-1", "turn": 10**30},
        {"act": "close", "list": "Quillfeather"}, {"act": "close", "list": ""},
    ):  # fmt: skip
        assert ask(session, "POST", "/act", body=now(desk, values)).status == 409, values
    assert (desk.folder / "audit.jsonl").read_bytes() == log
    page_9 = "/transcript/P01-1?page=" + "9" * 5000
    for then in (page_9, "/nowhere", "//evil.example", "/wait?to=//x", "/thing/%00", "/key"):
        answer = ask(session, "POST", "/act", body=now(desk, {"act": "note", "words": "read", "then": then}))
        assert answer.status == 200, (then[:30], answer.text)  # type: ignore[attr-defined]


def now(desk: Desk, values: Mapping[str, object]) -> bytes:
    assert desk.review is not None
    return json.dumps({**values, "revision": desk.review.revision}).encode()


def test_originals_are_asked_for_in_places_that_are_there(page: tuple[Desk, Session]) -> None:
    desk, session = page
    ready(desk, session)
    for body in (
        '{"places":[["P01-1",999,0,4]]}', '{"places":[["P01-1",0,0,100000]]}', '{"places":[["P01-1",Infinity,0,4]]}',
        '{"places":5}', '{"places":[],"things":[{},"\\ud800"]}', '{"on":"yes"}',
    ):  # fmt: skip
        assert ask(session, "POST", "/originals", body=body.encode()).status in (200, 400, 409), body
    assert ask(session, "GET", "/queue").status == 200


def test_originals_of_a_locked_study_are_not_told(page: tuple[Desk, Session]) -> None:
    desk, session = page
    ready(desk, session)
    desk.forget()
    for body in (b'{"on":true}', b'{"places":[["P01-1",1,0,4]]}'):
        answer = ask(session, "POST", "/originals", body=body)
        assert answer.status == 409 and "Barnabas" not in answer.text  # type: ignore[attr-defined]


def test_a_name_stands_in_no_address_title_or_file(page: tuple[Desk, Session]) -> None:
    desk, session = page
    ready(desk, session)
    assert ask(session, "POST", "/originals", body=b'{"on":true}').status == 200
    for path in SCREENS:
        answer = ask(session, "GET", path)
        text = answer.text  # type: ignore[attr-defined]
        titles = re.findall(r"<title>(.*?)</title>", text) + re.findall(r'href="([^"]*)"', text)
        assert not any("Quillfeather" in one for one in titles), path
    for file in desk.folder.rglob("*"):
        assert not file.is_file() or b"Quillfeather" not in file.read_bytes(), file
