"""Lines for a terminal: file:line:column: kind: reason."""

from deid.check.findings import Report

SUMMARY = "lines for a terminal"
_ADVICE = (
    "deid: to mend: take the words out or put their token in; what was pushed is public already, so tell the study.\n"
    "deid: for a false alarm: deid baseline add, or `deid: allow KIND REASON` in a comment on the line.\n"
)


def write(report: Report) -> str:
    lines = []
    for found in report.findings:
        tag = f" [{found.fingerprint}]" if found.fingerprint else ""
        lines.append(f"{found.path}:{found.line}:{found.column}: {found.kind}: {found.reason}{tag}\n")
    return "".join(lines) + (_ADVICE if lines else "")
