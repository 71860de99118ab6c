"""Keyed digests: nothing without the key, nothing shared between purposes."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.digests import fingerprint, form_digest, is_same, mac, run_digest, start_digest

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
WORDS = st.lists(st.text("abcdefgh0123456789", min_size=1, max_size=8), min_size=1, max_size=8)
PARTS = st.lists(st.text(max_size=6) | st.binary(max_size=6), max_size=4)


def test_a_mac_is_hmac_sha256_over_counted_parts() -> None:
    message = b"".join(len(part).to_bytes(8, "big") + part for part in (b"decide", b"orla", b"P01"))
    assert mac(KEY, "decide", "orla", b"P01") == hmac.new(KEY, message, hashlib.sha256).hexdigest()
    assert fingerprint(KEY, "decide", "orla", b"P01") == mac(KEY, "decide", "orla", b"P01")[:32]


@given(PARTS, PARTS)
def test_no_part_runs_into_the_next(one: list[str | bytes], other: list[str | bytes]) -> None:
    plain = [[part.encode() if isinstance(part, str) else part for part in parts] for parts in (one, other)]
    assert (mac(KEY, "p", *one) == mac(KEY, "p", *other)) == (plain[0] == plain[1])


def test_each_purpose_and_each_key_has_digests_of_its_own() -> None:
    assert (
        fingerprint(KEY, "decide", "orla") != fingerprint(KEY, "cache", "orla") != fingerprint(OTHER, "cache", "orla")
    )
    assert form_digest(KEY, ["orla"])[:16] != run_digest(KEY, ["orla"]).hex()
    assert form_digest(KEY, ["orla"]) != form_digest(OTHER, ["orla"])


@given(WORDS)
def test_a_form_is_one_however_it_is_spaced(words: list[str]) -> None:
    assert form_digest(KEY, words) == form_digest(KEY, ["".join(words)])
    assert 0 <= start_digest(KEY, words[0]) < 65_536
    assert len(run_digest(KEY, words)) == 8


def test_a_run_is_not_one_however_it_is_spaced() -> None:
    assert run_digest(KEY, ["it", "is"]) != run_digest(KEY, ["iti", "s"])


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        mac(b"short", "decide", "orla")


def test_the_same_is_the_same() -> None:
    assert is_same("ab", "ab") and not is_same("ab", "ac") and not is_same("ab", "abc")
