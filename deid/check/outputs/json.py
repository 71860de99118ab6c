"""One JSON object: {"findings", "scanned", "skipped"} and what went wrong."""

import json

from deid.check.findings import Report

SUMMARY = "one JSON object"


def write(report: Report) -> str:
    value = {
        "findings": [found.told() for found in report.findings],
        "scanned": report.scanned,
        "skipped": [{"path": one.path, "why": one.why} for one in report.skipped],
        "problems": [{"path": one.path, "why": one.why, "exit_code": one.code} for one in report.problems],
        "notes": list(report.notes),
    }
    return json.dumps(value, indent=2) + "\n"
