"""The closed list of what the log can say. A new action is one entry here and one row in the documents.

Only a field of kind `text` can carry words that a person typed; every other kind is a shape that a name does not fit,
or words that the program itself wrote.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from deid.errors import AskedWrongly, LogError

OPEN, OUTPUT, CLOSED = "open", "output", "closed"


@dataclass(frozen=True, slots=True)
class Action:
    """scope: what a public copy shows. fields: name -> kind, or kind + "?" where the field may be absent."""

    scope: str
    fields: Mapping[str, str]
    meaning: str


_WHERE = {"output": "output", "code": "code", "segment": "count", "start": "count", "end": "count"}
_WHAT = {"category": "word", "kind": "word", "recogniser": "word", "band": "word"}
_TALK = {"turn": "count", "timecode": "timecode"}
_WHY_KEPT = {"reason": "word", "decision": "keyed?"}
_ACT = {"decision": "keyed", "reason": "text?"}

ACTIONS: Mapping[str, Action] = {
    # the study and what it runs with
    "study_created": Action(
        OPEN, {"format": "word", "public_key": "sha256", "program": "word"}, "the study was made; its public key"
    ),
    "settings": Action(OPEN, {"sha256": "sha256", "values": "values"}, "the settings in force from here on"),
    "model_digests": Action(OPEN, {"digests": "digests"}, "the language models in use"),
    "region_pack": Action(OPEN, {"name": "word", "sha256": "sha256"}, "the region pack in use"),
    "policy_change": Action(
        OPEN, {"tier": "tier", "sha256": "sha256", "previous": "sha256?"}, "what the categories become was changed"
    ),
    "roster_imported": Action(
        OPEN, {"people": "count", "added": "count", "changed": "count"}, "known people were read into the vault"
    ),
    "consent_changed": Action(
        CLOSED, {"code": "code", "before": "word", "after": "word", "form": "text?"}, "a participant's consent changed"
    ),
    "note": Action(
        CLOSED,
        {"kind": "word", "reference": "text", "words": "text?"},
        "an amendment, an approval or an incident was put on record",
    ),
    # a run
    "run_started": Action(OPEN, {"files": "count", "versions": "values"}, "a run began, with these versions"),
    "file_read": Action(
        CLOSED,
        {"code": "code", "digest": "keyed", "format": "word", "segments": "count", "words": "count?"},
        "a source was read",
    ),
    "replaced": Action(
        OUTPUT,
        {**_WHERE, "token": "token", **_WHAT, "technique": "word", **_TALK, "reason": "word?", "decision": "keyed?"},
        "a stretch was replaced; segment, start and end are where the token stands in the output",
    ),
    "kept": Action(OUTPUT, {**_WHERE, **_WHAT, **_TALK, **_WHY_KEPT}, "something found was left readable on purpose"),
    "dismissed": Action(OUTPUT, {**_WHERE, **_WHAT, **_TALK, **_WHY_KEPT}, "a finding was judged not to identify"),
    "gate_held": Action(
        CLOSED, {"code": "code", "turn": "count", "where": "word", "why": "word"}, "the gate held a file back"
    ),
    "output_intent": Action(
        OUTPUT,
        {
            "output": "output",
            "code": "code",
            "tier": "tier",
            "sha256": "sha256",
            "replaced": "count",
            "kept": "count",
            "dismissed": "count",
            "words": "count?",
            "words_replaced": "count?",
            "dropped": "counts?",
        },
        "this output is about to be written",
    ),
    "output_done": Action(OUTPUT, {"output": "output", "sha256": "sha256"}, "this output was written"),
    "output_removed": Action(OUTPUT, {"output": "output", "reason": "word"}, "this output was removed on purpose"),
    "run_finished": Action(OPEN, {"counts": "counts"}, "a run ended"),
    "interrupted": Action(
        OPEN, {"what": "word", "count": "count"}, "an earlier command had announced work and not finished it"
    ),
    # people's decisions
    "decided": Action(
        CLOSED,
        {**_ACT, "verdict": "word", "category": "word?", "kind": "word?", "code": "code?", "turn": "count?"},
        "a person decided",
    ),
    "added": Action(
        CLOSED,
        {**_ACT, "category": "word", "kind": "word", "code": "code?", "turn": "count?", "places": "count?"},
        "a person added something that was missed",
    ),
    "merged": Action(CLOSED, {**_ACT, "entity": "id", "others": "ids"}, "a person said these are one"),
    "split": Action(CLOSED, {**_ACT, "entity": "id", "into": "ids"}, "a person said these are several"),
    "undone": Action(CLOSED, {**_ACT}, "a person took a decision back"),
    "signed_off": Action(
        CLOSED,
        {"code": "code", "tier": "tier", "digests": "digests", "decision": "keyed?"},
        "a person signed a transcript off",
    ),
    "agreement": Action(
        CLOSED, {"code": "code", "compared": "count", "disagreed": "count"}, "a second reviewer's pass was compared"
    ),
    "queue_closed": Action(
        CLOSED, {"list": "word", "code": "code?", "items": "count"}, "a list was looked through and closed"
    ),
    "supervisor_flag": Action(CLOSED, {"code": "code", "turn": "count"}, "a passage needs a supervisor"),
    "review_opened_with_originals": Action(CLOSED, {"codes": "codes"}, "originals were shown on the review page"),
    # what leaves the study
    "reveal_intent": Action(
        CLOSED, {"scope": "word", "token": "token?", "count": "count", "reason": "text"}, "originals will be shown"
    ),
    "reveal_done": Action(CLOSED, {"scope": "word", "count": "count"}, "originals were shown"),
    "release_intent": Action(
        OUTPUT, {"release": "release", "tier": "tier", "files": "digests"}, "a release is about to be made"
    ),
    "release_done": Action(OUTPUT, {"release": "release", "files": "count"}, "a release was made"),
    "release_left_out": Action(
        CLOSED, {"release": "release", "code": "code", "why": "word"}, "a transcript was left out of a release"
    ),
    "release_given": Action(CLOSED, {"release": "release", "recipient": "text"}, "a release was given to somebody"),
    "withdrawal_intent": Action(
        CLOSED,
        {"code": "code", "outputs": "outputs", "withheld": "count", "scope": "word", "form": "text?"},
        "a participant withdraws; the outputs and details that will go",
    ),
    "withdrawal_done": Action(CLOSED, {"code": "code", "counts": "counts"}, "a withdrawal was carried out"),
    "custodian_confirmed": Action(
        CLOSED, {"what": "word", "custodian": "id", "words": "text?"}, "a custodian confirmed that copies are gone"
    ),
    # the key's life
    "vault_saved": Action(OPEN, {"generation": "count", "entities": "count?"}, "the vault reached this generation"),
    "recipient_added": Action(OPEN, {"recipient": "id", "kind": "word"}, "somebody can now open the vault"),
    "recipient_removed": Action(OPEN, {"recipient": "id", "kind": "word"}, "somebody can no longer open the vault"),
    "second_recipient_declined": Action(OPEN, {}, "the study went on with one way to open the vault"),
    "passphrase_changed": Action(OPEN, {"recipient": "id"}, "a passphrase was changed"),
    "rotation": Action(
        OPEN, {"key": "word", "generation": "count", "public_key": "sha256?"}, "a key was replaced by a new one"
    ),
    "vault_closed": Action(OPEN, {"quorum": "count", "custodians": "count"}, "from here on only a quorum opens it"),
    "vault_moved": Action(OPEN, {"kind": "word"}, "the vault lies elsewhere now"),
    "vault_merged": Action(
        CLOSED, {"entities": "count", "conflicts": "count", "origin": "id"}, "two vaults became one"
    ),
    "sources_kept": Action(CLOSED, {"files": "count"}, "sealed copies of sources are kept in the vault"),
    "watchlist_exported": Action(OPEN, {"generation": "count", "counts": "counts"}, "a watchlist was written"),
    "backup_made": Action(OPEN, {"generation": "count", "digests": "digests?"}, "a backup was written"),
    "restored": Action(OPEN, {"generation": "count"}, "a backup was put back"),
    "destroy_intent": Action(OPEN, {"generation": "count"}, "the key is about to be destroyed"),
    "destroyed": Action(OPEN, {"generation": "count", "counts": "counts?"}, "the key was destroyed"),
    # what is left, and how good it is
    "risk_assessed": Action(OPEN, {"tier": "tier", "counts": "counts"}, "what is left was assessed"),
    "risk_accepted": Action(
        CLOSED,
        {"decision": "keyed", "kind": "word", "code": "code?", "turn": "count?", "reason": "text"},
        "a remaining risk was accepted, with a reason",
    ),
    "intruder_result": Action(
        OPEN,
        {"release": "release?", "outcome": "word", "minutes": "count", "sha256": "sha256"},
        "somebody tried to recognise people",
    ),
    "reread": Action(
        OPEN, {"tier": "tier", "passages": "count", "words": "count", "misses": "count"}, "a sample was read again"
    ),
    "quality_measured": Action(
        OPEN, {"data": "word", "sha256": "sha256", "system": "word", "figures": "values"}, "quality was measured"
    ),
    # the log itself
    "mended": Action(
        OPEN, {"lines": "count", "bytes": "count", "sha256": "sha256"}, "an unfinished end was set aside after a crash"
    ),
}

_CODE = r"[A-Za-z0-9][A-Za-z0-9+_-]{0,63}"
_OUTPUT = r"(?:drafts|releases/(?:team|archive|public)/[1-9][0-9]{0,5})/[^/\\\x00-\x1f]{1,200}"
# Words that the program wrote: "keep list", "title before a surname", "en_core_web_md 3.7.1", "ISO/IEC 20889".
_WORD = r"[A-Za-z0-9 _.,:;/()\[\]+'’‘“”\"%&=*?!#@|<>–—…-]{0,200}"
_PATTERNS: Mapping[str, re.Pattern[str]] = {
    "code": re.compile(_CODE),
    "output": re.compile(_OUTPUT),
    "release": re.compile(r"(?:team|archive|public)/[1-9][0-9]{0,5}"),
    "tier": re.compile(r"team|archive|public"),
    "sha256": re.compile(r"[0-9a-f]{64}"),
    "keyed": re.compile(r"[0-9a-f]{16,64}"),
    "id": re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}"),
    "token": re.compile(r"[^\x00-\x08\x0b\x0c\x0e-\x1f]{1,2000}"),
    "timecode": re.compile(r"[0-9:.,;hms<>|\[\]() -]{0,60}"),  # 00:12:31.400 --> 00:12:33.000
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "word": re.compile(_WORD),
    "text": re.compile(r"[^\x00-\x1f]{0,1000}"),
}
_MANY = {"words": "word", "ids": "id", "codes": "code", "outputs": "output"}
_TABLES = {"counts": "count", "digests": "sha256"}
_FILE_NAME = re.compile(r"[^/\\\x00-\x1f]{1,200}")
_LARGEST = 2**53 - 1
# Names that people give to those who open the vault: ids by their shape, typed words by where they come from.
_NAMED_BY_PEOPLE = frozenset({"recipient", "custodian"})


def check_detail(action: str, detail: Mapping[str, object]) -> None:
    """Raises LogError when the action, a field or the shape of a value is not on the closed list."""
    problem = misfit(action, detail)
    if problem:
        raise LogError(problem, where=f"event {action}", hint="docs/reference/audit_format.md lists every action")


def misfit(action: str, detail: Mapping[str, object]) -> str:
    """What does not fit the closed list, or "". Names fields, never their values."""
    if action not in ACTIONS:
        return "there is no such action"
    fields = ACTIONS[action].fields
    for name in detail:
        if name not in fields:
            return f"the field {name} does not belong to it"
    for name, kind in fields.items():
        if name not in detail:
            if not kind.endswith("?"):
                return f"the field {name} is absent"
        elif not fits(kind.rstrip("?"), detail[name]):
            return f"the field {name} is not a {kind.rstrip('?')}"
    return ""


def fits(kind: str, value: object) -> bool:
    """Whether the value has the shape of that kind."""
    if kind == "count":
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LARGEST
    if kind in _PATTERNS:
        return isinstance(value, str) and _PATTERNS[kind].fullmatch(value) is not None
    if kind in _MANY:
        return isinstance(value, list | tuple) and all(fits(_MANY[kind], each) for each in value)
    if not isinstance(value, Mapping):
        return False
    return all(
        isinstance(name, str) and _FILE_NAME.fullmatch(name) and _fits_cell(kind, cell) for name, cell in value.items()
    )


def _fits_cell(kind: str, cell: object) -> bool:
    if kind in _TABLES:
        return fits(_TABLES[kind], cell)
    return isinstance(cell, bool) or any(fits(each, cell) for each in ("count", "word", "words")) or cell == ""


def typed_text(action: str, detail: Mapping[str, object]) -> tuple[str, ...]:
    """The words in a detail that a person typed; they are searched before they are written."""
    fields = ACTIONS[action].fields
    return tuple(
        str(detail[name])
        for name in detail
        if (fields[name].rstrip("?") == "text" or name in _NAMED_BY_PEOPLE) and detail[name]
    )


def screen_actor(actor: str, is_clean: Callable[[str], bool] | None) -> None:
    """Raises AskedWrongly for a code of an actor that a search finds to be a name: it stands in every public copy."""
    if is_clean is not None and not is_clean(actor):
        raise AskedWrongly("the code of who acts holds something that identifies", hint="take a code, such as R1")


def screen_text(action: str, detail: Mapping[str, object], is_clean: Callable[[str], bool] | None) -> None:
    """Raises AskedWrongly when a search finds something in typed words, LogError when nobody searched them."""
    for words in typed_text(action, detail):
        if is_clean is None:
            raise LogError("typed words were not searched before they were to be written", where=f"event {action}")
        if not is_clean(words):
            raise AskedWrongly(
                "the words typed for the record hold something that identifies",
                where=f"event {action}",
                hint="say it without the name",
            )


def timecode(text: str) -> str:
    """A time code as the log may hold it: digits and separators only."""
    return re.sub(r"[^0-9:.,;hms<>|\[\]() -]", "", text)[:60]
