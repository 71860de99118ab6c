"""A participant withdraws: what goes, what stays, and that their name is stopped by the digest alone."""

from pathlib import Path

import pytest

from deid.errors import AskedWrongly
from deid.model import KnownPerson
from deid.study.decisions import FILE, FORGOTTEN, Line, decide, decisions_of, read_lines
from deid.study.folder import Entry, Study
from deid.study.outputs import sha256
from deid.study.roster import import_roster
from deid.study.vault.certificate import certificate_of_withdrawal, recalls
from deid.study.vault.withdrawal import UNDER_WAY, change_consent, confirm, withdraw_participant
from deid.study.verification import verify_study
from deid.vault.codec import encode
from tests.invented import again, everything_in, new_study, run_on, two_sources

ROSTER = (
    KnownPerson("P01", "Wilhelmina Oddington", ("Mina",)),
    KnownPerson("P02", "Isolde Pargeter", ()),
)
THIRD = """\
INT: And anybody else?

P03: Wilhelmina Oddington rings Barnabas Quillfeather. Mrs Oddington has a cat, and Ottoline Oddington has two.
"""


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = new_study(tmp_path / "study")
    import_roster(made, ROSTER)
    assert run_on(made, two_sources(tmp_path / "sources")).exit_code == 0
    return made


def draft(study: Study, code: str) -> str:
    return (study.drafts / f"{code}_draft.txt").read_text(encoding="utf-8")


def token_of(study: Study, form: str) -> str:
    return next(entry.tokens["archive"] for entry in study.contents.entries if form in entry.entity.forms)


def in_folder(study: Study, *words: str) -> list[str]:
    files = everything_in(study.folder)
    return [name for name, data in files.items() for word in words if word.encode() in data]


def test_their_transcript_and_what_only_they_told_are_gone(study: Study) -> None:
    done = withdraw_participant(study, "P01", form="WF-1")
    assert done.transcripts == ("P01-1",) and done.spoken_of_in == ("P02-1",)
    assert not (study.drafts / "P01-1_draft.txt").exists() and (study.drafts / "P02-1_draft.txt").exists()
    written = encode(study.contents).decode().casefold()
    for word in ("oddington", "wilhelmina", "mina", "900123", "maidstone"):
        assert word not in written
    assert again(study.folder).contents == study.contents


def test_the_log_still_verifies_and_says_withdrawn(study: Study) -> None:
    withdraw_participant(study, "P01")
    found = verify_study(study.folder)
    assert found.ok, [problem.kind for problem in found.problems]
    assert {note.kind for note in found.notes} == {"withdrawn", "withheld"}
    said = [event for event in study.log.events() if event.detail and event.detail.get("code") in ("P01", "P01-1")]
    assert {event.action for event in said} == {"withdrawal_intent", "withdrawal_done"}


def test_others_who_name_them_are_masked_under_the_same_token_by_the_digest_alone(study: Study, tmp_path: Path) -> None:
    token, before = token_of(study, "Wilhelmina Oddington"), draft(study, "P02-1")
    assert token in before
    withdraw_participant(study, "P01")
    (tmp_path / "sources" / "third.txt").write_text(THIRD, encoding="utf-8")
    later = again(study.folder)
    report = run_on(later, tmp_path / "sources")
    refused = [one for one in report.files if one.error]
    assert [one.source.name for one in refused] == ["Wilhelmina first.txt"] and "withdrawn" in str(refused[0].error)
    assert draft(later, "P02-1") == before
    third = draft(later, "P03-1")
    assert third.count(token) == 2 and "Oddington" not in third and "Ottoline" not in third
    assert "oddington" not in encode(later.contents).decode().casefold().replace("ottoline oddington", "")
    assert run_on(again(study.folder), tmp_path / "sources").written == 0


def test_a_first_name_alone_is_not_guessed_to_be_theirs(study: Study, tmp_path: Path) -> None:
    token = token_of(study, "Wilhelmina Oddington")
    withdraw_participant(study, "P01")
    text = "INT: Who?\n\nP04: I met Wilhelmina Brightwater on Monday.\n"
    (tmp_path / "fourth.txt").write_text(text, encoding="utf-8")
    run_on(study, tmp_path / "fourth.txt")
    assert token not in draft(study, "P04-1") and "Wilhelmina" not in draft(study, "P04-1")


def test_passages_that_speak_of_them_go_when_they_ask_for_it(study: Study, tmp_path: Path) -> None:
    withdraw_participant(study, "P01", passages=True)
    run_on(study, tmp_path / "sources" / "second.txt")
    said = draft(study, "P02-1")
    assert "assage removed at participant's request" in said and "INT: Who else is there?" in said
    assert token_of(study, "Barnabas Quillfeather") not in said and verify_study(study.folder).ok


@pytest.mark.parametrize("killed_in", ["_remove", "forget_kept"])
def test_a_withdrawal_that_was_killed_is_finished_by_the_same_command(
    study: Study, monkeypatch: pytest.MonkeyPatch, killed_in: str
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(f"deid.study.vault.withdrawal.{killed_in}", killed)
        withdraw_participant(study, "P01")
    assert verify_study(study.folder).ok
    later = again(study.folder)
    assert later.contents.options[UNDER_WAY]
    with pytest.raises(AskedWrongly, match="not finished"):
        withdraw_participant(later, "P02")
    withdraw_participant(later, "P01")
    assert UNDER_WAY not in later.contents.options and not (study.drafts / "P01-1_draft.txt").exists()
    assert verify_study(study.folder).ok
    assert "details of the log" in certificate_of_withdrawal(later.log, "P01")


def test_a_withdrawal_that_was_killed_before_it_reached_the_vault_begins_again_whole(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("deid.study.vault.withdrawal.renew", killed)
        withdraw_participant(study, "P01")
    later = again(study.folder)
    assert "P01" not in later.contents.suppressed.codes and verify_study(study.folder).ok
    withdraw_participant(later, "P01")
    assert not (study.drafts / "P01-1_draft.txt").exists() and verify_study(study.folder).ok


def test_the_certificate_says_what_it_cannot_prove_and_who_confirmed(study: Study) -> None:
    withdraw_participant(study, "P01", form="WF-1")
    confirm(study, "P01", "bram", "sheet shredded")
    text = certificate_of_withdrawal(study.log, "P01")
    for words in ("WF-1", "does not prove", "backups", "[x] bram", "No numbered release", "deid-anchor-1"):
        assert words in text
    with pytest.raises(AskedWrongly):
        certificate_of_withdrawal(study.log, "P02")
    with pytest.raises(AskedWrongly):
        confirm(study, "P02", "bram")


def released(study: Study, code: str, tier: str = "archive") -> Path:
    """As a release writes it: the file, and its events."""
    file = study.folder / "releases" / tier / "1" / f"{code}_{tier}.txt"
    file.parent.mkdir(parents=True)
    file.write_text("[Person 1]", encoding="utf-8")
    output, digest = f"releases/{tier}/1/{file.name}", sha256(file.read_bytes())
    counts = {"replaced": 0, "kept": 0, "dismissed": 0}
    entries: list[Entry] = [
        ("output_intent", {"output": output, "code": code, "tier": tier, "sha256": digest, **counts}),
        ("release_intent", {"release": f"{tier}/1", "tier": tier, "files": {file.name: digest}}),
        ("output_done", {"output": output, "sha256": digest}),
        ("release_done", {"release": f"{tier}/1", "files": 1}),
        ("release_given", {"release": f"{tier}/1", "recipient": "UK Data Service"}),
    ]
    with study.writing():
        study.record(entries)
    return file


def test_releases_that_held_them_are_on_the_recall_sheet(study: Study) -> None:
    file = released(study, "P01-1")
    withdraw_participant(study, "P01")
    assert not file.exists()
    recalled = recalls(study.log.events(), "P01")
    assert [(one.release, one.files, one.recipients[0][1]) for one in recalled] == [
        ("archive/1", ("P01-1_archive.txt",), "UK Data Service")
    ]
    assert "given to UK Data Service" in certificate_of_withdrawal(study.log, "P01")


def test_a_lower_consent_takes_releases_above_it_back(study: Study) -> None:
    file = released(study, "P01-1")
    assert change_consent(study, "P01", "public") == () and file.exists()
    assert change_consent(study, "P01", "team", form="WF-2") == ("releases/archive/1/P01-1_archive.txt",)
    assert not file.exists() and (study.drafts / "P01-1_draft.txt").exists()
    assert {person.code: person.consent for person in study.contents.roster}["P01"] == "team"
    assert verify_study(study.folder).ok
    with pytest.raises(AskedWrongly):
        change_consent(study, "P01", "everybody")


def test_consents_and_withdrawals_go_on_after_a_withdrawal(study: Study) -> None:
    withdraw_participant(study, "P01")
    change_consent(study, "P02", "none")
    assert withdraw_participant(study, "P02").code == "P02"
    assert not study.contents.sources or all("P02" not in one.participants for one in study.contents.sources)


def test_a_transcript_shared_with_somebody_who_stays_waits_for_an_edited_source(tmp_path: Path) -> None:
    study = new_study(tmp_path / "study")
    import_roster(study, ROSTER)
    source = tmp_path / "both.txt"
    source.write_text("P01: Isolde Pargeter, hello.\n\nP02: Hello, Barnabas Quillfeather is here.\n", encoding="utf-8")
    run_on(study, source)
    assert (study.drafts / "P01+P02-1_draft.txt").exists()
    done = withdraw_participant(study, "P01")
    assert done.shared == ("P01+P02-1",) and not list(study.drafts.iterdir())
    report = run_on(study, source)
    assert "who speaks in this transcript has withdrawn" in str(report.files[0].error)
    source.write_text("P02: Hello, Barnabas Quillfeather is here.\n", encoding="utf-8")
    assert run_on(study, source).exit_code == 0
    assert verify_study(study.folder).ok


def test_decisions_about_them_are_forgotten_and_the_others_still_count(study: Study) -> None:
    with study.writing():
        decide(
            study,
            [
                Line(0, "", "R1", "keep", fingerprint="aa" * 16, code="P01-1"),
                Line(0, "", "R1", "keep", fingerprint="bb" * 16, code="P02-1"),
                Line(0, "", "R1", "category", category="PERSON"),
            ],
            {2: "Mina Oddington"},
        )
    withdraw_participant(study, "P01")
    later = again(study.folder)
    assert [line.verdict for line in read_lines(later)] == [FORGOTTEN, "keep", FORGOTTEN]
    assert [decision.fingerprint for decision in decisions_of(later)] == ["bb" * 16]
    assert not later.contents.texts and "aa" * 16 not in (study.folder / FILE).read_text(encoding="utf-8")
    assert verify_study(study.folder).ok
