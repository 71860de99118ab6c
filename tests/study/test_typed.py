"""What people type is searched before it is written anywhere."""

import pytest

from deid.errors import AskedWrongly
from deid.model import KnownPerson
from deid.study.folder import Study
from deid.study.roster import import_roster
from deid.study.vault.key_life import add_passphrase
from deid.study.vault.withdrawal import withdraw_participant
from tests.invented import new_study, run_on, two_sources
from tests.study.vault.test_withdrawal import ROSTER


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder = tmp_path_factory.mktemp("typed")
    made = new_study(folder / "study")
    import_roster(made, ROSTER)
    run_on(made, two_sources(folder / "sources"))
    withdraw_participant(made, "P01")
    return made


@pytest.mark.parametrize(
    "text",
    [
        "a safeguarding concern",
        "the Data Protection Officer asked for it",
        "UK Data Service, ReShare",
        "form WF-3 of 2026-03-02",
        "ethics amendment 4, Kent",
    ],
)
def test_ordinary_words_are_let_through(study: Study, text: str) -> None:
    assert study.is_clean(text)


@pytest.mark.parametrize(
    "text",
    [
        "quillfeather said so",
        "Barnabas-Quillfeather",
        "isolde pargeter wants it",  # only the roster knows her
        "oddington has left",  # withdrawn: known by her digest alone
        "ask Thaddeus Crabwhistle",  # known to nobody
        "ask Mrs Crabwhistle",
        "w.crabwhistle@kent.example",
        "ring 07700 900456",
        "ME14 9ZZ",
    ],
)
def test_what_identifies_is_not(study: Study, text: str) -> None:
    assert not study.is_clean(text)


@pytest.mark.parametrize("actor", ["quillfeather", "B.Quillfeather", "Oddington-1"])
def test_a_reviewers_code_is_no_name(study: Study, actor: str) -> None:
    events = study.log.head
    with study.writing(), pytest.raises(AskedWrongly, match="code of who acts"):
        study.record([("note", {"kind": "incident", "reference": "ETH-1"})], actor)
    assert study.log.head == events


def test_a_key_holders_name_is_refused_before_anything_changes(study: Study) -> None:
    events, generation = study.log.head, study.vault.generation
    with pytest.raises(AskedWrongly, match="identifies"):
        add_passphrase(study, "quillfeather", "four other test words")
    assert (study.log.head, study.vault.generation) == (events, generation)


@pytest.mark.parametrize("code", ["Isolde", "Pargeter1", "isolde7", "Q 1", "Q", "../P1"])
def test_a_participants_code_is_no_name(study: Study, code: str) -> None:
    events, entries = study.log.head, study.contents
    with pytest.raises(AskedWrongly, match="a code is a few letters and a number") as refused:
        import_roster(study, (KnownPerson(code, "Isolde Pargeter"),))
    assert code not in str(refused.value)
    assert study.log.head == events and study.contents == entries


def test_the_log_refuses_it_whatever_command_brings_it(study: Study) -> None:
    with study.writing(), pytest.raises(AskedWrongly, match="identifies"):
        study.record([("note", {"kind": "incident", "reference": "quillfeather"})])
