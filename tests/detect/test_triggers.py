"""Triggers are necessary conditions: nothing is claimed where none of a recogniser's triggers stands."""

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deid import plugins
from deid.config import Settings
from deid.detect import recognisers
from deid.detect.passage import Passage, make_passage
from deid.detect.presidio import _Recogniser
from deid.detect.triggers import DIGIT, make_waker
from deid.region import load_region
from tests.detect.examples import read_example

GOLD = Path(__file__).parents[1] / "gold"
NAMES = plugins.names(recognisers)
# What hides in a text and what letters turn into: a word's end for a regular expression, not for a reader.
PIECES = ("\u200b", "\u00ad", "\u0301", "ſ", "ı", "’", "_", "-", " ", ".", "\u00a0", "ﬁ", "½", "²", "S", "\n")


@cache
def triggered() -> tuple[_Recogniser, ...]:
    settings = Settings()
    region = load_region(settings.region.pack)
    built = [plugins.load(recognisers, name).build(settings, region) for name in NAMES]
    return tuple(one for one in built if isinstance(one, _Recogniser) and one.triggers is not None)


@cache
def words_of_examples() -> tuple[str, ...]:
    examples = (example for name in NAMES for example in plugins.load(recognisers, name).EXAMPLES)
    return tuple(sorted({word for example in examples for word in read_example(example)[0].text.split()}))


def claims_without_a_trigger(passage: Passage) -> list[str]:
    return [one.name for one in triggered() if not make_waker([one.triggers])(passage.text) and any(one.find(passage))]


def test_a_text_wakes_those_without_triggers_and_those_whose_trigger_it_holds() -> None:
    wake = make_waker([None, frozenset({"court"}), frozenset({"@", DIGIT}), frozenset({"courts", DIGIT})])
    assert wake("Nothing here.") == [0]
    assert wake("At Court, she said.") == [0, 1]
    assert wake("to me@home") == [0, 2]
    assert wake("the courts at ٣") == [0, 2, 3]
    assert wake("") == [0]


@pytest.mark.parametrize("name", ["tune.jsonl", "interviews_tune.jsonl", "interviews_extra.jsonl"])
def test_nothing_is_claimed_in_open_gold_where_no_trigger_stands(name: str) -> None:
    lines = (GOLD / name).read_text(encoding="utf-8").splitlines()
    texts = [text for line in lines for text in json.loads(line)["text"].split("\n") if text]
    assert texts
    for text in texts:
        for spelling in (text, text.lower(), text.upper()):
            assert not claims_without_a_trigger(make_passage(spelling)), spelling


@settings(deadline=None)  # the first one builds every recogniser
@given(st.data())
def test_nothing_is_claimed_in_words_of_the_examples_where_no_trigger_stands(data: st.DataObject) -> None:
    words = st.sampled_from(words_of_examples())
    parts = data.draw(st.lists(st.tuples(words, st.sampled_from(PIECES)), max_size=12))
    assert not claims_without_a_trigger(make_passage("".join(word + piece for word, piece in parts)))
