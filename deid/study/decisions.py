"""decisions.jsonl: what people decided, authenticated line by line.

Decisions say what stays readable, so a line counts only if its MAC is the study's and the log has its event; anything
else is refused with the line's number. The file holds fingerprints; text that a decision needs lies in the vault.
Nothing is ever rewritten: taking a decision back is one more line.
"""

import json
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from deid.audit.log import time_of
from deid.digests import fingerprint, is_same, mac
from deid.errors import AskedWrongly, LogError
from deid.model import Category, Decision
from deid.study.folder import Study
from deid.study.outputs import write_whole
from deid.vault.contents import Contents

FILE = "decisions.jsonl"
SIGN_OFF = "sign_off"
UNDO = "undo"
FORGOTTEN = "forgotten"  # what stood here was about somebody who withdrew; only the place is kept
SECOND = "second"  # what a second reviewer would do; it changes nothing
CLOSED = "closed"  # a list was looked through
ACCEPT_RISK = "accept_risk"  # a way to recognise somebody stays, with a reason
# What the pipeline applies. The others stand for themselves, or have changed the vault when they were made.
_APPLIED = frozenset({"replace", "keep", "dismiss", "category", "pseudonym", "describe", "describe_here", "remove"})
_ACTIONS = {"merge": "merged", "split": "split", UNDO: "undone", SIGN_OFF: "signed_off", "add": "added"}
_ACTIONS[ACCEPT_RISK] = "risk_accepted"
_WORDS = " words"  # beside a decision's own text: the words that a reviewer chose for it
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `values` holds what only this verdict needs: digests of a sign-off, the line that an undo undoes."""

    number: int
    time: str
    reviewer: str
    verdict: str
    fingerprint: str = ""
    category: str = ""
    entity: str = ""
    code: str = ""
    reason: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    mac: str = ""

    @property
    def id(self) -> str:
        return self.mac[:32]


@dataclass(frozen=True, slots=True)
class _Checked:
    """Lines that were found to be the study's own, as they stood; they are not checked again while they stand so."""

    key: bytes = field(repr=False)
    raw: tuple[str, ...] = field(repr=False)
    lines: tuple[Line, ...]


def read_lines(study: Study) -> tuple[Line, ...]:
    """Every line, checked. Raises LogError naming the line that is not the study's own or not in the log."""
    path, key = study.folder / FILE, study.contents.keys.decide
    if not path.exists():
        return ()
    raw, before = tuple(_raw_lines(path)), study.checked_lines
    lines: list[Line] = []
    if isinstance(before, _Checked) and before.key == key and raw[: len(before.raw)] == before.raw:
        lines += before.lines
    logged = study.logged_decisions()
    for number, one in enumerate(raw[len(lines) :], len(lines) + 1):
        line = _parse(one, number, path)
        where = f"{path.name}, line {number}"
        if line.number != number or not is_same(line.mac, _mac(line, key)):
            raise LogError("this line was not written by this study", where=where, hint=_HINT)
        if line.id not in logged and line.verdict != FORGOTTEN:
            raise LogError("the log does not know this decision", where=where, hint=_HINT)
        lines.append(line)
    study.checked_lines = _Checked(key, raw, tuple(lines))
    return tuple(lines)


def in_force(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines that were not taken back, in their order; an undo of an undo restores."""
    undone: set[int] = set()
    for line in lines:
        if line.verdict == UNDO:
            target = int(line.values["undoes"])
            undone.symmetric_difference_update({target})
    return tuple(line for line in lines if line.verdict not in (UNDO, FORGOTTEN) and line.number not in undone)


def decisions_of(study: Study) -> tuple[Decision, ...]:
    """What the pipeline takes: decisions in force, with their texts from the vault."""
    texts = study.contents.texts
    return tuple(
        Decision(
            fingerprint=line.fingerprint,
            verdict="replace" if line.verdict == "add" else line.verdict,
            form=texts.get(line.id, ""),
            category=Category(line.category) if line.category else None,
            entity=line.entity,
            reviewer=line.reviewer,
            when=line.time,
            reason=texts.get(line.id + _WORDS, line.reason),
            id=line.id,
        )
        for line in in_force(read_lines(study))
        if line.verdict in _APPLIED or line.verdict == "add"
    )


def decide(
    study: Study,
    drafts: Iterable[Line],
    texts: Mapping[int, str] | None = None,
    *,
    words: Mapping[int, str] | None = None,
    contents: Contents | None = None,
) -> tuple[Line, ...]:
    """Append decisions: texts into the vault, then the log, then the file. Call it under `study.writing()`.

    drafts: lines without number, time and MAC. texts: position in `drafts` -> the text that this decision needs;
    words: position -> what a reviewer chose to stand in its place. contents: the vault as these decisions change it.
    """
    before = read_lines(study)
    made = []
    for number, draft in enumerate(drafts, len(before) + 1):
        line = replace(draft, number=number, time=time_of(study.clock()), mac="")
        made.append(replace(line, mac=_mac(line, study.contents.keys.decide)))
    if not made:
        return ()
    changed = contents or study.contents
    if texts or words:
        own = {made[place].id: text for place, text in (texts or {}).items()}
        own |= {made[place].id + _WORDS: text for place, text in (words or {}).items()}
        changed = replace(changed, texts=dict(changed.texts) | own)
    if changed != study.contents:
        study.save(changed)
    # The log first: a line that the log does not know is refused, and a logged decision without its line does nothing.
    study.record([_event(line) for line in made], actor=made[0].reviewer)
    _append(study.folder / FILE, made)
    return tuple(made)


def forget(study: Study, codes: Collection[str], ids: Collection[str]) -> int:
    """Blank the decisions about these transcripts, and those with these ids; how many. Call it under `writing`.

    Each keeps its place, so that the lines after it stay what they are. Before the log's details of them are deleted.
    """
    lines = read_lines(study)
    gone = [line.number for line in lines if line.verdict != FORGOTTEN and (line.code in codes or line.id in ids)]
    if gone:
        key = study.contents.keys.decide
        blank = [Line(line.number, line.time, line.reviewer, FORGOTTEN) for line in lines]
        left = [old if old.number not in gone else new for old, new in zip(lines, blank, strict=True)]
        signed = [line if line.mac else replace(line, mac=_mac(line, key)) for line in left]
        write_whole(study.folder / FILE, _block(signed).encode("ascii"), study.random)
    return len(gone)


def sign_offs(study: Study) -> dict[tuple[str, str], Line]:
    """(code, tier) -> the last sign-off in force."""
    return {(line.code, line.values["tier"]): line for line in in_force(read_lines(study)) if line.verdict == SIGN_OFF}


def decision_fingerprint(contents: Contents, text: str) -> str:
    """What `resolve.decide` is given to know a decision's form or context again."""
    return fingerprint(contents.keys.decide, "decision", text)


_HINT = "put the untouched file back from a backup; a decision is taken back with an undo, never by hand"


def _event(line: Line) -> tuple[str, Mapping[str, object]]:
    action = _ACTIONS.get(line.verdict, "decided")
    if action == "signed_off":
        digests = {name: digest for name, digest in line.values.items() if name not in ("tier",)}
        return action, {"code": line.code, "tier": line.values["tier"], "digests": digests, "decision": line.id}
    if action == "merged":
        return action, {"decision": line.id, "entity": line.entity, "others": [line.values["other"]]}
    if action == "split":
        return action, {"decision": line.id, "entity": line.entity, "into": [line.values["into"]]}
    if action == "undone":
        return action, {"decision": line.id}
    if line.verdict == ACCEPT_RISK:
        said = {"kind": line.values["kind"], "turn": int(line.values["turn"]), "reason": line.reason}
        return action, {"decision": line.id, **said, **_place(line)}
    if line.verdict in (SECOND, CLOSED):
        return action, {"decision": line.id, "verdict": line.verdict, **_place(line)}
    detail: dict[str, object] = {"decision": line.id}
    if line.reason:
        detail["reason"] = line.reason
    if action == "added":
        return action, {**detail, "category": line.category or "any", "kind": "any", **_place(line)}
    if line.category:
        detail["category"] = line.category
    return action, {**detail, "verdict": line.verdict, **_place(line)}


def _place(line: Line) -> dict[str, object]:
    return {"code": line.code} if line.code else {}


def _raw_lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LogError("the decisions cannot be read", where=path.name, hint=_HINT) from error
    lines = text.split("\n")
    # A crash while appending leaves half a line at the end; its decision was logged and did not take effect.
    return lines[:-1]


def _parse(raw: str, number: int, path: Path) -> Line:
    try:
        value = json.loads(raw)
        if value.pop("version") != _VERSION:
            raise ValueError
        return Line(**value)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise LogError("this line is not a decision", where=f"{path.name}, line {number}", hint=_HINT) from error


def _values(line: Line) -> dict[str, object]:
    return {
        "version": _VERSION,
        "number": line.number,
        "time": line.time,
        "reviewer": line.reviewer,
        "verdict": line.verdict,
        "fingerprint": line.fingerprint,
        "category": line.category,
        "entity": line.entity,
        "code": line.code,
        "reason": line.reason,
        "values": dict(line.values),
    }


def _mac(line: Line, key: bytes) -> str:
    return mac(key, "decision line", json.dumps(_values(line), sort_keys=True, ensure_ascii=True))


def _block(lines: Sequence[Line]) -> str:
    return "".join(json.dumps({**_values(line), "mac": line.mac}, ensure_ascii=True) + "\n" for line in lines)


def _append(path: Path, lines: Sequence[Line]) -> None:
    block = _block(lines)
    try:
        data = path.read_bytes() if path.exists() else b""
        if data and not data.endswith(b"\n"):
            # What a crash left of a line goes, so that the new lines stand alone.
            with path.open("r+b") as file:
                file.truncate(data.rfind(b"\n") + 1)
        with path.open("ab") as file:
            file.write(block.encode("ascii"))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise AskedWrongly("the decision cannot be written", where=path.name, hint="is the disk full?") from error
