"""The claims of one recogniser about one example, over the small invented region."""

from deid import plugins
from deid.config import Settings
from deid.detect import recognisers
from deid.detect.passage import Claim
from deid.detect.presidio import analyse, make_analyser
from tests.detect.examples import read_example
from tests.detect.small_region import SMALL

UNSURE = 0.4
SURE = 0.6


def claims(recogniser: str, example: str) -> dict[str, Claim]:
    """Claimed text -> claim. An example is written as in tests/detect/examples.py; its marks are not checked here."""
    passage, _ = read_example(example)
    built = plugins.load(recognisers, recogniser).build(Settings(), SMALL)
    found = (claim for _, claim in analyse(make_analyser([built]), passage))
    return {passage.text[claim.start : claim.end]: claim for claim in found}


def confidence(recogniser: str, example: str, text: str) -> float:
    """How sure the recogniser is of exactly this text; 0 where it claims nothing of it."""
    claim = claims(recogniser, example).get(text)
    return claim.confidence if claim else 0.0
