"""What was read as something else than what the region pack, or a rule elsewhere in the study, knows: it changes its
category.

Models read "Kent has a new lead" and "Hoo, Grain and Cliffe" as people, and what is called a person is linked as one.
They read "she was at redwing lodge" as a landmark, though another turn names the home. Only opinions change, never what
a title, a label or the roster says, and never a word that is part of anybody's longer name in the study. Nothing is
dropped: a recast claim hides the same words.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import dropwhile

from deid.fold import fold
from deid.model import Category, Entity, Finding, KnownPerson, Span, Transcript
from deid.resolve.kind_words import KIND_WORDS
from deid.spans import by_segment

Listed = Mapping[int, Sequence[Finding]]

# A model, a list of names, the words around, or an echo of one of these.
_OPINIONS = frozenset({"people", "names_by_list", "names_by_cue", "echoes"})
_LISTS = frozenset({"places", "agencies"})
_LISTED = 0.9  # a place or body of the region pack whose name is nothing else
_PLACE_READ = 0.5
_FEWEST_IN_A_ROW = 3
_CUE = 16  # characters that a place cue may need
_BEFORE = 4  # listed names that begin before a claim and may still hold it

# down from Penzance, over in Leeds: where people are and come from.
_PLACE_CUE = re.compile(
    r"\b(?:down from|up from|all from|over in|up in|down in|lives? in|moved to|back to|from)\s+$", re.I
)
# The Rope Walk Project is "the Rope Walk" to who works there; "on Rope Walk" is the street.
_NAMED = frozenset({"landmark", "street"})
_IN_THE_STREET = re.compile(r"\b(?:on|in|down|off|along|up|into|near)\s+(?:the\s+)?$", re.I)
_FEWEST_WORDS = 2
# Hoo, Grain and Cliffe: nothing but commas and small words between the members of a list.
_BETWEEN = re.compile(r"\s*(?:,|,?\s+(?:and|or))\s*(?:from |in )?")


def recast(
    findings: Mapping[str, Sequence[Finding]],
    transcripts: Mapping[str, Transcript],
    known: Iterable[Entity | KnownPerson] = (),
) -> dict[str, tuple[Finding, ...]]:
    """The same findings with the same spans; some have the category of what the region pack knows."""
    own = {code: findings.get(code, ()) for code in transcripts}
    listed = {code: _listed(found) for code, found in own.items()}
    bodies = dict(body for code, found in own.items() for body in _bodies(found, transcripts[code]))
    people = _names(known)
    for code, transcript in transcripts.items():
        people |= _heard(own[code], transcript, listed[code])
    own = {code: tuple(_as_bodies(found, transcripts[code], bodies)) for code, found in own.items()}
    return {code: tuple(_of_transcript(own[code], one, listed[code], people)) for code, one in transcripts.items()}


def _bodies(own: Sequence[Finding], transcript: Transcript) -> Iterator[tuple[str, Finding]]:
    """The names of several words that a rule knows as a body's, whole and without the words that say its kind."""
    for finding in own:
        if finding.category is Category.AGENCY and finding.recogniser == "agency_patterns":
            form = _form(finding, transcript).split()
            short = list(reversed([*dropwhile(KIND_WORDS.__contains__, reversed(form))]))
            yield from ((" ".join(name), finding) for name in (short, form) if len(name) >= _FEWEST_WORDS)


def _as_bodies(own: Sequence[Finding], transcript: Transcript, bodies: Mapping[str, Finding]) -> Iterator[Finding]:
    for finding in own:
        is_thing = finding.category is Category.PLACE and finding.kind in _NAMED
        body = bodies.get(_form(finding, transcript)) if is_thing else None
        text, start = transcript.segments[finding.span.segment].text, finding.span.start
        is_there = body and not _IN_THE_STREET.search(text[max(0, start - _CUE) : start])
        yield _as(finding, body) if body and is_there else finding


def _names(known: Iterable[Entity | KnownPerson]) -> set[str]:
    """The words of everybody's longer names, as the vault and the roster know them."""
    forms: list[str] = []
    for one in known:
        if isinstance(one, KnownPerson):
            forms += [one.full_name, *one.aliases]
        elif one.category is Category.PERSON:
            forms += [form for form in one.forms if len(form.split()) > 1]
    return {word for form in forms for word in fold(form).split()}


def _heard(own: Sequence[Finding], transcript: Transcript, listed: Listed) -> set[str]:
    """The words of everybody's longer names, as a transcript says them."""
    people = (one for one in own if one.category is Category.PERSON and _is_evidence(one, transcript, listed))
    return {word for one in people for word in _form(one, transcript).split()}


def _is_evidence(finding: Finding, transcript: Transcript, listed: Listed) -> bool:
    """A title, a label, the roster; or a name of two words that is not itself the name of a place or body."""
    if finding.recogniser not in _OPINIONS:
        return True
    return _holding(finding, listed) is None and len(_form(finding, transcript).split()) > 1


def _of_transcript(
    own: Sequence[Finding], transcript: Transcript, listed: Listed, people: set[str]
) -> Iterator[Finding]:
    read = [one for one in own if one.category is Category.PLACE and one.confidence >= _PLACE_READ]
    places = {one.span: one for one in sorted(read, key=lambda one: one.recogniser == "places")}  # the pack's word last
    in_a_row = _in_a_row(transcript, places.values())
    for finding in own:
        segment, start = transcript.segments[finding.span.segment], finding.span.start
        is_opinion = finding.category is Category.PERSON and finding.recogniser in _OPINIONS
        if not is_opinion or segment.kind == "speaker" or not people.isdisjoint(_form(finding, transcript).split()):
            yield finding
            continue
        better, place = _holding(finding, listed), places.get(finding.span)
        if place and (place.span in in_a_row or _PLACE_CUE.search(segment.text[max(0, start - _CUE) : start])):
            better = better or place
        yield _as(finding, better) if better else finding


def _in_a_row(transcript: Transcript, places: Iterable[Finding]) -> set[Span]:
    """The places of the region pack that stand three or more in a row, with only commas between."""
    rows: list[list[Span]] = [[]]
    for span in sorted(one.span for one in places if one.recogniser == "places"):
        last = rows[-1][-1] if rows[-1] else span
        between = transcript.segments[span.segment].text[last.end : span.start]
        if last.segment != span.segment or (last != span and not _BETWEEN.fullmatch(between)):
            rows.append([])
        rows[-1].append(span)
    return {span for row in rows if len(row) >= _FEWEST_IN_A_ROW for span in row}


def _holding(finding: Finding, listed: Listed) -> Finding | None:
    """The listed name that holds the words of the claim."""
    here = listed.get(finding.span.segment, ())
    after = bisect_right(here, finding.span.start, key=lambda one: one.span.start)
    return next((one for one in here[max(0, after - _BEFORE) : after] if one.span.covers(finding.span)), None)


def _listed(own: Sequence[Finding]) -> Listed:
    """What the region pack is sure of, by segment and place."""
    sure = (one for one in own if one.recogniser in _LISTS and one.confidence >= _LISTED)
    return by_segment(sorted(sure, key=lambda one: one.span))


def _as(finding: Finding, other: Finding) -> Finding:
    why = f"{finding.why}; known as {'an' if other.category is Category.AGENCY else 'a'} {other.category.lower()}"
    return replace(finding, category=other.category, kind=other.kind, why=why)


def _form(finding: Finding, transcript: Transcript) -> str:
    return fold(transcript.text_at(finding.span))
