"""A person's word that a transcript may leave, bound to the digests of all that made it: a change needs a new one."""

from collections.abc import Mapping
from dataclasses import dataclass

from deid.errors import AskedWrongly, Held
from deid.region import pack_digest
from deid.study.decisions import SIGN_OFF, Line, decide, sign_offs
from deid.study.folder import Study
from deid.study.known import policy_of, remembered
from deid.study.outputs import sha256
from deid.study.render import Rendered, with_tier_codes

_WHAT = {
    "source": "the source",
    "settings": "the settings",
    "policy": "the policy",
    "region": "the region pack or its keep list",
    "output": "what would be written",
}


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a transcript is not signed off as it is now."""

    code: str
    why: str


def digests(study: Study, rendered: Rendered, code: str) -> dict[str, str]:
    """What a sign-off is bound to."""
    return {
        "source": rendered.readings[code].sha256,
        "settings": sha256(study.settings.model_dump_json(exclude={"vault", "storage", "report"}).encode()),
        "policy": sha256(policy_of(study, rendered.tier).model_dump_json().encode()),
        "region": pack_digest(study.settings.region.pack),
        "output": sha256(rendered.gated[code].output),
    }


def sign_off(study: Study, rendered: Rendered, code: str, reviewer: str) -> Line:
    """Put a reviewer's sign-off on record. Call it under `study.writing()`.

    Raises AskedWrongly for an unknown code, Held for a transcript that the gate holds back.
    """
    if code not in rendered.gated:
        known = ", ".join(sorted(rendered.gated))
        raise AskedWrongly(f"there is no transcript {code}", hint=f"there are: {known}")
    if rendered.gated[code].is_blocked:
        raise Held("the gate holds this transcript back", where=code, hint="deid review shows each place")
    contents = with_tier_codes(remembered(study, rendered.outcome), rendered.tier)
    if contents != study.contents:
        study.save(contents)
        study.record([("vault_saved", {"generation": study.vault.generation})], actor=reviewer)
    values = {"tier": rendered.tier, **digests(study, rendered, code)}
    (line,) = decide(study, [Line(0, "", reviewer, SIGN_OFF, code=code, values=values)])
    return line


def unsigned(study: Study, rendered: Rendered) -> Mapping[str, Missing]:
    """The transcripts that nobody signed off as they are now, each with what is missing or has changed since."""
    signed = sign_offs(study)
    found = {}
    for code in rendered.gated:
        line = signed.get((code, rendered.tier))
        if rendered.gated[code].is_blocked:
            found[code] = Missing(code, "the gate holds it back")
        elif line is None:
            found[code] = Missing(code, "not signed off")
        else:
            now = digests(study, rendered, code)
            changed = [words for name, words in _WHAT.items() if line.values.get(name) != now[name]]
            if changed:
                found[code] = Missing(code, f"changed since the sign-off: {', '.join(changed)}")
    return found
