"""Takes the pictures of docs/guides/ethics_board.md: a board member's walk, from a release folder alone.

python -m tests.audit.screenshots docs/guides/images

Makes a study of the six examples as a researcher does (both models are needed): run, four decisions, sign-offs, an
approval on record, a release for an archive. Then only the release folder, the report and the line in the minutes are
used. Prints what `deid audit verify` says of the release.
"""

import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PIL import Image

from deid.audit.verify import anchor_of, explain
from deid.study.demonstration import examples
from deid.study.folder import Study, create_study
from deid.study.main_job import main_job
from deid.study.memory import detector_of
from deid.study.release.board import note, report
from deid.study.release.release import release
from deid.study.review.asked import Asked
from deid.study.review.reviewing import Reviewing
from deid.study.roster import import_roster, read_roster
from deid.study.showing import show
from deid.study.sign_off import sign_off
from deid.study.verification import verify_study
from tests.audit.browser import open_page

PASSPHRASE = "four invented test words"
SECTIONS = ("counts", "people", "key", "rests")


def make_study(folder: Path) -> Study:
    """The six examples, read, reviewed, signed off and released for an archive."""
    study = create_study(
        folder, PASSPHRASE, environment={}, random=secrets.token_bytes, clock=lambda: datetime.now(UTC)
    )
    people = read_roster(examples() / "roster.csv")
    import_roster(study, [replace(person, consent="archive") for person in people])
    sources = examples() / "files"
    main_job(study, [path for path in sorted(sources.iterdir()) if path.suffix != ".odt"])  # the sixth is there twice
    with study.writing():
        note(study, "approval", "ETH-2026-03", "full approval for two years", "R1", study.is_clean)
    _decide(study)
    rendered = show(study, "archive")
    with study.writing():
        for code in sorted(rendered.gated):
            sign_off(study, rendered, code, "R1")
        release(study, show(study, "archive"), recipient="the data archive", is_clean=study.is_clean)
    return study


def _decide(study: Study) -> None:
    """One thing that the program was unsure of is an ordinary word; the next ones are to be replaced."""
    with detector_of(study, reads_all=True) as detector:
        review = Reviewing(study, detector, tier="archive")
        unsure = [card for card in review.cards() if card.entity and card.at]
        single = next((card for card in unsure if len(card.at) == 1 and card.category != "PERSON"), unsure[-1])
        review.act(
            Asked("keep", "R1", places=single.at, doubts=single.doubts, reason="an ordinary word here"), review.revision
        )
        for card in [card for card in unsure if card is not single][:3]:
            asked = Asked("confirm", "R1", entity=card.entity, places=card.at, doubts=card.doubts, reason="replace")
            review.act(asked, review.revision)


def main(target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        study = make_study(Path(folder) / "study")
        received = Path(shutil.copytree(study.folder / "releases/archive/1", Path(folder) / "release"))
        anchor = anchor_of(verify_study(study.folder))
        made = report(study.folder, today=datetime.now(UTC).date(), since=anchor, environment={})
        (Path(folder) / "report.html").write_text(made.page, encoding="utf-8", newline="\n")
        shutil.rmtree(study.folder)  # from here on there is no study, no vault and no source
        print(explain(verify_study(received, anchor=anchor, release=received)))
        _take_report(Path(folder) / "report.html", target)
        _take_check(received, anchor, target)


def _take_report(page_path: Path, target: Path) -> None:
    with open_page(color_scheme="light", viewport={"width": 1000, "height": 760}) as page:
        page.goto(page_path.as_uri())
        _picture(page, target / "ethics_board_report_light.png")
        for section in SECTIONS:
            _take(page, section, target / f"ethics_board_{section}_light.png")


def _take_check(received: Path, anchor: str, target: Path) -> None:
    """The release's own page, with the release's own files dropped on it; then with one byte more in one of them."""
    with _checked(received, anchor) as page:
        _take(page, "verdict", target / "ethics_board_good.png")
        _take(page, "tables", target / "ethics_board_tables.png")
    altered = next(path for path in sorted(received.iterdir()) if path.name.endswith("_archive.txt"))
    altered.write_bytes(altered.read_bytes().replace(b"]", b"].", 1))
    with _checked(received, anchor) as page:
        _take(page, "verdict", target / "ethics_board_altered.png")


@contextmanager
def _checked(received: Path, anchor: str) -> Iterator[Any]:
    with open_page(color_scheme="light", viewport={"width": 1000, "height": 760}) as page:
        page.goto((received / "verify.html").as_uri())
        page.fill("#anchor", anchor)
        page.set_input_files("#files", sorted(received.iterdir()))
        page.wait_for_selector("#verdict[data-done]")
        yield page


def _take(page: Any, id: str, path: Path) -> None:
    page.evaluate("id => document.getElementById(id).scrollIntoView()", id)
    _picture(page, path)


def _picture(page: Any, path: Path) -> None:
    """A page has few colours: with a palette the picture is a third as large."""
    page.screenshot(path=path)
    with Image.open(path) as taken:
        taken.convert("RGB").quantize(64).save(path, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
