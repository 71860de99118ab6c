"""Keys as people handle them: an identity in a file, a recipient in a mail, a recovery code on paper.

Each carries a check, so that a slip of typing is told from a wrong key (vault_format.md, section 8).
"""

import base64
import hashlib
import re
import unicodedata

from deid.errors import AskedWrongly
from deid.vault.seal import Identity, Passphrase, PublicKey, Random

RECIPIENT = "deid-recipient-1-"
IDENTITY = "DEID-KEY-1-"
SHORTEST_PASSPHRASE = 12
_RECOVERY_BYTES = 20

_RFC4648 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# What an eye takes for another sign on paper: Crockford's alphabet has no I, L or O.
_MISREAD = str.maketrans("ILO", "110")
# "7ZK4M-0Q3XT-...": eight groups of five, as printed; spaces and lower case are as good.
_RECOVERY = re.compile(rf"[{_CROCKFORD}]{{40}}")


def new_identity(random: Random) -> Identity:
    return Identity(random(32))


def recipient_text(public: PublicKey) -> str:
    """What a custodian sends: "deid-recipient-1-..." ."""
    return RECIPIENT + _grouped(_base32(public.public + _check("recipient", public.public, 8)).lower())


def read_recipient(text: str) -> PublicKey:
    """Raises AskedWrongly for anything but a whole recipient, spaces around it apart."""
    return PublicKey(_read(text.strip(), RECIPIENT, "recipient"))


def identity_file(identity: Identity, name: str) -> str:
    """The text of an identity file. It is secret; whoever has it can open the vault."""
    public = recipient_text(PublicKey(identity.public))
    key = IDENTITY + _grouped(_base32(identity.private + _check("identity", identity.private, 8)))
    return (
        f"# deid identity of {name}. SECRET: whoever has this file can open the vault.\n"
        "# Keep it on an encrypted disk or stick, never in a mail, a shared folder or a repository.\n"
        f"# Its recipient, which is not secret: {public}\n"
        f"{key}\n"
    )


def read_identity(text: str) -> Identity:
    """The identity in an identity file's text."""
    lines = [line.strip() for line in text.splitlines()]
    keys = [line for line in lines if line and not line.startswith("#")]
    if len(keys) != 1:
        raise AskedWrongly("an identity file holds one key and nothing else", hint="deid vault keygen writes one")
    return Identity(_read(keys[0], IDENTITY, "identity"))


def new_recovery_code(random: Random) -> Passphrase:
    """160 random bits as a passphrase that can be printed and typed."""
    code = random(_RECOVERY_BYTES)
    return Passphrase(_grouped(_crockford(code + _check("recovery", code, 5))))


def read_passphrase(text: str) -> Passphrase:
    """What somebody typed. A recovery code may be typed in any case and grouping; a slip in one is pointed out."""
    code = re.sub(r"[\s-]", "", text).upper().translate(_MISREAD)
    if not _RECOVERY.fullmatch(code):
        return Passphrase(text)
    data = _uncrockford(code)
    if data[_RECOVERY_BYTES:] != _check("recovery", data[:_RECOVERY_BYTES], 5):
        if text.count("-") + text.count(" ") >= 7:
            raise AskedWrongly("this recovery code is mistyped", hint="compare it with the sheet, group by group")
        return Passphrase(text)
    return Passphrase(_grouped(code))


def check_new_passphrase(text: str) -> None:
    """Raises AskedWrongly for a passphrase that nobody should protect children's names with."""
    plain = unicodedata.normalize("NFC", text)
    if len(plain) < SHORTEST_PASSPHRASE or len(set(plain)) < SHORTEST_PASSPHRASE // 2:
        raise AskedWrongly(
            f"a passphrase needs at least {SHORTEST_PASSPHRASE} characters, and not the same few again and again",
            hint="four or five words that have nothing to do with each other are best",
        )
    if plain != plain.strip() or not plain.isprintable():
        raise AskedWrongly("a passphrase cannot begin or end in a space, nor hold characters that cannot be seen")


def recovery_sheet(code: Passphrase, *, study: str, vault: str, date: str) -> str:
    """The text to print, once, and put in a safe."""
    first, second = code.text[:23], code.text[24:]
    return (
        "RECOVERY SHEET FOR THE KEY OF A STUDY\n\n"
        f"Study: {study}\nVault: {vault}\nMade on: {date}\n\n"
        "Whoever holds this sheet and a copy of the vault can read who stands behind every\n"
        "pseudonym. Print it, delete the file, and lock the sheet away: in the department's\n"
        "safe, or in a sealed and signed envelope with the data protection officer.\n\n"
        f"    {first}\n    {second}\n\n"
        "To open the vault: type these forty signs where deid asks for the passphrase, on one\n"
        "line. Small letters are as good as capitals, spaces as good as hyphens; there is no\n"
        "letter O, I or L in it, only the digits 0 and 1.\n\n"
        "Then choose a new passphrase (deid vault passphrase) and print a new sheet.\n\n"
        "Sheet received by: ______________________   on: ______________\n"
    )


def _read(text: str, prefix: str, purpose: str) -> bytes:
    groups = text.removeprefix(prefix)
    data = _unbase32(groups.replace("-", "").upper())
    if not text.startswith(prefix) or data is None:
        raise AskedWrongly(f"this is not a deid {purpose}", hint=f"it begins with {prefix}")
    key, check = data[:32], data[32:]
    written = _grouped(_base32(data))
    if check != _check(purpose, key, 8) or groups not in (written, written.lower()):
        raise AskedWrongly(f"this {purpose} is mistyped or cut short", hint="copy it again, whole")
    return key


def _check(purpose: str, data: bytes, size: int) -> bytes:
    return hashlib.sha256(b"deid " + purpose.encode() + b" 1\0" + data).digest()[:size]


def _grouped(text: str) -> str:
    return "-".join(text[start : start + 5] for start in range(0, len(text), 5))


def _base32(data: bytes) -> str:
    return base64.b32encode(data).decode("ascii")


def _unbase32(text: str) -> bytes | None:
    return base64.b32decode(text) if len(text) == 64 and not set(text) - set(_RFC4648) else None


def _crockford(data: bytes) -> str:
    return _base32(data).translate(str.maketrans(_RFC4648, _CROCKFORD))


def _uncrockford(code: str) -> bytes:
    return base64.b32decode(code.translate(str.maketrans(_CROCKFORD, _RFC4648)))
