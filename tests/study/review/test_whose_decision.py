"""On whose decision: from a replacement in the log to the reviewer and the reason, in the export and in the report."""

import json
from datetime import date
from pathlib import Path

import pytest

from deid.study.folder import Study
from deid.study.release.board import export, report
from deid.study.review.reviewing import Reviewing
from deid.study.verification import verify_study
from tests.study.review.test_reviewing import DETECTOR, do, find, read, study_of_three


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = study_of_three(tmp_path)
    review = Reviewing(made, DETECTOR)
    do(review, "add", places=(find(review, "Zephyrine")[0],), category="PERSON")
    do(review, "keep", places=(find(review, "Snapchattery Vane")[0],), reason="not a name")
    read(made, tmp_path / "sources")
    return made


def test_the_log_leads_from_a_replacement_to_who_decided(study: Study) -> None:
    events = [(event.action, event.actor, event.detail or {}) for event in study.log.events()]
    by_person = [detail for action, _, detail in events if action == "replaced" and detail.get("decision")]
    assert by_person and {detail["band"] for detail in by_person} == {"person"}
    added = {detail["decision"]: actor for action, actor, detail in events if action == "added"}
    assert {added[detail["decision"]] for detail in by_person} == {"R1"}
    left = {detail["decision"] for action, _, detail in events if action == "dismissed" and detail.get("decision")}
    decided = {detail["decision"]: detail.get("reason") for action, _, detail in events if action == "decided"}
    assert left and {decided[decision] for decision in left} == {"not a name"}
    assert verify_study(study.folder).ok


def test_the_export_and_the_report_name_the_reviewer(study: Study) -> None:
    rows = json.loads(export(study.folder, "json"))
    assert {row["who"] for row in rows} == {"deid", "R1"}
    page = report(study.folder, today=date(2026, 3, 9), environment={}).page
    decisions = page[page.index('<h2 id="people">') : page.index('<h2 id="quality">')]
    assert "not a name" in decisions and "R1" in decisions
