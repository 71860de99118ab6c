"""In a real browser: a key that is held, a server that dies, a study that is locked elsewhere."""

import json
from pathlib import Path
from typing import Any

import pytest

from deid.study.decisions import in_force, read_lines
from tests.review.test_foreseen_on_screen import reviewing
from tests.review.test_whole_study import decided, settled

pytestmark = pytest.mark.browser


def hold(page: Any, key: str) -> None:
    for _ in range(60):
        page.keyboard.down(key)  # every one after the first is the key's repeat
    page.keyboard.up(key)
    settled(page)


def test_a_key_that_is_held_acts_once(tmp_path: Path) -> None:
    with reviewing(tmp_path) as (page, desk, _):
        hold(page, "Enter")
        assert len({line.values["group"] for line in read_lines(desk.opened())}) == 1
        for _ in range(2):
            page.evaluate("send('/act', {act: 'note', words: 'read twice'}, here())")
        settled(page)
        hold(page, "u")
        left = [line.verdict for line in in_force(read_lines(desk.opened()))]
        assert left.count("note") == 1, "one is taken back"


def test_a_server_that_dies_leaves_nothing_shown_as_done(tmp_path: Path) -> None:
    with reviewing(tmp_path) as (page, desk, _):
        card, before = page.inner_text("#card h1"), len(read_lines(desk.opened()))
        page.evaluate("() => { own = window.fetch; window.fetch = async () => { throw new TypeError('gone'); }; }")
        page.keyboard.press("Enter")
        page.evaluate("acts")
        assert "may not be done" in page.inner_text("#status")
        assert page.inner_text("#card h1") == card, "what stood there before the act that was not answered"
        page.evaluate("() => { window.fetch = own; }")
        page.keyboard.press("Enter")
        settled(page)
        assert page.inner_text("#card h1") != card and len(read_lines(desk.opened())) > before


_FAILS_TO_ANSWER = """() => {
    const own = window.fetch;
    const error = () => new Response('Internal Server Error', {status: 500});
    window.fetch = async (path, asked) => path === '/act' ? error() : own(path, asked);
}"""


def test_an_answer_that_is_no_answer_shows_what_the_server_has(tmp_path: Path) -> None:
    with reviewing(tmp_path) as (page, desk, _):
        done, before = decided(page)[0], len(read_lines(desk.opened()))
        page.evaluate(_FAILS_TO_ANSWER)
        page.keyboard.press("Enter")
        page.evaluate("acts")
        assert "may not be done" in page.inner_text("#status")
        assert decided(page)[0] == done and len(read_lines(desk.opened())) == before


def test_originals_go_from_the_screen_when_the_key_has_gone(tmp_path: Path) -> None:
    with reviewing(tmp_path) as (page, desk, base):
        page.goto(f"{base}/transcript/P03-1")
        page.click("#originals")
        page.wait_for_selector("#transcript .original")
        desk.last -= desk.idle_seconds + 1
        assert desk.lock_if_idle()
        page.wait_for_selector("input[name=passphrase]")
        assert "Quillfeather" not in page.content()
        stored = page.evaluate(
            "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, history.state])"
        )
        assert json.loads(stored) == [{}, {}, "", None]
