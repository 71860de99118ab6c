"""A vault's bytes and its frozen header, without cryptography (docs/reference/vault_format.md, sections 1 and 3).

The reader rejects and never repairs: each header has one spelling, so nobody can alter a vault and leave it readable.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from deid.errors import VaultError

VERSION = b"deid vault 1\n"
CIPHER = "hpke-x25519-hkdf-sha256-aes-256-gcm"
LARGEST_FILE = 1 << 30
LARGEST_HEADER = 65_536
LARGEST_GENERATION = 2**53 - 1
SALT = 32
TAG = 16
SMALLEST_BODY = 4096

# What one vault may ask of a reader's machine. 8 MiB is no protection, only the format's floor: whoever lowers a
# file's cost derives another key. The floor that protects is the settings' 64 MiB, when a passphrase is chosen.
MEMORY_MIB = range(8, 2048 + 1)
PASSES = range(1, 16 + 1)
LANES = range(1, 16 + 1)
LARGEST_COST = 65_536  # MiB times passes, summed over recipients: about a minute
MOST_RECIPIENTS = 16
MOST_OPENINGS = 136  # sixteen alone and their 120 pairs

NAME = r"[a-z0-9][a-z0-9-]{0,31}"
_NUMBER = r"[1-9][0-9]{0,15}"
# "id 000102030405060708090a0b0c0d0e0f": which study's vault this is.
_ID = re.compile(r"id ([0-9a-f]{32})")
# "generation 17": one more at each save.
_GENERATION = re.compile(rf"generation ({_NUMBER})")
# "recipient r2 key 7a...": one who can open the vault; a passphrase brings its salt, MiB, passes and lanes.
_RECIPIENT = re.compile(
    rf"recipient ({NAME}) (?:key ([0-9a-f]{{64}})"
    rf"|passphrase ([0-9a-f]{{64}}) argon2id ([0-9a-f]{{32}}) ({_NUMBER}) ({_NUMBER}) ({_NUMBER}))"
)
# "opens r1 e0..." alone (80 bytes), "opens r1+r2 51..." together (128 bytes).
_OPENS = re.compile(rf"opens (?:({NAME}) ([0-9a-f]{{160}})|({NAME})\+({NAME}) ([0-9a-f]{{256}}))")
# "mac 44...": always the header's last line.
_MAC = re.compile(r"mac ([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at a passphrase costs. The defaults are the settings' defaults."""

    memory_mib: int = 256
    passes: int = 3
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class Recipient:
    """One who can open the vault, alone or with another. `cost` and `salt` only where a passphrase makes the key."""

    name: str
    public: bytes
    salt: bytes = b""
    cost: Cost | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """One way to the data key: one name, or two who must come together."""

    names: tuple[str, ...]
    wrapped: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Header:
    id: bytes
    generation: int
    recipients: tuple[Recipient, ...]
    openings: tuple[Opening, ...]
    mac: bytes = bytes(32)

    def recipient(self, name: str) -> Recipient | None:
        return next((one for one in self.recipients if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole file taken apart. `plain` is the header as it stands in the file, which the seal authenticates."""

    header: Header
    plain: bytes
    salt: bytes = field(repr=False)
    sealed: bytes = field(repr=False)

    @property
    def under_mac(self) -> bytes:
        return self.plain[:-65]


def write_header(header: Header) -> bytes:
    """The header's bytes. Raises VaultError for a header that a reader would refuse."""
    _check(header)
    lines = [f"id {header.id.hex()}", f"generation {header.generation}", f"cipher {CIPHER}"]
    lines += [_recipient_line(recipient) for recipient in header.recipients]
    lines += [f"opens {'+'.join(opening.names)} {opening.wrapped.hex()}" for opening in header.openings]
    lines.append(f"mac {header.mac.hex()}")
    return VERSION + "".join(f"{line}\n" for line in lines).encode("ascii")


def read_vault(data: bytes) -> Layout:
    """The parts of a vault's bytes. Raises VaultError naming the line that is wrong."""
    if len(data) > LARGEST_FILE:
        raise _damaged("the file is larger than any vault", "")
    _check_version(data)
    end = _end_of_header(data)
    header = _parse(data[len(VERSION) : end - 1].decode("ascii").split("\n"))
    _check(header)
    body = data[end:]
    sealed = body[SALT:]
    if padded_size(len(sealed) - TAG) != len(sealed) - TAG:
        raise _damaged("the body has been cut or lengthened", "body")
    return Layout(header, data[:end], body[:SALT], sealed)


def padded_size(size: int) -> int:
    """Padmé: at most 12 % more, and of the size only its order of magnitude shows."""
    size = max(size, SMALLEST_BODY)
    exponent = size.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (size + mask) & ~mask


def _check_version(data: bytes) -> None:
    if data.startswith(VERSION):
        return
    if re.match(rb"deid vault [1-9][0-9]{0,8}\n", data):
        raise VaultError(
            "this vault was written by another version of deid", where="line 1", hint="install the newest deid"
        )
    raise VaultError("this is not a vault, or its beginning is damaged", where="line 1", hint=_RESTORE)


def _end_of_header(data: bytes) -> int:
    start = data.find(b"\nmac ", 0, LARGEST_HEADER)
    end = start + 1 + len("mac ") + 64 + 1
    plain = data[:end]
    if start < 0 or len(plain) < end or end > LARGEST_HEADER or not plain.endswith(b"\n"):
        raise _damaged("the header has no end", "header")
    if any(byte != 0x0A and not 0x20 <= byte <= 0x7E for byte in plain):
        raise _damaged("the header holds a byte that no header holds", "header")
    return end


def _parse(lines: list[str]) -> Header:
    recipients: list[Recipient] = []
    openings: list[Opening] = []
    where = [f"line {number}" for number in range(2, len(lines) + 2)]
    study = _match(_ID, lines[0], where[0]).group(1)
    generation = int(_match(_GENERATION, lines[1] if len(lines) > 1 else "", "line 3").group(1))
    if len(lines) < 4 or lines[2] != f"cipher {CIPHER}":
        raise _damaged("the cipher is not one that this version knows", "line 4")
    for line, place in zip(lines[3:-1], where[3:-1], strict=True):
        if line.startswith("recipient ") and not openings:
            recipients.append(_read_recipient(_match(_RECIPIENT, line, place), place))
        else:
            openings.append(_read_opening(_match(_OPENS, line, place)))
    mac = bytes.fromhex(_match(_MAC, lines[-1], where[-1]).group(1))
    return Header(bytes.fromhex(study), generation, tuple(recipients), tuple(openings), mac)


def _match(shape: re.Pattern[str], line: str, where: str) -> re.Match[str]:
    match = shape.fullmatch(line)
    if match is None:
        raise _damaged("the header is damaged", where)
    return match


def _read_recipient(match: re.Match[str], where: str) -> Recipient:
    name, key, public, salt, memory, passes, lanes = match.groups()
    if key:
        return Recipient(name, bytes.fromhex(key))
    cost = Cost(int(memory), int(passes), int(lanes))
    if not _is_bounded(cost):
        raise _damaged("the vault asks for more work than any vault may, or for too little", where)
    return Recipient(name, bytes.fromhex(public), bytes.fromhex(salt), cost)


def _read_opening(match: re.Match[str]) -> Opening:
    alone, wrapped, first, second, wrapped_twice = match.groups()
    if alone:
        return Opening((alone,), bytes.fromhex(wrapped))
    return Opening((first, second), bytes.fromhex(wrapped_twice))


def _recipient_line(recipient: Recipient) -> str:
    if recipient.cost is None:
        return f"recipient {recipient.name} key {recipient.public.hex()}"
    cost = recipient.cost
    work = f"{recipient.salt.hex()} {cost.memory_mib} {cost.passes} {cost.lanes}"
    return f"recipient {recipient.name} passphrase {recipient.public.hex()} argon2id {work}"


def _check(header: Header) -> None:
    """What a line alone cannot show; the same for reading and writing."""
    names = [recipient.name for recipient in header.recipients]
    ways = ["+".join(opening.names) for opening in header.openings]
    costs = [recipient.cost for recipient in header.recipients if recipient.cost]
    used = {name for opening in header.openings for name in opening.names}
    for holds, message in (
        (1 <= header.generation <= LARGEST_GENERATION, "the generation is out of range"),
        (1 <= len(names) <= MOST_RECIPIENTS, "there are no recipients, or too many"),
        (1 <= len(ways) <= MOST_OPENINGS, "there is no way to open the vault, or there are too many"),
        (all(re.fullmatch(NAME, name) for name in names), "a recipient's name is not a code such as r1"),
        (_is_rising(names), "the recipients are not in order"),
        (_is_rising(ways), "the ways to open the vault are not in order"),
        (all(_is_rising(opening.names) for opening in header.openings), "a pair is not in order"),
        (used == set(names), "the recipients and the ways to open the vault do not agree"),
        (len({recipient.public for recipient in header.recipients}) == len(names), "two recipients are one"),
        (all(_is_bounded(cost) for cost in costs), "the work asked for is out of range"),
        (sum(cost.memory_mib * cost.passes for cost in costs) <= LARGEST_COST, "the work asked for is too much"),
    ):
        if not holds:
            raise _damaged(message, "header")


def _is_rising(values: list[str] | tuple[str, ...]) -> bool:
    return all(earlier < later for earlier, later in pairwise(values))


def _is_bounded(cost: Cost) -> bool:
    return cost.memory_mib in MEMORY_MIB and cost.passes in PASSES and cost.lanes in LANES


_RESTORE = "restore the last backup (deid restore); the file itself was not changed"


def _damaged(message: str, where: str) -> VaultError:
    return VaultError(message, where=where, hint=_RESTORE)
