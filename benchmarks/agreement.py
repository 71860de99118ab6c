"""How far two annotators agree, and how deid reads what they read.

    python benchmarks/agreement.py

Eight interviews that no tagger is taught on were marked twice (`tagger/texts/unseen`, and `second_reader/` in it), by
people who saw neither each other's marks nor what deid hides. Each one's marks are judged against the other's as if
they were a system's; then deid by either, and by what both say: what only one marked is as right to hide as to leave.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # so that the reader of marks is found

from deid.config import Settings
from deid.detect.engine import Detector
from deid.evaluate.gold import Gold, Kept, Marked
from deid.evaluate.masked import Masked
from deid.evaluate.score import score
from deid.model import Category
from deid.region import load_region
from deid.study.evaluate.measure import found_by_deid, masks_of_deid
from tests.gold.build import read_marks

FIRST = Path(__file__).parent / "tagger" / "texts" / "unseen"
SECOND = FIRST / "second_reader"
SHOWN = ("token_recall", "direct_recall", "entity_recall", "token_precision", "keep_rate")

Marks = Mapping[str, Sequence[Masked]]


def main() -> None:
    names = sorted(path.name for path in SECOND.glob("*.src"))
    first, second = ([_gold(folder / name) for name in names] for folder in (FIRST, SECOND))
    masks = _deids(first)
    print(f"{'judged':10s} {'by':10s} " + " ".join(f"{name:>16s}" for name in SHOWN))
    for judged, by, golds, marks in (
        ("second", "the first", first, _as_masks(second)),
        ("first", "the second", second, _as_masks(first)),
        ("deid", "the first", first, masks),
        ("deid", "the second", second, masks),
        ("deid", "both", [_both(*pair) for pair in zip(first, second, strict=True)], masks),
    ):
        figures = score(golds, marks)
        values = (getattr(figures, name).value or 0 for name in SHOWN)
        print(f"{judged:10s} {by:10s} " + " ".join(f"{value:16.3f}" for value in values))


def _gold(path: Path) -> Gold:
    marks = read_marks(path.read_text(encoding="utf-8"), path.stem, where=path.name)
    spans = (
        Marked(s["start"], s["end"], Category(s["category"]), s["direct"], s["entity"], s["optional"])
        for s in marks["spans"]
    )
    return Gold(
        path.stem, "", marks["text"].rstrip(), tuple(spans), tuple(Kept(k["start"], k["end"]) for k in marks["keep"])
    )


def _as_masks(golds: Sequence[Gold]) -> Marks:
    """What an annotator marked, as if it had been hidden and numbered."""
    return {
        gold.id: [Masked(s.start, s.end, s.entity, s.category, "annotator", "#") for s in gold.spans] for gold in golds
    }


def _deids(golds: Sequence[Gold]) -> Marks:
    settings = Settings()
    region = load_region(settings.region.pack)
    transcripts, findings = found_by_deid(Detector(settings, region), golds, apart=True)
    return masks_of_deid(golds, transcripts, findings, settings, region, apart=True)


def _both(one: Gold, other: Gold) -> Gold:
    """What both mark has to go, what both keep has to stay, and what one marks may do either."""
    theirs = [(span.start, span.end) for span in other.spans]
    spans = [replace(span, optional=span.optional or not _touches(theirs, span)) for span in one.spans]
    ours = [(span.start, span.end) for span in one.spans]
    spans += [replace(span, optional=True) for span in other.spans if not _touches(ours, span)]
    kept = set(other.keep)
    return replace(one, spans=tuple(sorted(spans, key=lambda s: s.start)), keep=tuple(k for k in one.keep if k in kept))


def _touches(spans: Sequence[tuple[int, int]], span: Marked) -> bool:
    return any(start < span.end and span.start < end for start, end in spans)


if __name__ == "__main__":
    main()
