"""A log read once, event by event, into the facts that the report tells."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from deid.audit.facts import Counts, DecisionFacts, Entry, LogFacts, OutputFacts, ReleaseFacts, ranked
from deid.model import AuditEvent

# Counted, or told in a table of their own; every other event is told one by one.
_COUNTED = frozenset(
    {
        "study_created",
        "settings",
        "model_digests",
        "region_pack",
        "run_started",
        "run_finished",
        "file_read",
        "replaced",
        "kept",
        "dismissed",
        "gate_held",
        "output_intent",
        "output_done",
        "decided",
        "added",
        "merged",
        "split",
        "undone",
        "signed_off",
        "agreement",
        "vault_saved",
    }
)
_WITH_COUNT = re.compile(r"(.+) \(([0-9]{1,9})\)")  # pictures (33)
_DECIDING = {"decided": "", "added": "added", "merged": "merged", "split": "split", "undone": "undone"}


def facts_from_log(events: Iterable[AuditEvent], since: int = 0) -> LogFacts:
    """Reads the events once, in order. Memory grows with outputs and decisions, not with replacements."""
    tally = _Tally(since)
    for event in events:
        tally.count(event)
    return tally.facts()


@dataclass(slots=True)
class _Coming:
    """What was said of an output since its last version."""

    category: Counter[str] = field(default_factory=Counter)
    technique: Counter[str] = field(default_factory=Counter)
    band: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    dismissed: Counter[str] = field(default_factory=Counter)


class _Tally:
    def __init__(self, since: int) -> None:
        self.since_number = since
        self.first: AuditEvent | None = None
        self.last: AuditEvent | None = None
        self.latest: dict[str, Mapping[str, object]] = {}
        self.coming: dict[str, _Coming] = {}
        self.outputs: dict[str, OutputFacts] = {}
        self.decisions: list[DecisionFacts] = []
        self.sign_offs: dict[str, str] = {}
        self.agreement: dict[str, tuple[str, int, int]] = {}
        self.releases: dict[str, ReleaseFacts] = {}
        self.held: Counter[str] = Counter()
        self.read: set[str] = set()
        self.recipients = {"first": "passphrase"}  # the one that a study is made with has no event of its own
        self.told: list[Entry] = []
        self.actions: Counter[str] = Counter()
        self.withheld: Counter[str] = Counter()
        self.since: Counter[str] = Counter()
        self.steps: Mapping[str, Callable[[AuditEvent, Mapping[str, object]], None]] = {
            "replaced": self._replaced,
            "kept": self._left,
            "dismissed": self._left,
            "output_intent": self._output,
            "output_removed": self._output_gone,
            "withdrawal_intent": self._output_gone,
            "signed_off": self._signed_off,
            "agreement": self._agreed,
            "release_intent": self._release,
            "release_done": self._release,
            "release_left_out": self._release,
            "release_given": self._release,
            "recipient_added": self._recipient,
            "recipient_removed": self._recipient,
        }

    def count(self, event: AuditEvent) -> None:
        self.first = self.first or event
        self.last = event
        self.actions[event.action] += 1
        if event.number >= self.since_number:
            self.since[event.action] += 1
        if event.detail is None:
            self.withheld[event.action] += 1
            return
        self.latest[event.action] = event.detail
        if event.action not in _COUNTED:
            self.told.append(Entry(event.number, event.time, event.actor, event.action, event.detail))
        if event.action in _DECIDING:
            self._decided(event, event.detail)
        elif event.action == "file_read":
            self.read.add(_text(event.detail, "code"))
        elif event.action == "gate_held":
            self.held[_text(event.detail, "code")] += 1
        if step := self.steps.get(event.action):
            step(event, event.detail)

    def facts(self) -> LogFacts:
        created, settings = self.latest.get("study_created", {}), self.latest.get("settings", {})
        closed = self.latest.get("vault_closed", {})
        places = {place: at for at, place in enumerate(["drafts", *(f"releases/{name}" for name in self.releases)])}
        outputs = sorted(self.outputs.values(), key=lambda each: (places.get(each.place, len(places)), each.name))
        return LogFacts(
            events=self.last.number + 1 if self.last else 0,
            created=self.first.time if self.first else "",
            last=self.last.time if self.last else "",
            program=_text(created, "program"),
            settings=_table(settings, "values"),
            versions=_table(self.latest.get("run_started", {}), "versions"),
            models=_table(self.latest.get("model_digests", {}), "digests"),
            region_pack=_text(self.latest.get("region_pack", {}), "name"),
            outputs=tuple(outputs),
            files_read=len(self.read),
            runs=self.actions["run_finished"],
            decisions=tuple(self.decisions),
            sign_offs=dict(sorted(self.sign_offs.items())),
            agreement=tuple(self.agreement[code] for code in sorted(self.agreement)),
            releases=tuple(self.releases.values()),
            held=dict(sorted(self.held.items())),
            recipients=dict(self.recipients),
            quorum=(_number(closed, "quorum"), _number(closed, "custodians")),
            told=tuple(self.told),
            actions=dict(sorted(self.actions.items())),
            withheld=dict(sorted(self.withheld.items())),
            since_number=self.since_number,
            since=dict(sorted(self.since.items())),
        )

    def _replaced(self, event: AuditEvent, detail: Mapping[str, object]) -> None:
        coming = self.coming.setdefault(_text(detail, "output"), _Coming())
        coming.category[_text(detail, "category")] += 1
        coming.technique[_text(detail, "technique")] += 1
        coming.band[_text(detail, "band")] += 1

    def _left(self, event: AuditEvent, detail: Mapping[str, object]) -> None:
        coming = self.coming.setdefault(_text(detail, "output"), _Coming())
        (coming.kept if event.action == "kept" else coming.dismissed)[_text(detail, "reason")] += 1

    def _output(self, event: AuditEvent, detail: Mapping[str, object]) -> None:
        output = _text(detail, "output")
        coming = self.coming.pop(output, _Coming())
        place, _, name = output.rpartition("/")
        self.outputs[output] = OutputFacts(
            place=place,
            name=name,
            code=_text(detail, "code"),
            tier=_text(detail, "tier"),
            sha256=_text(detail, "sha256"),
            replaced=_number(detail, "replaced"),
            kept=_number(detail, "kept"),
            dismissed=_number(detail, "dismissed"),
            words=_number(detail, "words"),
            words_replaced=_number(detail, "words_replaced"),
            by_category=ranked(coming.category),
            by_technique=ranked(coming.technique),
            by_band=ranked(coming.band),
            kept_reasons=ranked(coming.kept),
            dismissed_reasons=ranked(coming.dismissed),
            dropped=_dropped(detail),
        )

    def _output_gone(self, event: AuditEvent, detail: Mapping[str, object]) -> None:
        listed = detail.get("outputs", [detail.get("output")])
        for output in listed if isinstance(listed, list) else ():
            self.outputs.pop(str(output), None)

    def _decided(self, event: AuditEvent, detail: Mapping[str, object]) -> None:
        verdict = _DECIDING[event.action] or _text(detail, "verdict")
        self.decisions.append(
            DecisionFacts(
                number=event.number,
                time=event.time,
                reviewer=event.actor,
                verdict=verdict,
                category=_text(detail, "category"),
                code=_text(detail, "code"),
                turn=_number(detail, "turn"),
                reason=_text(detail, "reason"),
            )
        )

    def _signed_off(self, event: AuditEvent, detail: Mapping[str, object]) -> None:
        self.sign_offs[f"{_text(detail, 'code')} ({_text(detail, 'tier')})"] = event.actor

    def _agreed(self, event: AuditEvent, detail: Mapping[str, object]) -> None:
        code = _text(detail, "code")
        self.agreement[code] = (code, _number(detail, "compared"), _number(detail, "disagreed"))

    def _release(self, event: AuditEvent, detail: Mapping[str, object]) -> None:
        name = _text(detail, "release")
        old = self.releases.get(name, ReleaseFacts(name, event.time, 0, False))
        files, is_done, left_out, recipients = old.files, old.is_done, old.left_out, old.recipients
        if event.action == "release_done":
            files, is_done = _number(detail, "files"), True
        elif event.action == "release_left_out":
            left_out = (*left_out, (_text(detail, "code"), _text(detail, "why")))
        elif event.action == "release_given":
            recipients = (*recipients, _text(detail, "recipient"))
        self.releases[name] = ReleaseFacts(name, old.time, files, is_done, left_out, recipients)

    def _recipient(self, event: AuditEvent, detail: Mapping[str, object]) -> None:
        name = _text(detail, "recipient")
        if event.action == "recipient_added":
            self.recipients[name] = _text(detail, "kind")
        else:
            self.recipients.pop(name, None)


def _dropped(detail: Mapping[str, object]) -> Counts:
    """What a format left out, counted; a name may carry its own count."""
    counts: Counter[str] = Counter()
    for what, count in _table(detail, "dropped").items():
        named = _WITH_COUNT.fullmatch(what)
        counts[named[1] if named else what] += int(named[2]) if named else int(str(count))
    return ranked(counts)


def _text(detail: Mapping[str, object], name: str) -> str:
    value = detail.get(name, "")
    return value if isinstance(value, str) else ""


def _number(detail: Mapping[str, object], name: str) -> int:
    value = detail.get(name, 0)
    return value if isinstance(value, int) else 0


def _table(detail: Mapping[str, object], name: str) -> Mapping[str, object]:
    value = detail.get(name, {})
    return value if isinstance(value, dict) else {}
