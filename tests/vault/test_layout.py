"""Bytes <-> header: one spelling each, and nothing out of bounds is ever written."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.errors import VaultError
from deid.vault.layout import (
    LARGEST_GENERATION,
    SALT,
    SMALLEST_BODY,
    TAG,
    Cost,
    Header,
    Opening,
    Recipient,
    padded_size,
    read_vault,
    write_header,
)

NAMES = st.from_regex(r"[a-z0-9][a-z0-9-]{0,31}", fullmatch=True)
COSTS = st.builds(Cost, st.integers(8, 256), st.integers(1, 16), st.integers(1, 16))
BODY = bytes(SALT + SMALLEST_BODY + TAG)


@st.composite
def headers(draw: st.DrawFn) -> Header:
    names = sorted(draw(st.sets(NAMES, min_size=1, max_size=6)))
    recipients = []
    for number, name in enumerate(names):
        public = bytes([number]) + draw(st.binary(min_size=31, max_size=31))
        cost = draw(st.none() | COSTS)
        salt = draw(st.binary(min_size=16, max_size=16)) if cost else b""
        recipients.append(Recipient(name, public, salt, cost))
    ways = {(name,) for name in names}
    if len(names) > 1 and draw(st.booleans()):
        ways.add((names[0], names[-1]))
    openings = [Opening(way, bytes(80 if len(way) == 1 else 128)) for way in sorted(ways, key="+".join)]
    generation = draw(st.integers(1, LARGEST_GENERATION))
    study, mac = draw(st.binary(min_size=16, max_size=16)), draw(st.binary(min_size=32, max_size=32))
    return Header(study, generation, tuple(recipients), tuple(openings), mac)


@given(headers())
def test_a_header_written_is_the_header_read(header: Header) -> None:
    plain = write_header(header)
    layout = read_vault(plain + BODY)
    assert layout.header == header
    assert layout.plain == plain
    assert layout.under_mac + header.mac.hex().encode() + b"\n" == plain


@given(headers(), st.data())
def test_a_header_has_one_spelling(header: Header, data: st.DataObject) -> None:
    """Whatever is read back as a header is written back as the very same bytes."""
    plain = bytearray(write_header(header))
    place = data.draw(st.integers(0, len(plain) - 1))
    plain[place] = data.draw(st.integers(0, 255))
    try:
        layout = read_vault(bytes(plain) + BODY)
    except VaultError:
        return
    assert write_header(layout.header) == plain == layout.plain


@given(st.binary(max_size=300))
def test_rubbish_is_an_error_of_ours(data: bytes) -> None:
    for start in (b"", b"deid vault 1\n"):
        with pytest.raises(VaultError):
            read_vault(start + data)


@pytest.mark.parametrize(
    "changes",
    [
        {"generation": 0},
        {"generation": LARGEST_GENERATION + 1},
        {"recipients": ()},
        {"openings": ()},
        {
            "recipients": (Recipient("Orla Fennimore", bytes(32)),),
            "openings": (Opening(("Orla Fennimore",), bytes(80)),),
        },
        {"recipients": (Recipient("r1", bytes(32), bytes(16), Cost(4096, 1, 1)),)},
        {"openings": (Opening(("r1",), bytes(80)), Opening(("r1",), bytes(80)))},
        {"openings": (Opening(("r2",), bytes(80)),)},
    ],
)
def test_nothing_out_of_bounds_is_written(changes: dict[str, object]) -> None:
    good = Header(bytes(16), 1, (Recipient("r1", bytes(32)),), (Opening(("r1",), bytes(80)),))
    write_header(good)
    with pytest.raises(VaultError):
        write_header(replace(good, **changes))  # type: ignore[arg-type]


@given(st.integers(0, 1 << 30))
def test_padding_costs_little_and_keeps_to_few_sizes(size: int) -> None:
    padded = padded_size(size)
    assert max(size, SMALLEST_BODY) <= padded <= max(SMALLEST_BODY, size * 1.12)
    assert padded_size(padded) == padded


def test_sizes_say_only_the_order_of_magnitude() -> None:
    assert len({padded_size(size) for size in range(100_000)}) < 100
