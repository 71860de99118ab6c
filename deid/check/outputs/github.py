"""Annotations of GitHub Actions: ::error file=...,line=...,col=...,title=...::message"""

from deid.check.findings import Report

SUMMARY = "annotations of GitHub Actions"


def write(report: Report) -> str:
    lines = [
        f"::error file={_property(found.path)},line={found.line},col={found.column},"
        f"title={_property(f'deid: {found.kind}')}::{_message(f'{found.reason} (value withheld)')}\n"
        for found in report.findings
    ]
    lines += [f"::error title=deid::{_message(f'{one.path}: {one.why}')}\n" for one in report.problems]
    return "".join(lines)


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
