"""A whole study in a real browser, from `deid open` to a release, by keyboard where a reviewer decides."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from deid.review.desk import Desk
from deid.study.decisions import read_lines
from tests.audit.browser import FLAGS, axe_source, serious
from tests.chromium import find_chromium
from tests.invented import PASSPHRASE, again, fake_detector, two_sources
from tests.review.serving import serving

pytestmark = pytest.mark.browser

THIRD = """\
INT: And who else?

P03: Barnabas Quillfeather again, and Snapchattery Vane was loud. Some Zephyrine thing was odd. It lives near the sea.
Zephyrine did it. We all liked zephyrine then. That was in 2014, I had just started. I saw Leopold Brackwater too.
"""
ROSTER = """\
code,full_name,consent
P01,Wilhelmina Oddington,archive
P02,Ottoline Marchbanks,archive
P03,Rosalba Thwaite,archive
"""
DETECTOR = fake_detector()


@contextmanager
def browser(*, expected: str = "", **options: Any) -> Iterator[Any]:
    """A context of the system's Chromium whose pages may not have an error in their console."""
    api = pytest.importorskip("playwright.sync_api")
    chromium = find_chromium()
    assert chromium, "make test installs Chromium; or name one in DEID_CHROMIUM"
    with api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        context = running.new_context(**options)
        context.set_default_timeout(60_000)
        errors: list[str] = []
        context.on("weberror", lambda error: errors.append(str(error.error)))
        context.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        yield context
        running.close()
    assert not [error for error in errors if not expected or expected not in error], errors


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    study = tmp_path / "study"
    study.mkdir()
    (study / "deid.toml").write_text("[vault]\nmemory_mib = 64\npasses = 1\n", encoding="utf-8")
    sources = two_sources(tmp_path / "sources")
    (sources / "third.txt").write_text(THIRD, encoding="utf-8")
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    return study


def enter(context: Any, session: Any) -> Any:
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{session.port}/enter?token={session.token}")
    return page


def make_study(page: Any, tmp_path: Path) -> None:
    """The first screens: passphrase, roster, files, run."""
    page.fill("input[name=passphrase]", PASSPHRASE)
    page.fill("input[name=again]", PASSPHRASE)
    page.click("text=Make the study")
    page.fill("input[name=path]", str(tmp_path / "roster.csv"))
    page.click("text=Read it in")
    page.click("text=Choose files")
    page.fill("form.row input[name=path]", str(tmp_path / "sources"))
    page.click("form.row button")
    page.click("text=Read them now")
    page.wait_for_selector("caption")
    page.click("text=Open the queue")
    card_stands(page)
    settled(page)


def card_stands(page: Any, card: str = "#card") -> None:
    """Until it is there and hears keys."""
    page.wait_for_selector(card)
    listens(page)


def listens(page: Any) -> None:
    """Until its own script has run, which begins once all of the page has been read: keys pressed before are lost."""
    until(page, "typeof acts !== 'undefined'")


def until(page: Any, true: str) -> None:
    """Asks again and again: the page's own policy forbids a script that would wait for it inside."""
    asked = 0
    while not page.evaluate(true):
        asked += 1
        assert asked < 6000, f"a minute, and this was never so: {true}"
        page.wait_for_timeout(10)


def settled(page: Any) -> None:
    """Until everything that was sent has come back and is on the page."""
    listens(page)
    page.evaluate("acts")
    page.wait_for_selector("#state[data-settling=no]", state="attached")
    page.wait_for_load_state("networkidle")


def decided(page: Any) -> tuple[int, int]:
    words = page.inner_text("#progress-count").split()
    return int(words[0]), int(words[2])


def select(page: Any, words: str) -> None:
    """As a mouse would: from the first letter of these words to their last."""
    page.evaluate(
        """words => {
            const walk = document.createTreeWalker(document.querySelector('#transcript'), NodeFilter.SHOW_TEXT);
            while (walk.nextNode()) {
                const at = walk.currentNode.data.indexOf(words);
                if (at < 0) { continue; }
                getSelection().setBaseAndExtent(walk.currentNode, at, walk.currentNode, at + words.length);
                return;
            }
            throw new Error('not there');
        }""",
        words,
    )


def decide_queue(page: Any) -> int:
    """Every card by keyboard alone; how many decisions it took."""
    count = 0
    while page.locator("#card .acts .primary").count() and decided(page)[0] < decided(page)[1]:
        page.keyboard.press("Enter")
        if page.locator("#dialog-accept[open]").count():
            page.keyboard.press("4")
            page.keyboard.press("Enter")
        settled(page)
        count += 1
        assert count < 50
    return count


def test_a_whole_study(folder: Path, tmp_path: Path) -> None:
    with serving(folder, detector=DETECTOR, start="start") as (desk, session), browser() as context:
        page = enter(context, session)
        make_study(page, tmp_path)
        base = f"http://127.0.0.1:{session.port}"

        page.goto(f"{base}/transcript/P03-1")
        assert "Zephyrine" in page.inner_text("#transcript")
        assert page.inner_text("#main").startswith("P03-1"), "nothing stands above the heading that nobody said"
        select(page, "Zephyrine")
        page.keyboard.press("a")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        settled(page)
        assert "Zephyrine" not in page.inner_text("#transcript")

        select(page, "It lives near the sea.")
        page.keyboard.press("x")
        page.keyboard.press("2")
        page.keyboard.press("Enter")
        settled(page)
        assert "[Passage removed to protect a child]" in page.inner_text("#transcript")
        page.keyboard.press("u")
        settled(page)
        assert page.inner_text("#status") == "Taken back: take the passage out."
        assert "It lives near the sea." in page.inner_text("#transcript")
        page.keyboard.press("r")
        settled(page)
        assert "[Passage removed to protect a child]" in page.inner_text("#transcript")

        select(page, "was loud")
        page.keyboard.press("d")
        page.keyboard.type("made themselves heard")
        page.keyboard.press("Enter")
        settled(page)
        assert "[made themselves heard]" in page.inner_text("#transcript")

        merge_and_split(page, desk, base)

        page.goto(f"{base}/queue")
        offered = page.locator("#free-names option").all_inner_texts()
        assert offered and not {"Zephyrine", "Oddington"} & {word for name in offered for word in name.split()}
        before = decided(page)
        page.keyboard.press("Enter")
        settled(page)
        assert decided(page)[0] == before[0] + 1
        page.close()

        page = context.new_page()
        page.goto(f"{base}/queue")
        assert decided(page)[0] == before[0] + 1, "a closed tab loses nothing"
        decide_queue(page)
        assert decided(page)[0] == decided(page)[1]
        assert "Nothing is left" in page.inner_text("#card-title")
        page.keyboard.press("u")
        settled(page)
        assert decided(page)[0] == decided(page)[1] - 1, "the last answer can be taken back here too"
        page.keyboard.press("r")
        settled(page)
        assert decided(page)[0] == decided(page)[1]

        page.goto(f"{base}/second")
        assert "No question has two answers yet" in page.inner_text("#main")
        page.goto(f"{base}/release")
        assert "team only" not in page.inner_text("#main")
        while (
            page.locator("text=Sign off >> visible=true").count() and page.locator("button:text-is('Sign off')").count()
        ):
            page.locator("button:text-is('Sign off')").first.click()
            page.wait_for_selector(".said")
        page.click("button:text-is('Release')")
        page.wait_for_selector("text=Released")
        released = folder / "releases" / "archive" / "1"
        text = "".join(path.read_text(encoding="utf-8") for path in released.glob("*_archive.txt"))
        assert "[Passage removed to protect a child]" in text and "[made themselves heard]" in text
        for form in ("Zephyrine", "Quillfeather", "Oddington", "Snapchattery", "900123"):
            assert form not in text
        assert len(list(released.glob("*_archive.txt"))) == 3
        release_to_the_team(page, base, folder)
        storage = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
        assert storage == '[{},{},""]'
    nothing_written(folder)


def release_to_the_team(page: Any, base: str, folder: Path) -> None:
    """Each tier is read, signed off and released for itself, without leaving the page."""
    page.goto(f"{base}/release")
    page.select_option("select[name=tier]", "team")
    page.click("text=Show it as they will read it")
    page.wait_for_selector("h2:text-is('Make a release for the tier team')")
    assert "not signed off" in page.inner_text("tbody"), "what the archive may read says nothing about the team"
    page.goto(f"{base}/queue")
    settled(page)
    decide_queue(page)
    page.goto(f"{base}/release")
    for number, left in (("1", 2), ("2", 0)):
        while page.locator("button:text-is('Sign off')").count() > left:
            page.locator("button:text-is('Sign off')").first.click()
            page.wait_for_selector("text=Signed off.")
        page.click("button:text-is('Release')")
        page.wait_for_selector("text=Released without those" if left else "text=Released: the folder")
        assert len(list((folder / "releases" / "team" / number).glob("*_team.txt"))) == 3 - left


def merge_and_split(page: Any, desk: Desk, base: str) -> None:
    """One by the list of its category, one by ticking a mention; both are undone by nobody."""
    outcome = desk.review.rendered.outcome  # type: ignore[union-attr]
    by_form = {form: id for id, one in outcome.entries.items() for form in one.entity.forms}
    tokens = {form: outcome.entries[id].tokens["archive"] for form, id in by_form.items() if outcome.entries[id].tokens}
    page.goto(f"{base}/thing/{by_form['Snapchattery Vane']}")
    page.keyboard.press("m")
    page.wait_for_selector("#dialog-merge option", state="attached")
    page.select_option("#dialog-merge select", by_form["Leopold Brackwater"])
    page.keyboard.press("Enter")
    settled(page)
    now = desk.review.settled.outcome  # type: ignore[union-attr]
    both = [one for one in now.entries.values() if "Leopold Brackwater" in one.entity.forms]
    assert len(both) == 1 and "Snapchattery Vane" in both[0].entity.forms

    page.goto(f"{base}/thing/{by_form['Barnabas Quillfeather']}")
    page.keyboard.press("s")
    boxes = page.locator("#dialog-split input[type=checkbox]")
    assert boxes.count() == 4
    boxes.nth(1).check()
    page.locator("#dialog-split button[value=ok]").press("Enter")
    settled(page)
    text = desk.review.settled.gated["P01-1"].output.decode()  # type: ignore[union-attr]
    assert f"[{tokens['Barnabas Quillfeather']}]" in text
    assert f"[{tokens['Barnabas Quillfeather']}] rings" not in text and "Barnabas" not in text


def nothing_written(folder: Path) -> None:
    """No original anywhere in the study but in its vault; every line of the decisions is the study's own."""
    assert read_lines(again(folder))
    for path in folder.rglob("*"):
        if path.is_file() and not path.name.startswith(("vault.deid", "cache")):
            data = path.read_bytes().lower()
            for form in (b"quillfeather", b"zephyrine", b"snapchattery", b"oddington", b"900123", b"near the sea"):
                assert form not in data, (path.name, form)


def test_an_act_is_on_screen_at_once(folder: Path, tmp_path: Path) -> None:
    with serving(folder, detector=DETECTOR, start="start") as (desk, session), browser() as context:
        page = enter(context, session)
        make_study(page, tmp_path)
        before = page.get_attribute("#card", "data-id")
        with desk.lock:  # nothing is answered
            page.keyboard.press("Enter")
            until(page, f"document.querySelector('#card').dataset.id !== '{before}'")
        settled(page)


def test_originals_on_demand_and_once_in_the_log(folder: Path, tmp_path: Path) -> None:
    with serving(folder, detector=DETECTOR, start="start") as (desk, session), browser() as context:
        page = enter(context, session)
        make_study(page, tmp_path)
        who = next(
            id for id, one in desk.review.rendered.outcome.entries.items() if "Snapchattery Vane" in one.entity.forms
        )  # type: ignore[union-attr]
        page.goto(f"http://127.0.0.1:{session.port}/thing/{who}")
        settled(page)
        assert "Snapchattery" not in page.content()
        page.keyboard.down("h")
        page.wait_for_selector(".held")
        assert "Snapchattery Vane" in page.inner_text("#card")
        page.keyboard.up("h")
        assert "Snapchattery" not in page.content()
        for shown in (True, False, True):
            page.click("#originals")
            page.wait_for_selector(f"#state[data-originals={'yes' if shown else 'no'}]", state="attached")
            assert ("Snapchattery" in page.content()) is shown
        events = [event.action for event in desk.study.log.events()]  # type: ignore[union-attr]
        assert events.count("review_opened_with_originals") == 1


def test_a_held_key_shows_originals_of_whatever_is_at_hand(with_risks: Path, tmp_path: Path) -> None:
    with serving(with_risks, detector=DETECTOR, start="start") as (desk, session), browser() as context:
        page = enter(context, session)
        make_study(page, tmp_path)
        settled(page)
        base = f"http://127.0.0.1:{session.port}"
        kinds = set()
        for card in desk.review.cards():  # type: ignore[union-attr]
            page.goto(f"{base}/queue?card={card.id}")
            settled(page)
            page.keyboard.down("h")
            page.wait_for_selector("#card .held", state="attached")
            shown = page.locator("#card .held").all_inner_texts()
            page.keyboard.up("h")
            originals = {place.original for place in card.places if place.original}
            assert card.kind == "risk" or originals <= set(shown), card.kind
            assert not page.locator(".held").count()
            kinds.add(card.kind)
        assert {"risk", "list"} < kinds
        page.goto(f"{base}/queue?card={next(one.id for one in desk.review.cards() if one.whose == 'P01')}")  # type: ignore[union-attr]
        settled(page)
        page.click("text=The passages")
        page.keyboard.down("h")
        page.wait_for_selector(".passage .held")
        assert "Wilhelmina Oddington" in page.inner_text(".passage")
        page.keyboard.up("h")

        page.goto(f"{base}/transcript/P01-1")
        settled(page)
        page.locator(".segment", has_text="all over the papers").focus()
        page.keyboard.down("h")
        page.wait_for_selector(".held")
        assert "fourteen" in page.inner_text("#transcript")
        assert "Oddington" not in page.inner_text("#transcript"), "another turn's originals are not shown"
        page.keyboard.up("h")
        assert "fourteen" not in page.content()
        events = [event.action for event in desk.opened().log.events()]
        assert events.count("review_opened_with_originals") == 1


def test_two_tabs(folder: Path, tmp_path: Path) -> None:
    with (
        browser(expected="409") as context,
        serving(folder, detector=DETECTOR, start="start") as (_, session),
    ):
        one = enter(context, session)
        make_study(one, tmp_path)
        one.wait_for_selector("#state[data-settling=no]", state="attached")
        other = context.new_page()
        other.goto(one.url)
        one.keyboard.press("Enter")
        settled(one)
        other.keyboard.press("u")
        settled(other)
        assert "another window" in other.inner_text("#status")
        assert decided(other)[0] == decided(one)[0] == 1


TOLD = """\
INT: Could you say who you are?

P01: I'm Wilhelmina Oddington, I'm the named nurse, and I've been doing this work for twenty-seven years.

INT: What do you remember?

P01: It was all over the papers at the time. There was one girl, fourteen, from a village near the coast.

INT: And today?

P01: You could find it in five minutes if you googled it.
"""
POSTS = """\
code,full_name,role,base,tenure
P01,Wilhelmina Oddington,Named nurse,Maidstone,27 years
P02,Leopold Brackwater,Social worker,Dover,
"""


@pytest.fixture
def with_risks(folder: Path, tmp_path: Path) -> Path:
    (tmp_path / "sources" / "Wilhelmina first.txt").write_text(TOLD, encoding="utf-8")
    (tmp_path / "roster.csv").write_text(POSTS, encoding="utf-8")
    return folder


def test_what_is_left_is_seen_and_decided_by_keyboard(with_risks: Path, tmp_path: Path) -> None:
    with serving(with_risks, detector=DETECTOR, start="start") as (desk, session), browser() as context:
        page = enter(context, session)
        make_study(page, tmp_path)
        base = f"http://127.0.0.1:{session.port}"
        page.goto(f"{base}/release")
        assert "consent: team only" in page.inner_text("#main table"), (
            "a roster without consent is said before the work"
        )
        page.goto(f"{base}/")
        page.click("text=Look at the risk")
        assert "would name P01" in page.inner_text(".matrix")
        assert page.locator(".matrix .view").count() >= 4, "the colleague's view beside the stranger's"
        before = page.locator(".findings li:not(.done)").count()
        assert before >= 2
        page.locator(".findings a").first.focus()
        page.keyboard.press("Enter")
        card_stands(page, "#card.kind-risk #card-title:focus")
        reason = page.inner_text("#card .why").splitlines()[-1]
        page.keyboard.press("Enter")
        page.wait_for_selector("#dialog-accept[open]")
        page.keyboard.press("Enter")
        assert page.locator("#dialog-accept[open]").count(), "no reason is given by pressing Enter twice"
        page.keyboard.press("3")
        page.keyboard.press("Enter")
        settled(page)
        page.goto(f"{base}/risk")
        assert page.locator(".findings li:not(.done)").count() < before
        assert reason in page.inner_text(".findings .done")
        lines = [line for line in read_lines(desk.opened()) if line.verdict == "accept_risk"]
        assert [line.reason for line in lines] == ["agreed with the ethics board"]

        found = page.locator(".findings li:not(.done) a", has_text="papers").or_(
            page.locator(".findings li:not(.done) a", has_text="news")
        )
        found.first.click()
        card_stands(page, "#card.kind-risk .segment")
        page.locator("#card .segment").first.focus()
        page.keyboard.press("x")
        page.keyboard.press("2")
        page.keyboard.press("Enter")
        settled(page)
        text = desk.review.settled.gated["P01-1"].output.decode()  # type: ignore[union-attr]
        assert "assage removed to protect a child" in text and "papers" not in text


def test_a_plan_is_carried_out_and_alike_findings_are_accepted_together(with_risks: Path, tmp_path: Path) -> None:
    with serving(with_risks, detector=DETECTOR, start="start") as (desk, session), browser() as context:
        page = enter(context, session)
        make_study(page, tmp_path)
        page.goto(f"http://127.0.0.1:{session.port}/risk")
        plan = page.inner_text("table[class=matrix] >> nth=1")
        assert "27 years" in plan and "P01-1 turn 2" in plan
        assert "with the whole plan, " in page.inner_text(".intruder")
        page.locator("th[scope=rowgroup] a", has_text="P01").click()
        card_stands(page, "#card.kind-risk .plan")
        assert "What singles out P01" in page.inner_text("#card-title")
        steps = page.locator("#card .plan input[name=step]")
        assert steps.count() >= 2
        steps.first.uncheck()
        page.locator("#card-title").focus()
        page.keyboard.press("e")
        settled(page)
        settled_text = desk.review.settled.gated["P01-1"].output.decode()  # type: ignore[union-attr]
        assert "[some years]" in settled_text and "twenty-seven" not in settled_text
        assert len([line for line in read_lines(desk.opened()) if line.verdict == "describe_here"]) >= 1
        page.keyboard.press("u")
        settled(page)
        assert "Taken back: replace it by a description, in this place only." in page.inner_text("#status")
        assert "twenty-seven" in desk.review.settled.gated["P01-1"].output.decode()  # type: ignore[union-attr]

        page.locator(".list a", has_text="Passages that lead to somebody in P01-1").click()
        card_stands(page, "#card.kind-risk input[name=finding]")
        ticks = page.locator("#card input[name=finding]")
        count = ticks.count()
        assert count >= 2
        ticks.first.uncheck()
        for left in (1, 0):  # without the one that is not ticked; then that one
            page.locator("#card-title").focus()
            page.keyboard.press("Enter")
            page.keyboard.press("3")
            page.keyboard.press("Enter")
            settled(page)
            accepted = [line for line in read_lines(desk.opened()) if line.verdict == "accept_risk"]
            assert len(accepted) == count - left
            assert page.locator("#card input[name=finding]").count() == 0, "one that is left has no tick"


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    return axe_source(tmp_path_factory.mktemp("axe"))


@pytest.mark.parametrize(("scheme", "width"), [("light", 1200), ("dark", 1200), ("light", 360), ("dark", 360)])
def test_axe_finds_nothing_serious(with_risks: Path, tmp_path: Path, axe: str, scheme: str, width: int) -> None:
    size = {"width": width, "height": 900}
    with (
        browser(color_scheme=scheme, viewport=size, bypass_csp=True, reduced_motion="reduce") as context,
        serving(with_risks, detector=DETECTOR, start="start") as (_, session),
    ):
        page = enter(context, session)
        found = serious(page, axe)
        make_study(page, tmp_path)
        base = f"http://127.0.0.1:{session.port}"
        for path in (
            "/",
            "/queue",
            "/transcripts",
            "/transcript/P01-1",
            "/release",
            "/files",
            "/report",
            "/risk",
            "/second",
            "/people",
            "/key",
        ):
            page.goto(base + path)
            found += [f"{path} {one}" for one in serious(page, axe)]
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} scrolls sideways"
        page.goto(base + "/risk")
        page.locator(".findings a").first.click()
        card_stands(page, "#card.kind-risk #card-title:focus")
        for key, name in (("Enter", "accept"), ("?", "help"), ("o", "note")):
            page.keyboard.press(key)
            page.wait_for_selector(f"#dialog-{name}[open]")
            found += [f"{name} {one}" for one in serious(page, axe)]
            page.keyboard.press("Escape")
        assert found == []
