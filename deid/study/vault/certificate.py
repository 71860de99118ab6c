"""What a withdrawal or a destruction did, for the file: made from the log, so that it says what can be verified.

It also says what no program can prove, and who has to see to it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from deid.audit.anchor import anchor_line
from deid.audit.chain import spoken
from deid.audit.log import AuditLog
from deid.errors import AskedWrongly
from deid.model import AuditEvent
from deid.study.folder import Study
from deid.study.outputs import write_whole

CERTIFICATES = "certificates"

_NOT_PROVEN = (
    "the recording, the original transcript and consent form, wherever they lie",
    "backups of the study's folder and vault made before this day",
    "other copies of the vault, on sticks, shares and synchronised folders",
    "copies of transcripts that were given to somebody already (see the recall sheet)",
    "what people remember, quoted or published",
)
_DID = {
    "transcripts": "transcripts taken out",
    "shared": "transcripts shared with somebody who stays: taken back until their words are out of the source",
    "outputs": "drafts and released files removed from this folder",
    "forgotten": "people, places and things that only they told of: forgotten",
    "decisions": "decisions whose words named them: deleted",
    "details": "details of the log about them: deleted (the log still verifies)",
    "forms": "forms of their name kept as keyed digests, so that it is still stopped when others say it",
    "spoken_of_in": "transcripts that stay and speak of them, under the pseudonym they had",
}


@dataclass(frozen=True, slots=True)
class Recall:
    """A release that held files which had to go, and to whom it was given."""

    release: str
    files: tuple[str, ...]
    recipients: tuple[tuple[str, str], ...]  # day, recipient


def certificate_of_withdrawal(log: AuditLog, code: str) -> str:
    """Raises AskedWrongly where the log tells of no finished withdrawal of this code."""
    events = tuple(log.events())
    intents = [event for event in events if event.action == "withdrawal_intent" and _detail(event, "code") == code]
    done = [event for event in events if event.action == "withdrawal_done" and _detail(event, "code") == code]
    if not intents or not done:
        raise AskedWrongly(f"the log tells of no finished withdrawal of {code}")
    form = _detail(intents[-1], "form")
    lines = [
        "CERTIFICATE OF WITHDRAWAL",
        "",
        f"Study:        {spoken(log.fingerprint)}",
        f"Participant:  {code}",
        f"Scope:        {_detail(intents[-1], 'scope')}",
        f"Form:         {form or '______________________'}",
        f"Carried out:  {done[-1].time[:10]} (events {intents[0].number} to {done[-1].number} of the log)",
        "",
        "What was done",
        *_counted((done[-1].detail or {}).get("counts")),
        "",
        "What this does not prove, and people have to see to",
        *(f"  [ ] {each}" for each in _NOT_PROVEN),
        "",
        "Custodians who confirmed that the copies in their hands are gone",
        *(_confirmations(events, f"withdrawal of {code}") or ["  nobody yet: deid vault withdraw CODE --confirm NAME"]),
        "",
        *recall_sheet(recalls(events, code)),
        "",
        f"The log as it stands: {anchor_line(log.checkpoint())}",
    ]
    return "\n".join(lines) + "\n"


def keep_certificate(study: Study, name: str, text: str) -> Path:
    """A certificate holds codes only, so it may lie in the study's folder. Where it lies."""
    path = study.folder / CERTIFICATES / name
    write_whole(path, text.encode("utf-8"), study.random)
    return path


def recalls(events: Iterable[AuditEvent], code: str) -> tuple[Recall, ...]:
    """The numbered releases that held what this participant's withdrawal took out."""
    releases: dict[str, tuple[str, ...]] = {}
    given: dict[str, list[tuple[str, str]]] = {}
    gone: set[str] = set()
    for event in events:
        name = _detail(event, "release")
        if event.action == "release_intent" and event.detail:
            files = event.detail.get("files")
            releases[name] = tuple(files) if isinstance(files, dict) else ()
        elif event.action == "release_given" and event.detail:
            given.setdefault(name, []).append((event.time[:10], _detail(event, "recipient")))
        elif event.action == "withdrawal_intent" and _detail(event, "code") == code:
            outputs = (event.detail or {}).get("outputs")
            gone.update(map(str, outputs) if isinstance(outputs, list | tuple) else ())
    found = []
    for output in sorted(gone):
        if output.startswith("releases/"):
            release, _, file = output.removeprefix("releases/").rpartition("/")
            found.append((release, file))
            releases.setdefault(release, ())
    return tuple(
        Recall(release, files, tuple(given.get(release, ())))
        for release in releases
        if (files := tuple(file for where, file in found if where == release))
    )


def recall_sheet(found: Iterable[Recall]) -> list[str]:
    found = tuple(found)
    if not found:
        return ["RECALL SHEET", "", "No numbered release held a transcript of theirs."]
    lines = ["RECALL SHEET", "", "Ask each recipient to delete these files and to say so in writing."]
    for recall in found:
        lines += ["", f"Release {recall.release}: {', '.join(recall.files)}"]
        lines += [f"  [ ] given to {who} on {day}" for day, who in recall.recipients] or [
            "  the log names no recipient of it: ask whoever gave it out"
        ]
    return lines


def certificate_of_destruction(log: AuditLog, custodians: Iterable[str]) -> str:
    """For the file, and for the custodians' signatures: once the key is gone nothing can be put on record."""
    events = tuple(log.events())
    done = next((event for event in reversed(events) if event.action == "destroyed"), None)
    if done is None:
        raise AskedWrongly("the log does not tell that the key was destroyed")
    counts = (done.detail or {}).get("counts")
    kept = counts if isinstance(counts, Mapping) else {}
    lines = [
        "CERTIFICATE OF DESTRUCTION OF A STUDY'S KEY",
        "",
        f"Study:      {spoken(log.fingerprint)}",
        f"Destroyed:  {done.time[:10]}, vault of generation {_detail(done, 'generation')}",
        *(f"            {count} {name}" for name, count in kept.items()),
        "",
        "From now on nothing can be revealed, run, released or withdrawn here. The data is NOT anonymous for that",
        "alone: reassessment is due, by people who know what else is known.",
        "",
        "What this does not prove, and people have to see to",
        *(f"  [ ] {each}" for each in _NOT_PROVEN),
        "  [ ] recovery sheets, key files and passphrases: worthless here, but they open every old copy of the vault",
        "",
        "Custodians: I hold no copy of the vault any more.",
        *(f"  [ ] {name}: ______________________ on ______________" for name in custodians),
        "",
        f"The log's end: {anchor_line(log.checkpoint())}",
    ]
    return "\n".join(lines) + "\n"


def _counted(counts: object) -> Iterator[str]:
    for name, words in _DID.items():
        if isinstance(counts, Mapping) and counts.get(name):
            yield f"  {counts[name]:6} {words}"


def _confirmations(events: Iterable[AuditEvent], what: str) -> list[str]:
    return [
        f"  [x] {_detail(event, 'custodian')} on {event.time[:10]}"
        for event in events
        if event.action == "custodian_confirmed" and _detail(event, "what") == what
    ]


def _detail(event: AuditEvent, name: str) -> str:
    return str((event.detail or {}).get(name, ""))
