"""Names that were sure elsewhere in the transcripts, wherever their parts turn up again."""

from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.known_claims import claims_of, remember
from deid.detect.known_names import heard_names
from deid.detect.name_lists import name_lists
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.region import Region

EXAMPLES = (
    "{heard: Hope Merriweather} And my lot would go mad. ⟦Hope⟧ would, anyway.",
    "{heard: Hope Merriweather} We asked ⟦Merriweather⟧. I hope we did.",
    "{heard: will merriweather} so ⟦will⟧ comes into it but will he",
    "{heard: hope merriweather} we had ⟦hope⟧ from the police do a day and we hope she does more",
    "{heard: Tess Merriweather} ask ⟦tess⟧’s manager",
    "{heard: Ash Merriweather} He lives in Kent now.",
    "{heard: May Merriweather} I retire next May, so ask ⟦May⟧, and it's been quiet since May.",
    "Hope was never heard of.",
)

# This recogniser reads what the others have claimed: the engine calls it when they have read everything.
AFTER_OTHERS = True


def build(settings: Settings, region: Region) -> EntityRecognizer:
    lists = name_lists(region)
    names_of = remember(heard_names)

    def find(passage: Passage) -> Iterator[Claim]:
        if passage.kind != "speaker":
            yield from claims_of(passage, names_of(passage.cast), lists, "a name that is sure elsewhere")

    return as_recogniser("echoes", find)
