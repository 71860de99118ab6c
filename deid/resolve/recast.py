"""What a language model took for a person, although a list or a rule says what it is: the claim changes its category.

Models read "Kent has a new lead" and "at the William Harvey" as people, and what is called a person is linked as one.
Only opinions change, never what a title, a label or the roster says, and never a word that is part of anybody's longer
name in the study. Nothing is dropped: a recast claim hides the same words.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from deid.fold import fold
from deid.model import Category, Entity, Finding, KnownPerson, Transcript

# A model, a list of names, the words around, or an echo of one of these.
_OPINIONS = frozenset({"people", "names_by_list", "names_by_cue", "echoes", "model_agencies", "model_places"})
_NAMED_CASES = frozenset({"operations", "reviews"})
_LISTS = frozenset({"places", "agencies"})
_LISTED = 0.9  # a place or body of the region pack whose name is nothing else
_BY_RULE = 0.75
_PLACE_READ = 0.5
_OPERATION = "operation_name"
_FEWEST_IN_A_ROW = 3

# down from Penzance, over in Leeds: where people are and come from.
_PLACE_CUE = re.compile(
    r"\b(?:down from|up from|all from|over in|up in|down in|lives? in|moved to|back to|from)\s+$", re.I
)
# Hoo, Grain and Cliffe: nothing but commas and small words between the members of a list.
_BETWEEN = re.compile(r"\s*(?:,|,?\s+(?:and|or))\s*(?:from |in )?")


@dataclass(frozen=True, slots=True)
class _Heard:
    """What the study says for certain: words of people's longer names, and the names of operations."""

    people: frozenset[str] = field(repr=False)
    operations: Mapping[str, Finding] = field(repr=False)


def recast(
    findings: Mapping[str, Sequence[Finding]],
    transcripts: Mapping[str, Transcript],
    known: Iterable[Entity | KnownPerson] = (),
) -> dict[str, tuple[Finding, ...]]:
    """The same findings with the same spans; some have the category of what a list or a rule knows."""
    heard = _heard(findings, transcripts, _names(known))
    return {code: tuple(_of_transcript(findings.get(code, ()), one, heard)) for code, one in transcripts.items()}


def _names(known: Iterable[Entity | KnownPerson]) -> set[str]:
    """The words of everybody's longer names, as the vault and the roster know them."""
    forms: list[str] = []
    for one in known:
        if isinstance(one, KnownPerson):
            forms += [one.full_name, *one.aliases]
        elif one.category is Category.PERSON:
            forms += [form for form in one.forms if len(form.split()) > 1]
    return {word for form in forms for word in fold(form).split()}


def _heard(
    findings: Mapping[str, Sequence[Finding]], transcripts: Mapping[str, Transcript], people: set[str]
) -> _Heard:
    operations: dict[str, Finding] = {}
    for code, transcript in transcripts.items():
        own = findings.get(code, ())
        known = _by_segment(one for one in own if _is_listed(one) or _is_ruled(one))
        for finding in own:
            if finding.category is Category.CASE and finding.kind == _OPERATION:
                operations.setdefault(_name_of(finding, transcript), finding)
            elif finding.category is Category.PERSON and _is_evidence(finding, transcript, known):
                people.update(_form(finding, transcript).split())
    return _Heard(frozenset(people), operations)


def _is_evidence(finding: Finding, transcript: Transcript, known: Mapping[int, Sequence[Finding]]) -> bool:
    """A title, a label, the roster; or a name of two words that is not itself the name of a place or body."""
    if finding.recogniser not in _OPINIONS:
        return True
    covered = any(one.span.covers(finding.span) for one in known.get(finding.span.segment, ()))
    return not covered and len(_form(finding, transcript).split()) > 1


def _of_transcript(own: Sequence[Finding], transcript: Transcript, heard: _Heard) -> Iterator[Finding]:
    known = _by_segment(one for one in own if _is_listed(one) or _is_ruled(one))
    places = _by_segment(one for one in own if one.category is Category.PLACE and one.confidence >= _PLACE_READ)
    rows = {index: tuple(_rows(transcript.segments[index].text, found)) for index, found in places.items()}
    for finding in own:
        index = finding.span.segment
        if finding.recogniser not in _OPINIONS or transcript.segments[index].kind == "speaker":
            yield finding
            continue
        form = _form(finding, transcript)
        if operation := heard.operations.get(form):
            is_name = form in heard.people
            yield finding if is_name else _as(finding, operation)
            continue
        if finding.category is not Category.PERSON or not heard.people.isdisjoint(form.split()):
            yield finding
            continue
        better = next((one for one in known.get(index, ()) if one.span.covers(finding.span)), None)
        same = [one for one in places.get(index, ()) if one.span == finding.span]
        if better is None and same:
            in_a_row = any(one in row for row in rows[index] for one in same)
            cued = _PLACE_CUE.search(transcript.segments[index].text[: finding.span.start])
            better = same[0] if in_a_row or cued else None
        yield _as(finding, better) if better else finding


def _rows(text: str, places: Sequence[Finding]) -> Iterator[list[Finding]]:
    """Three places or more of the region pack, one after the other with only commas between."""
    row: list[Finding] = []
    for one in sorted((one for one in places if one.recogniser == "places"), key=lambda one: one.span):
        if row and not _BETWEEN.fullmatch(text[row[-1].span.end : one.span.start]):
            if len(row) >= _FEWEST_IN_A_ROW:
                yield row
            row = []
        row.append(one)
    if len(row) >= _FEWEST_IN_A_ROW:
        yield row


def _is_listed(finding: Finding) -> bool:
    return finding.recogniser in _LISTS and finding.confidence >= _LISTED


def _is_ruled(finding: Finding) -> bool:
    """The name that a review gives a child, or police an operation, is nobody's name."""
    return finding.recogniser in _NAMED_CASES and finding.confidence >= _BY_RULE


def _as(finding: Finding, other: Finding) -> Finding:
    why = f"{finding.why}; known as {'an operation' if other.kind == _OPERATION else 'a ' + other.category.lower()}"
    return replace(finding, category=other.category, kind=other.kind, why=why)


def _name_of(finding: Finding, transcript: Transcript) -> str:
    return " ".join(word for word in _form(finding, transcript).split() if word not in ("operation", "op"))


def _form(finding: Finding, transcript: Transcript) -> str:
    return fold(transcript.segments[finding.span.segment].text[finding.span.start : finding.span.end])


def _by_segment(findings: Iterable[Finding]) -> dict[int, list[Finding]]:
    found: dict[int, list[Finding]] = {}
    for one in findings:
        found.setdefault(one.span.segment, []).append(one)
    return found
