"""The pinned models themselves: they load, they find plain names, and grouping changes nothing."""

from functools import cache

import pytest

from deid.config import Settings, check_settings
from deid.detect import distinct_words, spacy_model
from deid.detect.engine import Detector
from deid.detect.models import check_models
from deid.detect.rampart import Rampart
from deid.detect.reading import Reader
from deid.detect.spacy_model import SpacyModel
from deid.model import Segment, Transcript
from deid.region import Region

pytestmark = pytest.mark.model

# Unpunctuated speech of 300 words: read in windows.
LONG = "so we went round there and she was not in and her mum did not know and " * 18 + "then oyelaran whitcombe came"
LINES = (
    "So I rang Oyelaran Whitcombe, who runs the team in Sheffield.",
    "and tess quillfeather said she'd never met him",
    "Yes.",
    "It was a long week. Zoltan Merriweather came on the Friday, Mrs Okonjo on the Monday, and nobody wrote it down.",
    "",
    LONG,
)


@cache
def readers() -> tuple[Reader, ...]:
    return SpacyModel(), Rampart(0.2)


def named(reader: Reader, text: str) -> set[str]:
    return {text[span.start : span.end] for span in reader.read([text])[0]}


def test_the_pinned_models_are_installed() -> None:
    check_models(Settings())


@pytest.mark.parametrize("reader", range(2))
def test_a_model_finds_a_plain_name(reader: int) -> None:
    assert any("Whitcombe" in name for name in named(readers()[reader], LINES[0]))


def test_rampart_finds_a_name_without_capitals_and_behind_300_words() -> None:
    assert {"tess", "quillfeather"} <= named(readers()[1], LINES[1])
    assert {"oyelaran", "whitcombe"} & named(readers()[1], LINES[5])


@pytest.mark.parametrize("reader", range(2))
def test_grouping_changes_nothing(reader: int) -> None:
    model = readers()[reader]
    together = model.read(LINES * 3)
    assert together == [spans for line in LINES * 3 for spans in model.read([line])]
    assert model.read([]) == []


def test_workers_change_nothing() -> None:
    transcript = Transcript("P01", tuple(Segment("speech", line, turn) for turn, line in enumerate(LINES, 1) if line))
    several = [Transcript(f"P0{number}", transcript.segments[: number + 1]) for number in range(5)]

    def found(workers: int) -> object:
        settings = check_settings({"detect": {"workers": workers, "recognisers": ["people"]}}, where="test")
        return Detector(settings, Region("nowhere")).detect(several)

    assert found(2) == found(1)


def test_what_spacy_remembers_of_earlier_texts_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    model = SpacyModel()
    remembered = [model.read(LINES), model.read(LINES)]
    monkeypatch.setattr(spacy_model, "_WORDS_REMEMBERED", 0)
    assert [model.read(LINES), SpacyModel().read(LINES)] == remembered


def test_embedding_each_word_once_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    as_it_is = SpacyModel().read(LINES * 3)
    monkeypatch.setattr(distinct_words, "embed_distinct_words", lambda model: None)
    assert SpacyModel().read(LINES * 3) == as_it_is


def test_the_entities_are_those_of_spacys_own_loop() -> None:
    model = SpacyModel()
    own = [
        [(entity.start_char, entity.end_char, entity.label_) for entity in model._language(line).ents] for line in LINES
    ]
    assert [[(span.start, span.end, span.label) for span in spans] for spans in model.read(LINES)] == own
    assert any(own)
