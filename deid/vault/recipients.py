"""Who can open the vault: added, removed, changed, joined in pairs. Pure: a header's recipients and ways in and out.

Every change is sealed under a new data key (`Vault.set_access`), for whoever loses access may have kept the old one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations

from deid.errors import AskedWrongly
from deid.vault.layout import MOST_RECIPIENTS, Header, Recipient

Ways = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Access:
    """Recipients by name, and the ways in: one name alone, or two together."""

    recipients: tuple[Recipient, ...]
    ways: Ways


def access_of(header: Header) -> Access:
    return Access(header.recipients, frozenset(opening.names for opening in header.openings))


def alone(access: Access) -> tuple[str, ...]:
    """Who can open the vault without anybody else."""
    return tuple(sorted(way[0] for way in access.ways if len(way) == 1))


def custodians(access: Access) -> tuple[str, ...]:
    """Who can open it together with another."""
    return tuple(sorted({name for way in access.ways if len(way) == 2 for name in way}))


def is_closed(access: Access) -> bool:
    """Whether nobody can open the vault alone. Until then, a rule of two is a promise and not cryptography."""
    return not alone(access)


def add(access: Access, recipient: Recipient, *, opens_alone: bool = True) -> Access:
    """With one more recipient. A custodian who is to open it only with another gets ways by `join`."""
    if any(one.name == recipient.name for one in access.recipients):
        raise AskedWrongly(f"there is a recipient {recipient.name} already", hint="choose another code")
    if any(one.public == recipient.public for one in access.recipients):
        raise AskedWrongly("this key is a recipient already, under another code")
    if opens_alone and access.ways and is_closed(access):
        raise AskedWrongly(
            "the vault is closed: nobody opens it alone", hint="make them a custodian: deid vault recipients quorum"
        )
    if len(access.recipients) == MOST_RECIPIENTS:
        raise AskedWrongly(f"a vault has at most {MOST_RECIPIENTS} recipients")
    ways = access.ways | ({(recipient.name,)} if opens_alone else set())
    return Access((*access.recipients, recipient), ways)


def remove(access: Access, name: str) -> Access:
    """Without this recipient and all pairs that they are in. Somebody must be left who can open the vault."""
    _find(access, name)
    ways = frozenset(way for way in access.ways if name not in way)
    if not ways:
        raise AskedWrongly("nobody could open the vault any more", hint="add another recipient first")
    return _without_idle(Access(access.recipients, ways))


def change(access: Access, recipient: Recipient) -> Access:
    """The recipient of that name with another key; what they could open they can open still."""
    old = _find(access, recipient.name)
    others = tuple(one for one in access.recipients if one is not old)
    if any(one.public == recipient.public for one in others):
        raise AskedWrongly("this key is a recipient already, under another code")
    return Access((*others, recipient), access.ways)


def join(access: Access, names: Iterable[str]) -> Access:
    """Any two of these custodians can open the vault together."""
    custodians = sorted(set(names))
    for name in custodians:
        _find(access, name)
    if len(custodians) < 2:
        raise AskedWrongly("a quorum needs at least two custodians")
    return replace(access, ways=access.ways | set(combinations(custodians, 2)))


def close(access: Access) -> Access:
    """Only pairs can open the vault from now on; whoever is in no pair is a recipient no longer."""
    pairs = frozenset(way for way in access.ways if len(way) == 2)
    if not pairs:
        raise AskedWrongly(
            "there is no quorum that could open the vault once it is closed",
            hint="deid vault recipients quorum names the custodians, any two of whom open it",
        )
    return _without_idle(Access(access.recipients, pairs))


def _find(access: Access, name: str) -> Recipient:
    for recipient in access.recipients:
        if recipient.name == name:
            return recipient
    known = ", ".join(recipient.name for recipient in access.recipients)
    raise AskedWrongly(f"there is no recipient {name!r}", hint=f"there are: {known}")


def _without_idle(access: Access) -> Access:
    used = {name for way in access.ways for name in way}
    return replace(access, recipients=tuple(one for one in access.recipients if one.name in used))
