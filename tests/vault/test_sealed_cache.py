from hypothesis import given
from hypothesis import strategies as st

from deid.vault.sealed_cache import open_cache, seal_cache

KEY, NONCE = bytes(range(32)), bytes(12)


@given(st.binary(max_size=200))
def test_what_is_sealed_opens_with_its_key_only(data: bytes) -> None:
    sealed = seal_cache(KEY, data, NONCE)
    assert open_cache(KEY, sealed) == data
    assert open_cache(bytes(32), sealed) == b""


def test_a_damaged_cache_is_an_empty_one() -> None:
    sealed = seal_cache(KEY, b"rows of spans", NONCE)
    for place in range(len(sealed)):
        assert open_cache(KEY, sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]) == b""
        assert open_cache(KEY, sealed[:place]) == b""
