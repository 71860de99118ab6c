"""Findings that give way to better ones at the same place. Nothing gives way without a reason (law 2)."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from deid.model import Category, Dismissal, Finding, Span, Transcript
from deid.spans import by_segment

_CARRIED_OVER = frozenset({"echoes", "spread"})
# What takes any capital for somebody's name: models, lists, cues, and what is carried over from them.
_BY_OPINION = _CARRIED_OVER | {"people", "names_by_list", "names_by_cue", "model_places", "model_agencies"}
# Rules that read the whole phrase: "Maidstone Crown" is a court, and "Child Teasel" a review.
_BY_PHRASE = frozenset({"reviews", "operations", "agencies", "places", "agency_patterns", "named_cases"})
_SURE_PHRASE = 0.75


def without_lists_of_names(kept: list[Finding], transcript: Transcript) -> tuple[list[Finding], tuple[Dismissal, ...]]:
    """A model's one person in "Ann Vane and Bo Lind", or its one body in "Oxmoor, Minsted", gives way where surer
    findings cover all that is a name in it."""
    loose = [
        finding
        for finding in kept
        if (finding.category in (Category.PERSON, Category.PLACE) and finding.confidence < 1)
        or finding.recogniser == "model_agencies"
        or _is_tagged_body(finding)
    ]
    beside = by_segment(sorted(kept, key=_start))  # a long turn has thousands, and only neighbours nest
    out = []
    for finding in loose:
        inside = [
            other
            for other in _that_start_in(beside[finding.span.segment], finding.span)
            if other is not finding
            and finding.span.covers(other.span)
            and other.confidence >= finding.confidence
            # Two towns in one name are a trust's: "Maidstone and Tunbridge Wells", of which the tagger reads a body.
            and (not _is_tagged_body(finding) or other.category is finding.category)
        ]
        apart = _apart(inside)
        if len(apart) > 1 and (_only_links(finding, apart, transcript) or _runs_together(finding, apart, transcript)):
            out.append(Dismissal(finding, "surer findings inside it"))
    gone = {id(dismissal.finding) for dismissal in out}
    return [finding for finding in kept if id(finding) not in gone], tuple(out)


def _is_tagged_body(finding: Finding) -> bool:
    return finding.recogniser == "tagged" and finding.category is Category.AGENCY


def without_misreadings(kept: list[Finding], transcript: Transcript) -> tuple[list[Finding], tuple[Dismissal, ...]]:
    """A person (or a place) that only opinion sees in words of which a rule knows what they name: "Child Teasel"."""
    named = {
        finding.span: finding.category
        for finding in kept
        if finding.recogniser in _BY_PHRASE
        and finding.confidence >= _SURE_PHRASE
        and (finding.category is Category.CASE or _has_several_words(finding, transcript))
    }
    out = tuple(
        Dismissal(finding, "a rule reads the same words as something else")
        for finding in kept
        if finding.recogniser in _BY_OPINION and named.get(finding.span, finding.category) is not finding.category
    )
    gone = {id(dismissal.finding) for dismissal in out}
    return [finding for finding in kept if id(finding) not in gone], out


def _has_several_words(finding: Finding, transcript: Transcript) -> bool:
    return len(transcript.text_at(finding.span).split()) > 1


def without_echoes(kept: list[Finding], transcript: Transcript) -> tuple[list[Finding], tuple[Dismissal, ...]]:
    """What is only carried over from elsewhere gives way to what was read in this place: in "the bus to ash" a village.

    The words go either way; only their category is at stake.
    """
    read: dict[Span, list[Finding]] = defaultdict(list)
    for finding in kept:
        if finding.recogniser not in _CARRIED_OVER:
            read[finding.span].append(finding)
    out = []
    for echo in kept:
        if echo.recogniser in _CARRIED_OVER:
            here = read.get(echo.span, [])
            # "placed at plover cottage": of a name of several words the models know less than the other transcripts do.
            is_told = _has_several_words(echo, transcript) and {one.recogniser for one in here} <= _BY_OPINION
            if here and not is_told and all(finding.category is not echo.category for finding in here):
                out.append(Dismissal(echo, "read as something else in its own context"))
    gone = {id(dismissal.finding) for dismissal in out}
    return [finding for finding in kept if id(finding) not in gone], tuple(out)


def _that_start_in(ordered: Sequence[Finding], span: Span) -> Sequence[Finding]:
    return ordered[bisect_left(ordered, span.start, key=_start) : bisect_left(ordered, span.end, key=_start)]


def _start(finding: Finding) -> int:
    return finding.span.start


def _apart(findings: Iterable[Finding]) -> list[Finding]:
    found: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (f.span.start, -f.span.end)):
        if not found or finding.span.start >= found[-1].span.end:
            found.append(finding)
    return found


def _runs_together(finding: Finding, inside: Sequence[Finding], transcript: Transcript) -> bool:
    """ "does it in margate folake abiola": a model's one place, of a surer place and a surer person; and "tonbridge
    sevenoaks", of two surer places where nothing has capitals."""
    text, categories = transcript.text_at(finding.span), {one.category for one in inside}
    mixes = categories == {Category.PLACE, Category.PERSON} or (categories == {Category.PLACE} and text.islower())
    covered = sum(len(transcript.text_at(one.span).split()) for one in inside)
    return finding.category is Category.PLACE and mixes and len(text.split()) == covered


def _only_links(finding: Finding, inside: Sequence[Finding], transcript: Transcript) -> bool:
    """What is left between the findings is a word like "and", or a comma; no name, no number, and not nothing."""
    text = transcript.segments[finding.span.segment].text
    rest, place = [], finding.span.start
    for part in inside:
        rest.append(text[place : part.span.start])
        place = part.span.end
    rest.append(text[place : finding.span.end])
    links = rest[1:-1]
    return all(link.strip(" \n'’-") for link in links) and not any(c.isupper() or c.isdigit() for c in "".join(rest))
