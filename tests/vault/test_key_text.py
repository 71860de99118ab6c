"""Keys as people handle them: what is typed wrongly is told from what is wrong."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.errors import AskedWrongly
from deid.vault.key_text import (
    check_new_passphrase,
    identity_file,
    new_identity,
    new_recovery_code,
    read_identity,
    read_passphrase,
    read_recipient,
    recipient_text,
    recovery_sheet,
)
from deid.vault.seal import Identity, Passphrase, PublicKey

KEY = st.binary(min_size=32, max_size=32)
# The bytes 0 to 31: base32 of the first ten is "aaaqeayeauda..." whoever writes it.
KNOWN = bytes(range(32))


@given(KEY)
def test_a_recipient_and_an_identity_are_read_as_written(key: bytes) -> None:
    assert read_recipient(recipient_text(PublicKey(key)) + "\n") == PublicKey(key)
    identity = Identity(key)
    file = identity_file(identity, "r2")
    assert read_identity(file) == identity
    assert recipient_text(PublicKey(identity.public)) in file


def test_the_spelling_is_the_documents() -> None:
    text = recipient_text(PublicKey(KNOWN))
    assert text.startswith("deid-recipient-1-aaaqe-ayeau-")
    groups = text.removeprefix("deid-recipient-1-").split("-")
    assert [len(group) for group in groups] == [5] * 12 + [4]


@given(KEY, st.data())
def test_one_slip_in_a_recipient_is_noticed(key: bytes, data: st.DataObject) -> None:
    text = recipient_text(PublicKey(key))
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz234567-").filter(lambda one: one != text[place]))
    with pytest.raises(AskedWrongly):
        read_recipient(text[:place] + letter + text[place + 1 :])
    with pytest.raises(AskedWrongly):
        read_recipient(text[:place])


@pytest.mark.parametrize(
    "text",
    ["", "# only a note\n", "DEID-KEY-1-\n", "DEID-KEY-1-AAAAA\nDEID-KEY-1-AAAAA\n", "deid-recipient-1-aaaqe\n"],
)
def test_what_is_no_identity_file_is_refused_without_being_shown(text: str) -> None:
    with pytest.raises(AskedWrongly) as caught:
        read_identity(text)
    assert "AAAAA" not in str(caught.value)


def test_an_identity_does_not_pass_for_a_recipient() -> None:
    line = identity_file(new_identity(secrets.token_bytes), "r2").splitlines()[-1]
    with pytest.raises(AskedWrongly) as caught:
        read_recipient(line)
    assert line not in f"{caught.value} {caught.value.hint}"


@given(st.binary(min_size=20, max_size=20))
def test_a_recovery_code_may_be_typed_in_any_way(drawn: bytes) -> None:
    code = new_recovery_code(lambda _: drawn)
    groups = code.text.split("-")
    assert [len(group) for group in groups] == [5] * 8 and not set("ILOU") & set(code.text)
    for typed in (
        code.text,
        code.text.lower(),
        " ".join(groups),
        "".join(groups),
        code.text.replace("0", "o").replace("1", "l"),
        f" {code.text}\n",
    ):
        assert read_passphrase(typed) == code


@given(st.binary(min_size=20, max_size=20), st.data())
def test_a_slip_in_a_recovery_code_is_pointed_out(drawn: bytes, data: st.DataObject) -> None:
    text = new_recovery_code(lambda _: drawn).text
    place = data.draw(st.integers(0, len(text) - 1).filter(lambda place: text[place] != "-"))
    letter = data.draw(st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ").filter(lambda one: one != text[place]))
    with pytest.raises(AskedWrongly, match="mistyped"):
        read_passphrase(text[:place] + letter + text[place + 1 :])


@given(st.text(max_size=60))
def test_any_other_passphrase_is_left_as_it_was_typed(text: str) -> None:
    assert read_passphrase(text) == Passphrase(text)


def test_a_sheet_holds_the_code_once_and_says_what_it_opens() -> None:
    code = new_recovery_code(secrets.token_bytes)
    sheet = recovery_sheet(code, study="marsh study", vault="vault.deid", date="4 March 2019")
    lines = [line.strip() for line in sheet.splitlines()]
    place = next(number for number, line in enumerate(lines) if line == code.text[:23])
    assert read_passphrase(f"{lines[place]} {lines[place + 1]}") == code
    assert "marsh study" in sheet and "vault.deid" in sheet and "4 March 2019" in sheet
    assert max(len(line) for line in sheet.splitlines()) <= 90


@pytest.mark.parametrize(
    "text", ["", "short", "a" * 40, "abababababababab", " a kestrel over the wall", "a kestrel\tover it"]
)
def test_a_weak_passphrase_is_refused(text: str) -> None:
    with pytest.raises(AskedWrongly):
        check_new_passphrase(text)


def test_four_words_are_enough() -> None:
    check_new_passphrase("kestrel over marsh wall")
    check_new_passphrase("caf\u00e9 tr\u00e8s chaud l\u00e0")
