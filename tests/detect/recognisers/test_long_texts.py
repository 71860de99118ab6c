"""A turn can be very long (a line of a million characters): reading it must take time in proportion."""

import time

import pytest
from presidio_analyzer import AnalyzerEngine

from deid import plugins
from deid.config import Settings
from deid.detect import recognisers
from deid.detect.passage import Passage
from deid.detect.presidio import analyse, make_analyser
from tests.detect.small_region import SMALL

SNIPPETS = (
    "the badge number is um it's like 1 2 3 and ",
    "a dot b dot c at d dot e dot f dot ",
    "one two three four oh oh double seven stroke ",
    "A B C D E F G H ",
    "in Teal and Rush and Teal, Rush, ",
    "St St St Mary's Road Road Road ",
    "46/46/46/46-46-46/",
    "he was one of two or three in two thousand and ",
)


def seconds(analyser: AnalyzerEngine, text: str) -> float:
    """The better of two readings. Words of a text are remembered, so each reading is of a text of its own."""
    taken = []
    for opening in ("so ", "well "):
        begin = time.process_time()
        analyse(analyser, Passage(opening + text))
        taken.append(time.process_time() - begin)
    return min(taken)


@pytest.mark.parametrize("recogniser", plugins.names(recognisers))
def test_time_grows_with_length_and_not_with_its_square(recogniser: str) -> None:
    analyser = make_analyser([plugins.load(recognisers, recogniser).build(Settings(), SMALL)])
    text = "".join(snippet * 15 for snippet in SNIPPETS)
    short = max(seconds(analyser, text), 0.004)
    assert seconds(analyser, text * 4) < short * 10, "four times the text must not take sixteen times as long"
