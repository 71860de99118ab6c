"""The seal: opened by whom it was made for, by nobody else, and by nobody once a bit has changed."""

import secrets
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deid.errors import AskedWrongly, VaultError
from deid.vault.layout import Cost, Header, Recipient, padded_size, read_vault
from deid.vault.seal import (
    Identity,
    Opened,
    Pair,
    Passphrase,
    PublicKey,
    make_recipient,
    open_again,
    open_body,
    seal,
    unseal,
    wrap,
)

CHEAP = Cost(8, 1, 1)
SECRET = b"Orla Fennimore is [Person 41]"
ANNE, BERT, CLEO = (Identity(secrets.token_bytes(32)) for _ in range(3))
STUDY = bytes(range(16))


def a_header(*holders: Identity, ways: tuple[tuple[str, ...], ...], data_key: bytes) -> Header:
    recipients = tuple(Recipient(f"r{number}", holder.public) for number, holder in enumerate(holders))
    return wrap(Header(STUDY, 1, recipients, ()), data_key, ways)


def sealed(plaintext: bytes = SECRET) -> tuple[bytes, bytes]:
    data_key = secrets.token_bytes(32)
    header = a_header(ANNE, BERT, ways=(("r0",), ("r1",)), data_key=data_key)
    return seal(header, data_key, plaintext, secrets.token_bytes(32)), data_key


@given(st.binary(max_size=10_000))
@settings(max_examples=50)
def test_what_is_sealed_is_what_is_opened(plaintext: bytes) -> None:
    data, data_key = sealed(plaintext)
    for holder in (ANNE, BERT):
        opened = unseal(data, holder)
        assert (opened.plaintext, opened.data_key) == (plaintext, data_key)
    assert len(read_vault(data).sealed) == padded_size(8 + len(plaintext)) + 16


def test_every_flipped_bit_of_the_header_is_refused() -> None:
    data, _ = sealed()
    for place in range(len(read_vault(data).plain)):
        for bit in range(8):
            changed = bytearray(data)
            changed[place] ^= 1 << bit
            with pytest.raises(VaultError):
                unseal(bytes(changed), ANNE)


def test_every_flipped_bit_of_the_body_is_refused() -> None:
    """The header is as it was, so it need not be opened again for each of the body's 33,000 bits."""
    data, data_key = sealed()
    layout = read_vault(data)
    assert open_body(layout, data_key) == SECRET
    body = layout.salt + layout.sealed
    for place in range(len(body)):
        for bit in range(8):
            changed = bytearray(body)
            changed[place] ^= 1 << bit
            flipped = replace(layout, salt=bytes(changed[:32]), sealed=bytes(changed[32:]))
            with pytest.raises(VaultError):
                open_body(flipped, data_key)


def test_every_flipped_bit_of_a_passphrase_recipient_is_refused() -> None:
    data_key = secrets.token_bytes(32)
    recipient, _ = make_recipient("r0", Passphrase("over the marsh wall"), CHEAP, secrets.token_bytes)
    header = wrap(Header(STUDY, 1, (recipient,), ()), data_key, [("r0",)])
    data = seal(header, data_key, SECRET, secrets.token_bytes(32))
    assert unseal(data, Passphrase("over the marsh wall")).plaintext == SECRET
    start = data.index(b"recipient")
    for place in range(start, data.index(b"\n", start)):
        changed = bytearray(data)
        changed[place] ^= 1  # one bit a byte: each costs a derivation where the line still parses
        with pytest.raises(VaultError):
            unseal(bytes(changed), Passphrase("over the marsh wall"))


def test_every_truncation_is_refused() -> None:
    data, _ = sealed()
    for end in (*range(700), *range(len(data) - 40, len(data))):
        with pytest.raises(VaultError):
            unseal(data[:end], ANNE)


def test_all_that_needs_a_key_fails_with_one_error() -> None:
    data, _ = sealed()
    end = len(read_vault(data).plain)
    flipped = data[: end + 50] + bytes([data[end + 50] ^ 1]) + data[end + 51 :]
    messages = set()
    for bytes_, credential in ((data, CLEO), (data, Passphrase("wrong")), (flipped, ANNE), (flipped, CLEO)):
        with pytest.raises(VaultError) as caught:
            unseal(bytes_, credential)
        messages.add((caught.value.message, caught.value.where, caught.value.hint))
        assert (caught.value.__cause__ is None and caught.value.__suppress_context__) or not caught.value.__context__
    assert len(messages) == 1


def test_two_of_three_open_it_and_one_does_not() -> None:
    data_key = secrets.token_bytes(32)
    ways = (("r0", "r1"), ("r0", "r2"), ("r1", "r2"))
    data = seal(a_header(ANNE, BERT, CLEO, ways=ways, data_key=data_key), data_key, SECRET, secrets.token_bytes(32))
    for pair in (Pair(ANNE, BERT), Pair(CLEO, ANNE), Pair(BERT, CLEO)):
        assert unseal(data, pair).plaintext == SECRET
    for alone in (ANNE, BERT, CLEO, Pair(ANNE, ANNE)):
        with pytest.raises(VaultError, match="only together"):
            unseal(data, alone)


def test_one_custodian_alone_unwraps_nothing_but_another_sealed_thing() -> None:
    """What the first custodian opens is sealed for the second, and is not the data key."""
    data_key = secrets.token_bytes(32)
    header = a_header(ANNE, BERT, ways=(("r0", "r1"),), data_key=data_key)
    assert data_key not in header.openings[0].wrapped
    with pytest.raises(VaultError):
        layout = read_vault(seal(header, data_key, SECRET, secrets.token_bytes(32)))
        crossed = replace(layout, header=replace(header, openings=(replace(header.openings[0], names=("r0",)),)))
        open_again(crossed, Opened(layout, bytes(32), b"", {"r0": ANNE.private}))


def test_two_seals_of_one_text_have_nothing_in_common() -> None:
    data_key = secrets.token_bytes(32)
    header = a_header(ANNE, ways=(("r0",),), data_key=data_key)
    one, other = (read_vault(seal(header, data_key, SECRET, secrets.token_bytes(32))) for _ in range(2))
    assert one.salt != other.salt and one.sealed != other.sealed and one.header.mac == other.header.mac


def test_a_passphrase_is_the_same_however_its_accents_are_typed() -> None:
    data_key = secrets.token_bytes(32)
    recipient, _ = make_recipient("r0", Passphrase("caf\u00e9 au lait chaud"), CHEAP, secrets.token_bytes)
    header = wrap(Header(STUDY, 1, (recipient,), ()), data_key, [("r0",)])
    data = seal(header, data_key, SECRET, secrets.token_bytes(32))
    assert unseal(data, Passphrase("cafe\u0301 au lait chaud")).plaintext == SECRET


def test_a_key_of_small_order_is_not_sealed_for() -> None:
    for point in (bytes(32), b"\1" + bytes(31)):
        recipient, _ = make_recipient("r0", PublicKey(point), CHEAP, secrets.token_bytes)
        with pytest.raises(AskedWrongly):
            wrap(Header(STUDY, 1, (recipient,), ()), bytes(32), [("r0",)])


def test_no_repr_shows_a_secret() -> None:
    data, data_key = sealed()
    opened = unseal(data, ANNE)
    shown = repr(opened) + repr(ANNE) + repr(Passphrase("over the marsh wall")) + repr(Pair(ANNE, BERT))
    for secret in (ANNE.private, data_key, SECRET):
        assert repr(secret) not in shown and secret.hex() not in shown
    assert "marsh" not in shown


def test_several_threads_can_open_at_once() -> None:
    """Two tabs of the page, or a double click: without a lock OpenSSL waits for itself for ever."""
    code = (
        "import threading; from deid.vault.seal import Passphrase, derive; from deid.vault.layout import Cost\n"
        "work = lambda: derive(Passphrase('four invented test words'), bytes(16), Cost(64, 1, 4))\n"
        "threads = [threading.Thread(target=work, daemon=True) for _ in range(4)]\n"
        "[thread.start() for thread in threads]; [thread.join(60) for thread in threads]\n"
        "raise SystemExit(any(thread.is_alive() for thread in threads))"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=90, check=False).returncode == 0
