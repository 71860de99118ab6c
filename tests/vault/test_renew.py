"""Study keys renewed one by one, and only where nothing of the past depends on them."""

import secrets
from dataclasses import replace

import pytest

from deid.errors import AskedWrongly
from deid.vault.contents import Suppressed
from deid.vault.renew import renew
from tests.vault.invented import some_contents

CONTENTS = replace(some_contents(), suppressed=Suppressed())


@pytest.mark.parametrize("key", ["cache", "watch"])
def test_one_key_is_renewed_and_nothing_else(key: str) -> None:
    after = renew(CONTENTS, key, secrets.token_bytes)
    assert getattr(after.keys, key) != getattr(CONTENTS.keys, key)
    assert replace(after, keys=replace(after.keys, **{key: getattr(CONTENTS.keys, key)})) == CONTENTS


@pytest.mark.parametrize("key", ["decide", "assign", "signing", "nonsense"])
def test_what_the_past_depends_on_stays(key: str) -> None:
    with pytest.raises(AskedWrongly):
        renew(CONTENTS, key, secrets.token_bytes)


def test_a_withdrawn_name_is_not_made_unknown() -> None:
    with pytest.raises(AskedWrongly, match="withdrawn"):
        renew(some_contents(), "watch", secrets.token_bytes)
