"""Risk on a study of its own: ids and states, acceptance as a logged decision, the pack, words to deposit."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from deid.cli import risk as command
from deid.errors import AskedWrongly, LogError
from deid.model import KnownPerson
from deid.study import showing
from deid.study.decisions import FILE
from deid.study.folder import Study
from deid.study.release.deposit import dpia_facts, write_words
from deid.study.release.release import _warnings
from deid.study.released import released_of
from deid.study.render import Rendered, render, reread
from deid.study.risk.intruder import as_text, record_misses, record_result, sample_of, was_tested, write_pack
from deid.study.risk.risk import ACCEPTED, OPEN, Assessed, accept, as_values, assess_study, judged_tier, put_on_record
from deid.study.risk.risk_lines import QUESTIONS, risk_lines
from deid.study.roster import import_roster
from deid.study.verification import verify_study
from tests.invented import again, fake_detector, new_study, run_on

FIRST = """\
INT: Could you say who you are?

P01: I'm Wilhelmina Oddington, I'm the named nurse, and I've been doing this work for twenty-seven years.

INT: And who do you work with?

P01: Mostly Barnabas Quillfeather. It was all over the papers at the time. Barnabas rings me on 07700 900123.
"""
SECOND = """\
INT: Who are you?

P02: I'm a social worker. Barnabas Quillfeather and Wilhelmina Oddington, she's the named nurse, did all of it.
"""
ROSTER = (
    KnownPerson("P01", "Wilhelmina Oddington", role="Named nurse", base="Maidstone", tenure="27 years"),
    KnownPerson("P02", "Leopold Brackwater", role="Social worker", base="Dover"),
)
REASON = "the post is public, agreed with the board"


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = new_study(tmp_path / "study")
    import_roster(made, ROSTER)
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "first.txt").write_text(FIRST, encoding="utf-8")
    (sources / "second.txt").write_text(SECOND, encoding="utf-8")
    run_on(made, sources)
    return made


def rendered(study: Study, tier: str = "team") -> Rendered:
    return render(study, reread(study), tier, fake_detector())


def assessed(study: Study) -> Assessed:
    return assess_study(study, rendered(study))


def test_the_released_text_knows_speakers_and_tokens(study: Study) -> None:
    released = released_of(study, rendered(study))
    assert released.participants == ("P01", "P02")
    first, second = released.talks
    assert [turn.speaker for turn in first.turns] == ["interviewer", "P01", "interviewer", "P01"]
    for talk in released.talks:
        for turn in talk.turns:
            assert not any(name in turn.text for name in ("Oddington", "Quillfeather", "900123"))
            assert all(turn.text[token.start : token.end].strip("[]") for token in turn.tokens)
    own = released.people["P01"]
    assert own and first.bears(own) and second.bears(own)
    assert {person.code for person in released.roster} == {"P01", "P02"}


def test_the_shape_is_the_one_that_the_design_fixes(study: Study) -> None:
    values = json.loads(json.dumps(as_values(assessed(study))))
    assert list(values) == ["findings", "matrix"]
    assert values["findings"]
    for finding in values["findings"]:
        assert list(finding) == ["kind", "code", "turn", "reason", "suggestion", "state"]
    assert {"combination", "public_case", "linkage"} <= {finding["kind"] for finding in values["findings"]}
    assert len(values["matrix"]["ids"]) == len(values["findings"])


def test_ids_stay_the_same_and_are_the_studys_own(study: Study, tmp_path: Path) -> None:
    ids = [one.id for one in assessed(study).findings]
    assert len(set(ids)) == len(ids)
    assert [one.id for one in assessed(again(study.folder)).findings] == ids


def test_an_accepted_risk_is_remembered_and_logged(study: Study) -> None:
    before = assessed(study)
    chosen = before.findings[0]
    with study.writing():
        accept(study, before, chosen.id[:8], REASON, "R1")
    after = assessed(again(study.folder))
    assert {one.id: one.state for one in after.findings} == {
        one.id: ACCEPTED if one.id == chosen.id else OPEN for one in before.findings
    }
    events = [event for event in study.log.events() if event.action == "risk_accepted"]
    assert [(event.actor, event.detail["reason"], event.detail["kind"]) for event in events if event.detail] == [
        ("R1", REASON, chosen.risk.kind)
    ]
    assert verify_study(study.folder).ok


def test_an_acceptance_that_was_tampered_with_is_refused(study: Study) -> None:
    with study.writing():
        accept(study, assessed(study), assessed(study).findings[0].id, REASON, "R1")
    path = study.folder / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("agreed", "denied"), encoding="utf-8")
    with pytest.raises(LogError, match="not written by this study"):
        assessed(study)


@pytest.mark.parametrize(
    ("id", "reason", "words"),
    [
        ("ffffffff", REASON, "no such finding"),
        ("", REASON, "no such finding"),
        ("own", " ", "needs a reason"),
        ("own", "Wilhelmina Oddington agreed", "identifies"),
    ],
)
def test_what_cannot_be_accepted(study: Study, id: str, reason: str, words: str) -> None:
    found = assessed(study)
    with study.writing(), pytest.raises(AskedWrongly, match=words):
        accept(study, found, found.findings[0].id if id == "own" else id, reason, "R1")
    assert not (study.folder / FILE).exists()


def test_an_assessment_is_on_record_once_and_reaches_the_board(study: Study) -> None:
    for _ in range(2):
        with study.writing():
            put_on_record(study, assessed(study))
    assert sum(event.action == "risk_assessed" for event in study.log.events()) == 1
    with study.writing():
        found = assessed(study)
        accept(study, found, found.findings[0].id, REASON, "R1")
        put_on_record(study, assessed(study))
    lines = risk_lines(study.log.events())
    assert [line.question for line in lines] == list(QUESTIONS.values())
    assert sum("1 accepted with a reason" in line.state for line in lines) == 1


def test_of_two_tiers_the_finer_one_is_judged(study: Study) -> None:
    assert judged_tier(study, "public") == "public"
    (study.folder / "releases" / "archive" / "1").mkdir(parents=True)
    assert judged_tier(study, "public") == "archive"
    assert judged_tier(study, "team") == "team"
    notes = assess_study(study, rendered(study, "archive"), "public").assessment.notes
    assert any("judged by that for archive" in note for note in notes)


def test_the_pack_says_nothing_of_who_is_who(study: Study, tmp_path: Path) -> None:
    letters = write_pack(study, assessed(study), tmp_path / "pack")
    assert sorted(letters.values()) == ["P01-1", "P02-1"]
    texts = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "pack").iterdir()}
    assert set(texts) == {"excerpts.txt", "public_facts.md", "rules.md", "worksheet.csv", "outcome_register.csv"}
    assert "twenty-seven years" in texts["excerpts.txt"] and "section 171" in texts["rules.md"].lower()
    assert not any(code in text for text in texts.values() for code in ("P01", "P02", "Oddington"))
    with pytest.raises(AskedWrongly, match="not empty"):
        write_pack(study, assessed(study), tmp_path / "pack")


def test_a_result_is_on_record_by_its_digest(study: Study, tmp_path: Path) -> None:
    assert not was_tested(study)
    sheet = tmp_path / "worksheet.csv"
    sheet.write_text("A,Wilhelmina Oddington,90", encoding="utf-8")
    record_result(study, "recognised", 90, sheet, "public/1", "R1")
    assert was_tested(study)
    assert "Oddington" not in (study.folder / "audit.jsonl").read_text(encoding="utf-8")
    assert verify_study(study.folder).ok


def test_a_sample_is_drawn_again_and_its_misses_recorded(study: Study) -> None:
    drawn = sample_of(study, assessed(study), 0.5)
    assert drawn == sample_of(again(study.folder), assessed(study), 0.5)
    assert "P01" not in as_text(drawn)
    found = record_misses(study, "team", drawn, 1, "R1")
    assert found.low < found.per_thousand < found.high
    with pytest.raises(AskedWrongly):
        record_misses(study, "team", drawn, drawn.words + 1)
    event = [event for event in study.log.events() if event.action == "reread"][-1]
    assert event.detail and event.detail["words"] == drawn.words


def test_words_for_the_repository_single_nobody_out(study: Study, tmp_path: Path) -> None:
    shown = rendered(study, "archive")
    found = assess_study(study, shown)
    with study.writing():
        written = write_words(study, shown, found, tmp_path / "words")
    texts = {path.name: path.read_text(encoding="utf-8") for path in written}
    assert {"data_list.csv", "cases.csv", "dpia_facts.md", "README.txt"} <= set(texts)
    rows = list(csv.DictReader(texts["data_list.csv"].splitlines()))
    assert len(rows) == 2 and all(row["code"].startswith("R") and row["wave"] == "1" for row in rows)
    assert all(row["tenure"] in ("withheld", "not stated") for row in rows)
    assert {row["file"] for row in rows} == {f"{row['code']}_archive.txt" for row in rows}
    assert all(int(row["words"]) > 10 for row in rows)
    assert not any("Oddington" in text or "P01" in text for text in texts.values())


def test_an_impact_assessment_is_told_what_was_tried(study: Study, tmp_path: Path) -> None:
    shown = rendered(study)
    assert "by chance: 1" in dpia_facts(study, shown, assess_study(study, shown))
    sheet = tmp_path / "worksheet.csv"
    sheet.write_text("A,,", encoding="utf-8")
    record_result(study, "nobody", 120, sheet)
    record_misses(study, "team", sample_of(study, assessed(study), 0.5), 0, "R1")
    told = dpia_facts(study, shown, assess_study(study, shown))
    assert "nobody was recognised, after 120 minutes" in told and "0 missed in" in told


def test_the_command_line(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "open_the_study", lambda folder: again(study.folder))
    monkeypatch.setattr(showing, "show", lambda study, tier, sources, progress: rendered(study, tier))
    runner = CliRunner()
    found = runner.invoke(command.risk, ["--tier", "team", "--json"], standalone_mode=False)
    values = json.loads(found.stdout)
    id = values["matrix"]["ids"][0]
    done = runner.invoke(
        command.risk, ["accept", id, "--tier", "team", "--reason", REASON, "--reviewer", "R1"], standalone_mode=False
    )
    assert "Accepted by R1" in done.stdout, done.exception
    table = runner.invoke(command.risk, ["--tier", "team"], standalone_mode=False)
    assert "[accepted]" in table.stdout and "colleague" in table.stdout
    assert not any(name in table.output for name in ("Oddington", "Quillfeather"))
    wrong = runner.invoke(command.risk, ["sample", "--share", "none"], standalone_mode=False)
    assert isinstance(wrong.exception, AskedWrongly)


def test_estimates_of_the_settings_are_used(study: Study) -> None:
    population = study.settings.risk.model_copy(update={"population": {"27 years": 14}})
    study.settings = study.settings.model_copy(update={"risk": population})
    found = assessed(study)
    assert any("14 people fit" in one.risk.reason for one in found.findings)


def test_a_public_release_asks_for_an_intruder(study: Study, tmp_path: Path) -> None:
    public = rendered(study, "public")
    assert any("nobody has tried" in words for words in _warnings(study, public, ()))
    assert not any("nobody has tried" in words for words in _warnings(study, rendered(study, "archive"), ()))
    sheet = tmp_path / "worksheet.csv"
    sheet.write_text("A,,", encoding="utf-8")
    record_result(study, "nobody", 120, sheet)
    assert not any("nobody has tried" in words for words in _warnings(study, public, ()))
