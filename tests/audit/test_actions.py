import re
from pathlib import Path

import pytest

from deid.audit.actions import ACTIONS, CLOSED, OPEN, OUTPUT, fits, misfit, timecode, typed_text
from deid.errors import AskedWrongly
from tests.audit.build import Study

PAGE = Path(__file__).parents[2] / "docs/reference/audit_format.md"


def documented() -> dict[str, tuple[str, str, str]]:
    page = PAGE.read_text(encoding="utf-8")
    table = page[page.index("<!-- actions") : page.index("<!-- end of actions")]
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (.*?) \| (.*?) \|$", table, re.MULTILINE)
    return {name: (scope, fields, meaning) for name, scope, fields, meaning in rows}


def test_the_page_lists_exactly_these_actions():
    expected = {
        name: (
            action.scope,
            ", ".join(f"{field}: {kind}" for field, kind in action.fields.items()) or "none",
            action.meaning,
        )
        for name, action in ACTIONS.items()
    }
    assert documented() == expected


def test_every_action_has_a_scope_and_what_is_about_an_output_says_which():
    for name, action in ACTIONS.items():
        assert action.scope in (OPEN, OUTPUT, CLOSED)
        if action.scope == OUTPUT:
            assert {"output", "release"} & set(action.fields), name


def test_what_is_always_public_can_hold_no_code_and_no_typed_words():
    for name, action in ACTIONS.items():
        if action.scope == OPEN:
            kinds = {kind.rstrip("?") for kind in action.fields.values()}
            assert not kinds & {"code", "codes", "text", "token", "keyed"}, name


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("count", 0, True),
        ("count", -1, False),
        ("count", True, False),
        ("count", 1.0, False),
        ("code", "P03+P04-1", True),
        ("code", "Ann Other", False),
        ("output", "drafts/P02-1_draft.docx", True),
        ("output", "releases/archive/1/R07-1_archive.docx", True),
        ("output", "releases/archive/0/x.txt", False),
        ("output", "drafts/a/b.txt", False),
        ("output", "/etc/passwd", False),
        ("word", "title before a surname", True),
        ("word", "[Content_Types].xml", True),
        ("word", "", True),
        ("word", "line\nfeed", False),
        ("timecode", "00:12:31.400 --> 00:12:33.000", True),
        ("timecode", "Joanne", False),
        ("codes", ["P01-1", "P02-1"], True),
        ("codes", ["Ann Other"], False),
        ("counts", {"PERSON": 3}, True),
        ("counts", {"PERSON": -3}, False),
        ("digests", {"model": "0" * 64}, True),
        ("values", {"policy.tier": "archive", "detect.models": ["spacy"], "detect.cache": True, "x": ""}, True),
        ("values", {"x": {"y": 1}}, False),
        ("values", {"x": 0.5}, False),
        ("token", "[Person 41]", True),
        ("token", "a\x00b", False),
    ],
)
def test_a_value_fits_its_kind_or_not(kind: str, value: object, expected: bool):
    assert bool(fits(kind, value)) is expected


def test_a_misfit_names_the_field_and_never_the_value():
    said = misfit("output_done", {"output": "Joanne's file", "sha256": "0" * 64})
    assert said == "the field output is not a output"
    assert "Joanne" not in said


def test_typed_words_are_found_wherever_they_may_stand():
    assert typed_text("note", {"kind": "incident", "reference": "a", "words": "b"}) == ("a", "b")
    assert typed_text("run_started", {"files": 1, "versions": {"a": "b"}}) == ()


SAMPLES = {
    "count": 1,
    "code": "P01-1",
    "output": "drafts/P01-1_draft.txt",
    "release": "archive/1",
    "tier": "archive",
    "sha256": "0" * 64,
    "keyed": "0" * 32,
    "id": "e1",
    "token": "[Person 1]",
    "timecode": "00:01",
    "word": "a word",
    "text": "harmless",
    "ids": ["e1"],
    "codes": ["P01-1"],
    "outputs": [],
    "counts": {"files": 1},
    "digests": {"a": "0" * 64},
    "values": {"a": "b"},
}


def filled(action: str) -> dict[str, object]:
    return {name: SAMPLES[kind.rstrip("?")] for name, kind in ACTIONS[action].fields.items()}


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_can_be_written_with_all_its_fields(action: str):
    assert misfit(action, filled(action)) == ""


TYPED = [
    (action, name)
    for action in ACTIONS
    for name, kind in ACTIONS[action].fields.items()
    if "text" in kind or name in ("recipient", "custodian")
]


@pytest.mark.parametrize(("action", "field"), TYPED)
def test_a_name_planted_in_a_field_for_typed_words_is_refused(action: str, field: str, tmp_path: Path):
    study = Study(tmp_path / "study")
    before = study.path.read_bytes()
    with pytest.raises(AskedWrongly, match="identifies"):
        study.append((action, {**filled(action), field: "Bryony.Wrenfield"}), actor="R1")
    assert study.path.read_bytes() == before
    assert not [path for path in study.folder.rglob("*") if path.is_file() and b"Wrenfield" in path.read_bytes()]


def test_there_are_fields_for_typed_words():
    assert len(TYPED) > 8


def test_a_time_code_loses_what_is_not_one():
    assert timecode("[00:12:31] Joanne") == "[00:12:31] "
    assert fits("timecode", timecode("Zoë 1h02m03s <v Ann>"))
