"""deid itself as one of the systems that `deid evaluate` measures: gold texts in, what it hides out.

The texts go through the same detection and the same pipeline as files do, with a study's worth of memory in between
and nothing on disk. What formats and the gate add is measured end to end (`deid evaluate --files`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count

from deid.check.gate import gate_words
from deid.config import Settings
from deid.detect.engine import Detector
from deid.evaluate.gold import Gold
from deid.evaluate.masked import Masked
from deid.formats.txt import layout
from deid.model import Finding, Known, KnownPerson, Product, Transcript
from deid.pipeline import Findings, pseudonymise
from deid.pseudonymise.policy import load_policy
from deid.region import Region
from deid.rules import Rules
from deid.spans import by_segment

Starts = Mapping[str, tuple[int, ...]]


def found_by_deid(
    detector: Detector,
    golds: Sequence[Gold],
    roster: Sequence[KnownPerson] = (),
    progress: Callable[[int, int], None] | None = None,
    *,
    apart: bool = False,
) -> tuple[dict[str, Transcript], Findings]:
    """The gold texts as transcripts, read as plain text files are, and all findings in them.

    `apart`: each text is a study of its own, so that no name heard in one is looked for in another.
    """
    transcripts = {gold.id: Transcript(gold.id, tuple(segment for segment, _ in layout(gold.text))) for gold in golds}
    if not apart:
        return transcripts, detector.detect(tuple(transcripts.values()), roster, progress)
    found: dict[str, tuple[Finding, ...]] = {}
    for transcript in transcripts.values():
        found |= detector.detect((transcript,), roster)
        if progress:
            progress(len(found), len(transcripts))
    return transcripts, found


def claims_of_deid(golds: Sequence[Gold], findings: Findings) -> dict[str, tuple[Masked, ...]]:
    """The raw findings, recogniser by recogniser, before anything is decided: for error analysis."""
    starts = _starts(golds)
    return {
        gold.id: tuple(
            Masked(
                start=starts[gold.id][finding.span.segment] + finding.span.start,
                end=starts[gold.id][finding.span.segment] + finding.span.end,
                category=finding.category,
                recogniser=finding.recogniser,
            )
            for finding in findings[gold.id]
        )
        for gold in golds
    }


def masks_of_deid(
    golds: Sequence[Gold],
    transcripts: Mapping[str, Transcript],
    findings: Findings,
    settings: Settings,
    region: Region,
    *,
    roster: Sequence[KnownPerson] = (),
    apart: bool = False,
) -> dict[str, tuple[Masked, ...]]:
    """What the pipeline hides. `apart`: each text is a study of its own, so that nothing carries over between them."""
    studies = [[gold] for gold in golds] if apart else [list(golds)]
    starts = _starts(golds)
    rules = _rules(settings, region)
    masks: dict[str, tuple[Masked, ...]] = {}
    for number, study in enumerate(studies):
        own = {gold.id: transcripts[gold.id] for gold in study}
        numbered = replace(rules, new_ids=_ids(f"{number}-"))  # no two studies share an entity
        outcome = pseudonymise(own, findings, Known(roster=tuple(roster)), numbered)
        masks |= {key: tuple(_masks(product, starts[key])) for key, product in outcome.products.items()}
    return masks


def _masks(product: Product, starts: tuple[int, ...]) -> Iterator[Masked]:
    """One for each replacement, with the entity it stands for and the recogniser that was surest of it."""
    mentions, settled = by_segment(product.mentions), by_segment(product.settled)
    for replacement in product.replacements:
        span, start = replacement.span, starts[replacement.span.segment]
        surest = next((one.surest for one in settled.get(span.segment, ()) if one.span.overlaps(span)), None)
        yield Masked(
            start=start + span.start,
            end=start + span.end,
            entity=next((one.entity for one in mentions.get(span.segment, ()) if one.span.overlaps(span)), ""),
            category=surest.category if surest else "",
            recogniser=surest.recogniser if surest else "",
            replacement=replacement.text,
        )


def _starts(golds: Sequence[Gold]) -> Starts:
    """Where each segment of each text begins in it."""
    return {gold.id: tuple(start for _, start in layout(gold.text)) for gold in golds}


def _rules(settings: Settings, region: Region) -> Rules:
    wanted = settings.policy
    return Rules(
        region=region,
        policy=load_policy(wanted.tier, file=wanted.file, public_facts=wanted.public_facts),
        words=gate_words(region),
        new_ids=_ids(""),
        assign_key=bytes(32),
    )


def _ids(prefix: str) -> Callable[[], Callable[[], str]]:
    def new_ids() -> Callable[[], str]:
        numbers = count(1)
        return lambda: f"{prefix}{next(numbers)}"

    return new_ids
