"""The forms under which known people are looked for."""

import pytest

from deid.detect.known_names import KnownNames, heard_names, known_names
from deid.detect.name_lists import name_lists
from deid.detect.passage import Cast
from deid.detect.words import words_of
from deid.model import KnownPerson
from deid.region import Region

LISTS = name_lists(Region("nowhere"))
PERSON = KnownPerson("P01", "Tess van der Quillfeather", ("Tezza", "DI Quillfeather", "Tess Q", "TVQ"))


def longest(names: KnownNames, text: str) -> tuple[str, str]:
    words = words_of(text)
    stop, kind = names.longest(words, 0, lambda _: True)
    return " ".join(word.text for word in words[:stop]), kind


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tess van der Quillfeather came", "Tess van der Quillfeather"),
        ("tess quillfeather came", "tess quillfeather"),
        ("Tess came", "Tess"),
        ("Tess Q came", "Tess Q"),
        ("Quillfeather came", "Quillfeather"),
        ("Quillfeathers all", "Quillfeathers"),
        ("Tezza came", "Tezza"),
        ("der came", ""),
        ("DI came", ""),
    ],
)
def test_every_part_of_a_known_name_is_known_but_small_words_and_titles(text: str, found: str) -> None:
    assert longest(known_names(Cast(known=(PERSON,)), LISTS), text)[0] == found


@pytest.mark.parametrize("initials", ["TVQ", "TQ"])
def test_initials_are_known_as_initials(initials: str) -> None:
    assert longest(known_names(Cast(known=(PERSON,)), LISTS), initials) == (initials, "initials")


def test_initials_that_mean_something_else_are_not_known() -> None:
    names = known_names(Cast(known=(KnownPerson("P01", "Greta Pelham"),)), LISTS)
    assert longest(names, "GP") == ("", "")


def test_a_label_with_the_surname_first_is_turned() -> None:
    names = known_names(Cast(labels=("Quillfeather, Tess (KCHFT)", "INT", "P02")), LISTS)
    assert longest(names, "tess quillfeather")[0] == "tess quillfeather"
    assert longest(names, "INT")[0] == ""


def test_a_heard_name_is_known_by_its_parts_and_not_by_initials() -> None:
    names = heard_names(Cast(heard=("tess quillfeather", "p")))
    assert longest(names, "quillfeather")[0] == "quillfeather"
    assert longest(names, "TQ")[0] == ""
    assert longest(names, "P")[0] == ""
