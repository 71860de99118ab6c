"""A fact or a post that the tagger reads is a stretch of talk: it is hidden around who stands inside it.

"‹was the lodger of Bram's who kept ferrets›" holds a person, who has a pseudonym of their own; what is told on either
side goes. A phrase of the trade stays too ("‹ran the unit under› public protection"), unless the tagger is firm that it
belongs to what is told ("‹captained the county under fifteens›"); a single word of it does not. A town or a body inside
is part of what is told, and goes with the rest. Of a number that rules read whole the tagger's borders do not count.
Where nothing has capitals, initials that stay are no part of somebody's name ("n r m ‹benedicta moss›").
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from deid.model import Category, Dismissal, Finding, Span, Transcript
from deid.region import Keep
from deid.resolve.keep_names import CERTAIN_BY

TAGGED = frozenset({"tagged", "firmly_tagged"})
_FIRMLY = "firmly_tagged"
_TOLD = frozenset({Category.TRAIT, Category.ROLE})
_NUMBERS = frozenset({Category.CONTACT, Category.IDENTIFIER, Category.CASE})
_OWN = _NUMBERS | {Category.PERSON}

_LONGEST = 400  # characters of a name or a phrase: what begins further off does not reach

_WORD = re.compile(r"[^\W_]+")
# Part of a number beside the rest of it: figures, a letter that is no word, what is joined aloud ("slash teams"), its
# day ("of the fourteenth"), who is asked for "at" a host, letters that are no word ("ml 22871").
_PART = re.compile(
    r"(?<!['’])\b(?:\w*\d\w*|[b-hj-zB-HJ-Z])\b|\b(?:slash|dash|dot|underscore|stroke) \w|\bof the \w|\bat $"
    r"|\b(?!pc|dc|ds|dr|mr|ms)[b-df-hj-np-tv-z]{2,3} $"
)
# What tells nothing when it is all that is left: "‹... and› Bram".
_LITTLE = frozenset("a an the and or but so of in on at to for from with by as s his her their my our your".split())


# Letters that nobody is called: no vowel, or too many for a short name.
_NO_NAME = re.compile(r"(?:[b-df-hj-np-tv-z]\s?){2,}|[a-z](?:\s[a-z]){3,}")


Stretches = Mapping[int, tuple[tuple[int, int, tuple[Keep, ...]], ...]]


class _Hole(NamedTuple):
    """text[start:end] is hidden by itself, as `category`, or stays (None)."""

    start: int
    end: int
    category: Category | None


def around(
    findings: Sequence[Finding], transcript: Transcript, stays: Stretches, *, replaced: float
) -> tuple[list[Finding], list[Dismissal]]:
    """The findings, the tagger's facts and posts in pieces, and what gives way whole. `stays`: where phrases of the
    keep list stand; `replaced`: how sure a finding must be to be hidden itself."""
    holes, letters = _holes(findings, stays, replaced), _letters(transcript, stays)
    found: list[Finding] = []
    out: list[Dismissal] = []
    for finding in findings:
        segment, category = finding.span.segment, finding.category
        inside = _touching(holes.get(segment, []), finding.span) if finding.recogniser in TAGGED else []
        if finding.recogniser == _FIRMLY:
            inside = [hole for hole in inside if hole.category]
        if inside and category in _TOLD:
            pieces = list(_pieces(finding, transcript.segments[segment].text, inside))
            found += pieces
            out += [] if pieces else [Dismissal(finding, "names and phrases that stay are all there is in it")]
        elif category in _NUMBERS and _is_read_whole(finding, transcript.segments[segment].text, inside):
            out.append(Dismissal(finding, "a rule reads the same number"))
        elif initials := _initials(finding, transcript, letters):
            pieces = list(_pieces(finding, transcript.segments[segment].text, initials))
            found += pieces
            out += [] if pieces else [Dismissal(finding, "initials that stay are all there is in it")]
        else:
            found.append(finding)
    return found, out


def _initials(finding: Finding, transcript: Transcript, letters: Mapping[int, list[_Hole]]) -> list[_Hole]:
    """Where initials that stay stand in a name that was read without capitals."""
    span = finding.span
    if finding.category is not Category.PERSON or finding.recogniser in CERTAIN_BY:
        return []
    near = _touching(letters.get(span.segment, []), span)
    inside = [hole for hole in near if span.start <= hole.start and hole.end <= span.end]
    return inside if inside and transcript.text_at(span).islower() else []


def _letters(transcript: Transcript, stays: Stretches) -> dict[int, list[_Hole]]:
    """By segment, in the order of their starts: initials that stay and are written without capitals."""
    found: dict[int, list[_Hole]] = {}
    for segment, stretches in stays.items():
        text = transcript.segments[segment].text
        holes = [
            _Hole(start, end, None)
            for start, end, lines in stretches
            if lines[0].words.isupper() and _NO_NAME.fullmatch(text, start, end)
        ]
        found[segment] = sorted(holes, key=_start)
    return found


def _is_read_whole(finding: Finding, text: str, inside: Iterable[_Hole]) -> bool:
    """Whether rules read all of a number: neither a figure nor a letter of it stands outside what they read."""
    same = [hole for hole in inside if hole.category is finding.category]
    first, last = min((hole.start for hole in same), default=0), max((hole.end for hole in same), default=0)
    before, behind = text[finding.span.start : first], text[last : finding.span.end]
    return bool(same) and not (_PART.search(before) or _PART.search(behind))


def _holes(findings: Iterable[Finding], stays: Stretches, replaced: float) -> dict[int, list[_Hole]]:
    """By segment, in the order of their starts: a long turn has thousands, and only neighbours touch."""
    holes: dict[int, list[_Hole]] = {}
    for one in findings:
        if one.category in _OWN and one.recogniser not in TAGGED and one.confidence >= replaced:
            holes.setdefault(one.span.segment, []).append(_Hole(one.span.start, one.span.end, one.category))
    for segment, stretches in stays.items():
        phrases = [_Hole(start, end, None) for start, end, lines in stretches if _is_phrase(lines)]
        holes.setdefault(segment, []).extend(phrases)
    return {segment: sorted(several, key=_start) for segment, several in holes.items()}


def _touching(holes: list[_Hole], span: Span) -> list[_Hole]:
    first, last = (bisect_left(holes, place, key=_start) for place in (span.start - _LONGEST, span.end))
    return [hole for hole in holes[first:last] if span.start < hole.end]


def _start(hole: _Hole) -> int:
    return hole.start


def _is_phrase(lines: Iterable[Keep]) -> bool:
    return any(line.scope in ("everywhere", "") and " " in line.words for line in lines)


def _pieces(finding: Finding, text: str, inside: Iterable[_Hole]) -> Iterator[Finding]:
    span, start = finding.span, finding.span.start
    for hole in (*inside, _Hole(span.end, span.end, None)):
        words = list(_WORD.finditer(text, start, max(start, min(hole.start, span.end))))
        if any(word.group().lower() not in _LITTLE for word in words):
            yield replace(finding, span=Span(span.segment, words[0].start(), words[-1].end()))
        start = max(start, hole.end)
