"""Takes the pictures of docs/guides/ethics_board.md, of an invented study.

python -m tests.audit.screenshots docs/guides/images
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

from deid.audit.report import render_report, verify_page
from deid.audit.verify import anchor_of, verify
from tests.audit.browser import open_page
from tests.audit.sample import sample_facts, whole_study


def main(target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        study = whole_study(Path(folder) / "study")
        (Path(folder) / "verify.html").write_bytes(verify_page())
        (Path(folder) / "report.html").write_text(render_report(sample_facts(study)), encoding="utf-8")
        release = study.folder / "releases/archive/1"
        anchor = anchor_of(verify(release / "audit.jsonl"))
        for scheme in ("light", "dark"):
            with open_page(color_scheme=scheme, viewport={"width": 1000, "height": 760}) as page:
                page.goto((Path(folder) / "report.html").as_uri())
                page.screenshot(path=target / f"ethics_board_report_{scheme}.png")
                page.locator("#counts").scroll_into_view_if_needed()
                page.evaluate("document.getElementById('counts').scrollIntoView()")
                page.screenshot(path=target / f"ethics_board_counts_{scheme}.png")
        with open_page(color_scheme="light", viewport={"width": 1000, "height": 900}) as page:
            page.goto((Path(folder) / "verify.html").as_uri())
            _check(page, sorted(release.iterdir()), anchor)
            page.screenshot(path=target / "ethics_board_good.png", full_page=True)
            altered = Path(folder) / "R07-1_archive.txt"
            altered.write_bytes((release / altered.name).read_bytes().replace(b"East Kent 4", b"West Kent 4"))
            files = [altered if path.name == altered.name else path for path in sorted(release.iterdir())]
            _check(page, files, "")
            page.locator("#verdict").scroll_into_view_if_needed()
            page.evaluate("document.getElementById('verdict').scrollIntoView({block: 'start'})")
            page.screenshot(path=target / "ethics_board_altered.png")


def _check(page: Any, files: list[Path], anchor: str) -> None:
    page.evaluate("delete document.getElementById('verdict').dataset.done")
    page.fill("#anchor", anchor)
    page.set_input_files("#files", files)
    page.wait_for_selector("#verdict[data-done]")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
