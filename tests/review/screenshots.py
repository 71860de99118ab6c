"""Takes the pictures of docs/guides/review.md, of the invented interviews of the examples.

python -m tests.review.screenshots docs/guides/images
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.invented import fake_detector
from tests.review.serving import serving
from tests.review.test_whole_study import POSTS, THIRD, TOLD, browser, enter, make_study, settled, two_sources

SIZES = {"light": (1180, 800), "dark": (1180, 800), "narrow": (390, 840)}


def main(target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for name, (width, height) in SIZES.items():
        with tempfile.TemporaryDirectory() as folder:
            scheme = "dark" if name == "dark" else "light"
            size = {"width": width, "height": height}
            with browser(color_scheme=scheme, viewport=size, reduced_motion="reduce") as context:
                _take(context, Path(folder), target, name)


def _take(context: Any, folder: Path, target: Path, name: str) -> None:
    study = folder / "study"
    study.mkdir()
    (study / "deid.toml").write_text("[vault]\nmemory_mib = 64\npasses = 1\n", encoding="utf-8")
    sources = two_sources(folder / "sources")
    (sources / "third.txt").write_text(THIRD, encoding="utf-8")
    (sources / "fourth.txt").write_text(TOLD, encoding="utf-8")
    (folder / "roster.csv").write_text(POSTS, encoding="utf-8")
    with serving(study, detector=fake_detector(), start="start") as (desk, session):
        base = f"http://127.0.0.1:{session.port}"
        page = enter(context, session)
        shot(page, target, f"review_new_{name}")
        make_study(page, folder)
        shot(page, target, f"review_queue_{name}")
        page.keyboard.press("Enter")
        settled(page)
        page.wait_for_timeout(4000)
        page.goto(base + "/")
        shot(page, target, f"review_study_{name}")
        page.goto(base + "/transcript/P03-1")
        shot(page, target, f"review_transcript_{name}")
        who = next(id for id, one in desk.review.rendered.outcome.entries.items() if len(one.entity.forms) > 1)  # type: ignore[union-attr]
        page.goto(f"{base}/thing/{who}")
        shot(page, target, f"review_thing_{name}")
        page.keyboard.press("k")
        shot(page, target, f"review_keep_{name}")
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        shot(page, target, f"review_keys_{name}")
        page.goto(base + "/risk")
        shot(page, target, f"review_risk_{name}")
        page.locator(".findings a").first.click()
        page.wait_for_selector("#card.kind-risk")
        shot(page, target, f"review_finding_{name}")
        page.goto(base + "/people")
        shot(page, target, f"review_people_{name}")
        page.goto(base + "/key")
        shot(page, target, f"review_key_{name}")
        page.goto(base + "/second")
        shot(page, target, f"review_second_{name}")
        page.goto(base + "/release")
        shot(page, target, f"review_release_{name}")


def shot(page: Any, target: Path, name: str) -> None:
    page.screenshot(path=target / f"{name}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
