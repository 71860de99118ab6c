from dataclasses import replace

import pytest

from deid.detect.recognisers.case_references import finder
from deid.errors import SettingsError
from deid.model import Category
from tests.detect.recognisers.claims import claims
from tests.detect.small_region import SMALL


def found(example: str) -> list[str]:
    return list(claims("case_references", example))


def test_the_shapes_come_from_the_region() -> None:
    (claim,) = claims("case_references", "It was 99/12345/21, I think.").values()
    assert (claim.category, claim.kind) == (Category.CASE, "crime_reference")


def test_a_cue_makes_it_surer() -> None:
    bare = claims("case_references", "It was 99/12345/21.")["99/12345/21"]
    cued = claims("case_references", "The crime ref was 99/12345/21.")["99/12345/21"]
    assert cued.confidence > bare.confidence


def test_plain_digits_need_the_cue_right_before_them() -> None:
    assert found("the file number, um, is 123456") == ["123456"]
    assert found("We lost the file number. It had 123456 pages.") == []
    assert found("123456 of them") == []


def test_a_reference_is_found_as_it_is_said() -> None:
    assert found("it's ninety nine stroke one two three four five stroke twenty one") == [
        "ninety nine stroke one two three four five stroke twenty one"
    ]


@pytest.mark.parametrize(
    "row",
    [
        {"name": "x", "kind": "x", "category": "NONE", "regex": "x", "cues": [], "needs_cue": False},
        {"name": "x", "kind": "x", "category": "CASE", "regex": "(", "cues": ["x"], "needs_cue": False},
        {"name": "x", "kind": "x", "category": "CASE", "cues": ["x"], "needs_cue": False},
        {"name": "x", "kind": "x", "category": "CASE", "regex": "x", "needs_cue": False},
    ],
)
def test_a_faulty_shape_is_named(row: dict[str, object]) -> None:
    with pytest.raises(SettingsError, match=r"references\.toml, x"):
        finder(replace(SMALL, references={"reference": [row]}))
