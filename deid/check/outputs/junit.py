"""JUnit XML: one test case a finding, and one that passes where there is none."""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from deid.check.findings import Report

SUMMARY = "JUnit XML"


def write(report: Report) -> str:
    total = len(report.findings) + len(report.problems)
    suite = Element(
        "testsuite", name="deid check", tests=str(max(total, 1)), failures=str(len(report.findings)),
        errors=str(len(report.problems)), skipped="0",
    )  # fmt: skip
    for found in report.findings:
        case = SubElement(
            suite, "testcase", classname=_clean(found.path), name=f"{found.kind} at {found.line}:{found.column}"
        )
        failure = SubElement(case, "failure", type=found.kind, message=_clean(f"{found.reason} (value withheld)"))
        failure.text = f"fingerprint {found.fingerprint or 'none: no key'}"
    for one in report.problems:
        case = SubElement(suite, "testcase", classname=_clean(one.path), name="could not be checked")
        SubElement(case, "error", type="problem", message=_clean(one.why))
    if not total:
        SubElement(suite, "testcase", classname="deid", name=f"{report.scanned} files and texts checked")
    suites = Element("testsuites")
    suites.append(suite)
    indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(suites, encoding="unicode") + "\n"


def _clean(text: str) -> str:
    """XML 1.0 cannot hold control characters or half of a pair."""
    return "".join(sign if sign.isprintable() and not "\ud800" <= sign <= "\udfff" else "?" for sign in text)
