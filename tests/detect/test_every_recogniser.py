"""Every file in deid/detect/recognisers keeps the contract and its own examples."""

from functools import cache

import pytest
from presidio_analyzer import EntityRecognizer

from deid import plugins
from deid.config import Settings
from deid.detect import recognisers
from deid.detect.presidio import analyse, make_analyser
from deid.region import load_region
from tests.detect.examples import read_example

NAMES = plugins.names(recognisers)
EXAMPLES = [(name, example) for name in NAMES for example in plugins.load(recognisers, name).EXAMPLES]


@cache
def build(name: str) -> EntityRecognizer:
    settings = Settings()
    return plugins.load(recognisers, name).build(settings, load_region(settings.region.pack))


@pytest.mark.parametrize("name", NAMES)
def test_a_recogniser_has_its_file_name_one_line_of_purpose_and_examples_of_both_kinds(name: str) -> None:
    module = plugins.load(recognisers, name)
    assert build(name).name == name
    assert (module.__doc__ or "").splitlines()[0].endswith(".")
    marked = [bool(read_example(example)[1]) for example in module.EXAMPLES]
    assert any(marked)
    assert not all(marked)


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_a_recogniser_claims_what_its_examples_mark_and_nothing_else(name: str, example: str) -> None:
    passage, wanted = read_example(example)
    claims = [claim for _, claim in analyse(make_analyser([build(name)]), passage)]
    assert {(claim.start, claim.end) for claim in claims} == wanted, [passage.text[c.start : c.end] for c in claims]
    assert all(0 < claim.confidence <= 1 for claim in claims)
    assert all(claim.kind and claim.why for claim in claims)
