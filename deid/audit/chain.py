"""The arithmetic of the log, as pure functions: canonical JSON, events, the Merkle tree, checkpoints.

docs/reference/audit_format.md is the contract; a program written from that page must agree with this file.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from deid.errors import LogError
from deid.model import AuditEvent

FORMAT = "deid-audit-1"
ZERO = "0" * 64
SALT_BYTES = 16
LONGEST_LINE = 1 << 20
_CHECKPOINT_CONTEXT = b"deid audit checkpoint 1\n"
_COPY_CONTEXT = b"deid audit copy 1\n"
_LARGEST = 2**53 - 1
_MOST_DIGITS = 17  # the sign included
_WRITE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode

_HEX = "[0-9a-f]"
# The head of an event needs no escapes in JSON: its canonical form is a fixed template; one pattern reads it back.
_EVENT_LINE = re.compile(
    rb'\{"action":"([a-z][a-z_]{0,39})","actor":"([A-Za-z0-9][A-Za-z0-9._+-]{0,31})","commitment":"([0-9a-f]{64})",'
    rb'"detail":(\{.*\}|null),"digest":"([0-9a-f]{64})","number":(0|[1-9][0-9]{0,14}),"previous":"([0-9a-f]{64})",'
    rb'"salt":(?:"([0-9a-f]{32})"|null),"time":"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)"\}'
)
_ACTION = re.compile(r"[a-z][a-z_]{0,39}")
_ACTOR = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,31}")  # R1, deid
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")  # 2026-03-02T09:30:00Z


@dataclass(frozen=True, slots=True)
class Checkpoint:
    origin: str
    size: int
    root: str
    head: str
    previous: str
    time: str
    signature: str
    digest: str


@dataclass(frozen=True, slots=True)
class CopyStatement:
    """The last line of a public copy: which release it goes with, and how many details of which action are withheld."""

    release: str
    withheld: Mapping[str, int]
    covers: str
    time: str
    signature: str


Line = AuditEvent | Checkpoint | CopyStatement
# Perfect subtrees from left to right, as (number of leaves, root): all that is needed to go on.
Frontier = tuple[tuple[int, bytes], ...]


def canonical(value: object) -> bytes:
    """Canonical JSON (RFC 8785). Raises LogError for what it cannot hold: lone surrogates, NaN, numbers above 2^53."""
    try:
        return rfc8785.dumps(value)  # type: ignore[arg-type]
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        raise LogError("a value cannot be written as canonical JSON") from error


def commitment_of(salt: bytes, detail: bytes) -> str:
    return hashlib.sha256(salt + detail).hexdigest()


def event_digest(event: AuditEvent) -> str:
    """What the chain holds of an event: everything but its detail, which the commitment stands for."""
    head = (
        f'{{"action":"{event.action}","actor":"{event.actor}","commitment":"{event.commitment}",'
        f'"number":{event.number},"previous":"{event.previous}","time":"{event.time}"}}'
    )
    return hashlib.sha256(head.encode("ascii")).hexdigest()


def make_event(
    number: int, previous: str, action: str, detail: Mapping[str, object], *, actor: str, time: str, salt: bytes
) -> tuple[AuditEvent, bytes]:
    """The event and its line. Raises LogError for an actor or action that is not a code."""
    if not (_ACTION.fullmatch(action) and _ACTOR.fullmatch(actor) and _TIME.fullmatch(time)):
        raise LogError("an actor, action or time is not written as the log wants it", where=f"event {number}")
    if len(salt) != SALT_BYTES:
        raise LogError("a salt has the wrong length", where=f"event {number}")
    body = canonical(detail)
    commitment = commitment_of(salt, body)
    draft = AuditEvent(number, time, actor, action, detail, salt.hex(), previous, "", commitment)
    event = AuditEvent(number, time, actor, action, detail, salt.hex(), previous, event_digest(draft), commitment)
    return event, _event_line(event, body)


def withhold(event: AuditEvent) -> AuditEvent:
    """The same event without its detail and salt; every digest stays valid."""
    return AuditEvent(
        event.number, event.time, event.actor, event.action, None, "", event.previous, event.digest, event.commitment
    )


def write_line(line: Line) -> bytes:
    """The line as it stands in the file, line feed included."""
    if isinstance(line, AuditEvent):
        return _event_line(line, b"null" if line.detail is None else canonical(line.detail))
    return canonical(_checkpoint_body(line) if isinstance(line, Checkpoint) else _copy_body(line)) + b"\n"


def read_line(raw: bytes) -> Line:
    """The line, line feed included, as a value. Raises LogError unless it is canonical and complete."""
    found = _EVENT_LINE.fullmatch(raw[:-1]) if raw.endswith(b"\n") else None
    if found:
        return _read_event(found)
    if len(raw) > LONGEST_LINE or not raw.endswith(b"\n"):
        raise LogError("the line is not complete or too long")
    body = _read_json(raw[:-1])
    if "checkpoint" in body:
        return _read_checkpoint(body)
    if "copy" in body:
        return _read_copy(body)
    raise LogError("the line is neither an event nor a checkpoint")


def skim(raw: bytes) -> Line:
    """As read_line, but passes over the detail of an event (it reads as withheld) unless that names a key."""
    found = _EVENT_LINE.fullmatch(raw[:-1]) if raw.endswith(b"\n") else None
    if not found or found[1] in (b"study_created", b"rotation"):
        return read_line(raw)
    heads = (part.decode() for part in found.group(1, 2, 3, 5, 6, 7, 9))
    action, actor, commitment, digest, number, previous, time = heads
    return AuditEvent(int(number), time, actor, action, None, "", previous, digest, commitment)


def detail_matches(event: AuditEvent) -> bool:
    """Whether the detail, as read, is the one that was committed to; a withheld one cannot be asked."""
    if event.detail is None:
        return True
    return commitment_of(bytes.fromhex(event.salt), _canonical_again(event.detail)) == event.commitment


# the tree


def grow(frontier: Frontier, leaf: str) -> Frontier:
    """The tree with one more leaf, which is an event's digest."""
    size, root = 1, hashlib.sha256(b"\x00" + bytes.fromhex(leaf)).digest()
    while frontier and frontier[-1][0] == size:
        size, root = 2 * size, hashlib.sha256(b"\x01" + frontier[-1][1] + root).digest()
        frontier = frontier[:-1]
    return (*frontier, (size, root))


def root_of(frontier: Frontier) -> str:
    """The root over the perfect subtrees, joined from the right as RFC 6962 does."""
    if not frontier:
        return hashlib.sha256(b"").hexdigest()
    root = frontier[-1][1]
    for _, left in reversed(frontier[:-1]):
        root = hashlib.sha256(b"\x01" + left + root).digest()
    return root.hex()


def merkle_root(digests: Sequence[str]) -> str:
    """The tree's root over a whole list of event digests."""
    frontier: Frontier = ()
    for digest in digests:
        frontier = grow(frontier, digest)
    return root_of(frontier)


# keys and checkpoints


def public_key_of(signing_seed: bytes) -> str:
    return Ed25519PrivateKey.from_private_bytes(signing_seed).public_key().public_bytes_raw().hex()


def fingerprint_of(public_key: str) -> str:
    """The first 16 bytes of SHA-256 of the public key: what stands on the ethics form."""
    return hashlib.sha256(bytes.fromhex(public_key)).hexdigest()[:32]


def spoken(fingerprint: str) -> str:
    """3f9a-0c1d-...: groups of four, for people."""
    return "-".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))


def sign_checkpoint(
    signing_seed: bytes, *, origin: str, size: int, root: str, head: str, previous: str, time: str
) -> Checkpoint:
    unsigned = Checkpoint(origin, size, root, head, previous, time, "", "")
    signature = _sign(signing_seed, _CHECKPOINT_CONTEXT + canonical(_signed_part(unsigned)))
    signed = Checkpoint(origin, size, root, head, previous, time, signature, "")
    return Checkpoint(origin, size, root, head, previous, time, signature, checkpoint_digest(signed))


def is_signed(checkpoint: Checkpoint, public_key: str) -> bool:
    return _verify(public_key, checkpoint.signature, _CHECKPOINT_CONTEXT + canonical(_signed_part(checkpoint)))


def checkpoint_digest(checkpoint: Checkpoint) -> str:
    return hashlib.sha256(canonical({**_signed_part(checkpoint), "signature": checkpoint.signature})).hexdigest()


def sign_copy(
    signing_seed: bytes, *, release: str, withheld: Mapping[str, int], covers: str, time: str
) -> CopyStatement:
    """The closing statement of a public copy; `covers` is SHA-256 of all bytes of the copy before it."""
    unsigned = CopyStatement(release, withheld, covers, time, "")
    signature = _sign(signing_seed, _COPY_CONTEXT + canonical(_copy_part(unsigned)))
    return CopyStatement(release, withheld, covers, time, signature)


def is_copy_signed(statement: CopyStatement, public_key: str) -> bool:
    return _verify(public_key, statement.signature, _COPY_CONTEXT + canonical(_copy_part(statement)))


def _sign(signing_seed: bytes, message: bytes) -> str:
    return Ed25519PrivateKey.from_private_bytes(signing_seed).sign(message).hex()


def _verify(public_key: str, signature: str, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _event_line(event: AuditEvent, detail: bytes) -> bytes:
    salt = f'"{event.salt}"' if event.salt else "null"
    before = f'{{"action":"{event.action}","actor":"{event.actor}","commitment":"{event.commitment}","detail":'
    after = (
        f',"digest":"{event.digest}","number":{event.number},"previous":"{event.previous}",'
        f'"salt":{salt},"time":"{event.time}"}}\n'
    )
    return before.encode("ascii") + detail + after.encode("ascii")


def _read_event(found: re.Match[bytes]) -> AuditEvent:
    action, actor, commitment, raw_detail, digest, number, previous, salt, time = found.groups()
    detail = None if raw_detail == b"null" else _read_json(raw_detail)
    if (detail is None) != (salt is None):
        raise LogError("a detail is withheld without its salt, or a salt without its detail")
    return AuditEvent(
        int(number),
        time.decode(),
        actor.decode(),
        action.decode(),
        detail,
        salt.decode() if salt else "",
        previous.decode(),
        digest.decode(),
        commitment.decode(),
    )


def _read_json(raw: bytes) -> dict[str, object]:
    try:
        body = json.loads(raw.decode("utf-8"), parse_float=_refuse, parse_int=_whole, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise LogError("the line is not JSON") from error
    if not isinstance(body, dict) or _canonical_again(body) != raw:
        raise LogError("the line is not canonical JSON")
    return body


def _canonical_again(body: Mapping[str, object]) -> bytes:
    """As `canonical`, ten times as fast, for what was read with whole numbers only.

    Python's own writer differs from RFC 8785 in fractions, which were refused, and in the order of keys beyond ASCII,
    which only a text beyond ASCII can have.
    """
    try:
        plain = _WRITE(body).encode("utf-8")
    except (UnicodeEncodeError, RecursionError) as error:
        raise LogError("a value cannot be written as canonical JSON") from error
    return plain if plain.isascii() else canonical(body)


def _refuse(number: str) -> float:
    raise ValueError("not a whole number")


def _whole(digits: str) -> int:
    number = int(digits) if len(digits) <= _MOST_DIGITS else _LARGEST + 1
    if abs(number) > _LARGEST:
        raise ValueError("a number is too large")
    return number


def _signed_part(checkpoint: Checkpoint) -> dict[str, object]:
    return {
        "checkpoint": 1,
        "head": checkpoint.head,
        "origin": checkpoint.origin,
        "previous": checkpoint.previous,
        "root": checkpoint.root,
        "size": checkpoint.size,
        "time": checkpoint.time,
    }


def _checkpoint_body(checkpoint: Checkpoint) -> dict[str, object]:
    return {**_signed_part(checkpoint), "signature": checkpoint.signature, "digest": checkpoint.digest}


def _read_checkpoint(body: Mapping[str, object]) -> Checkpoint:
    if body.get("checkpoint") != 1 or isinstance(body["checkpoint"], bool):
        raise LogError("the checkpoint is of a version that this program does not know")
    lengths = {"digest": 64, "head": 64, "origin": 32, "previous": 64, "root": 64, "signature": 128}
    if set(body) != {"checkpoint", "size", "time", *lengths}:
        raise LogError("the checkpoint lacks a field or has one too many")
    hexadecimal = all(is_hex(body[name], length) for name, length in lengths.items())
    size, time = body["size"], body["time"]
    if not hexadecimal or not isinstance(size, int) or isinstance(size, bool) or not _TIME.fullmatch(str(time)):
        raise LogError("a field of the checkpoint is not written as the format wants it")
    fields = {name: str(body[name]) for name in ("origin", "root", "head", "previous", "time", "signature", "digest")}
    return Checkpoint(size=size, **fields)


def _copy_part(statement: CopyStatement) -> dict[str, object]:
    return {
        "copy": 1,
        "covers": statement.covers,
        "release": statement.release,
        "time": statement.time,
        "withheld": dict(statement.withheld),
    }


def _copy_body(statement: CopyStatement) -> dict[str, object]:
    return {**_copy_part(statement), "signature": statement.signature}


def _read_copy(body: Mapping[str, object]) -> CopyStatement:
    if set(body) != {"copy", "covers", "release", "signature", "time", "withheld"} or body["copy"] != 1:
        raise LogError("the closing statement of the copy lacks a field, or is of an unknown version")
    withheld = body["withheld"]
    if not is_hex(body["covers"], 64) or not is_hex(body["signature"], 128) or not isinstance(withheld, dict):
        raise LogError("a field of the closing statement is not written as the format wants it")
    if not all(isinstance(count, int) for count in withheld.values()):
        raise LogError("a count of the closing statement is not a number")
    return CopyStatement(str(body["release"]), withheld, str(body["covers"]), str(body["time"]), str(body["signature"]))


def is_hex(value: object, length: int) -> bool:
    """Whether this is so many lower-case hexadecimal digits: what Python reads as such may hold spaces."""
    return isinstance(value, str) and re.fullmatch(f"{_HEX}{{{length}}}", value) is not None
