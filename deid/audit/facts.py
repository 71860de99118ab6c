"""What a log says, counted: the ground of the report and the methods text. `tally.py` reads it from the events."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class OutputFacts:
    """The newest version of one output. `place` is drafts, or releases/archive/1."""

    place: str
    name: str
    code: str
    tier: str
    sha256: str
    replaced: int
    kept: int
    dismissed: int
    words: int
    words_replaced: int
    by_category: Counts
    by_technique: Counts
    by_band: Counts
    kept_reasons: Counts
    dismissed_reasons: Counts
    dropped: Counts


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """One act of a person. `verdict` is replace, keep, added, merged, split ..."""

    number: int
    time: str
    reviewer: str
    verdict: str
    category: str
    code: str
    turn: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    release: str
    time: str
    files: int
    is_done: bool
    left_out: tuple[tuple[str, str], ...] = ()
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An event told as it is: when, who, what, and its detail."""

    number: int
    time: str
    actor: str
    action: str
    detail: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class LogFacts:
    """Everything here comes from signed events. `since` counts actions from event `since_number` on."""

    events: int = 0
    created: str = ""
    last: str = ""
    program: str = ""
    settings: Mapping[str, object] = field(default_factory=dict)
    versions: Mapping[str, object] = field(default_factory=dict)
    models: Mapping[str, object] = field(default_factory=dict)
    region_pack: str = ""
    outputs: tuple[OutputFacts, ...] = ()
    files_read: int = 0
    runs: int = 0
    decisions: tuple[DecisionFacts, ...] = ()
    sign_offs: Mapping[str, str] = field(default_factory=dict)
    agreement: tuple[tuple[str, int, int], ...] = ()
    releases: tuple[ReleaseFacts, ...] = ()
    held: Mapping[str, int] = field(default_factory=dict)
    recipients: Mapping[str, str] = field(default_factory=dict)
    quorum: tuple[int, int] = (0, 0)
    told: tuple[Entry, ...] = ()
    actions: Counts = field(default_factory=dict)
    withheld: Counts = field(default_factory=dict)
    since_number: int = 0
    since: Counts = field(default_factory=dict)

    def named(self, *actions: str) -> tuple[Entry, ...]:
        """The events of these actions that are told one by one."""
        return tuple(entry for entry in self.told if entry.action in actions)

    def at(self, place: str) -> tuple[OutputFacts, ...]:
        """The outputs of one place."""
        return tuple(output for output in self.outputs if output.place == place)

    @property
    def places(self) -> tuple[str, ...]:
        """Where there are outputs: the drafts first, then the releases in the order they were made."""
        return tuple(dict.fromkeys(output.place for output in self.outputs))


def totals(tables: Iterable[Counts]) -> Counts:
    """Several tables of counts as one, the largest first."""
    whole: Counter[str] = Counter()
    for table in tables:
        whole.update(table)
    return ranked(whole)


def ranked(counts: Counter[str]) -> Counts:
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))
