"""What an act changes stands on the screen before the server has answered, and is taken back where it refuses."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from deid.review.desk import Desk
from tests.invented import new_study, two_sources
from tests.review.serving import serving
from tests.review.test_whole_study import DETECTOR, THIRD, browser, card_stands, decided, enter, select, settled, until
from tests.study.review.test_reviewing import read

pytestmark = pytest.mark.browser


@contextmanager
def reviewing(tmp_path: Path, *, expected: str = "") -> Iterator[tuple[Any, Desk, str]]:
    """A page on the queue of a study that was run, its desk, and the page's address."""
    study = new_study(tmp_path / "study")
    sources = two_sources(tmp_path / "sources")
    (sources / "third.txt").write_text(THIRD, encoding="utf-8")
    read(study, sources)
    with (
        serving(study.folder, study, DETECTOR, start="queue") as (desk, session),
        browser(expected=expected) as context,
    ):
        page = enter(context, session)
        card_stands(page)
        page.wait_for_load_state()
        settled(page)
        yield page, desk, f"http://127.0.0.1:{session.port}"


# Held in the page itself: while the browser's own interception was switched on and off under a page that goes on
# asking, a request once never came; nothing else was found that could have kept it.
_HOLD = """() => {
    const own = window.fetch;
    window.fetch = async (path, asked) => {
        if (asked?.method === 'POST') {
            window.fetch = own;
            await new Promise(go => { window.letGo = go; });
            delete window.letGo;
        }
        return own(path, asked);
    };
}"""


def unanswered(page: Any, do: Callable[[], object]) -> str:
    """What the page shows once this was done, while what it sends is held back; then it is let through."""
    page.evaluate(_HOLD)
    do()
    until(page, "'letGo' in window")
    shown: str = page.inner_text("#main")
    page.evaluate("letGo()")
    settled(page)
    return shown


def entity(desk: Desk, form: str) -> str:
    outcome = desk.review.rendered.outcome  # type: ignore[union-attr]
    return next(id for id, one in outcome.entries.items() if form in one.entity.forms)


def in_dialog(page: Any, key: str, fill: Callable[[], object]) -> None:
    page.keyboard.press(key)
    page.wait_for_selector("dialog[open]")
    fill()
    page.locator("dialog[open] button[value=ok]").press("Enter")


def test_words_in_a_transcript(tmp_path: Path) -> None:
    with reviewing(tmp_path) as (page, _, base):
        page.goto(f"{base}/transcript/P03-1")

        def act(words: str, key: str, fill: Callable[[], object] = lambda: None) -> str:
            select(page, words)
            return unanswered(page, lambda: in_dialog(page, key, fill))

        shown = act("Zephyrine", "a")
        assert "Some […] thing was odd" in shown
        assert "zephyrine" not in page.inner_text("#main").lower(), "elsewhere once the server has found it"
        shown = act("was loud", "d", lambda: page.keyboard.type("made themselves heard"))
        assert "[made themselves heard]. Some" in shown and "was loud" not in shown
        shown = act("It lives near the sea.", "x", lambda: page.keyboard.press("2"))
        assert "assage removed to protect a child]" in shown and "near the sea" not in shown
        assert "near the sea" in unanswered(page, lambda: page.keyboard.press("u"))
        shown = unanswered(page, lambda: page.keyboard.press("r"))
        assert "assage removed to protect a child]" in shown and "near the sea" not in shown
        assert "near the sea" not in page.inner_text("#main"), "as the server says too"


def test_a_thing_and_its_mentions(tmp_path: Path) -> None:
    with reviewing(tmp_path) as (page, desk, base):
        page.goto(f"{base}/thing/{entity(desk, 'Barnabas Quillfeather')}")
        before = page.locator("#card .places > .place:visible").count()
        token = page.inner_text("#card-title")

        shown = unanswered(page, lambda: in_dialog(page, "p", lambda: page.keyboard.press("1")))
        assert "child" in shown.lower().splitlines()[0:3]
        shown = unanswered(
            page, lambda: in_dialog(page, "n", lambda: page.fill("#dialog-pseudonym input[name=words]", "Rowan Birch"))
        )
        assert "Rowan Birch" in shown and token not in shown
        places: list[int] = []

        def split() -> None:
            boxes = page.locator("#dialog-split input[type=checkbox]")
            boxes.nth(1).check()

        def count() -> None:
            in_dialog(page, "s", split)
            places.append(page.locator("#card .places > .place:visible").count())

        unanswered(page, count)
        assert places == [before - 1] == [page.locator("#card .places > .place:visible").count()]
        unanswered(page, lambda: page.keyboard.press("u"))
        assert page.locator("#card .places > .place:visible").count() == before
        shown = unanswered(page, lambda: in_dialog(page, "c", lambda: page.keyboard.press("3")))
        assert "[…]" in shown and "Rowan Birch" not in shown


def test_an_undo_shows_the_card_before(tmp_path: Path) -> None:
    with reviewing(tmp_path) as (page, _, _):
        title = page.inner_text("#card-title")
        page.keyboard.press("Enter")
        settled(page)
        after = page.inner_text("#card-title")
        assert after != title and decided(page)[0] == 1
        assert title in unanswered(page, lambda: page.keyboard.press("u"))
        assert page.inner_text("#card-title") == title and decided(page)[0] == 0, "as the server says too"
        assert after in unanswered(page, lambda: page.keyboard.press("r"))
        assert page.inner_text("#card-title") == after and decided(page)[0] == 1


def test_what_is_refused_is_taken_back(tmp_path: Path) -> None:
    with reviewing(tmp_path, expected="409") as (page, desk, base):
        page.goto(f"{base}/thing/{entity(desk, 'Barnabas Quillfeather')}")
        token = page.inner_text("#card-title")
        fill = lambda: page.fill("#dialog-pseudonym input[name=words]", "Wilhelmina Oddington")  # noqa: E731
        shown = unanswered(page, lambda: in_dialog(page, "n", fill))
        assert "Wilhelmina Oddington" in shown, "as it was asked for"
        assert page.inner_text("#card-title") == token
        assert "identif" in page.inner_text("#status") or "name" in page.inner_text("#status")
        assert not desk.review.lines()  # type: ignore[union-attr]


def test_two_tabs_take_back_nothing_of_each_other(tmp_path: Path) -> None:
    with reviewing(tmp_path, expected="409") as (page, _, base):
        page.keyboard.press("Enter")
        settled(page)
        other = page.context.new_page()
        other.goto(f"{base}/queue")
        other.keyboard.press("u")
        settled(other)
        assert decided(other)[0] == 0
        page.keyboard.press("u")
        settled(page)
        assert "another window" in page.inner_text("#status")
        assert decided(page)[0] == 0
        page.keyboard.press("r")
        settled(page)
        assert decided(page)[0] == 1, "what this page had remembered is forgotten, and it goes on from what is"


def test_an_act_of_another_tab_is_not_taken_for_ones_own(tmp_path: Path) -> None:
    with reviewing(tmp_path) as (page, _, base):
        page.keyboard.press("Enter")
        settled(page)
        own = page.inner_text("#card-title")
        other = page.context.new_page()
        other.goto(f"{base}/queue")
        card_stands(other)
        in_dialog(other, "o", lambda: other.keyboard.insert_text("read twice"))
        settled(other)
        with page.expect_response("**/queue*"):
            page.keyboard.press("j")  # this tab looks again, and so knows what the other one did
        settled(page)
        before = page.inner_text("#main")
        assert unanswered(page, lambda: page.keyboard.press("u")) == before, "it waits for what the server says"
        assert page.inner_text("#card-title") == own and decided(page)[0] == 1, "the note was taken back"


def test_hidden_originals_do_not_come_back_with_an_undo(tmp_path: Path) -> None:
    with reviewing(tmp_path) as (page, desk, base):
        page.goto(f"{base}/thing/{entity(desk, 'Snapchattery Vane')}")
        page.click("#originals")
        page.wait_for_selector("#state[data-originals=yes]", state="attached")
        in_dialog(page, "p", lambda: page.keyboard.press("1"))
        settled(page)
        page.click("#originals")
        page.wait_for_selector("#state[data-originals=no]", state="attached")
        assert "Snapchattery" not in unanswered(page, lambda: page.keyboard.press("u"))
