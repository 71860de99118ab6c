"""The watchlist of a study, for `deid check`: the vault's forms, and the eight-word runs that no output repeats."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from deid.model import Segment
from deid.study.folder import Study
from deid.study.forms import rules_of_forms
from deid.study.outputs import draft_name, write_whole
from deid.study.private import write_private
from deid.study.read import Reading
from deid.study.render import reread
from deid.study.verification import read_segments
from deid.vault.watchlist import Watchlist, runs_of, watchlist


@dataclass(frozen=True, slots=True)
class Exported:
    forms: int
    runs: int
    left_out: Mapping[str, int]


def export_watchlist(
    study: Study,
    path: Path,
    *,
    with_quotations: bool = True,
    sources: Path | None = None,
    key_file: Path | None = None,
    environment: Mapping[str, str],
    actor: str = "deid",
) -> Exported:
    """Write the list, and where asked its key, which is a secret. Each export is on record.

    with_quotations: the sources are read again, so that raw quotations are known too; an absent one is an error.
    """
    with study.writing() as contents:
        readings = reread(study, sources=sources) if with_quotations else {}
        made = watchlist(contents, study.vault.generation, rules_of_forms(study.region), _runs(study, readings))
        if key_file is not None:
            write_private(key_file, f"{contents.keys.watch.hex()}\n", study, environment)
        write_whole(path, made.text.encode("utf-8"), study.random)
        study.record([("watchlist_exported", _detail(study, made))], actor)
    return Exported(made.forms, made.runs, made.left_out)


def _detail(study: Study, made: Watchlist) -> dict[str, object]:
    left_out = {f"left out {name}": count for name, count in made.left_out.items()}
    return {"generation": study.vault.generation, "counts": {"forms": made.forms, "runs": made.runs, **left_out}}


def _runs(study: Study, readings: Mapping[str, Reading]) -> Iterator[bytes]:
    """Eight words in a row of a source that the draft says otherwise. What is the same in both may be quoted."""
    watch = study.contents.keys.watch
    for code, reading in readings.items():
        draft = study.drafts / draft_name(code, reading.suffix)
        shared = _of(read_segments(draft), watch) if draft.exists() else set()
        yield from _of(reading.segments, watch) - shared


def _of(segments: tuple[Segment, ...], watch: bytes) -> set[bytes]:
    return {run for segment in segments for run in runs_of(segment.text, watch)}
