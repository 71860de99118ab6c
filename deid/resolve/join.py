"""A first name and a surname found side by side are one person's name."""

from collections.abc import Sequence

from deid.model import Category, Finding, Span, Transcript

_WHY = "a first name and a surname side by side"


def join_names(findings: Sequence[Finding], transcript: Transcript) -> list[Finding]:
    """The findings with one more over each such pair; the parts stay as its claims."""
    people = sorted((f for f in findings if f.category is Category.PERSON), key=lambda f: (f.span, -f.confidence))
    joined: dict[Span, Finding] = {}
    for number, first in enumerate(people):
        for second in people[number + 1 :]:
            if second.span.segment != first.span.segment or second.span.start > first.span.end + 2:
                break
            if second.span.start < first.span.end:
                continue
            if _belong(first, second, transcript):
                span = Span(first.span.segment, first.span.start, second.span.end)
                confidence = max(first.confidence, second.confidence)
                joined.setdefault(span, Finding(span, Category.PERSON, "", confidence, first.recogniser, _WHY))
    covered = {finding.span for finding in people}
    return [*findings, *(finding for span, finding in joined.items() if span not in covered)]


def _belong(first: Finding, second: Finding, transcript: Transcript) -> bool:
    text = transcript.segments[first.span.segment].text
    between = text[first.span.end : second.span.start]
    return between.isspace() and "given" in first.kind and "surname" in second.kind
