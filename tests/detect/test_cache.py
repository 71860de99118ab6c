"""The cache keeps places and labels, no text; whatever is damaged is a miss."""

import pytest

from deid.detect.cache import Cache
from deid.detect.passage import ModelSpan

KEY = b"k" * 32
SPANS = (ModelSpan(0, 4, "PERSON", 0.85, "spacy"), ModelSpan(5, 8, "GPE", 0.5, "spacy"))


def stored() -> bytes:
    cache = Cache(KEY)
    cache.put("reader", "Tess Fox", SPANS)
    return cache.dump()


def test_what_was_put_is_got_after_a_dump() -> None:
    assert Cache(KEY, stored()).get("reader", "Tess Fox") == SPANS


def test_another_reader_or_text_or_key_is_a_miss() -> None:
    assert Cache(KEY, stored()).get("reader 2", "Tess Fox") is None
    assert Cache(KEY, stored()).get("reader", "Tess Fax") is None
    assert Cache(b"x" * 32, stored()).get("reader", "Tess Fox") is None


def test_no_text_is_stored() -> None:
    assert b"Tess" not in stored()


@pytest.mark.parametrize("place", range(0, len(stored()) - 1, 7))
def test_a_row_with_one_byte_changed_is_a_miss(place: int) -> None:
    row = bytearray(stored())
    row[place] ^= 1
    assert Cache(KEY, bytes(row)).get("reader", "Tess Fox") is None


def test_rubbish_is_a_miss() -> None:
    assert Cache(KEY, b"\x00\xff \n  \n" + b"a" * 5000).get("reader", "Tess Fox") is None


def test_a_row_cannot_be_moved_to_another_text() -> None:
    cache = Cache(KEY)
    cache.put("reader", "Tess Fox", SPANS)
    cache.put("reader", "nobody here", ())
    one, two = (line.split(b" ", 1) for line in cache.dump().splitlines())
    swapped = Cache(KEY, b"\n".join((one[0] + b" " + two[1], two[0] + b" " + one[1])))
    assert swapped.get("reader", "Tess Fox") is None
    assert swapped.get("reader", "nobody here") is None


def test_rows_that_nobody_asked_for_fade_away_and_the_order_says_nothing() -> None:
    again = Cache(KEY, stored())
    again.put("reader", "new", ())
    assert Cache(KEY, again.dump()).get("reader", "Tess Fox") is None
    lines = again.dump().splitlines()
    assert lines == sorted(lines)
