"""Two copies of a study that went separate ways become one again: `deid vault merge OTHER`.

Both logs stay as they are: ours goes on and tells of the merge, theirs is kept beside it and still verifies.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from deid.audit.log import AuditLog
from deid.errors import AskedWrongly
from deid.study.folder import LOG, Study, check_same_age, settings_of, vault_path
from deid.study.outputs import write_whole
from deid.vault.merge import Conflict, merge
from deid.vault.seal import Credential
from deid.vault.store import Vault

LOGS = "logs"
# entity 3f9a 7c01=ours
_CHOICE = re.compile(r"(.+)=(ours|theirs|both)")


def merge_with(
    study: Study,
    other: Path,
    credential: Credential,
    choices: Mapping[str, str],
    environment: Mapping[str, str],
    actor: str = "deid",
) -> tuple[Conflict, ...]:
    """Take over what the other copy knows. Conflicts still to be chosen about are returned, and nothing is saved."""
    theirs = Vault.open(_vault_in(other, environment), credential, random=study.random)
    log = AuditLog.open(other / LOG)
    check_same_age(theirs, log)
    with study.writing() as contents:
        merged = merge(contents, theirs.contents, choices)
        if merged.conflicts:
            return merged.conflicts
        origin = log.head[1][:32]
        write_whole(study.folder / LOGS / f"audit-{origin[:12]}.jsonl", (other / LOG).read_bytes(), study.random)
        study.save(replace(merged.contents, log_head=contents.log_head))
        counts = {"entities": len(merged.contents.entries), "conflicts": len(choices), "origin": origin}
        study.record([("vault_merged", counts), ("vault_saved", {"generation": study.vault.generation})], actor)
    return ()


def read_choices(given: tuple[str, ...]) -> dict[str, str]:
    """Raises AskedWrongly for what is not KEY=ours, KEY=theirs or KEY=both."""
    choices = {}
    for one in given:
        match = _CHOICE.fullmatch(one)
        if match is None:
            raise AskedWrongly("a choice is KEY=ours, KEY=theirs or KEY=both", where="--choose")
        choices[match.group(1)] = match.group(2)
    return choices


def _vault_in(other: Path, environment: Mapping[str, str]) -> Path:
    # The other copy's own place: DEID_VAULT names ours.
    without = {name: value for name, value in environment.items() if name != "DEID_VAULT"}
    path = vault_path(other, settings_of(other), without)
    if not path.exists() or not (other / LOG).exists():
        raise AskedWrongly("there is no study here to merge with", where=str(other))
    return path
