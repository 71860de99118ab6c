"""A study key renewed by itself. The data key is another matter: `Vault.rotate` renews it and touches none of these."""

from collections.abc import Callable
from dataclasses import replace

from deid.errors import AskedWrongly
from deid.vault.contents import Contents

_BOUND = {
    "decide": "it authenticates every decision and sign-off that has been made",
    "assign": "ids and numbers are drawn with it, and an earlier token must never change",
    "signing": "its public half is the log's first event and stands on the ethics form",
}


def renew(contents: Contents, key: str, random: Callable[[int], bytes]) -> Contents:
    """The contents with this key renewed. Raises AskedWrongly for one that the study's past depends on."""
    if key in _BOUND:
        raise AskedWrongly(f"the key {key!r} cannot be renewed: {_BOUND[key]}")
    if key not in ("cache", "watch"):
        raise AskedWrongly(f"there is no key {key!r}", hint="cache and watch can be renewed")
    if key == "watch" and contents.suppressed.forms:
        raise AskedWrongly(
            "the key 'watch' cannot be renewed: a withdrawn participant's name is known by its digest alone",
            hint="replace the secret of the build service instead, and remove the old list from the repository",
        )
    return replace(contents, keys=replace(contents.keys, **{key: random(32)}))
