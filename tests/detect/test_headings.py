"""A label of plain words that stands once heads something, where who speaks comes back."""

import pytest

from deid.detect.headings import with_headings
from deid.detect.name_lists import name_lists
from deid.model import Segment, Transcript
from deid.region import load_region

LISTS = name_lists(load_region("kent-medway"))
TALK = ("Tess Merriweather", "Quill", "Tess Merriweather", "Quill")


def transcript(*labels: str) -> Transcript:
    segments = (Segment(kind, text) for label in labels for kind, text in (("speaker", label), ("speech", "Yes.")))
    return Transcript("t1", tuple(segments))


def kind_of(label: str, *others: str) -> str:
    return with_headings(transcript(label, *others), LISTS).segments[0].kind


@pytest.mark.parametrize("label", ["Training", "Wellbeing", "SECOND NOTEBOOK"])
def test_plain_words_that_stand_once_head_something(label: str) -> None:
    assert kind_of(label, *TALK) == "heading"


@pytest.mark.parametrize("label", ["Corwen", "PC Steel", "TQ", "Grace", "INT", "Marlon Training"])
def test_who_may_be_somebody_stays_a_speaker(label: str) -> None:
    assert kind_of(label, *TALK) == "speaker"


def test_a_word_that_returns_and_a_word_among_labels_of_which_none_does_stay_speakers() -> None:
    assert kind_of("Training", *TALK, "Training") == "speaker"
    assert kind_of("Training", "Tess Merriweather", "Quill") == "speaker"
