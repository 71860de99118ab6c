"""A case by its bare name: behind "Operation Saltmarsh" and "Child Teasel", "Saltmarsh" and "Teasel" alone are these.

Without this the bare name is taken for a person or a town by whichever model reads it, and one case becomes three
things. What a rule knows as a person's name or as a place of the region pack is left to them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from deid.fold import fold, has_capitals
from deid.model import Category, Entity, Finding, KnownPerson, Span, Transcript
from deid.region import Region, common_words, english_words
from deid.resolve.phrases import Phrases, find_phrases, index_phrases
from deid.resolve.sentences import opens_sentence

RECOGNISER = "named_cases"
OPERATION, REVIEW = "operation_name", "review"
_KINDS = frozenset({OPERATION, REVIEW})
_LEAD = frozenset({"operation", "op", "child", "baby"})
_SHORTEST = 4
# "the Saltmarsh team" are people who work together, and no operation.
_A_TEAM = re.compile(
    r"\s(?:team|unit|squad|hub|lot|officers?|house|ward|lodge|road|street|close|school)\b", re.IGNORECASE
)
_SURE, _AS_A_WORD = 0.8, 0.75
_WHY = "the name of an operation or a review that the study knows"


def named_cases(
    findings: Mapping[str, Sequence[Finding]],
    transcripts: Mapping[str, Transcript],
    region: Region,
    known: Iterable[Entity | KnownPerson],
) -> dict[str, tuple[Finding, ...]]:
    """Code -> findings of the bare names of operations and reviews, of all transcripts and of the vault."""
    said = {(fold(text), kind) for code, own in findings.items() for text, kind in _cases(own, transcripts[code])}
    said |= {
        (fold(form), one.kind)
        for one in known
        if isinstance(one, Entity) and one.category is Category.CASE and one.kind in _KINDS
        for form in one.forms
    }
    names = {bare: kind for form, kind in sorted(said) if (bare := _bare(form))}
    taken = _not_theirs(findings, transcripts, region) if names else set()
    index = index_phrases(
        (name, (name, kind)) for name, kind in sorted(names.items()) if len(name) >= _SHORTEST and name not in taken
    )
    return {code: tuple(_in_transcript(transcript, index)) for code, transcript in transcripts.items()} if names else {}


def _cases(findings: Sequence[Finding], transcript: Transcript) -> Iterator[tuple[str, str]]:
    for finding in findings:
        if finding.category is Category.CASE and finding.kind in _KINDS:
            yield transcript.text_at(finding.span), finding.kind


def _bare(form: str) -> str:
    words = form.split()
    return " ".join(words[1:]) if words and words[0] in _LEAD else ""


def _not_theirs(
    findings: Mapping[str, Sequence[Finding]], transcripts: Mapping[str, Transcript], region: Region
) -> set[str]:
    """Words that are somebody's or some place's as well: Operation Ash does not make an operation of DC Ash."""
    taken = set(_of_region(region))
    for code, own in findings.items():
        cases = {finding.span for finding in own if finding.kind in _KINDS and finding.category is Category.CASE}
        for finding in own:
            if finding.category is Category.PERSON and finding.recogniser not in ("people", "names_by_cue"):
                if any(case.covers(finding.span) for case in cases):
                    continue  # the name itself looks like somebody's
                whole = fold(transcripts[code].text_at(finding.span)).split()
                taken |= set(whole) if whole[:1] and whole[0] not in _LEAD else set()
    return taken


@lru_cache(maxsize=4)
def _of_region(region: Region) -> frozenset[str]:
    places = {fold(name) for place in region.places for name in (place.name, *place.aliases)}
    return frozenset(places | {_bare(fold(line.words)) for line in region.keep})


def _in_transcript(transcript: Transcript, names: Phrases[tuple[str, str]]) -> Iterator[Finding]:
    for number, segment in enumerate(transcript.segments):
        if not segment.text.strip() or segment.kind == "speaker":
            continue
        is_cased = has_capitals(segment.text)
        for start, end, (name, kind) in find_phrases(segment.text, names):
            # Where nothing is in capitals, a rare word is the operation: "driftwood", and no everyday one.
            is_word = all(word in (english_words() if is_cased else common_words()) for word in name.split())
            is_written = segment.text[start].isupper() and not opens_sentence(segment.text, start)
            if (not is_word or (is_cased and is_written)) and not _A_TEAM.match(segment.text, end):
                confidence = _AS_A_WORD if is_word else _SURE
                yield Finding(Span(number, start, end), Category.CASE, kind, confidence, RECOGNISER, _WHY)
