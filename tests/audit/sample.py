"""A study's log with something of everything in it; people, places and figures are invented."""

from datetime import date
from pathlib import Path

from deid.audit.anchor import anchor_line
from deid.audit.report import ReportFacts, RiskLine, Sample
from deid.audit.tally import facts_from_log
from deid.audit.verify import verify
from tests.audit.build import Study, read_lines, replaced

INTERVIEWS = {
    "P01-1": ("[Child 31] told [Professional 72] at [School 8].", "It was [spring 2017], in [Town 27, East Kent]."),
    "P02-1": ("We met [Child 31] at the station.", "The boyfriend model, mostly.", "[Agency 3] closed it."),
    "P03-1": ("Nobody asked [Parent 15].",),
}
RELEASED = {
    "R07-1_archive.txt": ("[Child 5] told [Professional 9] at [School 2].", "It was [2017], in [East Kent 4]."),
    "R02-1_archive.txt": ("We met [Child 5] at the station.", "The boyfriend model, mostly."),
}


def whole_study(folder: Path) -> Study:
    study = Study(folder)
    study.append(
        (
            "settings",
            {"sha256": "11" * 32, "values": {"policy.tier": "archive", "detect.models": ["spacy", "rampart"]}},
        ),
        ("model_digests", {"digests": {"en_core_web_md": "22" * 32, "rampart": "33" * 32}}),
        ("region_pack", {"name": "kent-medway", "sha256": "44" * 32}),
        ("roster_imported", {"people": 12, "added": 12, "changed": 0}),
        ("recipient_added", {"recipient": "first", "kind": "passphrase"}),
        ("second_recipient_declined", {}),
    )
    _run(study)
    _decisions(study)
    study.write_release(RELEASED, words=1200)
    study.append(
        ("release_left_out", {"release": "archive/1", "code": "P03-1", "why": "no consent for this tier"}),
        ("release_given", {"release": "archive/1", "recipient": "the data archive"}),
    )
    _aftermath(study)
    return study


def _run(study: Study) -> None:
    versions = {"deid-transcripts": "0.1.0", "spacy": "3.8.18"}
    study.append(("run_started", {"files": 3, "versions": versions}))
    for code, turns in INTERVIEWS.items():
        read = {"code": code, "digest": "ab" * 32, "format": "txt", "segments": len(turns), "words": 900}
        study.append(("file_read", read))
        output = f"drafts/{code}_draft.txt"
        place = {key: value for key, value in replaced(output, code, 1, 0, 3, "x").items() if key not in _TOKEN_FIELDS}
        left = [
            ("kept", {**place, "category": "AGENCY", "reason": "keep list: a kind of body"}),
            ("dismissed", {**place, "category": "PLACE", "reason": "no place cue"}),
        ]
        study.write_draft(code, turns, kept=left if len(turns) > 1 else (), words=900)
    study.append(
        ("gate_held", {"code": "P03-1", "turn": 4, "where": "text", "why": "a known name"}),
        ("run_finished", {"counts": {"files": 3, "written": 3, "held": 1}}),
    )


_TOKEN_FIELDS = ("token", "technique")


def _decisions(study: Study) -> None:
    act = {"decision": "ab" * 16}
    study.append(
        (
            "decided",
            {**act, "verdict": "keep", "category": "AGENCY", "code": "P02-1", "turn": 2, "reason": "public body"},
        ),
        ("added", {**act, "category": "PERSON", "kind": "person", "code": "P01-1", "turn": 1, "reason": "missed"}),
        ("merged", {**act, "entity": "e31", "others": ["e44"], "reason": "same child"}),
        actor="R1",
    )
    study.append(("split", {**act, "entity": "e31", "into": ["e31", "e45"], "reason": "two people"}), actor="R2")
    study.append(
        ("agreement", {"code": "P01-1", "compared": 40, "disagreed": 2}),
        ("signed_off", {"code": "P01-1", "tier": "archive", "digests": {"output": "55" * 32}}),
        ("signed_off", {"code": "P02-1", "tier": "archive", "digests": {"output": "66" * 32}}),
        actor="R2",
    )


def _aftermath(study: Study) -> None:
    figures = {"mention_recall": "0.981", "keep_rate": "0.991"}
    study.append(
        ("quality_measured", {"data": "examples", "sha256": "77" * 32, "system": "deid", "figures": figures}),
        ("risk_assessed", {"tier": "archive", "counts": {"unique on one": 1}}),
        ("risk_accepted", {"decision": "cd" * 16, "kind": "role", "code": "P01-1", "reason": "three hold such a post"}),
        ("intruder_result", {"release": "archive/1", "outcome": "nobody", "minutes": 90, "sha256": "88" * 32}),
        ("reread", {"tier": "archive", "passages": 20, "words": 2400, "misses": 1}),
        ("reveal_intent", {"scope": "one", "token": "[Child 31]", "count": 1, "reason": "safeguarding referral"}),
        ("reveal_done", {"scope": "one", "count": 1}),
        ("backup_made", {"generation": 4}),
        ("note", {"kind": "amendment", "reference": "ETH-2026-17", "words": "a second site"}),
        actor="R1",
    )


def sample_facts(study: Study) -> ReportFacts:
    anchor = anchor_line(study.log.checkpoint())
    return ReportFacts(
        log=facts_from_log(study.log.events(), since=10),
        found=verify(study.path, anchor, drafts=study.drafts, read_segments=read_lines),
        anchor=anchor,
        today=date(2026, 3, 9),
        approval_reference="ETH-2026-03",
        review_by="2027-01-31",
        destroy_by="2026-01-31",
        vault_place="on an encrypted stick",
        policy={"PERSON": "a numbered label that says their part in the account", "DATE": "the year"},
        samples=(Sample("R07-1", 1, RELEASED["R07-1_archive.txt"][0]),),
        risk=(RiskLine("Can one person be singled out?", "One role is held by one participant.", "made coarser"),),
    )
