"""Every noun, frozen, in the order the data meets them.

Spans are half-open and count code points of one segment's text. A field that can hold identifying text is
`repr=False`, so that no traceback, log line or test output can leak it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Category(StrEnum):
    """The closed list of what is replaced; a finer `kind` (uk_nhs, street, operation_name) hangs below it."""

    PERSON = "PERSON"
    PLACE = "PLACE"
    AGENCY = "AGENCY"
    CASE = "CASE"
    ROLE = "ROLE"
    DATE = "DATE"
    AGE = "AGE"
    CONTACT = "CONTACT"
    IDENTIFIER = "IDENTIFIER"
    TRAIT = "TRAIT"


@dataclass(frozen=True, slots=True)
class Segment:
    """One run of text that a reader can see or a program can find.

    kind: speech, speaker, heading, note, comment, property, alt_text, link, bookmark, field, file_name, ...
    turn: counts turns (paragraphs where there are no speakers) from 1 in file order; 0 is outside the talk.
        Speech segments of one turn (the cues of one speaker) are read together by `detect`.
    timecode: as the file writes it, or "".
    """

    kind: str
    text: str = field(repr=False)
    turn: int = 0
    timecode: str = ""


@dataclass(frozen=True, slots=True)
class Transcript:
    """A source as segments in file order; no format baggage. `code` is P02-1, never a file's name."""

    code: str
    segments: tuple[Segment, ...]

    def text_at(self, span: "Span") -> str:
        """What is said in this place."""
        return self.segments[span.segment].text[span.start : span.end]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """text[start:end] of the segment with that index."""

    segment: int
    start: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.segment and 0 <= self.start < self.end):
            raise ValueError("a span needs 0 <= segment and 0 <= start < end")

    def overlaps(self, other: "Span") -> bool:
        return self.segment == other.segment and self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        return self.segment == other.segment and self.start <= other.start and other.end <= self.end


# What a finding's confidence means. Below REPLACED its words stay, and it is listed for review; below SURE it is
# replaced and listed. A finding that is set aside without being dropped falls to LISTED.
SURE, REPLACED, LISTED = 0.6, 0.4, 0.35


@dataclass(frozen=True, slots=True)
class Finding:
    """One recogniser's claim. `why` is a fixed sentence such as "title before a surname", never the text.

    decision: the id of the reviewer's decision that it stands on, if any.
    """

    span: Span
    category: Category
    kind: str
    confidence: float
    recogniser: str
    why: str
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A finding that is not replaced, and the named reason (keep list, context rule, decision, below cut-off)."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A human's word. It beats findings and counts only when authenticated (design, section 6).

    verdict: replace, keep, dismiss, category, part, merge, split, pseudonym, describe, describe_here, remove.
    """

    fingerprint: str
    verdict: str
    form: str = field(default="", repr=False)
    category: Category | None = None
    entity: str = ""
    reviewer: str = ""
    when: str = ""
    reason: str = field(default="", repr=False)
    id: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """A stretch that will be replaced. `span` is the whole covered stretch, `surest` the finding that names it.

    Settled stretches never overlap. Only the text of `surest.span` becomes a form of an entity.
    """

    span: Span
    surest: Finding
    claims: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """One real thing under all its names. `part` is its part in the account: child, professional, relative ..."""

    id: str
    category: Category
    kind: str
    part: str = ""
    forms: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Mention:
    """A settled stretch and the entity it stands for; the mentions of one transcript never overlap."""

    span: Span
    entity: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person should look at: an unsure finding, an ambiguous link, a gate hit, a residual word."""

    span: Span
    kind: str
    why: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A row of the roster."""

    code: str
    full_name: str = field(repr=False)
    aliases: tuple[str, ...] = field(default=(), repr=False)
    role: str = field(default="", repr=False)
    agency: str = field(default="", repr=False)
    base: str = field(default="", repr=False)
    consent: str = ""
    chosen_pseudonym: str = field(default="", repr=False)
    tenure: str = field(default="", repr=False)
    phrases: tuple[str, ...] = field(default=(), repr=False)
    part: str = ""
    public: bool = False


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """What the vault keeps of one entity: its tokens, one a tier, and the participant who told of it."""

    entity: Entity
    tokens: Mapping[str, str] = field(default_factory=dict)
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Replacement:
    """The text that takes a span's place; `technique` in the words of ISO/IEC 20889."""

    span: Span
    text: str
    technique: str


class File(Protocol):
    """A source that can be read and written in its own format."""

    @property
    def segments(self) -> tuple[Segment, ...]: ...
    def write(self, replacements: Sequence[Replacement]) -> bytes: ...
    def reread(self, output: bytes) -> tuple[Segment, ...]: ...
    def parts(self, output: bytes) -> Sequence[tuple[str, str]]: ...


@dataclass(frozen=True, slots=True)
class Leak:
    """Identifying text that is still there: where (part or segment, turn) and why it blocks, never what it says."""

    where: str
    turn: int
    why: str
    entity: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """People who withdrew, known by keyed digests alone.

    forms: digest -> (entity, whether it identifies by itself). linked: digest -> entity by transcript, as earlier runs
    linked it. passages: entities of whom nothing that others say may stay either.
    """

    watch: bytes = field(default=b"", repr=False)
    forms: Mapping[str, tuple[tuple[str, bool], ...]] = field(default_factory=dict)
    linked: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    longest: int = 1
    passages: frozenset[str] = frozenset()

    @property
    def digests(self) -> frozenset[str]:
        return frozenset(self.forms).union(*self.linked.values())

    @property
    def certain(self) -> frozenset[str]:
        """The digests of forms that identify by themselves."""
        return frozenset(digest for digest, forms in self.forms.items() if any(alone for _, alone in forms))


@dataclass(frozen=True, slots=True)
class Known:
    """What a study knows before a run."""

    entries: Mapping[str, KeyEntry] = field(default_factory=dict, repr=False)
    bindings: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    roster: tuple[KnownPerson, ...] = field(default=(), repr=False)
    decisions: tuple[Decision, ...] = field(default=(), repr=False)
    withdrawn: Withdrawn = field(default_factory=Withdrawn)


@dataclass(frozen=True, slots=True)
class Product:
    """What a run makes of one transcript."""

    transcript: Transcript
    settled: tuple[Settled, ...] = field(repr=False)
    mentions: tuple[Mention, ...]
    replacements: tuple[Replacement, ...] = field(repr=False)
    dismissed: tuple[Dismissal, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """All of a run's products: what review shows and commit saves."""

    products: Mapping[str, Product]
    entries: Mapping[str, KeyEntry] = field(repr=False)
    bindings: Mapping[str, Mapping[str, str]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Gated:
    """A file as it would be written, and what blocks it: known forms, or a fault of its format."""

    output: bytes = field(repr=False)
    leaks: tuple[Leak, ...]
    fault: Exception | None = None

    @property
    def is_blocked(self) -> bool:
        return bool(self.leaks) or self.fault is not None


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One line of the log. `detail` holds codes, random ids, tier tokens and counts; never an original.

    A withheld event has no detail and no salt, only the commitment to them.
    """

    number: int
    time: str
    actor: str
    action: str
    detail: Mapping[str, object] | None
    salt: str
    previous: str
    digest: str
    commitment: str = ""
