"""`.deid-baseline.json`: what somebody looked at and allowed, each with a reason, an owner and an end.

One entry a line, sorted, each line ending in a comma and a `null` behind the last, so that two branches that both add
entries change no line of each other. No value, no line number, no time of writing.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from deid.check.findings import Found
from deid.digests import fingerprint
from deid.errors import AskedWrongly, CouldNotFinish

VERSION = 1
NAME = ".deid-baseline.json"
FEWEST_REASON = 2  # words
LONGEST_DAYS = 366
_FIELDS = ("fingerprint", "kind", "path", "reason", "owner", "expires")
_PRINT = re.compile(r"[0-9a-f]{32}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_BROAD = re.compile(r"[*?]|^\.?/?$|^(?:all|any)$", re.I)


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    path: str
    kind: str
    fingerprint: str
    reason: str
    owner: str
    expires: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """key_print says which key the fingerprints are made with, so that a wrong key is told from stale entries."""

    key_print: str
    entries: tuple[Entry, ...] = ()


def key_print(key: bytes) -> str:
    return fingerprint(key, "deid baseline key 1")


def read(text: str, *, where: str) -> Baseline:
    """Raises CouldNotFinish for a file that is not whole: entries that are not read must not count as none."""
    try:
        given = json.loads(text)
        if set(given) != {"deid_baseline", "key", "entries"} or given["deid_baseline"] != VERSION:
            raise ValueError("its first line is another version's")
        if not (isinstance(given["entries"], list) and given["entries"] and given["entries"][-1] is None):
            raise ValueError("its last line is missing")
        entries = [_entry(number, one) for number, one in enumerate(given["entries"][:-1], 1)]
        return Baseline(str(given["key"]), tuple(sorted(set(entries))))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        why = (
            "it is not JSON" if isinstance(error, json.JSONDecodeError) else str(error) or "a field has the wrong type"
        )
        raise CouldNotFinish(
            f"the baseline is malformed: {why}", where=where, hint="after a merge, keep the lines of both sides"
        ) from None


def _entry(number: int, one: object) -> Entry:
    if not isinstance(one, dict) or set(one) != set(_FIELDS) or not all(isinstance(one[name], str) for name in _FIELDS):
        raise ValueError(f"entry {number} has not the fields {', '.join(_FIELDS)}")
    entry = Entry(**one)
    if problem := refused(entry):
        raise ValueError(f"entry {number}: {problem}")
    return entry


def refused(entry: Entry) -> str:
    """Why an entry is too broad or empty; "" where it is neither."""
    if not _PRINT.fullmatch(entry.fingerprint) or len(set(entry.fingerprint)) < 4:
        return "the fingerprint is not one"
    if _BROAD.search(entry.path) or _BROAD.search(entry.kind) or not entry.path or not entry.kind:
        return "it covers more than one kind or path"
    if len(_WORD.findall(entry.reason)) < FEWEST_REASON:
        return f"the reason has fewer than {FEWEST_REASON} words"
    if not entry.owner.strip():
        return "it has no owner"
    try:
        date.fromisoformat(entry.expires)
    except ValueError:
        return "expires is not a date such as 2027-01-31"
    return ""


def write(baseline: Baseline) -> str:
    lines = [
        json.dumps({name: getattr(entry, name) for name in _FIELDS}, ensure_ascii=False) + ",\n"
        for entry in sorted(set(baseline.entries))
    ]
    head = f'{{"deid_baseline": {VERSION}, "key": {json.dumps(baseline.key_print)}, "entries": [\n'
    return head + "".join(lines) + "null]}\n"


def check_key(baseline: Baseline, key: bytes | None, *, where: str) -> None:
    """Raises CouldNotFinish when the fingerprints are of another key: not one entry could be matched."""
    if key is None:
        raise CouldNotFinish(
            "there is a baseline and no key to match it with",
            where=where,
            hint="set DEID_CHECK_KEY, or DEID_CHECK_KEY_FILE to a file that holds it; "
            "for a fork, a maintainer runs: deid check --diff origin/main --messages",
        )
    if baseline.key_print != key_print(key):
        raise CouldNotFinish("the baseline was made with another key", where=where, hint="use the key it was made with")


def apply(
    baseline: Baseline, findings: Sequence[Found], today: date
) -> tuple[tuple[Found, ...], tuple[Entry, ...], tuple[Entry, ...]]:
    """(findings that stand, entries that expired and so allow nothing, entries that matched nothing)."""
    expired = {entry.fingerprint: entry for entry in baseline.entries if date.fromisoformat(entry.expires) < today}
    valid = {entry.fingerprint: entry for entry in baseline.entries if entry.fingerprint not in expired}
    seen = {found.fingerprint for found in findings}
    stand = []
    for found in findings:
        if found.fingerprint in expired:
            stand.append(replace(found, reason=f"{found.reason}; its entry in the baseline has expired"))
        elif found.fingerprint not in valid:
            stand.append(found)
    stale = [entry for entry in baseline.entries if entry.fingerprint not in seen]
    return tuple(stand), tuple(expired.values()), tuple(stale)


def added(baseline: Baseline, findings: Iterable[Found], reason: str, owner: str, expires: str) -> Baseline:
    """The baseline with these findings allowed. Raises AskedWrongly where an entry would be empty or too broad."""
    entries = {entry.fingerprint: entry for entry in baseline.entries}
    for found in findings:
        if found.fingerprint is None:
            raise AskedWrongly("a baseline needs the key", hint="set DEID_CHECK_KEY or DEID_CHECK_KEY_FILE")
        entry = Entry(found.logical, found.kind, found.fingerprint, reason, owner, expires)
        if problem := refused(entry):
            raise AskedWrongly(f"this allowance is refused: {problem}")
        entries[found.fingerprint] = entry
    return Baseline(baseline.key_print, tuple(entries.values()))


def without(baseline: Baseline, gone: Iterable[Entry]) -> Baseline:
    return Baseline(baseline.key_print, tuple(sorted(set(baseline.entries) - set(gone))))
