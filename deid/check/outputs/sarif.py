"""SARIF 2.1.0 for GitHub's code scanning: no snippet, no value; keyed fingerprints."""

import json
from importlib import metadata
from urllib.parse import quote

from deid.check.findings import Found, Report, Unread
from deid.check.scan import BLANK

SUMMARY = "SARIF 2.1.0"
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_HOME = "https://pypi.org/project/deid-transcripts/"
_MOST = 25_000  # results that GitHub takes in one run
_HELP = (
    "Take the words out, or put the token in their place. What was pushed is public already: tell the study's keeper. "
    "For a false alarm add an entry to the baseline (deid baseline add) with a reason, an owner and an end."
)


def write(report: Report) -> str:
    kinds = sorted({found.kind for found in report.findings})
    run: dict[str, object] = {
        "tool": {
            "driver": {
                "name": "deid",
                "version": _version(),
                "informationUri": _HOME,
                "rules": [_rule(kind) for kind in kinds],
            }
        },
        "columnKind": "unicodeCodePoints",
        "redactionTokens": [BLANK],
        "results": [_result(found, kinds.index(found.kind)) for found in report.findings[:_MOST]],
        "invocations": [
            {
                "executionSuccessful": report.exit_code < 2,
                "exitCode": report.exit_code,
                "toolExecutionNotifications": [
                    *(_note(one) for one in report.problems),
                    *(_note(one) for one in report.skipped),
                ],
            }
        ],
    }  # fmt: skip
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _version() -> str:
    """A checkout that only the check's packages are installed for has no metadata."""
    try:
        return metadata.version("deid-transcripts")
    except metadata.PackageNotFoundError:
        return "checkout"


def _note(one: Unread) -> dict[str, object]:
    return {"level": "error" if one.code else "note", "message": {"text": f"{one.path}: {one.why}"}}


def _rule(kind: str) -> dict[str, object]:
    words = kind.replace("_", " ")
    return {
        "id": f"deid/{kind}",
        "name": "".join(part.capitalize() for part in kind.split("_")),
        "shortDescription": {"text": f"Identifiable data: {words}"},
        "fullDescription": {"text": f"A stretch of text that identifies somebody or something ({words})."},
        "help": {"text": _HELP, "markdown": _HELP},
        "defaultConfiguration": {"level": "error"},
        "properties": {"security-severity": "9.0", "precision": "high", "tags": ["security", "privacy"]},
    }  # fmt: skip


def _result(found: Found, rule: int) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": f"deid/{found.kind}",
        "ruleIndex": rule,
        "level": "error",
        "message": {"text": f"{found.kind}: {found.reason} (value withheld)."},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(found.path.encode("utf-8", "surrogateescape"), safe="/-._~")},
                    "region": {"startLine": found.line, "startColumn": found.column},
                }
            }
        ],
    }
    if found.fingerprint:
        # No `primaryLocationLineHash`: GitHub makes it from the line, and ours must not say what the line says.
        result["fingerprints"] = {"deid/v1": found.fingerprint}
        result["partialFingerprints"] = {"deidKeyed/v1": found.fingerprint}
    return result
