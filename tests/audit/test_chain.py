import hashlib
import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from deid.audit import chain
from deid.errors import LogError
from tests.audit.build import OTHER_SEED, SEED

SALT = bytes(16)
TIME = "2026-03-02T09:30:00Z"

words = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
scalars = st.one_of(words, st.booleans(), st.integers(-(2**53) + 1, 2**53 - 1), st.none())
details = st.dictionaries(st.text(max_size=8), st.one_of(scalars, st.lists(scalars, max_size=3)), max_size=5).filter(
    lambda value: all(not 0xD800 <= ord(each) <= 0xDFFF for key in value for each in key)
)
digests = st.binary(min_size=32, max_size=32).map(bytes.hex)


def event(number: int = 0, previous: str = chain.ZERO, **detail: object):
    return chain.make_event(number, previous, "run_finished", detail, actor="deid", time=TIME, salt=SALT)


def test_the_tree_is_that_of_rfc_6962():
    """The eight leaves and roots that Certificate Transparency implementations share as test vectors."""
    leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]

    def root(data: list[bytes]) -> bytes:
        if not data:
            return hashlib.sha256(b"").digest()
        if len(data) == 1:
            return hashlib.sha256(b"\x00" + data[0]).digest()
        half = 1 << (len(data) - 1).bit_length() - 1
        return hashlib.sha256(b"\x01" + root(data[:half]) + root(data[half:])).digest()

    assert root([bytes.fromhex(leaf) for leaf in leaves]).hex() == (
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    )
    for size in range(20):
        data = [hashlib.sha256(bytes([at])).digest() for at in range(size)]
        assert chain.merkle_root([each.hex() for each in data]) == root(data).hex()


@given(details, digests, st.integers(0, 10**14))
def test_a_line_reads_back_as_the_event_it_was(detail: dict[str, object], previous: str, number: int):
    made, line = chain.make_event(number, previous, "note", detail, actor="R1", time=TIME, salt=SALT)
    assert chain.read_line(line) == made
    assert chain.write_line(made) == line
    assert chain.event_digest(made) == made.digest
    assert chain.detail_matches(made)
    assert rfc8785.dumps(json.loads(line)) + b"\n" == line, "the template is canonical JSON"


@given(details)
def test_a_withheld_detail_leaves_every_digest_valid(detail: dict[str, object]):
    made, _ = chain.make_event(3, chain.ZERO, "note", detail, actor="R1", time=TIME, salt=SALT)
    withheld = chain.withhold(made)
    line = chain.write_line(withheld)
    assert withheld.detail is None and withheld.salt == ""
    assert chain.read_line(line) == withheld
    assert chain.event_digest(withheld) == made.digest
    assert rfc8785.dumps(json.loads(line)) + b"\n" == line


@given(details, details)
def test_another_detail_is_noticed(detail: dict[str, object], other: dict[str, object]):
    _, line = chain.make_event(0, chain.ZERO, "note", detail, actor="R1", time=TIME, salt=SALT)
    forged = line.replace(chain.canonical(detail), chain.canonical(other))
    if forged != line:
        assert not chain.detail_matches(chain.read_line(forged))


@given(details)
def test_skimming_passes_over_the_detail_only(detail: dict[str, object]):
    made, line = chain.make_event(7, chain.ZERO, "note", detail, actor="R1", time=TIME, salt=SALT)
    assert chain.skim(line) == chain.withhold(made)


def test_skimming_keeps_the_details_that_name_a_key():
    made, line = chain.make_event(1, chain.ZERO, "rotation", {"public_key": "ab"}, actor="deid", time=TIME, salt=SALT)
    assert chain.skim(line) == made


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.replace(b'":', b'": ', 1),
        lambda raw: raw[:-1],
        lambda raw: raw + b"\n",
        lambda raw: raw.replace(b"deid", b"d\\u0065id"),
        lambda raw: raw.replace(b'"number":0', b'"number":00'),
        lambda raw: raw.replace(b'"n":1', b'"n":1.0'),
        lambda raw: raw.replace(b'"n":1', b'"n":1.5'),
        lambda raw: raw.replace(b'"n":1', b'"n":1e1'),
        lambda raw: raw.replace(b'"n":1', b'"n":-0'),
        lambda raw: raw.replace(b'"n":1', b'"n":9007199254740992'),
        lambda raw: raw.replace(b'"n":1', b'"n":' + b"9" * 5000),
        lambda raw: raw.replace(b'"n":1', b'"n":NaN'),
        lambda raw: raw.replace(b'"n":1', b'"n":1,"n":1'),
        lambda raw: b"\xff" + raw,
        lambda raw: b"[]\n",
        lambda raw: b"\n",
    ],
)
def test_a_line_that_is_not_canonical_is_refused(change):
    _, line = event(n=1)
    with pytest.raises(LogError):
        chain.read_line(change(line))


keys = st.text(max_size=4)
nested = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=6)


@given(st.dictionaries(keys, nested, max_size=4))
def test_what_the_standard_writes_is_read_and_matches_its_commitment(detail: dict[str, object]):
    """Keys of any script: the quick way of reading must agree with the standard's own order of keys."""
    made, line = event(**{"detail of any shape": detail})
    found = chain.read_line(line)
    assert found == made and chain.detail_matches(found)


def test_keys_beyond_ascii_stand_in_the_standards_order():
    """UTF-16 puts an emoji, which it writes as a surrogate pair, before U+E000; code points put it behind."""
    _, line = event(**{"\U0001f600": 1, "\ue000": 2})
    right, wrong = '{"\U0001f600":1,"\ue000":2}'.encode(), '{"\ue000":2,"\U0001f600":1}'.encode()
    assert right in line
    with pytest.raises(LogError):
        chain.read_line(line.replace(right, wrong))


@pytest.mark.parametrize("detail", [{"x": float("nan")}, {"x": 2**53}, {"x": "\ud800"}, {"x": b"bytes"}])
def test_what_json_cannot_hold_is_refused(detail: dict[str, object]):
    with pytest.raises(LogError):
        event(**detail)


@pytest.mark.parametrize("actor", ["", "Joanne Smith", "R1\n", 'R"1', "x" * 33])
def test_an_actor_is_a_code(actor: str):
    with pytest.raises(LogError):
        chain.make_event(0, chain.ZERO, "note", {}, actor=actor, time=TIME, salt=SALT)


def checkpoint(seed: bytes = SEED) -> chain.Checkpoint:
    origin = chain.fingerprint_of(chain.public_key_of(SEED))
    return chain.sign_checkpoint(
        seed, origin=origin, size=1, root="ab" * 32, head="cd" * 32, previous="ef" * 32, time=TIME
    )


def test_a_checkpoint_reads_back_and_is_signed():
    made = checkpoint()
    assert chain.read_line(chain.write_line(made)) == made
    assert chain.is_signed(made, chain.public_key_of(SEED))
    assert made.digest == chain.checkpoint_digest(made)


def test_a_signature_by_another_key_is_foreign():
    assert not chain.is_signed(checkpoint(OTHER_SEED), chain.public_key_of(SEED))
    assert not chain.is_signed(checkpoint(), chain.public_key_of(OTHER_SEED))
    assert not chain.is_signed(checkpoint(), "not hexadecimal")


def test_every_byte_of_a_checkpoint_counts():
    line = chain.write_line(checkpoint())
    for at in range(len(line)):
        changed = line[:at] + bytes([line[at] ^ 1]) + line[at + 1 :]
        try:
            read = chain.read_line(changed)
        except LogError:
            continue
        assert isinstance(read, chain.Checkpoint)
        key = chain.public_key_of(SEED)
        assert not chain.is_signed(read, key) or read.digest != chain.checkpoint_digest(read)


def test_a_fingerprint_is_spoken_in_groups():
    assert chain.spoken(chain.fingerprint_of("00" * 32)).count("-") == 7
