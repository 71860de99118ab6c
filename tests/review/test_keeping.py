"""The key, the participants and the second reviewer on the page, in a real browser: nothing of it needs a terminal."""

import re
from pathlib import Path
from typing import Any

import pytest

from deid.study.decisions import read_lines
from tests.audit.browser import axe_source, serious
from tests.invented import PASSPHRASE, fake_detector
from tests.review.serving import serving
from tests.review.test_whole_study import (
    browser,
    card_stands,
    decide_queue,
    decided,
    enter,
    folder,
    listens,
    make_study,
    settled,
)

pytestmark = pytest.mark.browser
DETECTOR = fake_detector()
SIGNS = re.compile(r"(?:[0-9A-HJKMNP-Z]{5}-){3}[0-9A-HJKMNP-Z]{5}")
__all__ = ["folder"]


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    return axe_source(tmp_path_factory.mktemp("axe"))


def unlock(page: Any, words: str, reviewer: str, *, second: bool = False) -> None:
    page.click("text=Lock")
    page.fill("input[name=passphrase]", words)
    page.fill("input[name=reviewer]", reviewer)
    page.set_checked("input[name=second]", second)
    page.click("button:text-is('Open')")
    page.wait_for_load_state("networkidle")


def test_a_recovery_sheet_is_shown_once_and_opens_the_study(folder: Path, tmp_path: Path, axe: str) -> None:
    with serving(folder, detector=DETECTOR, start="start") as (desk, session), browser(bypass_csp=True) as context:
        page = enter(context, session)
        make_study(page, tmp_path)
        base = f"http://127.0.0.1:{session.port}"
        page.goto(base)
        listens(page)
        page.click("text=print a recovery sheet")
        page.click("button:text-is('Make a recovery sheet')")
        sheet = page.inner_text(".sheet")
        halves = SIGNS.findall(sheet)
        assert "RECOVERY SHEET" in sheet and len(halves) == 2
        assert serious(page, axe) == []
        page.emulate_media(media="print")
        assert not page.is_visible("header") and not page.is_visible("[data-print]") and page.is_visible(".sheet")
        page.emulate_media(media="screen")
        page.reload()
        assert not page.locator(".sheet").count(), "it is shown once"
        assert "recovery sheet" in page.inner_text("table")
        assert serious(page, axe) == []
        for path in folder.rglob("*"):
            assert not path.is_file() or halves[0].encode() not in path.read_bytes(), path
        unlock(page, "-".join(halves).lower(), "R1")
        assert desk.study is not None, "typed where the passphrase is asked for"
        page.goto(f"{base}/key")
        page.click("button:text-is('Take back')")
        assert "recovery sheet" not in page.inner_text("table")
        events = [event.action for event in desk.opened().log.events()]
        assert {"recipient_added", "recipient_removed"} <= set(events)


def test_consent_and_withdrawal(folder: Path, tmp_path: Path, axe: str) -> None:
    with (
        serving(folder, detector=DETECTOR, start="start") as (desk, session),
        browser(bypass_csp=True, expected="409") as context,
    ):
        page = enter(context, session)
        make_study(page, tmp_path)
        base = f"http://127.0.0.1:{session.port}"
        page.goto(base)
        listens(page)
        page.click("text=Participants: consent and withdrawal")
        assert "P01" in page.inner_text("table") and "an archive" in page.inner_text("table")
        assert "Oddington" not in page.content(), "codes, and no names"
        assert serious(page, axe) == []
        consent = page.locator("form[action='/consent']")
        consent.locator("select[name=code]").select_option("P02")
        consent.locator("select[name=consent]").select_option("team")
        consent.locator("button").click()
        assert "tick that you know it" in page.inner_text("#main")
        page.click("a.button:text-is('Back')")
        consent.locator("select[name=code]").select_option("P02")
        consent.locator("select[name=consent]").select_option("team")
        consent.locator("input[name=form]").fill("F-17")
        consent.locator("input[name=sure]").check()
        consent.locator("button").click()
        page.wait_for_selector(".said")
        assert next(one.consent for one in desk.opened().contents.roster if one.code == "P02") == "team"

        withdrawal = page.locator("form[action='/withdraw']")
        withdrawal.locator("select[name=code]").select_option("P01")
        withdrawal.locator("input[name=again]").fill("P02")
        withdrawal.locator("button").click()
        assert "once more" in page.inner_text("#main") and "P01-1" in codes(desk)
        page.click("a.button:text-is('Back')")
        withdrawal.locator("select[name=code]").select_option("P01")
        withdrawal.locator("input[name=again]").fill("P01")
        withdrawal.locator("button").click()
        page.wait_for_selector("text=CERTIFICATE OF WITHDRAWAL")
        assert "others speak of P01 there" in page.inner_text("#main")
        assert "P01-1" not in codes(desk) and not list((folder / "drafts").glob("P01-1*"))
        page.fill("form[action='/custodian'] input[name=custodian]", "data manager")
        page.click("button:text-is('On record')")
        assert "[x] data-manager" in page.inner_text("pre >> nth=0")
        assert serious(page, axe) == []
        assert (folder / "certificates" / "withdrawal_P01.txt").exists()
        actors = {
            one.actor for one in desk.opened().log.events() if one.action in ("withdrawal_intent", "consent_changed")
        }
        assert actors == {"R1"}
        page.goto(f"{base}/queue")
        card_stands(page)


def codes(desk: Any) -> list[str]:
    return [source.code for source in desk.opened().contents.sources]


def test_a_second_reviewer_from_the_page(folder: Path, tmp_path: Path, axe: str) -> None:
    with (
        serving(folder, detector=DETECTOR, start="start") as (desk, session),
        browser(bypass_csp=True, expected="409") as context,
    ):
        page = enter(context, session)
        make_study(page, tmp_path)
        base = f"http://127.0.0.1:{session.port}"
        decide_queue(page)
        unlock(page, PASSPHRASE, "R1", second=True)
        assert "R1 has decided in this study" in page.inner_text("#main") and desk.study is None
        page.click("a.button:text-is('Back')")
        page.fill("input[name=passphrase]", PASSPHRASE)
        page.fill("input[name=reviewer]", "R2")
        page.check("input[name=second]")
        page.click("button:text-is('Open')")
        page.goto(f"{base}/queue")
        card_stands(page)
        settled(page)
        done, total = decided(page)
        assert done < total, "nothing of the first reviewer's answers is told"
        for key in ("k", *["Enter"] * (total - done)):
            if page.locator("#card [data-act=second-keep]").count():
                page.keyboard.press(key)
                settled(page)
        assert {line.reviewer for line in read_lines(desk.opened()) if line.verdict == "second"} == {"R2"}

        unlock(page, PASSPHRASE, "R3")
        page.goto(f"{base}/second")
        page.wait_for_selector("#main table")
        assert re.search(r"agree on \d+ % of them and disagree on [12]", page.inner_text("#main"))
        assert serious(page, axe) == []
        page.locator("#main table a").first.click()
        card_stands(page)
        assert "Two reviewers differ" in page.inner_text("#card") and "it may stay as it was" in page.inner_text(
            "#card"
        )
        page.keyboard.press("Enter")
        settled(page)
        page.goto(f"{base}/second")
        assert (
            re.search(r"of which (1 is|2 are) resolved", page.inner_text("#main"))
            and not page.locator("#main table").count()
        )
        page.click("text=Put the figures on record")
        assert [one.action for one in desk.opened().log.events()].count("agreement") == 1
