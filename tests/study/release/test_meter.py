"""The utility meter counts what an analyst loses."""

from pathlib import Path

import pytest

from deid.study.folder import Study
from deid.study.known import policy_of
from deid.study.release.meter import Utility, as_line, as_values, utility
from deid.study.render import render, reread
from tests.invented import fake_detector, new_study, run_on, two_sources


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = new_study(tmp_path / "study")
    run_on(made, two_sources(tmp_path / "sources"))
    return made


def measured(study: Study, tier: str) -> dict[str, Utility]:
    shown = render(study, reread(study), tier, fake_detector())
    return {one.code: one for one in utility(shown, policy_of(study, tier).budget)}


def test_words_are_counted_as_they_were_said(study: Study) -> None:
    one = measured(study, "team")["P02-1"]
    product = render(study, reread(study), "team", fake_detector()).outcome.products["P02-1"]
    left = " ".join(segment.text for segment in product.transcript.segments).split()
    assert one.words == len(left)
    assert 0 < one.replaced < one.words
    assert one.speech_kept < 1


def test_a_coarser_tier_loses_more(study: Study) -> None:
    team, public = measured(study, "team")["P01-1"], measured(study, "public")["P01-1"]
    assert public.replaced > team.replaced
    assert public.speech_kept < team.speech_kept
    assert "Police force" in public.kinds_lost and "Police force" not in team.kinds_lost


def test_dates_and_ages_that_are_told_less_exactly_are_counted(tmp_path: Path) -> None:
    study = new_study(tmp_path / "study")
    (tmp_path / "P03.txt").write_text(
        "P03: It was on 14 April 2019. A fourteen-year-old, on 2 May 2019.\n", encoding="utf-8"
    )
    run_on(study, tmp_path / "P03.txt")
    assert measured(study, "team")["P03-1"].coarser == {}
    assert measured(study, "archive")["P03-1"].coarser == {"dates": 2, "ages": 1}


def test_over_the_budget_is_said_in_words_and_in_values() -> None:
    over = Utility("P01-1", 100, 26, 0.7, ("School",), {"dates": 2, "ages": 1}, 0.25)
    assert over.is_over and as_values(over)["over_budget"] is True
    assert as_line(over) == (
        "P01-1: 26 of 100 words replaced (26.0%), 70.0% of speech kept; less exact: 2 dates, 1 age; kinds lost: School;"
        " over the budget of 25%: look for what is no name"
    )
    assert not Utility("P01-1", 100, 25, 0.7, (), {}, 0.25).is_over
    assert as_line(Utility("P01-1", 0, 0, 1.0, (), {}, 0.25)).startswith("P01-1: 0 of 0 words")
