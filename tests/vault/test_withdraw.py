"""A withdrawal: nothing of the participant can be read any more, and their name is stopped all the same."""

import secrets
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.digests import meetings
from deid.errors import AskedWrongly
from deid.model import Category, Entity, KeyEntry, KnownPerson
from deid.vault.codec import decode, encode
from deid.vault.contents import Contents, Source, new_keys
from deid.vault.withdraw import hide, withdraw

PLAIN = {"the", "lead", "grace"}


def is_distinctive(form: str) -> bool:
    return len(form) > 3 and form.lower() not in PLAIN


def person(id: str, *forms: str, subject: str = "") -> KeyEntry:
    entity = Entity(id, Category.PERSON, "person", "professional", forms)
    return KeyEntry(entity, {"archive": f"[Person {id}]"}, subject)


def a_study() -> Contents:
    place = Entity("town", Category.PLACE, "town", "", ("Quenby Marsh", "the Marsh"))
    return Contents(
        keys=new_keys(secrets.token_bytes),
        entries=(
            person("e1", "Orla Fennimore", "Orla", "Fen"),
            person("bram", "Bram Tolliver", subject="P02"),
            person("told", "Isolde Pargeter", subject="P01"),
            person("lone", "Wystan Crake", subject="P01"),
            KeyEntry(place, {"archive": "[Town 7]"}, "P01"),
        ),
        sources=(
            Source("P01-1", "raw/orla.docx", "aa" * 32, ("P01",)),
            Source("P02-1", "raw/bram.docx", "bb" * 32, ("P02",)),
            Source("P01+P02-1", "raw/both.docx", "cc" * 32, ("P01", "P02")),
        ),
        roster=(
            KnownPerson("P01", "Orla Fennimore", ("Fenny",), "lead"),
            KnownPerson("P02", "Bram Tolliver", (), "nurse"),
        ),
        bindings={
            "P01-1": {
                "PERSON:orla|label": "e1",
                "PERSON:isolde pargeter": "told",
                "PLACE:quenby marsh": "town",
                "PLACE:marsh": "town",
                "PERSON:bram tolliver": "bram",
            },
            "P02-1": {"PERSON:orla fennimore": "e1", "PERSON:fen": "e1", "PLACE:quenby marsh": "town"},
            "P01+P02-1": {"PERSON:bram tolliver|label": "bram"},
        },
        texts={"t1": "Fenny from the team", "t2": "the town"},
        salts={"P01-1": bytes(32), "P02-1": bytes(32), "P01": bytes(32)},
    )


def test_nothing_that_says_who_they_were_is_left() -> None:
    after, _ = withdraw(a_study(), "P01", is_distinctive=is_distinctive)
    written = encode(after).decode().casefold()
    for word in ("orla", "fennimore", "fenny", '"fen', "isolde", "wystan", "raw/orla"):
        assert word not in written
    assert decode(encode(after)) == after


def test_what_others_told_of_stays_in_their_words_only() -> None:
    after, done = withdraw(a_study(), "P01", is_distinctive=is_distinctive)
    entries = {entry.entity.id: entry for entry in after.entries}
    assert entries["town"].entity.forms == ("Quenby Marsh",)
    assert entries["bram"] == a_study().entries[1]
    assert done.forgotten == ("lone", "told")
    both, others = after.bindings["P01+P02-1"], dict(after.bindings["P02-1"])
    assert both == a_study().bindings["P01+P02-1"] and others.pop("PLACE:quenby marsh") == "town"
    assert set(others.values()) == {"e1"} and all(key.startswith("PERSON:#") for key in others) and len(others) == 2
    assert after.texts == {"t2": "the town"} and done.texts == ("t1",)
    assert set(after.salts) == {"P02-1"}


def test_they_stay_an_entity_under_their_token() -> None:
    after, done = withdraw(a_study(), "P01", is_distinctive=is_distinctive)
    entry = next(entry for entry in after.entries if entry.entity.id == "e1")
    assert entry.tokens == {"archive": "[Person e1]"} and entry.entity.forms == ()
    assert (done.entity, done.transcripts, done.shared) == ("e1", ("P01-1",), ("P01+P02-1",))
    assert done.spoken_of_in == ("P02-1",)


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("then Orla Fennimore came", True),
        ("then ORLA came", True),
        ("then Orla’s manager came", True),
        ("that was Fenny again", True),
        ("Ms Fennimore’s team", True),
        ("orla-fennimore", True),
        ("OrlaFennimore", True),
        ("Fen said so", False),
    ],
)
def test_their_name_is_met_by_the_digest_alone(text: str, alone: bool) -> None:
    after, done = withdraw(a_study(), "P01", is_distinctive=is_distinctive)
    known = {form.digest: form for form in after.suppressed.forms}
    longest = max(form.words for form in known.values())
    met = [known[digest] for _, _, digest in meetings(text, after.keys.watch, known, longest)]
    assert [(form.entity, form.alone) for form in met] == [(done.entity, alone)]


def test_other_words_are_not_met() -> None:
    after, _ = withdraw(a_study(), "P01", is_distinctive=is_distinctive)
    digests = {form.digest for form in after.suppressed.forms}
    text = "Bram Tolliver spoke with the lead of the Orlan Fens about a fennel more or less."
    assert not list(meetings(text, after.keys.watch, digests, 3))
    assert not list(meetings("Orla Fennimore", bytes(32), digests, 3))


def test_their_file_and_code_cannot_come_back() -> None:
    after, _ = withdraw(a_study(), "P01", is_distinctive=is_distinctive)
    assert after.suppressed.codes == ("P01", "P01-1") and after.suppressed.sources == ("aa" * 32, "cc" * 32)
    with pytest.raises(AskedWrongly, match="already"):
        withdraw(after, "P01", is_distinctive=is_distinctive)


def test_who_is_only_in_the_roster_gets_a_token_to_take() -> None:
    study = replace(a_study(), entries=(), bindings={})
    after, done = withdraw(study, "P01", is_distinctive=is_distinctive)
    assert [entry.entity.id for entry in after.entries] == [done.entity] and done.entity
    assert all(form.entity == done.entity for form in after.suppressed.forms) and done.digests


def test_without_a_roster_there_is_no_name_to_stop() -> None:
    after, done = withdraw(replace(a_study(), roster=()), "P01", is_distinctive=is_distinctive)
    assert done.entity == "" and not after.suppressed.forms and done.transcripts == ("P01-1",)


def test_two_of_one_name_are_not_guessed_between() -> None:
    study = a_study()
    study = replace(study, entries=(*study.entries, person("other", "Orla Fennimore")))
    with pytest.raises(AskedWrongly, match="2 people") as caught:
        withdraw(study, "P01", is_distinctive=is_distinctive)
    assert "Orla" not in f"{caught.value} {caught.value.hint}"
    after, done = withdraw(study, "P01", is_distinctive=is_distinctive, entity="e1")
    assert done.entity == "e1"
    assert next(entry for entry in after.entries if entry.entity.id == "other").entity.forms == ("Orla Fennimore",)


def test_an_unknown_code_is_asked_wrongly() -> None:
    with pytest.raises(AskedWrongly, match="no participant P77"):
        withdraw(a_study(), "P77", is_distinctive=is_distinctive)


@given(st.permutations(["P01", "P02"]))
def test_all_may_withdraw_in_any_order(codes: list[str]) -> None:
    contents = a_study()
    for code in codes:
        contents, _ = withdraw(contents, code, is_distinctive=is_distinctive)
    assert {source.code for source in contents.sources} == {"P01+P02-1"}
    assert not contents.roster and not any(entry.entity.forms for entry in contents.entries if entry.entity.id == "e1")


def test_what_a_later_run_learns_of_them_is_hidden_again() -> None:
    after, done = withdraw(a_study(), "P01", is_distinctive=is_distinctive)
    learnt = replace(
        after,
        entries=tuple(
            replace(entry, entity=replace(entry.entity, forms=("Orla Fennimore", "Orlakins")))
            if entry.entity.id == done.entity
            else entry
            for entry in after.entries
        ),
        bindings={**after.bindings, "P02-2": {"PERSON:orlakins|addressed@said to…yesterday": done.entity}},
    )
    hidden = hide(learnt, is_distinctive=is_distinctive)
    assert "orlakins" not in encode(hidden).decode().casefold() and "yesterday" not in encode(hidden).decode()
    assert len(hidden.suppressed.forms) == len(after.suppressed.forms) + 1
    assert hide(hidden, is_distinctive=is_distinctive) == hidden
    assert list(hidden.bindings["P02-2"].values()) == [done.entity]


def test_a_study_of_whom_nobody_withdrew_stays_the_same() -> None:
    study = a_study()
    assert hide(study, is_distinctive=is_distinctive) is study
