"""People known before a word is read, from the roster and the speaker labels, under all parts of their names."""

from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.known_claims import claims_of, remember
from deid.detect.known_names import known_names
from deid.detect.name_lists import name_lists
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.region import Region

EXAMPLES = (
    "{known: Tess Merriweather; Tezza} ⟦Tess Merriweather⟧ said, well, ⟦Tezza⟧ said.",
    "{known: Tess Merriweather; DI Merriweather} it was ⟦merriweather⟧ and ⟦tess⟧’s team",
    "{known: Hope Merriweather} I hope ⟦Hope⟧ knows.",
    "{known: Tess Merriweather} Ask ⟦TM⟧ about it.",
    "{known: Tess Merriweather; Tess M} Ask ⟦Tess M⟧, Tessa.",
    "{label: Merriweather, Tess (KCHFT)} As ⟦Tess Merriweather⟧ told us.",
    "{label: TESS} As ⟦Tess⟧ told us.",
    "{label: TM} As ⟦TM⟧ told us.",
    "{label: Interviewer} The interviewer asked.",
    "{known: Will Merriweather} Will you, or will he?",
    "Tess Merriweather is in no roster.",
)


def build(settings: Settings, region: Region) -> EntityRecognizer:
    lists = name_lists(region)
    names_of = remember(lambda cast: known_names(cast, lists))

    def find(passage: Passage) -> Iterator[Claim]:
        if passage.kind != "speaker":
            yield from claims_of(passage, names_of(passage.cast), lists, "a name of a known person")

    return as_recogniser("roster", find)
