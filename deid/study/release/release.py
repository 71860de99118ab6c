"""A release: signed-off transcripts for one audience, numbered and never changed.

Made in a folder without its name, which it gets last: a release is whole or it is not there. Codes and tokens of two
tiers share nothing; a manifest, the public copy of the log and words for the recipient go with it.
"""

import json
import os
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from deid.audit.log import time_of
from deid.audit.public_copy import write_public_copy
from deid.audit.report import verify_page
from deid.check.gate import gate_words
from deid.errors import AskedWrongly, Held, SourceError
from deid.model import Segment
from deid.pseudonymise.tokens import dress, find_tokens
from deid.study import record
from deid.study.chosen_names import COLLIDES, colliding
from deid.study.folder import LOG, Study
from deid.study.known import STYLE, policy_of, remembered
from deid.study.outputs import sha256
from deid.study.release.alignment import align
from deid.study.release.changes import write_changes
from deid.study.release.earlier import latest, next_folder, refuse_edited
from deid.study.release.meter import Utility, as_values, utility
from deid.study.render import Rendered, tier_code, with_tier_codes
from deid.study.risk.intruder import was_tested
from deid.study.sign_off import Missing, unsigned
from deid.study.verification import read_segments

MANIFEST = "manifest.json"
_RANK = {"team": 1, "archive": 2, "public": 3}
_LEGAL_STATUS = (
    "Pseudonymised personal data (UK GDPR, Article 4(5)): as long as the study's key exists, this is personal data."
)


@dataclass(frozen=True, slots=True)
class Release:
    tier: str
    number: int
    folder: Path
    files: tuple[Path, ...]
    left_out: tuple[Missing, ...]
    warnings: tuple[str, ...]
    utility: tuple[Utility, ...] = ()
    archive: Path | None = None

    @property
    def exit_code(self) -> int:
        return 1 if self.left_out else 0


def release(
    study: Study,
    rendered: Rendered,
    *,
    recipient: str = "",
    is_clean: Callable[[str], bool],
    with_zip: bool = False,
    zip_to: Path | None = None,
) -> Release:
    """Write the signed-off transcripts of a tier. Call it under `study.writing()`.

    Raises Held when no transcript may leave; nothing is written then.
    """
    if recipient and not is_clean(recipient):
        raise AskedWrongly("the words for who gets it hold something that identifies", hint="say it without the name")
    tier = rendered.tier
    refuse_edited(study, tier)
    left_out = _left_out(study, rendered)
    codes = [code for code in sorted(rendered.gated) if code not in left_out]
    if not codes:
        first = next((left_out[code] for code in sorted(left_out)), Missing("", "there are no transcripts"))
        raise Held(
            f"no transcript may leave: {first.why}",
            where=first.code,
            hint=f"sign-off: deid review; consent: deid roster consent CODE {tier}, or a column consent in the roster",
        )
    contents = with_tier_codes(remembered(study, rendered.outcome), tier)
    style = {STYLE: policy_of(study, tier).style}
    contents = replace(contents, options={**contents.options, **style})
    if contents != study.contents:
        study.save(contents)
    folder = next_folder(study, tier)
    number = int(folder.name)
    outputs = {code: _name(study, rendered, code) for code in codes}
    made = _write(study, rendered, folder, outputs, tuple(left_out.values()), recipient, is_clean)
    archive = _zip(study, folder, tier, number, zip_to) if with_zip else None
    ordered = tuple(left_out[code] for code in sorted(left_out))
    return Release(
        tier,
        number,
        folder,
        made,
        ordered,
        tuple(_warnings(study, rendered, codes)),
        _utility(study, rendered),
        archive,
    )


def preview(study: Study, rendered: Rendered) -> Release:
    """What a release would be, and what it would leave out; nothing is written and nothing is on record."""
    tier, left_out = rendered.tier, _left_out(study, rendered)
    refuse_edited(study, tier)
    folder = next_folder(study, tier)
    ordered = tuple(left_out[code] for code in sorted(left_out))
    warnings = tuple(_warnings(study, rendered, [code for code in sorted(rendered.gated) if code not in left_out]))
    return Release(tier, int(folder.name), folder, (), ordered, warnings, _utility(study, rendered))


def _write(
    study: Study,
    rendered: Rendered,
    folder: Path,
    outputs: Mapping[str, str],
    left_out: tuple[Missing, ...],
    recipient: str,
    is_clean: Callable[[str], bool],
) -> tuple[Path, ...]:
    name = f"{rendered.tier}/{folder.name}"
    partial = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        partial.mkdir(parents=True)
        for code, file in outputs.items():
            _put(partial / file, rendered.gated[code].output)
        companions = _companions(study, rendered, folder, partial, outputs)
        digests = {path.name: sha256(path.read_bytes()) for path in sorted(partial.iterdir())}
        entries = record.release_intent(study, rendered, name, outputs, digests, left_out)
        study.record(entries)
        given = [("release_given", {"release": name, "recipient": recipient})] if recipient else []
        study.log.append(
            [*record.release_done(name, rendered, outputs), *given],
            "deid", study.clock(), study.random, study.contents.keys.signing, is_clean,
        )  # fmt: skip
        write_public_copy(study.log, partial / LOG, name, study.contents.keys.signing, study.clock())
        partial.rename(folder)
    except OSError as error:
        shutil.rmtree(partial, ignore_errors=True)
        raise SourceError(
            f"the release cannot be written ({error.strerror or 'input/output error'})",
            where=str(folder),
            hint="see that there is room and that the folder can be written, then run it again: nothing was lost",
        ) from error
    return tuple(folder / file for file in (*outputs.values(), *companions, LOG))


def _companions(
    study: Study, rendered: Rendered, folder: Path, partial: Path, outputs: Mapping[str, str]
) -> tuple[str, ...]:
    """What goes with the transcripts: manifest, words for the recipient, stop words, and what changed."""
    ours = sorted({word for code in outputs for word in _token_words(rendered, code)})
    _put(partial / "stopwords.txt", "".join(f"{word}\n" for word in ours).encode("utf-8"))
    _put(
        partial / "README.txt",
        _readme(rendered.tier, folder.name, outputs, policy_of(study, rendered.tier).style).encode("utf-8"),
    )
    _put(partial / "verify.html", verify_page())
    names = ["stopwords.txt", "README.txt", "verify.html"]
    if before := latest(study, rendered.tier):
        words = gate_words(study.region)
        names += write_changes(before, partial, tuple(outputs.values()), is_plain=lambda word: word in words.plain)
    manifest = _manifest(study, rendered, folder, outputs)
    _put(partial / MANIFEST, (json.dumps(manifest, indent=2, sort_keys=True) + "\n").encode("utf-8"))
    return (*names, MANIFEST)


def _manifest(study: Study, rendered: Rendered, folder: Path, outputs: Mapping[str, str]) -> dict[str, object]:
    meter = {one.code: as_values(one) for one in _utility(study, rendered)}
    return {
        "format": "deid-release-1",
        "tier": rendered.tier,
        "number": int(folder.name),
        "study": study.log.fingerprint,
        "generation": study.vault.generation,
        "time": time_of(study.clock()),
        "legal_status": _LEGAL_STATUS,
        "versions": record.versions(),
        "policy": record.policy_digest(study, rendered.tier),
        "files": [
            {
                "name": file,
                "code": file.partition("_")[0],
                "sha256": sha256(rendered.gated[code].output),
                "replacements": len(rendered.outcome.products[code].replacements),
                "utility": {name: value for name, value in meter[code].items() if name != "code"},
            }
            for code, file in sorted(outputs.items(), key=lambda pair: pair[1])
        ],
    }


def _readme(tier: str, number: str, outputs: Mapping[str, str], style: str) -> str:
    files = "\n".join(f"    {file}" for file in sorted(outputs.values()))
    person, town = dress("Person 41", style), dress("Town 27", style)
    return f"""\
Release {number} for the tier "{tier}"

{files}

Names, places, agencies and case details were replaced by tokens such as {person} or {town};
one token stands for one real thing in all files of this release.

{_LEGAL_STATUS}
Do not try to recognise anybody. If you recognise somebody all the same, tell the study and nobody else.

manifest.json   the digest of every file
audit.jsonl     the public copy of the study's log: what was replaced, where, by which method
stopwords.txt   the words of the tokens, to be left out of word counts
changes.html    what is different from the release before, where there was one

To check that nothing was altered: deid audit verify --release THIS_FOLDER (it needs no key), or open verify.html.
"""


def _left_out(study: Study, rendered: Rendered) -> dict[str, Missing]:
    """What may not leave, by code; of several reasons the one that a sign-off would not mend is told."""
    collide = {code: Missing(code, COLLIDES) for code in colliding(study.contents, rendered.outcome, rendered.tier)}
    return {**unsigned(study, rendered), **above_consent(study, rendered), **collide}


def above_consent(study: Study, rendered: Rendered) -> dict[str, Missing]:
    """Transcripts with a participant whose recorded consent does not reach this tier. None recorded: the team only."""
    consent = {person.code: person.consent or "team" for person in study.contents.roster}
    participants = {source.code: source.participants for source in study.contents.sources}
    found = {}
    for code in rendered.gated:
        given = [consent.get(person, "team") for person in participants.get(code, ())] or ["team"]
        if any(_RANK.get(one, 0) < _RANK[rendered.tier] for one in given):
            found[code] = Missing(code, f"consent: {min(given, key=lambda one: _RANK.get(one, 0))} only")
    return found


def _utility(study: Study, rendered: Rendered) -> tuple[Utility, ...]:
    return utility(rendered, policy_of(study, rendered.tier).budget)


def _name(study: Study, rendered: Rendered, code: str) -> str:
    return f"{tier_code(study.contents, code, rendered.tier)}_{rendered.tier}{rendered.readings[code].suffix}"


def _token_words(rendered: Rendered, code: str) -> Iterator[str]:
    for replacement in rendered.outcome.products[code].replacements:
        for start, end in find_tokens(replacement.text):
            yield from re.findall(r"[^\W\d_]+", replacement.text[start:end].lower())


def _warnings(study: Study, rendered: Rendered, codes: Sequence[str]) -> Iterator[str]:
    """Whoever holds two tiers can lay them side by side, sentence by sentence: how far is measured."""
    own = [segment for code in codes for segment in _written(rendered, code)]
    for other in _RANK:
        before = latest(study, other)
        if other == rendered.tier or before is None:
            continue
        texts = sorted(path for path in before.iterdir() if path.stem.endswith(f"_{other}"))
        share = align([segment for path in texts for segment in read_segments(path)], own).share
        yield (
            f"there is a release for {other} already: whoever holds both tiers can lay them side by side"
            f" ({share:.0%} of its sentences word for word, the others by their place), so both are as fine as the"
            " finer one"
        )
    if rendered.tier == "public" and not was_tested(study):
        yield "nobody has tried to recognise people yet: deid risk intruder-pack, then deid risk intruder-result"


def _written(rendered: Rendered, code: str) -> Sequence[Segment]:
    return rendered.readings[code].reread(rendered.gated[code].output)


def _put(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _zip(study: Study, folder: Path, tier: str, number: int, to: Path | None) -> Path:
    """The only thing ever sent: the release's own files and nothing else, with fixed times."""
    target = to or folder.with_name(f"{tier}-{number}.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.writestr(zipfile.ZipInfo(path.name, (1980, 1, 1, 0, 0, 0)), path.read_bytes())
    return target
