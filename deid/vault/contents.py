"""The vault's plaintext as frozen values (docs/reference/vault_format.md, section 4; `codec` makes bytes of them)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from deid.model import KeyEntry, KnownPerson


@dataclass(frozen=True, slots=True)
class StudyKeys:
    """One key, one purpose; renewing the data key changes none of them."""

    decide: bytes = field(repr=False)
    cache: bytes = field(repr=False)
    watch: bytes = field(repr=False)
    assign: bytes = field(repr=False)
    signing: bytes = field(repr=False)  # an Ed25519 seed


@dataclass(frozen=True, slots=True)
class Source:
    """A transcript's source: where it lay, and its SHA-256 so that it is known again wherever it lies now."""

    code: str
    path: str = field(repr=False)
    sha256: str
    participants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SuppressedForm:
    """A withdrawn participant's form as a keyed digest, how many words a scanner must join to meet it, and a digest of
    two bytes of its first word, so that it need not join them everywhere.

    alone: it identifies by itself; otherwise, such as a lone first name, only near another form of the same entity.
    """

    digest: str
    words: int
    start: int
    entity: str
    alone: bool = True


@dataclass(frozen=True, slots=True)
class Suppressed:
    """What a withdrawal leaves: nothing that can be read, enough to keep it from coming back.

    codes: of the participant and of their transcripts. sources: the SHA-256 of their files.
    """

    codes: tuple[str, ...] = ()
    forms: tuple[SuppressedForm, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LogHead:
    """The last event of the log that this vault knows; (0, "") before the first."""

    number: int = 0
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    keys: StudyKeys
    entries: tuple[KeyEntry, ...] = field(default=(), repr=False)
    sources: tuple[Source, ...] = field(default=(), repr=False)
    roster: tuple[KnownPerson, ...] = field(default=(), repr=False)
    bindings: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    salts: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    suppressed: Suppressed = field(default=Suppressed(), repr=False)
    log_head: LogHead = LogHead()
    custody: tuple[str, ...] = field(default=(), repr=False)
    options: Mapping[str, str] = field(default_factory=dict, repr=False)


def new_keys(random: Callable[[int], bytes]) -> StudyKeys:
    return StudyKeys(decide=random(32), cache=random(32), watch=random(32), assign=random(32), signing=random(32))
