"""What `deid evaluate` measures: deid or a rival on gold texts, or deid end to end on the files behind them."""

import secrets
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from deid.config import Policy, Settings
from deid.detect.engine import Detector
from deid.detect.models import SPACY, model_folder
from deid.errors import AskedWrongly
from deid.evaluate import systems
from deid.evaluate.credit import Credit, give_credit
from deid.evaluate.gold import Gold, read_gold
from deid.evaluate.masked import Masked
from deid.evaluate.survivors import survivors
from deid.model import KnownPerson
from deid.region import load_region
from deid.study.folder import create_study
from deid.study.main_job import main_job
from deid.study.measure import claims_of_deid, found_by_deid, masks_of_deid
from deid.study.roster import import_roster, read_roster
from deid.study.verification import read_segments

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Measured:
    golds: tuple[Gold, ...]
    masks: Mapping[str, Sequence[Masked]] = field(repr=False)
    credit: tuple[Credit, ...] = ()


def measure(
    path: Path,
    *,
    system: str = "deid",
    roster: Path | None = None,
    files: Path | None = None,
    tier: str = "archive",
    progress: Progress | None = None,
) -> Measured:
    """Raises AskedWrongly naming file and line for gold data that is wrong, before anything is measured."""
    golds = tuple(read_gold(path))
    people = read_roster(roster) if roster else ()
    settings = Settings(policy=Policy.model_validate({"tier": tier}))
    if system != "deid":
        run = systems.load(system, str(model_folder(SPACY)))
        return Measured(golds, dict(zip((g.id for g in golds), run([g.text for g in golds]), strict=True)))
    if files is not None:
        return Measured(golds, _end_to_end(golds, files, people, settings, progress))
    region = load_region(settings.region.pack)
    detector = Detector(settings, region)
    transcripts, findings = found_by_deid(detector, golds, people, progress)
    masks = masks_of_deid(golds, transcripts, findings, settings, region, roster=people)
    return Measured(golds, masks, give_credit(golds, claims_of_deid(golds, findings)))


def _end_to_end(
    golds: Sequence[Gold],
    folder: Path,
    people: Sequence[KnownPerson],
    settings: Settings,
    progress: Progress | None,
) -> Mapping[str, Sequence[Masked]]:
    """Run the real files in a study that is thrown away, and see what is hidden in the outputs.

    A file without an output hides nothing by right: its text counts as it is.
    """
    sources = {gold.id: _source(folder, gold) for gold in golds}
    with tempfile.TemporaryDirectory(prefix="deid-evaluate-") as made:
        study = create_study(
            Path(made) / "study",
            secrets.token_hex(24),
            environment={},
            random=secrets.token_bytes,
            clock=lambda: datetime.now(UTC),
        )
        study.settings = settings
        if people:
            import_roster(study, people)
        report = main_job(study, sorted(sources.values()), progress)
        outputs = {one.source.resolve(): one.output for one in report.files if one.output}
        texts = {gold.id: _text(outputs.get(sources[gold.id].resolve()), gold) for gold in golds}
    return survivors(golds, texts)


def _source(folder: Path, gold: Gold) -> Path:
    found = [path for path in (folder / gold.file, folder / Path(gold.file).name) if path.is_file()]
    if not found:
        raise AskedWrongly("the file of this gold line is not in the folder", where=f"{folder}, gold {gold.id}")
    return found[0]


def _text(output: Path | None, gold: Gold) -> str:
    if output is None:
        return gold.text
    return "\n".join(segment.text for segment in read_segments(output))
