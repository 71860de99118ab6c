"""Where a name begins and how far it reaches."""

import pytest

from deid.detect.name_lists import name_lists
from deid.detect.names import runs
from deid.detect.passage import make_passage
from deid.detect.words import words_of
from deid.region import Region

LISTS = name_lists(Region("nowhere"))


def names(text: str) -> list[str]:
    passage, words = make_passage(text), words_of(text)
    return [text[words[first].start : words[stop - 1].end] for first, stop in runs(passage, LISTS)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Then Tess Quillfeather came.", ["Tess Quillfeather"]),
        ("It was Tess Quillfeather's car.", ["Tess Quillfeather"]),
        ("They had read Tess Quills' Report.", ["Tess Quills"]),
        ("I think Tess’ll come with Zoltan O’Quill.", ["Tess", "Zoltan O’Quill"]),
        ("It was Dirk van der Meer who rang.", ["Dirk van der Meer"]),
        ("I met Tess M. Quillfeather there.", ["Tess M. Quillfeather"]),
        ("We had Tess, Zoltan and Anne-Marie.", ["Tess", "Zoltan", "Anne-Marie"]),
        ("Bless Tess, she tried.", ["Tess"]),
        ("So Tess Quillfeather QC rang on Monday.", ["Tess Quillfeather"]),
        ("It was 11 April when April Quillfeather came.", ["April Quillfeather"]),
        ("then tess quillfeather said no", ["tess quillfeather"]),
        ("the nrm and the school and everybody else said no", []),
        ("The Albanian boys came on Tuesday.", []),
    ],
)
def test_runs_of_words_that_are_written_like_a_name(text: str, wanted: list[str]) -> None:
    assert names(text) == wanted


def test_a_comma_ends_a_name() -> None:
    assert names("We asked Tess, Quillfeather and all.") == ["Tess", "Quillfeather"]
