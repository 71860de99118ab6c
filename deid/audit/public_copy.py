"""The log as a release carries it: the same chain, without what concerns other outputs, other tiers or originals."""

import hashlib
import os
from collections import Counter
from datetime import datetime
from pathlib import Path

from deid.audit import chain
from deid.audit.actions import ACTIONS, CLOSED, OPEN
from deid.audit.log import AuditLog, time_of
from deid.errors import LogError
from deid.model import AuditEvent


def write_public_copy(log: AuditLog, target: Path, release: str, signing_seed: bytes, now: datetime) -> dict[str, int]:
    """Writes the copy that goes with a release such as "archive/1"; returns what was withheld, counted per action.

    Call it after `release_done`, before the release's folder gets its name.
    """
    covered, withheld = hashlib.sha256(), Counter[str]()
    try:
        with target.open("xb") as stream:
            for line in log.lines():
                shown = line
                if isinstance(line, AuditEvent):
                    shown = line if is_public(line, release) else chain.withhold(line)
                    withheld[line.action] += shown.detail is None
                raw = chain.write_line(shown)
                covered.update(raw)
                stream.write(raw)
            counts = {action: count for action, count in sorted(withheld.items()) if count}
            statement = chain.sign_copy(
                signing_seed, release=release, withheld=counts, covers=covered.hexdigest(), time=time_of(now)
            )
            stream.write(chain.write_line(statement))
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise LogError("the public copy of the log cannot be written", where=str(target)) from error
    return counts


def is_public(event: AuditEvent, release: str) -> bool:
    """Whether whoever gets this release may read the event's detail. What is not known stays closed."""
    scope = ACTIONS[event.action].scope if event.action in ACTIONS else CLOSED
    if event.detail is None or scope == CLOSED:
        return False
    if scope == OPEN:
        return True
    about = event.detail.get("release") or str(event.detail.get("output", "")).rpartition("/")[0]
    return about in (release, f"releases/{release}")
