"""Which part of a speaker label is a name."""

import pytest

from deid.detect.labels import label_names
from deid.detect.name_lists import name_lists
from deid.region import Keep, Region

LISTS = name_lists(Region("nowhere"))


def names(label: str) -> list[str]:
    return [label[name.start : name.end] for name in label_names(label, LISTS)]


@pytest.mark.parametrize(
    ("label", "wanted"),
    [
        ("Tess Quillfeather", ["Tess Quillfeather"]),
        ("Quillfeather, Tess (KCHFT)", ["Quillfeather, Tess"]),
        ("[tess]:", ["tess"]),
        ("Tess / Zoltan", ["Tess", "Zoltan"]),
        ("Interviewer - Tess", ["Tess"]),
        ("Interviewer (Tess)", ["Tess"]),
        ("DI Quillfeather", ["Quillfeather"]),
        ("MR QUILLFEATHER", ["QUILLFEATHER"]),
        ("Tess (social worker)", ["Tess"]),
        ("TQ", ["TQ"]),
        ("T.Q.", ["T.Q"]),
        ("Will", ["Will"]),
    ],
)
def test_a_label_names_somebody(label: str, wanted: list[str]) -> None:
    assert names(label) == wanted


@pytest.mark.parametrize(
    "label",
    [
        "INT", "P02:", "Interviewer 1", "Speaker 1", "SPEAKER_01", "Unknown Speaker", "Q", "A.", "I:", "R2",
        "THE CHAIR", "Counsel Inquiry", "Lead 8", "The Witness",
        "Male voice", "All", "[laughs]", "Participant (female)", "", "  ", "00:12:31", "Social Worker 3",
    ],
)  # fmt: skip
def test_a_part_in_the_talk_names_nobody(label: str) -> None:
    assert names(label) == []


@pytest.mark.parametrize("label", ["HEALTH:", "Actions", "Matters arising", "Apologies", "NRM", "Strategy meeting:"])
def test_what_heads_a_part_of_minutes_names_nobody(label: str) -> None:
    region = Region("nowhere", keep=(Keep("NRM", "everywhere", "tool"), Keep("strategy meeting", "everywhere", "kind")))
    assert not list(label_names(label, name_lists(region)))


@pytest.mark.parametrize("label", ["Tess", "TQ"])
def test_a_name_or_two_letters_are_somebody_though_the_keep_list_has_them(label: str) -> None:
    region = Region("nowhere", keep=(Keep(label, "everywhere", "charity"),))
    assert list(label_names(label, name_lists(region)))


def test_initials_are_less_sure_than_a_name() -> None:
    (name,) = label_names("Tess Quillfeather", LISTS)
    (initials,) = label_names("TQ", LISTS)
    assert initials.is_initials
    assert initials.confidence < name.confidence


@pytest.mark.parametrize("label", ["DC", "DS", "AM", "IS", "JPW"])
def test_letters_are_somebody_whatever_they_spell_elsewhere(label: str) -> None:
    (name,) = label_names(label, LISTS)
    assert (name.start, name.end, name.is_initials) == (0, len(label), True)
