from pathlib import Path

import pytest

from deid.audit.facts import LogFacts, totals
from deid.audit.methods import availability_statement, methods_paragraph
from deid.audit.tally import facts_from_log
from tests.audit.build import Study
from tests.audit.sample import whole_study


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> LogFacts:
    return facts_from_log(whole_study(tmp_path_factory.mktemp("facts") / "study").log.events(), since=10)


def test_outputs_are_counted_by_place_and_kind(log: LogFacts):
    assert log.places == ("drafts", "releases/archive/1")
    first = log.at("drafts")[0]
    assert (first.code, first.replaced, first.kept, first.dismissed) == ("P01-1", 5, 1, 1)
    assert dict(first.by_category) == {"PERSON": 2, "AGENCY": 1, "DATE": 1, "PLACE": 1}
    assert sum(first.by_technique.values()) == first.replaced
    assert first.kept_reasons == {"keep list: a kind of body": 1}


def test_people_are_counted(log: LogFacts):
    assert [(each.reviewer, each.verdict) for each in log.decisions] == [
        ("R1", "keep"),
        ("R1", "added"),
        ("R1", "merged"),
        ("R2", "split"),
    ]
    assert log.sign_offs == {"P01-1 (archive)": "R2", "P02-1 (archive)": "R2"}
    assert log.agreement == (("P01-1", 40, 2),)


def test_a_release_is_told_whole(log: LogFacts):
    (release,) = log.releases
    assert release.is_done and release.files == 2
    assert release.left_out == (("P03-1", "no consent for this tier"),)
    assert release.recipients == ("the data archive",)


def test_what_came_since_an_anchor_is_counted(log: LogFacts):
    assert sum(log.since.values()) == log.events - 10
    assert sum(log.actions.values()) == log.events


def test_a_second_version_takes_the_place_of_the_first(tmp_path: Path):
    study = Study(tmp_path / "study")
    study.write_draft("P01-1", ("[Person 1] and [Person 2].",))
    study.write_draft("P01-1", ("[Person 1].",))
    (output,) = facts_from_log(study.log.events()).outputs
    assert output.replaced == 1 and dict(output.by_category) == {"PERSON": 1}
    study.append(("output_removed", {"output": "drafts/P01-1_draft.txt", "reason": "held back by the gate"}))
    assert facts_from_log(study.log.events()).outputs == ()


def test_signing_off_without_a_decision_is_said_as_it_is(tmp_path: Path):
    study = Study(tmp_path / "study")
    study.write_draft("P01-1", ("[Person 1].",))
    study.append(("signed_off", {"code": "P01-1", "tier": "team", "digests": {"output": "55" * 32}}), actor="R1")
    words = methods_paragraph(facts_from_log(study.log.events()))
    assert "1 reviewer read 1 transcript and signed them off as the program had written them" in words


def test_an_empty_log_has_facts_too():
    log = facts_from_log(())
    assert log.events == 0 and log.outputs == ()
    assert methods_paragraph(log) == "No transcript has been de-identified yet."
    assert "not publicly available" in availability_statement(log)


def test_what_was_left_out_is_counted_whether_its_name_counts_or_not(tmp_path: Path):
    study = Study(tmp_path / "study")
    intent = {"output": "drafts/P01-1_draft.txt", "code": "P01-1", "tier": "archive", "sha256": "0" * 64}
    counts = {"replaced": 0, "kept": 0, "dismissed": 0, "dropped": {"pictures (33)": 1, "comments": 2}}
    study.append(("output_intent", {**intent, **counts}))
    (output,) = facts_from_log(study.log.events()).outputs
    assert dict(output.dropped) == {"pictures": 33, "comments": 2}


def test_totals_rank_by_count_and_then_by_name():
    assert list(totals([{"b": 1, "a": 1}, {"c": 2}]).items()) == [("c", 2), ("a", 1), ("b", 1)]


def test_the_methods_text_has_the_figures_and_the_limits(log: LogFacts):
    text = methods_paragraph(log)
    assert "2 interview transcripts were de-identified with deid 0.1.0" in text
    assert "6 stretches of text were replaced" in text
    assert "2 reviewers made 4 decisions" in text and "95%" in text
    assert "remain personal data" in text
    assert "99.8% of the words stand as they were spoken" in text


def test_the_availability_statement_says_for_whom(log: LogFacts, tmp_path: Path):
    assert "registered researchers" in availability_statement(log)
    assert "1 transcript is not shared" in availability_statement(log)
    study = Study(tmp_path / "study")
    study.write_release({"T1_team.txt": ("Nothing.",)}, tier="team")
    assert "within the research team only" in availability_statement(facts_from_log(study.log.events()))
    study.write_release({"S1_public.txt": ("Nothing.",)}, tier="public")
    assert "for publication" in availability_statement(facts_from_log(study.log.events()))
