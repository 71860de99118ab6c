"""A preview holds what a reader will read, and nothing else."""

from pathlib import Path

from deid.review.preview import preview_page
from deid.study.render import render, reread
from tests.invented import fake_detector, new_study, run_on, two_sources


def test_a_preview_holds_no_original_and_no_script(tmp_path: Path) -> None:
    study = new_study(tmp_path / "study")
    run_on(study, two_sources(tmp_path / "sources"))
    rendered = render(study, reread(study), "archive", fake_detector())
    page = preview_page(rendered, "P01-1")
    assert "[Person" in page and "Could you say who you are?" in page
    for form in ("Oddington", "Quillfeather", "900123", "<script", "http://", "data-"):
        assert form not in page
    assert not any(id in page for id in rendered.outcome.entries)
