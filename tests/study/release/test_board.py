"""What the board is given: the report needs no key, says what came since an anchor, and holds no original."""

from datetime import date
from pathlib import Path

import pytest

from deid.audit.anchor import anchor_line
from deid.errors import AskedWrongly
from deid.study.folder import Study
from deid.study.release.board import note, report
from deid.study.roster import import_roster
from tests.invented import new_study, run_on, two_sources
from tests.study.release.test_release import PEOPLE, released, sign

TODAY = date(2026, 3, 9)


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = new_study(tmp_path / "study")
    import_roster(made, PEOPLE)
    run_on(made, two_sources(tmp_path / "sources"))
    return made


def page(study: Study, **options: str) -> str:
    return report(study.folder, today=TODAY, environment={}, **options).page


def test_no_original_is_in_the_report(study: Study) -> None:
    sign(study, "archive", "P01-1")
    released(study, "archive", recipient="the data archive")
    written = page(study).casefold()
    for name in ("wilhelmina", "oddington", "barnabas", "quillfeather", "maidstone", "07700", "brackwater"):
        assert name not in written, name
    assert "the data archive" in written


def test_since_an_anchor_the_record_is_held_against_it(study: Study, tmp_path: Path) -> None:
    assert "NOT anchored" in page(study)
    anchor = tmp_path / "minutes.txt"
    anchor.write_text(f"Minutes of 2 March: {anchor_line(study.log.checkpoint())}\n", encoding="utf-8")
    with study.writing():
        note(study, "approval", "ETH-2026-03", "", "R1", lambda text: True)
    made = report(study.folder, today=TODAY, since=str(anchor), environment={})
    assert made.ok and "NOT anchored" not in made.page
    since = made.page[made.page.index('<h2 id="since">') : made.page.index('<h2 id="verify">')]
    assert "An amendment, an approval or an incident was put on record" in since and "run began" not in since
    assert "ETH-2026-03, on record since 2026-03-02" in made.page


def test_an_anchor_of_another_study_is_told(study: Study, tmp_path: Path) -> None:
    other = new_study(tmp_path / "other", seed="other")
    made = report(study.folder, today=TODAY, since=anchor_line(other.log.checkpoint()), environment={})
    assert not made.ok and "does not add up" in made.page


def test_what_is_no_anchor_is_refused(study: Study) -> None:
    with pytest.raises(AskedWrongly, match="no whole anchor"):
        report(study.folder, today=TODAY, since="yesterday", environment={})


def test_the_policy_reads_as_english(study: Study) -> None:
    written = page(study)
    assert "its part of the decade (late 2010s) or its decade (here: the season)" in written
    assert "broader_place" not in written and "broader place" not in written
