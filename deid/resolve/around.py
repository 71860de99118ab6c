"""A fact or a post that the tagger reads is a stretch of talk: it is hidden around what stands inside it.

"‹ran the chip shop in Oxmoor›" holds a town, which has a pseudonym of its own, and "‹came through early help›" words
that stay readable. Both are cut out, and the telling words on either side go.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from deid.model import Category, Finding, Span, Transcript
from deid.region import Keep
from deid.spans import by_segment

TAGGED = "tagged"
_TOLD = frozenset({Category.TRAIT, Category.ROLE})

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# What tells nothing when it is all that is left, or stands at an end: "‹... in› Oxmoor".
_LITTLE = frozenset(
    "a an the and or but so of in on at to for from with by as up off out over down into about that this these those "
    "he she they it his her their its him them we our my your i you who which what where when is was were are be been "
    "has had have he's she's they're it's he'd she'd they'd there here then than not no".split()
)

Stretches = Mapping[int, tuple[tuple[int, int, tuple[Keep, ...]], ...]]


def around(findings: Iterable[Finding], transcript: Transcript, stays: Stretches, *, replaced: float) -> list[Finding]:
    """The findings, the tagger's facts and posts in pieces. `stays`: where phrases of the keep list stand;
    `replaced`: how sure a finding must be to be hidden itself."""
    findings = list(findings)
    names = by_segment(
        one for one in findings if one.category not in _TOLD and one.recogniser != TAGGED and one.confidence >= replaced
    )
    found: list[Finding] = []
    for finding in findings:
        if finding.recogniser != TAGGED or finding.category not in _TOLD:
            found.append(finding)
            continue
        segment = finding.span.segment
        holes = [(one.span.start, one.span.end) for one in names.get(segment, ())]
        holes += [(start, end) for start, end, lines in stays.get(segment, ()) if _stays(finding, start, end, lines)]
        found.extend(_pieces(finding, transcript.segments[segment].text, holes))
    return found


def _stays(finding: Finding, start: int, end: int, lines: Iterable[Keep]) -> bool:
    """A word of the trade is no fact of a life; in a post it may be the post itself, but alone it is only its kind."""
    is_whole = (start, end) == (finding.span.start, finding.span.end)
    return finding.category is Category.TRAIT or is_whole or any(line.scope in ("everywhere", "") for line in lines)


def _pieces(finding: Finding, text: str, holes: Iterable[tuple[int, int]]) -> Iterator[Finding]:
    span, start = finding.span, finding.span.start
    inside = sorted((first, last) for first, last in holes if first < span.end and span.start < last)
    if not inside:
        yield finding
        return
    for first, last in (*inside, (span.end, span.end)):
        words = list(_WORD.finditer(text, start, max(start, min(first, span.end))))
        while words and words[0].group().lower() in _LITTLE:
            words.pop(0)
        while words and words[-1].group().lower() in _LITTLE:
            words.pop()
        if words:
            yield replace(finding, span=Span(span.segment, words[0].start(), words[-1].end()))
        start = max(start, last)
