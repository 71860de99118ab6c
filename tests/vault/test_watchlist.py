"""The watchlist: read back here as its document says, by a reader of the test's own."""

import hashlib
import hmac
import json
import secrets
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from deid.fold import words
from deid.model import Category, Entity, KeyEntry, KnownPerson
from deid.vault.contents import Contents, new_keys
from deid.vault.watchlist import Rules, Watchlist, runs_of, watchlist
from deid.vault.withdraw import withdraw
from tests.vault.test_withdraw import a_study, person

PLAIN = {"grace", "hope", "the", "river", "garden"}
RULES = Rules(
    is_distinctive=lambda form: len(form) > 3 and not set(form.lower().split()) <= PLAIN,
    is_public=lambda form: form == "Quenby Council",
    is_given_name=lambda form: form in {"Orla", "Bram"},
)


def thing(id: str, category: Category, kind: str, *forms: str) -> KeyEntry:
    return KeyEntry(Entity(id, category, kind, "", forms))


STUDY = Contents(
    keys=new_keys(secrets.token_bytes),
    entries=(
        person("p1", "Orla Fennimore", "Orla", "Jo"),
        person("p2", "Grace Hope"),
        person("p3", "Bram Tolliver"),
        thing("c1", Category.CASE, "operation_name", "Operation Larkspur"),
        thing("c2", Category.CASE, "crime_reference", "46/12345/19", "12"),
        thing("n1", Category.CONTACT, "phone", "01632 960 001"),
        thing("a1", Category.AGENCY, "council", "Quenby Council"),
        thing("a2", Category.AGENCY, "home", "Thistledown House"),
        thing("d1", Category.DATE, "date", "4 March 2017"),
    ),
    roster=(KnownPerson("P09", "Isolde Pargeter"), KnownPerson("R1", "Bram Tolliver", public=True)),
)


def read(made: Watchlist) -> dict[str, dict[str, object]]:
    """The forms by digest, once the document's rules hold."""
    body, _, last = made.text[:-1].rpartition("\n")
    body += "\n"
    counted = b"".join(len(part).to_bytes(8, "big") + part for part in (b"deid watchlist 1", body.encode()))
    assert json.loads(last) == {"mac": hmac.digest(STUDY.keys.watch, counted, "sha256").hex()}
    lines = [json.loads(line) for line in body.splitlines()]
    head, forms = lines[0], [line for line in lines[1:] if "digest" in line]
    runs = [line["runs"] for line in lines[1:] if "runs" in line]
    assert list(head) == ["deid_watchlist", "generation", "forms", "runs", "longest", "left_out"]
    assert head["forms"] == len(forms) == made.forms
    assert head["runs"] == sum(len(run) for run in runs) // 16 == made.runs
    assert forms == sorted(forms, key=lambda line: (line["digest"], line["group"]))
    assert head["longest"] == max(line["words"] for line in forms)
    return {line["digest"]: line for line in forms}


def digest(form: str) -> str:
    joined = "".join(word for _, _, word in words(form)).encode()
    return hashlib.blake2b(joined, digest_size=16, key=STUDY.keys.watch, person=b"deid watch form").hexdigest()


def start(form: str) -> int:
    first = next(words(form))[2].encode()
    drawn = hashlib.blake2b(first, digest_size=2, key=STUDY.keys.watch, person=b"deid watch start").digest()
    return int.from_bytes(drawn, "big")


def counts(form: str) -> object:
    return read(watchlist(STUDY, 17, RULES)).get(digest(form), {}).get("counts")


def test_forms_count_as_the_document_says() -> None:
    assert counts("Orla Fennimore") == counts("ORLA-FENNIMORE") == "alone"
    assert counts("Orla") == counts("Fennimore") == counts("Jo") == counts("Grace Hope") == "together"
    assert counts("Operation Larkspur") == counts("Thistledown House") == "alone"
    assert counts("Bram Tolliver") == "public"
    assert counts("Isolde Pargeter") == "alone"
    assert counts("Quenby Council") is counts("4 March 2017") is counts("12") is None


def test_numbers_are_known_by_their_digits() -> None:
    assert counts("01632 960 001") == counts("01632960001") == counts("4612345 19") == "alone"


def test_what_is_left_out_is_counted() -> None:
    made = watchlist(STUDY, 17, RULES)
    assert made.left_out == {"AGENCY": 1, "CASE": 1, "DATE": 1}
    assert json.loads(made.text.splitlines()[0])["left_out"] == made.left_out


def test_forms_of_one_thing_share_a_group_and_no_other_does() -> None:
    forms = read(watchlist(STUDY, 17, RULES))
    orla = {forms[digest(form)]["group"] for form in ("Orla Fennimore", "Orla", "Fennimore", "Jo")}
    assert len(orla) == 1 and forms[digest("Grace Hope")]["group"] not in orla
    assert forms[digest("Orla Fennimore")]["start"] == start("Orla") == forms[digest("Orla")]["start"]


def test_nothing_in_it_can_be_read() -> None:
    text = watchlist(
        STUDY, 17, RULES, runs_of("Orla went with Bram to the river garden that day", STUDY.keys.watch)
    ).text
    for word in ("orla", "fennimore", "larkspur", "960001", "12345", "thistledown", "pargeter", "p1", "p09", "river"):
        assert word not in text.lower().replace('"', " ").split() and f'"{word}' not in text.lower()
    assert "fennimore" not in text.lower() and "larkspur" not in text.lower()
    assert STUDY.keys.watch.hex() not in text


def test_a_withdrawn_participant_is_watched_still() -> None:
    study = replace(a_study(), keys=STUDY.keys)
    after, _ = withdraw(study, "P01", is_distinctive=RULES.is_distinctive)
    before, now = read(watchlist(study, 17, RULES)), read(watchlist(after, 18, RULES))
    for form in ("Orla Fennimore", "Fenny"):
        assert before[digest(form)]["counts"] == now[digest(form)]["counts"] == "alone"
        assert before[digest(form)]["start"] == now[digest(form)]["start"]


def test_runs_are_eight_words_as_they_were_said() -> None:
    text = "Orla went with Bram to the river garden that day, she said."
    runs = list(runs_of(text, STUDY.keys.watch))
    assert len(runs) == 12 - 8 + 1
    first = hashlib.blake2b(
        b"orla went with bram to the river garden", digest_size=8, key=STUDY.keys.watch, person=b"deid watch run"
    )
    assert runs[0] == first.digest()
    assert list(runs_of(text.upper().replace(" ", "\n"), STUDY.keys.watch)) == runs
    assert not list(runs_of("only five words in here", STUDY.keys.watch))


def test_the_same_vault_makes_the_same_list() -> None:
    shuffled = replace(STUDY, entries=STUDY.entries[::-1])
    assert watchlist(STUDY, 17, RULES).text == watchlist(shuffled, 17, RULES).text


@given(st.sets(st.binary(min_size=8, max_size=8), max_size=600))
def test_runs_come_sorted_and_once(runs: set[bytes]) -> None:
    made = watchlist(STUDY, 17, RULES, [*runs, *runs])
    read(made)
    written = "".join(json.loads(line)["runs"] for line in made.text.splitlines()[1:] if line.startswith('{"runs"'))
    assert bytes.fromhex(written) == b"".join(sorted(runs))


def test_an_empty_study_has_an_empty_list() -> None:
    made = watchlist(Contents(keys=STUDY.keys), 1, RULES)
    assert made.forms == made.runs == 0 and made.text.count("\n") == 2
