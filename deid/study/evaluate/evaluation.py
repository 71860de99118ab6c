"""What `deid evaluate` measures: deid or a rival on gold texts, or deid end to end on the files behind them."""

import secrets
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from deid.config import Settings, VaultPlace
from deid.detect.engine import Detector
from deid.detect.models import SPACY, model_folder
from deid.errors import AskedWrongly
from deid.evaluate import systems
from deid.evaluate.credit import Credit, give_credit
from deid.evaluate.gold import Gold, read_gold
from deid.evaluate.masked import Masked
from deid.evaluate.score import Rate
from deid.evaluate.survivors import hidden_left, survivors
from deid.model import KnownPerson
from deid.region import load_region
from deid.study.evaluate.measure import claims_of_deid, found_by_deid, masks_of_deid
from deid.study.folder import SETTINGS, create_study, settings_of
from deid.study.main_job import main_job
from deid.study.roster import import_roster, read_roster
from deid.study.verification import read_parts, read_segments

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Measured:
    golds: tuple[Gold, ...]
    masks: Mapping[str, Sequence[Masked]] = field(repr=False)
    credit: tuple[Credit, ...] = ()
    hidden: Rate | None = None  # of the strings outside the visible text, those that no output holds any more


def measure(
    path: Path,
    *,
    system: str = "deid",
    roster: Path | None = None,
    files: Path | None = None,
    tier: str = "",
    study: Path | None = None,
    apart: bool = False,
    progress: Progress | None = None,
) -> Measured:
    """Raises AskedWrongly naming file and line for gold data that is wrong, before anything is measured.

    `study`: its settings are used, and nothing else of it. `apart`: each text is a study of its own.
    """
    golds = tuple(read_gold(path))
    people = read_roster(roster) if roster else ()
    settings = _settings(study, tier)
    if apart and files is not None:
        raise AskedWrongly("files are run as one study", hint="leave --apart out, or measure each file alone")
    if system != "deid":
        run = systems.load(system, str(model_folder(SPACY)))
        return Measured(golds, dict(zip((g.id for g in golds), run([g.text for g in golds]), strict=True)))
    if files is not None:
        return _end_to_end(golds, files, people, settings, progress)
    region = load_region(settings.region.pack)
    detector = Detector(settings, region)
    transcripts, findings = found_by_deid(detector, golds, people, progress, apart=apart)
    masks = masks_of_deid(golds, transcripts, findings, settings, region, roster=people, apart=apart)
    return Measured(golds, masks, give_credit(golds, claims_of_deid(golds, findings)))


def _settings(study: Path | None, tier: str) -> Settings:
    """The study's settings but for its vault's place, or the defaults, at the tier that is asked for."""
    if study is not None and not (study / SETTINGS).is_file():
        raise AskedWrongly(f"there is no {SETTINGS} here", where=str(study), hint="name a study's folder with --study")
    settings = settings_of(study).model_copy(update={"vault": VaultPlace()}) if study else Settings()
    if study and settings.policy.file:
        own = str(study.resolve() / Path(settings.policy.file).expanduser())
        settings = settings.model_copy(update={"policy": settings.policy.model_copy(update={"file": own})})
    if not tier or tier == settings.policy.tier:
        return settings
    return settings.model_copy(update={"policy": settings.policy.model_copy(update={"tier": tier, "file": ""})})


def _end_to_end(
    golds: tuple[Gold, ...],
    folder: Path,
    people: Sequence[KnownPerson],
    settings: Settings,
    progress: Progress | None,
) -> Measured:
    """Run the real files in a study that is thrown away, and see what is hidden in the outputs.

    A file without an output hides nothing by right: its text and what it held beside it count as they were.
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
        written = {gold.id: outputs.get(sources[gold.id].resolve()) for gold in golds}
        texts = {gold.id: _text(written[gold.id], gold) for gold in golds}
        left = sum(_hidden_left(written[gold.id], gold) for gold in golds)
    total = sum(len(gold.hidden) for gold in golds)
    return Measured(golds, survivors(golds, texts), hidden=Rate(total - left, total))


def _source(folder: Path, gold: Gold) -> Path:
    found = [path for path in (folder / gold.file, folder / Path(gold.file).name) if path.is_file()]
    if not found:
        raise AskedWrongly("the file of this gold line is not in the folder", where=f"{folder}, gold {gold.id}")
    return found[0]


def _text(output: Path | None, gold: Gold) -> str:
    if output is None:
        return gold.text
    return "\n".join(segment.text for segment in read_segments(output))


def _hidden_left(output: Path | None, gold: Gold) -> int:
    if output is None:
        return len(gold.hidden)
    return hidden_left(gold, (output.name, *(text for part in read_parts(output) for text in part)))
