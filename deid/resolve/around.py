"""A fact or a post that the tagger reads is a stretch of talk: it is hidden around who stands inside it.

"‹was the lodger of Bram's who kept ferrets›" holds a person, who has a pseudonym of their own; what is told on either
side goes. A phrase of the trade stays too ("‹ran the unit under› public protection"), a single word of it does not. A
town or a body inside is part of what is told, and goes with the rest. Of a number that a rule knows the tagger's
borders do not count.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from deid.model import Category, Finding, Span, Transcript
from deid.region import Keep
from deid.spans import by_segment

TAGGED = "tagged"
_TOLD = frozenset({Category.TRAIT, Category.ROLE})
_NUMBERS = frozenset({Category.CONTACT, Category.IDENTIFIER, Category.CASE})
_OWN = _NUMBERS | {Category.PERSON}

_WORD = re.compile(r"[^\W_]+")
# What tells nothing when it is all that is left: "‹... and› Bram".
_LITTLE = frozenset("a an the and or but so of in on at to for from with by as s his her their my our your".split())


Stretches = Mapping[int, tuple[tuple[int, int, tuple[Keep, ...]], ...]]


def around(findings: Iterable[Finding], transcript: Transcript, stays: Stretches, *, replaced: float) -> list[Finding]:
    """The findings, the tagger's facts and posts in pieces. `stays`: where phrases of the keep list stand;
    `replaced`: how sure a finding must be to be hidden itself."""
    findings = list(findings)
    own = by_segment(
        one for one in findings if one.category in _OWN and one.recogniser != TAGGED and one.confidence >= replaced
    )
    found: list[Finding] = []
    for finding in findings:
        segment = finding.span.segment
        beside = [one for one in own.get(segment, ()) if one.span.overlaps(finding.span)]
        if finding.recogniser != TAGGED:
            found.append(finding)
        elif finding.category in _TOLD:
            holes = [(one.span.start, one.span.end) for one in beside]
            holes += [(start, end) for start, end, lines in stays.get(segment, ()) if _is_phrase(lines)]
            found.extend(_pieces(finding, transcript.segments[segment].text, holes))
        elif finding.category not in _NUMBERS or not any(one.category is finding.category for one in beside):
            found.append(finding)
    return found


def _is_phrase(lines: Iterable[Keep]) -> bool:
    return any(line.scope in ("everywhere", "") and " " in line.words for line in lines)


def _pieces(finding: Finding, text: str, holes: Iterable[tuple[int, int]]) -> Iterator[Finding]:
    span, start = finding.span, finding.span.start
    inside = sorted((first, last) for first, last in holes if first < span.end and span.start < last)
    if not inside:
        yield finding
        return
    for first, last in (*inside, (span.end, span.end)):
        words = list(_WORD.finditer(text, start, max(start, min(first, span.end))))
        if any(word.group().lower() not in _LITTLE for word in words):
            yield replace(finding, span=Span(span.segment, words[0].start(), words[-1].end()))
        start = max(start, last)
