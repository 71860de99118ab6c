"""Every output: readable by whom it is for, and without a value."""

import json
import os
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from deid.check.findings import Found, Report, Unread
from deid.cli import main
from deid.cli.check import written_as
from tests.check import invented

PRINT = "0123456789abcdef" * 2
REPORT = Report(
    (
        Found("notes/███, a.md", 3, 7, "person", PRINT, "a form of the watchlist, 100%", "notes/███.md"),
        Found("a.txt", 1, 1, "uk_nhs", None, "a number by its form"),
    ),
    scanned=2,
    skipped=(Unread("logo.png", "a picture"),),
    problems=(Unread("b.zip", "the archive is damaged", 3),),
)
EMPTY = Report(scanned=4)

# What GitHub and the standard ask of the parts that we write; the whole schema is used where SARIF_SCHEMA names it.
_TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
_RULE = {
    "type": "object",
    "required": ["id", "name", "shortDescription", "fullDescription", "help", "defaultConfiguration", "properties"],
    "properties": {"shortDescription": _TEXT, "fullDescription": _TEXT, "help": _TEXT},
}
_PLACE = {
    "type": "object",
    "required": ["artifactLocation", "region"],
    "properties": {
        "artifactLocation": {
            "type": "object", "required": ["uri"], "additionalProperties": False,
            "properties": {"uri": {"type": "string", "pattern": "^[A-Za-z0-9/._~%-]+$"}},
        },
        "region": {
            "type": "object", "additionalProperties": False, "required": ["startLine", "startColumn"],
            "properties": {"startLine": {"minimum": 1}, "startColumn": {"minimum": 1}},
        },
    },
}  # fmt: skip
_RESULT = {
    "type": "object",
    "additionalProperties": False,
    "required": ["ruleId", "ruleIndex", "level", "message", "locations"],
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": {"enum": ["none", "note", "warning", "error"]},
        "message": _TEXT,
        "locations": {"type": "array", "items": {"properties": {"physicalLocation": _PLACE}}},
        "fingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}
_TRIMMED = {
    "type": "object",
    "additionalProperties": False,
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "maxItems": 20,
            "items": {
                "required": ["tool", "results", "columnKind"],
                "properties": {
                    "tool": {
                        "properties": {
                            "driver": {
                                "required": ["name", "version", "rules"],
                                "properties": {"rules": {"items": _RULE}},
                            }
                        }
                    },
                    "results": {"type": "array", "items": _RESULT},
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                },
            },
        },
    },
}


@pytest.mark.parametrize("report", [REPORT, EMPTY])
def test_sarif(report: Report) -> None:
    written = json.loads(written_as(report, "sarif"))
    jsonschema.validate(written, _TRIMMED)
    if place := os.environ.get("SARIF_SCHEMA"):
        jsonschema.validate(written, json.loads(Path(place).read_text(encoding="utf-8")))
    run = written["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [rules[result["ruleIndex"]] for result in run["results"]] == [one["ruleId"] for one in run["results"]]
    assert run["invocations"][0]["exitCode"] == report.exit_code
    assert "snippet" not in json.dumps(written)


def test_json_has_the_shape_of_the_contract() -> None:
    written = json.loads(written_as(REPORT, "json"))
    assert set(written["findings"][0]) == {"path", "line", "column", "kind", "fingerprint", "reason"}
    assert written["findings"][1]["fingerprint"] is None
    assert written["scanned"] == 2 and written["skipped"] == [{"path": "logo.png", "why": "a picture"}]


def test_github_escapes_what_its_commands_are_made_of() -> None:
    first, *_, last = written_as(REPORT, "github").splitlines()
    assert first.startswith("::error file=notes/███%2C a.md,line=3,col=7,title=deid%3A person::")
    assert first.endswith("100%25 (value withheld)")
    assert last.startswith("::error title=deid::b.zip")


def test_gitlab_has_a_fingerprint_for_each() -> None:
    issues = json.loads(written_as(REPORT, "gitlab"))
    assert len({one["fingerprint"] for one in issues}) == 3
    assert {one["severity"] for one in issues} <= {"info", "minor", "major", "critical", "blocker"}
    assert all({"description", "check_name", "fingerprint", "location"} <= set(one) for one in issues)


def _suite(report: Report) -> ElementTree.Element:
    return ElementTree.fromstring(written_as(report, "junit"))[0]  # noqa: S314  (our own output)


def test_junit_counts() -> None:
    suite = _suite(REPORT)
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("3", "2", "1")
    assert len(suite.findall("testcase")) == 3
    assert len(_suite(EMPTY).findall("testcase")) == 1


def test_text_names_the_place_and_how_to_mend() -> None:
    written = written_as(REPORT, "text")
    assert written.startswith(f"notes/███, a.md:3:7: person: a form of the watchlist, 100% [{PRINT}]\n")
    assert "deid baseline add" in written and written_as(EMPTY, "text") == ""


def test_the_highest_exit_code_wins() -> None:
    assert REPORT.exit_code == 3 and EMPTY.exit_code == 0
    assert Report(REPORT.findings).exit_code == 1


@pytest.mark.parametrize(
    "broken",
    [
        "deid.check.scan.texts",
        "deid.check.scan.patterns.find",
        "deid.check.scan.judged",
        "deid.check.scan.raw.by_bytes",
        "deid.study.check.gathering.git.tracked",
    ],
)
@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "gitlab", "junit"])
def test_a_crash_says_where_it_was_and_nothing_of_the_text(
    broken: str, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whatever breaks, with a name in its message and in its frames: exit 3, and no byte of the name on any stream."""

    def breaks(*given: object, **_: object) -> object:
        raise ValueError(f"Marianne Thackwray {given!r}")

    folder = invented.repository(tmp_path / "repository")
    value = "07700 900123"
    invented.put(folder, {"Marianne Thackwray.txt": f"It was Marianne Thackwray, {value}.\n"})
    monkeypatch.setattr(broken, breaks)
    monkeypatch.chdir(folder)
    monkeypatch.setattr("sys.argv", ["deid", "check", ".", "--format", form, "--workers", "1"])
    monkeypatch.setenv("DEID_CHECK_KEY", invented.KEY.hex())
    with pytest.raises(SystemExit) as left:
        main()
    said = "".join(capfd.readouterr()).casefold()
    assert left.value.code == 3
    assert "thackwray" not in said and "900123" not in said


def test_a_path_that_is_not_there_is_not_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["deid", "check", "Marianne Thackwray.txt"])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 2 and "Thackwray" not in "".join(capfd.readouterr())
