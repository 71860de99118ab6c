"""GitLab's code quality report: a list of issues, each with a fingerprint of its own."""

import hashlib
import json

from deid.check.findings import Found, Report

SUMMARY = "GitLab code quality"


def write(report: Report) -> str:
    issues = [_issue(found, f"deid.{found.kind}", "blocker") for found in report.findings]
    for one in report.problems:
        issues.append(_issue(Found(one.path, 1, 1, "problem", None, one.why), "deid.problem", "critical"))
    return json.dumps(issues, indent=2) + "\n"


def _issue(found: Found, check: str, severity: str) -> dict[str, object]:
    # Without a key there is no fingerprint of the value; the place alone, which names nobody, tells issues apart.
    place = f"{found.kind}\n{found.path}\n{found.line}\n{found.column}".encode("utf-8", "surrogateescape")
    return {
        "description": f"{found.kind}: {found.reason} (value withheld)",
        "check_name": check,
        "fingerprint": found.fingerprint or hashlib.sha256(place).hexdigest()[:32],
        "severity": severity,
        "location": {"path": found.path, "lines": {"begin": found.line}},
    }
