"""A participant withdraws: out of the vault, the drafts, the releases that lie here, the cache and the log's details.

Order: the log's intent, the vault under a new data key, then what lies in the folder, then the log's done. The vault
remembers a withdrawal that is under way, so that after a kill the same command goes on where it stopped.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from deid.errors import AskedWrongly
from deid.model import AuditEvent
from deid.study.decisions import forget
from deid.study.folder import Entry, Study
from deid.study.forms import is_name_alone
from deid.study.kept_sources import forget_kept
from deid.study.known import PASSAGES
from deid.vault.contents import Contents
from deid.vault.renew import renew
from deid.vault.withdraw import Withdrawal, withdraw

UNDER_WAY = "withdrawing"  # the option that holds a withdrawal until all of it is done
CACHE = "cache"
EVERYTHING = "everything of theirs"
WITH_PASSAGES = "everything of theirs and what others say of them"
# What the log says of the withdrawal itself stays readable: it is what the certificate rests on.
_STAYS = frozenset({"withdrawal_intent", "withdrawal_done", "custodian_confirmed"})
_TIERS = ("none", "team", "archive", "public")


@dataclass(frozen=True, slots=True)
class Removal:
    """What goes from folder and log. outputs: as the log names them. withheld: how many of its details."""

    codes: tuple[str, ...]
    outputs: tuple[str, ...]
    withheld: int


def withdraw_participant(
    study: Study, code: str, *, passages: bool = False, form: str = "", entity: str = "", actor: str = "deid"
) -> Withdrawal:
    """Take a participant out, or finish doing so. Raises AskedWrongly for a code that is not to be found.

    form: the reference of the signed form. entity: who they are, where two people of the study have one name.
    """
    with study.writing() as contents:
        if contents.options.get(UNDER_WAY):
            done, removal = _under_way(contents)
            if done.code != code:
                raise AskedWrongly(
                    f"the withdrawal of {done.code} is not finished", hint=f"first: deid vault withdraw {done.code}"
                )
        else:
            done, removal = _begin(study, contents, code, passages=passages, form=form, entity=entity, actor=actor)
        _finish(study, done, removal, actor)
    return done


def change_consent(study: Study, code: str, consent: str, *, form: str = "", actor: str = "deid") -> tuple[str, ...]:
    """Another consent for a participant. Releases above it lose their transcripts; which outputs went."""
    if consent not in _TIERS:
        raise AskedWrongly(f"consent is one of {', '.join(_TIERS)}")
    with study.writing() as contents:
        person = next((one for one in contents.roster if one.code == code), None)
        if person is None:
            raise AskedWrongly(f"the roster has no {code}")
        before = person.consent or "team"
        above = _TIERS[_TIERS.index(consent) + 1 :] if _TIERS.index(consent) < _TIERS.index(before) else ()
        outputs = tuple(name for name in outputs_of(study, _codes_of(contents, code)) if _tier_of(name) in above)
        said: dict[str, object] = {"code": code, "before": before, "after": consent}
        entries: list[Entry] = [("consent_changed", said | ({"form": form} if form else {}))]
        if outputs:
            intent = {"code": code, "outputs": outputs, "withheld": 0, "scope": f"above {consent}"}
            entries.append(("withdrawal_intent", intent))
        study.record(entries, actor)
        _remove(study, outputs)
        roster = tuple(replace(one, consent=consent) if one is person else one for one in contents.roster)
        study.save(replace(contents, roster=roster))
        saved: Entry = ("vault_saved", {"generation": study.vault.generation})
        done: list[Entry] = (
            [("withdrawal_done", {"code": code, "counts": {"outputs": len(outputs)}})] if outputs else []
        )
        study.record([*done, saved], actor)
    return outputs


def confirm(study: Study, code: str, custodian: str, words: str = "", actor: str = "deid") -> None:
    """A custodian says that the copies in their hands are gone."""
    with study.writing():
        if not any(_is_about(event, code) for event in study.log.events() if event.action == "withdrawal_done"):
            raise AskedWrongly(f"nobody withdrew as {code}")
        said: dict[str, object] = {"what": f"withdrawal of {code}", "custodian": custodian}
        study.record([("custodian_confirmed", said | ({"words": words} if words else {}))], actor)


def outputs_of(study: Study, codes: Collection[str]) -> tuple[str, ...]:
    """Every output that the log says was written of these transcripts and not removed since."""
    written: dict[str, None] = {}
    going: dict[str, set[str]] = {}  # announced by a withdrawal that may have been killed before it did anything
    for event in study.log.events():
        detail = event.detail or {}
        output = str(detail.get("output", ""))
        if event.action == "output_intent" and (detail.get("code") in codes or _code_in(output) in codes):
            written[output] = None
        elif event.action == "output_removed":
            written.pop(output, None)
        elif event.action == "withdrawal_intent":
            going.setdefault(str(detail["code"]), set()).update(_strings(detail["outputs"]))
        elif event.action == "withdrawal_done":
            for gone in going.pop(str(detail["code"]), ()):
                written.pop(gone, None)
    return tuple(sorted(written))


def _begin(
    study: Study, contents: Contents, code: str, *, passages: bool, form: str, entity: str, actor: str
) -> tuple[Withdrawal, Removal]:
    after, done = withdraw(contents, code, is_distinctive=is_name_alone(study.region), entity=entity)
    own = tuple(_with_tier_codes(contents, done.transcripts))
    outputs = outputs_of(study, {*own, *_with_tier_codes(contents, done.shared)})
    gone = {code, *own}
    withheld = sum(1 for event in study.log.events() if _is_withheld(event, gone, outputs, _decisions(done)))
    scope = WITH_PASSAGES if passages else EVERYTHING
    intent: dict[str, object] = {"code": code, "outputs": outputs, "withheld": withheld, "scope": scope}
    study.record([("withdrawal_intent", intent | ({"form": form} if form else {}))], actor)
    removal = Removal(tuple(sorted(gone)), outputs, withheld)
    options = {**after.options, UNDER_WAY: json.dumps({"done": asdict(done), "removal": asdict(removal)})}
    if passages and done.entity:
        options[PASSAGES] = " ".join(sorted({*options.get(PASSAGES, "").split(), done.entity}))
    study.seal_anew(renew(replace(after, options=options), "cache", study.random))
    return done, removal


def unfinished(contents: Contents) -> str:
    """Whose withdrawal was broken off, "" for nobody's. The same call once more finishes it."""
    return _under_way(contents)[0].code if contents.options.get(UNDER_WAY) else ""


def _under_way(contents: Contents) -> tuple[Withdrawal, Removal]:
    kept = json.loads(contents.options[UNDER_WAY])
    return Withdrawal(**_tuples(kept["done"])), Removal(**_tuples(kept["removal"]))


def _finish(study: Study, done: Withdrawal, removal: Removal, actor: str) -> None:
    entries: list[Entry] = [("vault_saved", {"generation": study.vault.generation})]
    study.record(entries, actor)  # also sets aside what a kill left at the log's end, which `withhold` asks for
    _remove(study, removal.outputs)
    (study.folder / CACHE).unlink(missing_ok=True)
    forget(study, removal.codes, _decisions(done))
    forget_kept(study, (*done.transcripts, *done.shared))
    study.log.withhold(
        lambda event: _is_withheld(event, removal.codes, removal.outputs, _decisions(done)), removal.withheld
    )
    study.read_anew()
    counts = {
        "transcripts": len(done.transcripts),
        "shared": len(done.shared),
        "forgotten": len(done.forgotten),
        "spoken_of_in": len(done.spoken_of_in),
        "forms": done.digests,
        "decisions": len(done.texts),
        "outputs": len(removal.outputs),
        "details": removal.withheld,
    }
    study.record([("withdrawal_done", {"code": done.code, "counts": counts})], actor)
    options = {name: value for name, value in study.contents.options.items() if name != UNDER_WAY}
    study.save(replace(study.contents, options=options))
    study.record([("vault_saved", {"generation": study.vault.generation})], actor)


def _remove(study: Study, outputs: Iterable[str]) -> None:
    for output in outputs:
        (study.folder / Path(output)).unlink(missing_ok=True)


def _is_withheld(
    event: AuditEvent, codes: Collection[str], outputs: Collection[str], decisions: Collection[str]
) -> bool:
    detail = event.detail
    if detail is None or event.action in _STAYS:
        return False
    return (
        detail.get("code") in codes
        or (detail.get("output") in outputs and _code_in(str(detail["output"])) in codes)
        or (bool(detail.get("decision")) and detail.get("decision") in decisions)
    )


def _decisions(done: Withdrawal) -> frozenset[str]:
    """The decisions whose texts named them; a text's key is the decision's id, perhaps with a word behind it."""
    return frozenset(name.split()[0] for name in done.texts)


def _codes_of(contents: Contents, participant: str) -> set[str]:
    theirs = [source.code for source in contents.sources if participant in source.participants]
    return set(_with_tier_codes(contents, theirs))


def _with_tier_codes(contents: Contents, transcripts: Iterable[str]) -> Iterator[str]:
    """The transcripts' codes, and those that other tiers know them by (the vault's options "code archive P01")."""
    tiers = {name.split()[1] for name in contents.options if name.startswith("code ")}
    for code in transcripts:
        yield code
        who, _, number = code.rpartition("-")
        for tier in tiers:
            drawn = [contents.options.get(f"code {tier} {person}", "") for person in who.split("+")]
            if all(drawn):
                yield f"{'+'.join(drawn)}-{number}"


def _code_in(output: str) -> str:
    """The code in "releases/archive/1/R412-1_archive.docx"."""
    return output.rpartition("/")[2].partition("_")[0]


def _tier_of(output: str) -> str:
    return output.split("/")[1] if output.startswith("releases/") else ""


def _is_about(event: AuditEvent, code: str) -> bool:
    return bool(event.detail) and (event.detail or {}).get("code") == code


def _tuples(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list | tuple) else ()
