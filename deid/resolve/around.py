"""A fact or a post that the tagger reads is a stretch of talk: it is hidden around who stands inside it.

"‹was the lodger of Bram's who kept ferrets›" holds a person, who has a pseudonym of their own; what is told on either
side goes. A town or a body inside is part of what is told, and goes with the rest.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from deid.model import Category, Finding, Span, Transcript
from deid.spans import by_segment

TAGGED = "tagged"
_TOLD = frozenset({Category.TRAIT, Category.ROLE})
_OWN = frozenset({Category.PERSON, Category.CONTACT, Category.IDENTIFIER, Category.CASE})

_WORD = re.compile(r"[^\W_]+")
# What tells nothing when it is all that is left: "‹... and› Bram".
_LITTLE = frozenset("a an the and or but so of in on at to for from with by as s his her their my our your".split())


def around(findings: Iterable[Finding], transcript: Transcript, *, replaced: float) -> list[Finding]:
    """The findings, the tagger's facts and posts in pieces. `replaced`: how sure one must be to be hidden itself."""
    findings = list(findings)
    own = by_segment(
        one for one in findings if one.category in _OWN and one.recogniser != TAGGED and one.confidence >= replaced
    )
    found: list[Finding] = []
    for finding in findings:
        if finding.recogniser == TAGGED and finding.category in _TOLD:
            beside = own.get(finding.span.segment, ())
            found.extend(_pieces(finding, transcript.segments[finding.span.segment].text, beside))
        else:
            found.append(finding)
    return found


def _pieces(finding: Finding, text: str, beside: Iterable[Finding]) -> Iterator[Finding]:
    span, start = finding.span, finding.span.start
    inside = sorted(one.span for one in beside if one.span.overlaps(span))
    if not inside:
        yield finding
        return
    for first, last in (*((one.start, one.end) for one in inside), (span.end, span.end)):
        words = list(_WORD.finditer(text, start, max(start, min(first, span.end))))
        if any(word.group().lower() not in _LITTLE for word in words):
            yield replace(finding, span=Span(span.segment, words[0].start(), words[-1].end()))
        start = max(start, last)
