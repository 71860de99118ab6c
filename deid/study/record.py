"""What a run tells the log: digests, codes, tokens and counts; never an original."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TypeAlias

from deid.audit.actions import timecode
from deid.detect.models import model_digests
from deid.digests import fingerprint
from deid.model import REPLACED, SURE, AuditEvent, Finding, Gated, Outcome, Product, Replacement, Span, Transcript
from deid.pseudonymise.tokens import find_tokens
from deid.region import pack_digest
from deid.spans import Shift
from deid.study.folder import DRAFTS, RELEASES, Study
from deid.study.known import policy_of
from deid.study.outputs import sha256
from deid.study.read import Reading
from deid.study.render import Rendered
from deid.study.sign_off import Missing

Entry: TypeAlias = tuple[str, Mapping[str, object]]
ALREADY = "already in the source"
# What stays readable on purpose; every other reason says that a finding does not identify.
_KEPT = ("keep", "kept", "decision: keep", "already as coarse", "a public fact", ALREADY)
_PACKAGES = ("deid-transcripts", "presidio-analyzer", "presidio-anonymizer", "spacy", "onnxruntime", "cryptography")


def interrupted(events: Iterable[AuditEvent]) -> list[Entry]:
    """One event for outputs that an earlier run announced and did not finish, so that a kill is no tampering."""
    announced: set[tuple[object, object]] = set()
    for event in events:
        detail = event.detail or {}
        place = (detail.get("output"), detail.get("sha256"))
        if event.action == "output_intent":
            announced.add(place)
        elif event.action == "output_done":
            announced.discard(place)
        elif event.action in ("interrupted", "run_finished"):
            announced.clear()
    return [("interrupted", {"what": "run", "count": len(announced)})] if announced else []


def intent(
    study: Study,
    named: Mapping[str, Reading],
    outcome: Outcome,
    gated: Mapping[str, Gated],
    outputs: Mapping[str, tuple[Path, bytes]],
    stale: Iterable[Path] = (),
) -> list[Entry]:
    """Everything that is said before the first output is written."""
    entries: list[Entry] = [("run_started", {"files": len(gated), "versions": versions()})]
    entries += _circumstances(study)
    for code, one in gated.items():
        entries.append(("file_read", _file_read(study, code, named[code])))
        for leak in one.leaks:
            # Where in a file is said by its turn: the name of a part comes from the source and may hold a name.
            entries.append(("gate_held", {"code": code, "turn": leak.turn, "where": "the output", "why": leak.why}))
    entries += [
        ("output_removed", {"output": f"{DRAFTS}/{path.name}", "reason": "held back by the gate"}) for path in stale
    ]
    for code, (path, data) in outputs.items():
        place = _Output(f"{DRAFTS}/{path.name}", code, study.settings.policy.tier)
        entries += _output(place, named[code], outcome.products[code], data)
    entries.append(("vault_saved", {"generation": study.vault.generation, "entities": len(study.contents.entries)}))
    return entries


def done(digests: Mapping[str, str], gated: Mapping[str, Gated]) -> list[Entry]:
    """What is said once the outputs stand. `digests`: file name -> SHA-256."""
    entries: list[Entry] = [
        ("output_done", {"output": f"{DRAFTS}/{name}", "sha256": digest}) for name, digest in digests.items()
    ]
    counts = {"files": len(gated), "written": len(digests), "held": sum(one.is_blocked for one in gated.values())}
    return [*entries, ("run_finished", {"counts": counts})]


def release_intent(
    study: Study,
    rendered: Rendered,
    name: str,
    outputs: Mapping[str, str],
    digests: Mapping[str, str],
    left_out: Iterable[Missing],
) -> list[Entry]:
    """Everything that is said before a release gets its name. `outputs`: transcript code -> file name."""
    entries: list[Entry] = [*_circumstances(study)]
    for code, file in outputs.items():
        place = _Output(f"{RELEASES}/{name}/{file}", file.partition("_")[0], rendered.tier)
        entries += _output(place, rendered.readings[code], rendered.outcome.products[code], rendered.gated[code].output)
    entries += [("release_left_out", {"release": name, "code": one.code, "why": one.why}) for one in left_out]
    entries.append(("vault_saved", {"generation": study.vault.generation, "entities": len(study.contents.entries)}))
    return [*entries, ("release_intent", {"release": name, "tier": rendered.tier, "files": dict(digests)})]


def release_done(name: str, rendered: Rendered, outputs: Mapping[str, str]) -> list[Entry]:
    entries: list[Entry] = [
        ("output_done", {"output": f"{RELEASES}/{name}/{file}", "sha256": sha256(rendered.gated[code].output)})
        for code, file in outputs.items()
    ]
    return [*entries, ("release_done", {"release": name, "files": len(outputs)})]


def policy_digest(study: Study, tier: str) -> str:
    return sha256(policy_of(study, tier).model_dump_json().encode())


def versions() -> dict[str, str]:
    """The packages that a text depends on."""
    return {name: metadata.version(name) for name in _PACKAGES}


def _circumstances(study: Study) -> Iterator[Entry]:
    """Settings, models and region pack, each only where it is not what the log says already."""
    told: dict[str, Mapping[str, object]] = {}
    for event in study.log.events():
        if event.action in ("settings", "model_digests", "region_pack") and event.detail:
            told[event.action] = event.detail
    values = study.settings.model_dump_json()
    settings = {"sha256": sha256(values.encode()), "values": {"tier": study.settings.policy.tier}}
    now: list[Entry] = [
        ("settings", settings),
        ("model_digests", {"digests": model_digests()}),
        ("region_pack", {"name": study.region.name, "sha256": pack_digest(study.settings.region.pack)}),
    ]
    return (entry for entry in now if dict(told.get(entry[0], {})) != dict(entry[1]))


def _file_read(study: Study, code: str, reading: Reading) -> dict[str, object]:
    salt = study.contents.salts[code]
    return {
        "code": code,
        "digest": fingerprint(salt, "source", reading.sha256),
        "format": reading.source.format,
        "segments": len(reading.segments),
        "words": sum(len(segment.text.split()) for segment in reading.segments),
    }


@dataclass(frozen=True, slots=True)
class _Output:
    """Where an output stands and under which code: the study's own in drafts, the tier's in a release."""

    name: str
    code: str
    tier: str


def _output(output: _Output, reading: Reading, product: Product, data: bytes) -> Iterator[Entry]:
    shift = Shift(product.replacements)
    yield from _replaced(output, product, shift)
    dismissed = [*_dismissed(output, product, shift), *_already_there(output, product, shift)]
    yield from dismissed
    words = sum(len(segment.text.split()) for segment in product.transcript.segments)
    yield (
        "output_intent",
        {
            "output": output.name,
            "code": output.code,
            "tier": output.tier,
            "sha256": sha256(data),
            "replaced": len(product.replacements),
            "kept": sum(action == "kept" for action, _ in dismissed),
            "dismissed": sum(action == "dismissed" for action, _ in dismissed),
            "words": words,
            "words_replaced": sum(_words(product.transcript, one) for one in product.replacements),
            "dropped": dict.fromkeys(reading.dropped(), 1),
        },
    )


def _words(transcript: Transcript, replacement: Replacement) -> int:
    span = replacement.span
    return len(transcript.text_at(span).split())


def _replaced(output: _Output, product: Product, shift: Shift) -> Iterator[Entry]:
    surest = {settled.span: settled.surest for settled in product.settled}
    for replacement in product.replacements:
        place = shift.new_text(replacement)
        if place is None:
            continue
        finding = _finding_of(surest, replacement)
        yield (
            "replaced",
            {
                **_place(output, place),
                "token": replacement.text,
                **_what(finding),
                "technique": replacement.technique,
                **_talk(product.transcript, place),
                "reason": finding.why,
            },
        )


def _finding_of(surest: Mapping[Span, Finding], replacement: Replacement) -> Finding:
    """The surest finding under a replacement, which may reach a little further (an article, a doubled noun)."""
    exact = surest.get(replacement.span)
    return exact or next(finding for span, finding in surest.items() if replacement.span.covers(span))


def _dismissed(output: _Output, product: Product, shift: Shift) -> Iterator[Entry]:
    for dismissal in product.dismissed:
        place = shift.forward(dismissal.finding.span)
        if place is None:
            continue
        action = "kept" if dismissal.reason.startswith(_KEPT) else "dismissed"
        yield (
            action,
            {
                **_place(output, place),
                **_what(dismissal.finding),
                **_talk(product.transcript, place),
                "reason": dismissal.reason,
            },
        )


def _already_there(output: _Output, product: Product, shift: Shift) -> Iterator[Entry]:
    """Brackets of the source that look like tokens of ours: whoever verifies must know that nobody slipped them in."""
    for index, segment in enumerate(product.transcript.segments):
        for start, end in find_tokens(segment.text):
            span = Span(index, start, end)
            place = shift.forward(span)
            if place and not any(one.span.overlaps(span) for one in product.replacements):
                what = {"category": "any", "kind": "any", "recogniser": "none", "band": "sure"}
                talk = _talk(product.transcript, place)
                yield "kept", {**_place(output, place), **what, **talk, "reason": ALREADY}


def _place(output: _Output, place: Span) -> dict[str, object]:
    return {
        "output": output.name,
        "code": output.code,
        "segment": place.segment,
        "start": place.start,
        "end": place.end,
    }


def _what(finding: Finding) -> dict[str, object]:
    band = "sure" if finding.confidence >= SURE else "unsure" if finding.confidence >= REPLACED else "listed"
    said: dict[str, object] = {
        "category": finding.category.value,
        "kind": finding.kind or "any",
        "recogniser": finding.recogniser,
        "band": "person" if finding.decision else band,
    }
    return said | ({"decision": finding.decision} if finding.decision else {})


def _talk(transcript: Transcript, place: Span) -> dict[str, object]:
    segment = transcript.segments[place.segment]
    return {"turn": segment.turn, "timecode": timecode(segment.timecode)}
