"""Speaker labels: any label that names no part in the talk ("INT", "P02", "Speaker 1") names a person."""

from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.labels import label_names
from deid.detect.name_lists import name_lists
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "{speaker} ⟦Tess Merriweather⟧",
    "{speaker} ⟦Merriweather, Tess⟧ (KCHFT)",
    "{speaker} ⟦TESS⟧",
    "{speaker} [⟦tess⟧]:",
    "{speaker} ⟦TM⟧",
    "{speaker} DI ⟦Merriweather⟧:",
    "{speaker} 003 ⟦DC⟧",
    "{speaker} ⟦A.D⟧.",
    "{speaker} 2 ⟦TO⟧",
    "{speaker} 001 INT (⟦DC⟧)",
    "{speaker} P02 (KCC)",
    "{speaker} Interviewer (⟦Tess⟧)",
    "{speaker} MR ⟦MERRIWEATHER⟧:",
    "{speaker} ⟦Tess Judge⟧",
    "{speaker} THE CHAIR",
    "{speaker} NEXT MEETING",
    "{speaker} PC ⟦Steel⟧",
    "{speaker} INT",
    "{speaker} P02:",
    "{speaker} Speaker 1",
    "{speaker} Unknown Speaker",
    "{speaker} Q",
    "{speaker} Social Worker 3",
    "Tess is not a label here.",
)


def build(settings: Settings, region: Region) -> EntityRecognizer:
    lists = name_lists(region)

    def find(passage: Passage) -> Iterator[Claim]:
        if passage.kind != "speaker":
            return
        for name in label_names(passage.text, lists):
            kind = "initials" if name.is_initials else "name"
            yield Claim(name.start, name.end, Category.PERSON, kind, name.confidence, "a speaker label")

    return as_recogniser("speakers", find)
