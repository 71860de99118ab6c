"""An invented study's log, small enough to read, for the tests of the audit folder."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from deid.audit.log import AuditLog, Entry
from deid.audit.public_copy import write_public_copy
from deid.model import Segment

SEED = bytes(range(32))
OTHER_SEED = bytes(range(1, 33))
CATEGORIES = {"School": "AGENCY", "Agency": "AGENCY", "Town": "PLACE", "East Kent": "PLACE", "20": "DATE"}
START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def random_bytes(name: str = "salts") -> Callable[[int], bytes]:
    """Bytes that look random and are the same in every run."""
    drawn = 0

    def draw(count: int) -> bytes:
        nonlocal drawn
        drawn += 1
        return hashlib.shake_256(f"{name} {drawn}".encode()).digest(count)

    return draw


class Study:
    """A folder with a log and drafts, written as deid writes them. Times go up by a minute a command."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.drafts = folder / "drafts"
        self.drafts.mkdir(parents=True)
        self.path = folder / "audit.jsonl"
        self.random = random_bytes()
        self.minutes = 0
        self.log = AuditLog.create(self.path, SEED, START, self.random)

    def append(self, *entries: Entry, actor: str = "deid") -> None:
        self.minutes += 1
        now = START + timedelta(minutes=self.minutes)
        self.log.append(entries, actor, now, self.random, SEED, is_clean=lambda words: "Wrenfield" not in words)

    def write_draft(self, code: str, turns: Sequence[str], *, kept: Sequence[Entry] = (), words: int = 0) -> Path:
        """A draft of these turns; every [bracketed] stretch in them gets its `replaced` event."""
        path = self.drafts / f"{code}_draft.txt"
        text = "".join(f"{turn}\n" for turn in turns)
        output = f"drafts/{path.name}"
        events = [*replaced_events(output, code, turns), *kept]
        count = sum(1 for action, _ in events if action == "replaced")
        digest = hashlib.sha256(text.encode()).hexdigest()
        intent = {
            "output": output,
            "code": code,
            "tier": "archive",
            "sha256": digest,
            "replaced": count,
            "kept": sum(1 for action, _ in kept if action == "kept"),
            "dismissed": sum(1 for action, _ in kept if action == "dismissed"),
            "words": words or len(text.split()),
            "words_replaced": count,
        }
        self.append(*events, ("output_intent", intent))
        path.write_bytes(text.encode())
        self.append(("output_done", {"output": output, "sha256": digest}))
        return path

    def write_release(
        self, files: Mapping[str, Sequence[str]], *, tier: str = "archive", number: int = 1, words: int = 0
    ) -> Path:
        """A release of these files (name -> turns), with manifest and public copy, in the order that deid keeps."""
        release = f"{tier}/{number}"
        folder = self.folder / "releases" / tier / str(number)
        folder.mkdir(parents=True)
        rows, events, contents = [], [], {}
        for name, turns in files.items():
            output, code = f"releases/{release}/{name}", name.partition("_")[0]
            contents[name] = "".join(f"{turn}\n" for turn in turns).encode()
            places = replaced_events(output, code, turns)
            digest = hashlib.sha256(contents[name]).hexdigest()
            intent = {"output": output, "code": code, "tier": tier, "sha256": digest, "replaced": len(places)}
            counts = {"kept": 1, "dismissed": 0, "words": words or 20, "words_replaced": len(places)}
            place = {**replaced(output, code, 0, 0, 3, "x"), "category": "AGENCY", "reason": "a kind of body"}
            kept = ("kept", {key: value for key, value in place.items() if key not in ("token", "technique")})
            events += [*places, kept, ("output_intent", {**intent, **counts})]
            rows.append({"name": name, "sha256": digest, "replacements": len(places)})
        contents["manifest.json"] = json.dumps({"tier": tier, "number": number, "files": rows}).encode()
        contents["README.txt"] = b"For the recipient.\n"
        digests = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
        self.append(*events, ("release_intent", {"release": release, "tier": tier, "files": digests}))
        for name, content in contents.items():
            (folder / name).write_bytes(content)
        done = [("output_done", {"output": f"releases/{release}/{name}", "sha256": digests[name]}) for name in files]
        self.append(*done, ("release_done", {"release": release, "files": len(files)}))
        write_public_copy(self.log, folder / "audit.jsonl", release, SEED, START + timedelta(minutes=self.minutes))
        return folder


def replaced_events(output: str, code: str, turns: Sequence[str]) -> list[Entry]:
    events: list[Entry] = []
    for index, turn in enumerate(turns):
        end = 0
        while (start := turn.find("[", end)) >= 0:
            end = turn.index("]", start) + 1
            token = turn[start:end]
            category = next((each for word, each in CATEGORIES.items() if word in token), "PERSON")
            technique = "generalization" if category in ("PLACE", "DATE") else "pseudonymization"
            what = {"category": category, "kind": category.lower(), "technique": technique}
            events.append(("replaced", {**replaced(output, code, index, start, end, token), **what}))
    return events


def replaced(output: str, code: str, segment: int, start: int, end: int, token: str) -> dict[str, object]:
    return {
        "output": output,
        "code": code,
        "segment": segment,
        "start": start,
        "end": end,
        "token": token,
        "category": "PERSON",
        "kind": "person",
        "recogniser": "spacy",
        "band": "sure",
        "technique": "pseudonymization",
        "turn": segment + 1,
        "timecode": "",
    }


def read_lines(path: Path) -> tuple[Segment, ...]:
    """A reader for the tests' drafts: one line is one turn."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return tuple(Segment("speech", line, turn) for turn, line in enumerate(lines, start=1))
