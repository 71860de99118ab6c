"""What each device of detection and linking gains: deid without it, beside the whole, over the open sets.

    python benchmarks/gains.py                 every device; prints the tables
    python benchmarks/gains.py --write         and puts them into docs/reference/detection.md
    python benchmarks/gains.py --only spread   the devices whose name or group has these words
    python benchmarks/gains.py --sealed        over the sealed sets instead: figures alone, and never written

The models read each text once. A device is taken out by the switch that benchmarks/devices.py gives it; one that can
be taken out without any figure moving is named as such. Takes about seven minutes of CPU.
"""

import argparse
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # so that the sets and the devices beside this file are found
from devices import GROUPS, RECOGNISERS, Device, without
from sets import ROOT, SETS, Set

from deid.config import Detect, Settings
from deid.detect.engine import Detector
from deid.detect.passage import ModelSpan
from deid.detect.reading import Reader, load_readers
from deid.evaluate.gold import read_gold
from deid.evaluate.linking import Linking
from deid.evaluate.score import Figures, Rate, score
from deid.region import Region, load_region
from deid.study.evaluate.measure import found_by_deid, masks_of_deid

PAGE = ROOT / "docs/reference/detection.md"
BEGIN, END = "<!-- gains: written by benchmarks/gains.py --write -->", "<!-- end of gains -->"
UNSEEN = Set("sentences-unseen", "sentences written last", (ROOT / "tests/gold/sentences_unseen.jsonl",), read_gold,
             is_local=True)  # fmt: skip
OPEN = ("examples", "interviews-tune", "interviews-fresh", "interviews-last", "tune", "sentences-more", UNSEEN.name)
SEALED = ("interviews-sealed", "interviews-extra", "sealed")
KINDS = ("interviews", "sentences")
SHOWN = ("token_recall", "direct_recall", "entity_recall", "token_precision", "keep_rate")
Hidden = tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures over all sets of each kind; what was hidden in each text; how many claims each recogniser made."""

    figures: Mapping[str, "Pooled"]
    hidden: Mapping[str, Hidden] = field(repr=False)
    claims: Counter[str]


@dataclass(frozen=True, slots=True)
class Pooled:
    rates: Mapping[str, Rate]
    bcubed_f1: float
    wrong_merges: int


def main() -> int:
    warnings.filterwarnings("ignore")
    arguments = _arguments()
    known = {each.name: each for each in (*SETS, UNSEEN)}
    sets = [known[name] for name in (SEALED if arguments.sealed else OPEN)]
    page = _page(sets, *_measure_all(_chosen(arguments.only), sets))
    print(page)
    if arguments.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        _, _, after = rest.partition(END)
        PAGE.write_text(f"{before}{BEGIN}\n\n{page}\n{END}{after}", encoding="utf-8", newline="\n")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure what each device of detection and linking gains.")
    parser.add_argument("--only", default="", metavar="WORDS", help="only devices whose name or group has these words")
    parser.add_argument("--sealed", action="store_true", help="over the sealed sets instead; figures alone")
    parser.add_argument("--write", action="store_true", help=f"put the tables into {PAGE.relative_to(ROOT)}")
    arguments = parser.parse_args()
    if arguments.write and (arguments.sealed or arguments.only):
        parser.error("--write is for every device over the open sets")
    if arguments.write and not {BEGIN, END} <= set(PAGE.read_text(encoding="utf-8").splitlines()):
        parser.error(f"{PAGE.name} has lost the lines between which the tables stand")
    return arguments


def _chosen(words: str) -> dict[str, list[Device]]:
    found = {name: [one for one in ones if words in f"{name} {one.name}"] for name, ones in GROUPS.items()}
    return {name: ones for name, ones in found.items() if ones}


def _measure_all(
    groups: Mapping[str, Sequence[Device]], sets: Sequence[Set]
) -> tuple[Measured, dict[str, dict[Device, Measured]]]:
    """The whole, and each device of each group taken out."""
    region, readers = load_region(Settings().region.pack), _Readers()
    begun, total, done = time.monotonic(), sum(map(len, groups.values())), 0
    _tell(f"[0/{total}] the whole; the models read")
    whole = _measure(Device("nothing"), sets, region, readers)
    found: dict[str, dict[Device, Measured]] = {group: {} for group in groups}
    for group, devices in groups.items():
        for device in devices:
            done += 1
            _tell(f"[{done}/{total}] {time.monotonic() - begun:.0f} s: without {device.name}")
            found[group][device] = _measure(device, sets, region, readers)
    return whole, found


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _measure(device: Device, sets: Sequence[Set], region: Region, readers: "_Readers") -> Measured:
    settings = Settings(detect=device.detect)
    figures: dict[str, list[Figures]] = {}
    hidden: dict[str, Hidden] = {}
    claims: Counter[str] = Counter()
    with without(device):
        own = device.region(region)
        detector = Detector(settings, own, readers=readers.of(device.detect))
        for each in sets:
            golds = each.golds()
            transcripts, findings = found_by_deid(detector, golds, apart=each.apart)
            masks = masks_of_deid(golds, transcripts, findings, settings, own, apart=each.apart)
            figures.setdefault(_kind(each), []).append(score(golds, masks))
            hidden |= {key: tuple((one.start, one.end, one.replacement) for one in ones) for key, ones in masks.items()}
            claims.update(finding.recogniser for several in findings.values() for finding in several)
    return Measured({kind: pool(figures[kind]) for kind in KINDS if kind in figures}, hidden, claims)


def _kind(each: Set) -> str:
    return KINDS[each.apart]


def pool(figures: Sequence[Figures]) -> Pooled:
    """Several sets as one: hits and totals are added, B-cubed figures are weighed by the mentions they are over."""
    rates = {name: _sum([getattr(one, name) for one in figures]) for name in SHOWN}
    linkings = [one.linking for one in figures if one.linking.mentions]
    precision, recall = (_mean(linkings, name) for name in ("bcubed_precision", "bcubed_recall"))
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Pooled(rates, f1, sum(one.linking.wrong_merges for one in figures))


def _sum(rates: Sequence[Rate]) -> Rate:
    return Rate(sum(one.hits for one in rates), sum(one.total for one in rates))


def _mean(linkings: Sequence[Linking], name: str) -> float:
    mentions = sum(one.mentions for one in linkings)
    return sum(getattr(one, name) * one.mentions for one in linkings) / mentions if mentions else 0.0


class _Readers:
    """The models, loaded once for each way in which they are set; none reads a text twice."""

    def __init__(self) -> None:
        self._known: dict[str, _Remembering] = {}

    def of(self, detect: Detect) -> list[Reader]:
        asked = load_readers(Settings(detect=detect))
        return [self._known.setdefault(reader.fingerprint, _Remembering(reader)) for reader in asked]


class _Remembering:
    """A model that knows what it has read."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[str, tuple[ModelSpan, ...]] = {}
        self.name, self.reads_case, self.fingerprint = reader.name, reader.reads_case, reader.fingerprint

    def read(self, texts: Sequence[str]) -> list[tuple[ModelSpan, ...]]:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(new, self._reader.read(new), strict=True))
        return [self._known[text] for text in texts]


def _page(sets: Sequence[Set], whole: Measured, found: Mapping[str, Mapping[Device, Measured]]) -> str:
    parts = [_told(sets), _whole(whole)]
    for group, devices in found.items():
        rows = {device.name: gains(whole, one) for device, one in devices.items()}
        moved = {name: row for name, row in rows.items() if any(any(values) for values in row)}
        parts += [f"### {group}\n", *([_table(moved)] if moved else [])]
        idle = [device for device in devices if device.name not in moved]
        if idle:
            tell = _idle_recognisers if set(idle) <= set(RECOGNISERS) else _idle
            parts.append(tell(idle, whole, devices))
    return "\n".join(parts)


def _told(sets: Sequence[Set]) -> str:
    told = []
    for kind in KINDS:
        own = [each for each in sets if _kind(each) == kind]
        names = ", ".join(f"`{path.relative_to(ROOT).as_posix()}`" for each in own for path in each.paths)
        texts = [gold for each in own for gold in each.golds()]
        words = sum(len(gold.text.split()) for gold in texts)
        told.append(f"{len(texts)} {kind}, {words:,} words ({names})")
    return f"Over {' and '.join(told)}. The texts of an interview set are one study, each sentence is one of its own.\n"


def _whole(whole: Measured) -> str:
    lines = [f"| the whole | {' | '.join(SHOWN)} | B-cubed F1 | wrong merges |", "|---" * 8 + "|"]
    for kind, figures in whole.figures.items():
        rates = " | ".join(f"{figures.rates[name].value or 0:.4f}" for name in SHOWN)
        lines.append(f"| {kind} | {rates} | {figures.bcubed_f1:.4f} | {figures.wrong_merges} |")
    return "\n".join(lines) + "\n"


def gains(whole: Measured, without_it: Measured) -> list[list[float]]:
    """For each column, for each kind: what is lost without the device, in points of a hundred; merges as a count."""
    columns: list[list[float]] = [[] for _ in (*SHOWN, "bcubed_f1", "wrong_merges")]
    for kind, ours in whole.figures.items():
        theirs = without_it.figures[kind]
        points = [100 * ((ours.rates[name].value or 0) - (theirs.rates[name].value or 0)) for name in SHOWN]
        linking = [100 * (ours.bcubed_f1 - theirs.bcubed_f1), theirs.wrong_merges - ours.wrong_merges]
        for column, value in zip(columns, (*points, *linking), strict=True):
            column.append(round(value, 2))
    return columns


def _table(rows: Mapping[str, list[list[float]]]) -> str:
    lines = [f"| gained by | {' | '.join(SHOWN)} | B-cubed F1 | merges prevented |", "|---" * 8 + "|"]
    for name, columns in rows.items():
        cells = [_cell(values, "+.2f") for values in columns[:-1]] + [_cell(columns[-1], "+.0f")]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _cell(values: Iterable[float], style: str) -> str:
    values = list(values)
    return " / ".join(format(value, style) if value else "0" for value in values) if any(values) else ""


def _idle(idle: Sequence[Device], whole: Measured, measured: Mapping[Device, Measured]) -> str:
    lines = ["No figure moves without:\n"]
    for device in idle:
        texts = sum(whole.hidden[key] != hidden for key, hidden in measured[device].hidden.items())
        effect = f"{texts} texts come out otherwise" if texts else "no text comes out otherwise"
        lines.append(f"- {device.name} ({effect}){': ' if device.stays else ''}{device.stays}")
    return "\n".join(lines) + "\n"


def _idle_recognisers(idle: Sequence[Device], whole: Measured, measured: Mapping[Device, Measured]) -> str:
    counts = {device.name: whole.claims[device.name.strip("`")] for device in idle}
    shared = ", ".join(f"{name} ({count})" for name, count in counts.items() if count)
    silent = ", ".join(name for name, count in counts.items() if not count)
    told = f"Found by others as well, so that no figure moves (with their claims): {shared}.\n" if shared else ""
    return told + (f"Nothing to find in these sets: {silent}.\n" if silent else "")


if __name__ == "__main__":
    sys.exit(main())
