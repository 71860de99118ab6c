"""The motivated-intruder test and the blind re-reading: what is handed out, and what comes back onto the record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deid.digests import fingerprint
from deid.errors import AskedWrongly, SourceError
from deid.risk.pack import pack
from deid.risk.sample import Passage, Rate, draw, rate, words_of
from deid.study.folder import Study
from deid.study.outputs import sha256, write_whole
from deid.study.risk.risk import Assessed

# What may come of a test; offered, so that nobody types a name.
OUTCOMES: Mapping[str, str] = {
    "nobody": "nobody was recognised",
    "guessed": "somebody was guessed, and the guess was wrong",
    "recognised": "somebody was recognised",
    "young-person": "a young person was recognised; the test was stopped",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """What a person reads again, and the size of all of which it is a part."""

    passages: tuple[Passage, ...] = field(repr=False)
    total_words: int

    @property
    def words(self) -> int:
        return sum(passage.words for passage in self.passages)


def write_pack(study: Study, assessed: Assessed, out: Path) -> dict[str, str]:
    """Write the pack; letter -> code, for the study alone. Raises AskedWrongly where something lies already."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise AskedWrongly("this folder is not empty", where=str(out), hint="name a new folder: --out DIR")
    seed = fingerprint(study.contents.keys.assign, "intruder pack", assessed.tier)
    files, letters = pack(assessed.released, study.region, [one.risk for one in assessed.findings], seed)
    for name, text in files.items():
        write_whole(out / name, text.encode("utf-8"), study.random)
    return letters


def record_result(
    study: Study, outcome: str, minutes: int, worksheet: Path, release: str = "", actor: str = "deid"
) -> None:
    """The outcome, the time spent and the worksheet's digest; the worksheet itself may name people and stays out."""
    try:
        digest = sha256(worksheet.read_bytes())
    except OSError as error:
        raise SourceError("the worksheet cannot be read", where=str(worksheet)) from error
    detail: dict[str, object] = {"outcome": outcome, "minutes": minutes, "sha256": digest}
    with study.writing():
        study.record([("intruder_result", detail | ({"release": release} if release else {}))], actor)


def was_tested(study: Study) -> bool:
    """Whether anybody has tried to recognise people, as the log tells."""
    return any(event.action == "intruder_result" for event in study.log.events())


def sample_of(study: Study, assessed: Assessed, share: float, number: int = 1) -> Sample:
    """The same study, text, share and number draw the same passages, so that misses can be recorded later."""
    seed = fingerprint(study.contents.keys.assign, "re-reading", assessed.tier, str(share), str(number))
    return Sample(draw(assessed.released, share, seed), words_of(assessed.released))


def record_misses(study: Study, tier: str, sample: Sample, misses: int, actor: str = "deid") -> Rate:
    """Put a re-reading on record and say what it means for the whole."""
    if not 0 <= misses <= sample.words:
        raise AskedWrongly("there cannot be fewer than no misses or more misses than words")
    detail = {"tier": tier, "passages": len(sample.passages), "words": sample.words, "misses": misses}
    with study.writing():
        study.record([("reread", detail)], actor)
    return rate(misses, sample.words, sample.total_words)


def as_text(sample: Sample) -> str:
    """For the reader: numbered passages, and nothing that says whose they are."""
    head = (
        "Mark everything that could identify anybody: a name, a place, a body, a number, a detail. Count the marks.\n"
    )
    body = "\n".join(f"===== Passage {number} =====\n\n{one.text}\n" for number, one in enumerate(sample.passages, 1))
    return f"{head}\n{body}"
