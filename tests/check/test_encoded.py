"""Base64 that holds text or a known kind is read; digests, keys and identifiers are not taken for it."""

import base64
import hashlib

import pytest

from deid.check.encoded import encoded

WORDS = b"It was Ada Oddington who rang."
ZIP = (b"PK",)


@pytest.mark.parametrize(
    "written",
    [
        base64.b64encode(WORDS), base64.b64encode(WORDS).rstrip(b"="), base64.urlsafe_b64encode(WORDS),
        b'<a href="data:text/plain;base64,' + base64.b64encode(WORDS) + b'">', base64.encodebytes(WORDS * 9),
    ],
)  # fmt: skip
def test_text_is_read(written: bytes) -> None:
    held = [data for _, data in encoded(f"first\n{written.decode()}\n", ZIP)]
    assert len(held) == 1 and held[0].startswith(WORDS)


def test_where_it_stands_is_told() -> None:
    assert [line for line, _ in encoded(f"a\nb\n{base64.b64encode(WORDS).decode()}", ZIP)] == [3]


@pytest.mark.parametrize(
    "text",
    [hashlib.sha256(b"x").hexdigest(), base64.b64encode(hashlib.sha256(b"x").digest()).decode(), "-" * 80, "_" * 30,
     "a_long_identifier_of_some_program", "Donaudampfschifffahrtsgesellschaft", "/usr/share/some/where/else/again"],
)  # fmt: skip
def test_what_is_no_text_is_left(text: str) -> None:
    assert not list(encoded(text, ZIP))


def test_a_known_kind_is_given_whatever_it_holds() -> None:
    assert [data for _, data in encoded(base64.b64encode(b"PK\x03\x04" + bytes(range(200, 230))).decode(), ZIP)]
