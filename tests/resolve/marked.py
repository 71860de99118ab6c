"""Marked-up interviews for tests: {P=vane|Ann Vane} is a person whom the case calls `vane`.

    # a comment
    roster: P01; Ann Vane; Annie, Mrs Vane; social worker
    == P01-1
    INT: So, {P=vane|Ann}, how long have you been here?

A line `label: text` is a speaker's turn; the label itself may be marked. Lines before the first such line, and lines
that begin with `>`, are headings. Mentions with one name must become one entity, mentions with two names never.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from deid.model import Category, Finding, KnownPerson, Segment, Settled, Span, Transcript
from deid.resolve.overlap import settle

_LETTERS = {
    "P": Category.PERSON,
    "L": Category.PLACE,
    "A": Category.AGENCY,
    "C": Category.CASE,
    "R": Category.ROLE,
    "D": Category.DATE,
    "G": Category.AGE,
    "N": Category.CONTACT,
    "I": Category.IDENTIFIER,
    "T": Category.TRAIT,
}
_MARK = re.compile(r"\{([A-Z])(?::([\w' ]+))?(?:=([\w?-]+))?\|([^{}]+)\}")
_TURN = re.compile(r"^((?:\{[^{}]*\}|[^:{}]){1,40}): (.*)$")


@dataclass(frozen=True)
class Case:
    transcripts: dict[str, Transcript]
    findings: dict[str, tuple[Finding, ...]]
    names: dict[tuple[str, Span], str]
    roster: tuple[KnownPerson, ...]

    @property
    def settled(self) -> dict[str, tuple[Settled, ...]]:
        return {code: settle(findings) for code, findings in self.findings.items()}


def read_case(source: str | Path) -> Case:
    text = source.read_text(encoding="utf-8") if isinstance(source, Path) else source
    roster, code, turns = [], "P01-1", {}
    for line in text.strip().splitlines():
        line = line.strip()
        if line.startswith("#") or not line:
            continue
        if line.startswith("roster:"):
            roster.append(_row(line.removeprefix("roster:")))
        elif line.startswith("=="):
            code = line.strip("= ")
        else:
            turns.setdefault(code, []).append(line)
    transcripts, findings, names = {}, {}, {}
    for code, lines in turns.items():
        transcripts[code], findings[code] = _transcript(code, lines, names)
    return Case(transcripts, findings, names, tuple(roster))


def _row(line: str) -> KnownPerson:
    code, name, aliases, role, *rest = [*(part.strip() for part in line.split(";")), "", "", ""]
    shorts = tuple(alias.strip() for alias in aliases.split(",") if alias.strip())
    return KnownPerson(code=code, full_name=name, aliases=shorts, role=role, part=rest[0])


def _transcript(
    code: str, lines: list[str], names: dict[tuple[str, Span], str]
) -> tuple[Transcript, tuple[Finding, ...]]:
    segments: list[Segment] = []
    findings: list[Finding] = []
    turn = 0

    def add(kind: str, marked: str) -> None:
        plain, place = "", 0
        for match in _MARK.finditer(marked):
            plain += marked[place : match.start()]
            span = Span(len(segments), len(plain), len(plain) + len(match[4]))
            plain += match[4]
            place = match.end()
            findings.append(Finding(span, _LETTERS[match[1]], match[2] or "", 0.95, "test", "marked by hand"))
            if match[3]:
                names[code, span] = match[3]
        segments.append(Segment(kind, plain + marked[place:], turn))

    for line in lines:
        if line.startswith(">"):
            add("heading", line[1:].strip())
        elif match := _TURN.match(line):
            turn += 1
            add("speaker", match[1])
            add("speech", match[2])
        else:
            add("speech" if turn else "heading", line)
    return Transcript(code, tuple(segments)), tuple(findings)
