"""What is certain in one place is found in every other: propagation over all transcripts of the run.

Only gaps are filled: where a recogniser has read the words in their context, its finding stands. A single word that is
also English is believed with a capital inside a sentence, or before what only people do; nearly right spellings are
put to review. One pass over each text, whatever the number of forms.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import accumulate

from deid.fold import fold, folded_words, has_capitals
from deid.model import REPLACED, Category, Entity, Finding, KnownPerson, Span, Transcript
from deid.region import Keep, Region, common_words, english_words
from deid.resolve.covered import Covered
from deid.resolve.forms import Form, certain_forms
from deid.resolve.keep import keep_phrases, keep_stretches
from deid.resolve.named_cases import named_cases
from deid.resolve.near_misses import Shelves, index_names, near_misses
from deid.resolve.phrases import Phrases, find_phrases, index_phrases
from deid.resolve.sentences import opens_sentence
from deid.spans import by_segment

RECOGNISER = "spread"
_UNSURE = 0.5  # replaced, and listed for review
_AS_A_WORD = 0.75  # an English word with a capital inside a sentence
_JOINED = 0.75
_SHORTEST_JOINED = 7
_SHORTEST_START = 2  # of its first part: "d i vane" is a rank and a name
_MOST_SPLIT = 3  # "queen borough", "venkata ragha van"
_FEWEST_DIGITS = 5

# Hope would, Will rang: what people do and hopes do not. Only words that hardly follow the English word itself.
_PERSON_VERB = re.compile(
    r"\s+(?:would|said|says|rang|rings|came|went|told|tells|thinks|thought|knew|knows|did|does|sat|got|took|asked|wanted"
    r"|wants|and (?:i|her|him|she|he|the team)|who|from the|had|was|wasn['’]t|didn['’]t|doesn['’]t)\b",
    re.IGNORECASE,
)
# Dolphin have been good, Turnstone won't take him, "Which one? Dolphin.": what is said of bodies named before.
_BODY_VERB = re.compile(
    r"[.?!]|\s+(?:have|has|were|are|ran|runs?|won['’]t|wouldn['’]t|rang|said|took|takes?|did|do|don['’]t|didn['’]t|sent|closed)\b"
)
# in Ash, at Deal, down to Loose: between a place and a person of one name.
_PLACE_CUE = re.compile(
    r"\b(?:in|at|to|from|near|round|around|over|outside|across|towards|into|of|down|up|out)\s+$", re.IGNORECASE
)
_I = re.compile(r"\bI\b")  # speech recognition without capitals writes this one
# Digits with the separators that people write between them.
_NUMBER = re.compile(r"\d(?:[ \-/.]{0,2}\d)+")


@dataclass(frozen=True, slots=True)
class _Known:
    phrases: Phrases[tuple[Form, ...]] = field(repr=False)
    joined: Mapping[str, Form] = field(repr=False)
    beginnings: frozenset[str] = field(repr=False)  # of the joined names
    digits: Mapping[str, Form] = field(repr=False)
    names: Mapping[str, Form] = field(repr=False)
    shelves: Shelves = field(repr=False)
    english: frozenset[str] = field(repr=False)


def spread(
    findings: Mapping[str, Sequence[Finding]],
    transcripts: Mapping[str, Transcript],
    region: Region,
    known: Iterable[Entity | KnownPerson] = (),
) -> dict[str, tuple[Finding, ...]]:
    """The findings of every transcript and those that the others, the roster and the vault bring to it."""
    known = tuple(known)
    cases = named_cases(findings, transcripts, region, known)
    findings = {code: (*findings.get(code, ()), *cases.get(code, ())) for code in transcripts}
    index = _index(certain_forms(findings, transcripts, region, known), english_words())
    keep = keep_phrases(region)
    return {
        code: (*findings.get(code, ()), *_missing(transcript, findings.get(code, ()), index, keep))
        for code, transcript in transcripts.items()
    }


def _index(forms: Sequence[Form], english: frozenset[str]) -> _Known:
    by_form: dict[str, tuple[Form, ...]] = {}
    joined: dict[str, Form] = {}
    digits: dict[str, Form] = {}
    names: dict[str, Form] = {}
    for form in forms:
        folded = fold(form.text)
        others = by_form.get(folded, ())
        if form.behind_the:  # what is known of the name stays, and so does how it is said
            others = tuple(replace(one, behind_the=True) if one.category is form.category else one for one in others)
            by_form[folded] = others
        if all(other.category is not form.category for other in others):
            by_form[folded] = (*others, form)
        tight = folded.replace(" ", "")
        is_name = form.category in (Category.PERSON, Category.PLACE, Category.AGENCY)
        if is_name and len(tight) >= _SHORTEST_JOINED and tight.isalpha():
            joined.setdefault(tight, form)
        if is_name and folded.isalpha() and folded not in english:
            names.setdefault(folded, form)
        numbers = "".join(letter for letter in form.text if letter.isdigit())
        if not is_name and len(numbers) >= _FEWEST_DIGITS:
            digits.setdefault(numbers, form)
    beginnings = frozenset(name[:end] for name in joined for end in range(_SHORTEST_START, len(name) + 1))
    return _Known(index_phrases(by_form.items()), joined, beginnings, digits, names, index_names(names), english)


def _missing(
    transcript: Transcript, findings: Sequence[Finding], known: _Known, keep: Phrases[tuple[Keep, ...]]
) -> Iterator[Finding]:
    seen = by_segment(one for one in findings if one.confidence >= REPLACED)  # what is fainter leaves a gap
    for index, segment in enumerate(transcript.segments):
        if not segment.text.strip():
            continue
        claims = list(_in_text(segment.text, known))
        if not claims:
            continue
        taken = Covered((finding.span.start, finding.span.end) for finding in seen.get(index, ()))
        kept: Covered | None = None
        for start, end, form, confidence in claims:
            if taken.holds(start, end):
                continue
            kept = kept or Covered((start, end) for start, end, _ in keep_stretches(segment.text, keep))
            if kept.holds(start, end):
                continue
            taken.add(start, end)
            span = Span(index, start, end)
            yield Finding(span, form.category, form.kind, confidence, RECOGNISER, form.why)


def _in_text(text: str, known: _Known) -> Iterator[tuple[int, int, Form, float]]:
    """(start, end, form, confidence), whole forms first, then numbers, joined and split ones, near misses."""
    is_cased = _is_cased(text)
    for start, end, forms in find_phrases(text, known.phrases):
        form = _meant(forms, text[max(0, start - 12) : start])
        start += _article(text[start:end], form)
        confidence = _believed(text, start, end, form, is_cased, known.english)
        if confidence and len(forms) > 1 and not _same_kind(forms):
            confidence = min(confidence, _UNSURE)
        if confidence:
            yield start, end, form, confidence
    for match in _NUMBER.finditer(text) if known.digits else ():
        if number := known.digits.get("".join(letter for letter in match.group() if letter.isdigit())):
            yield *match.span(), number, number.confidence
    yield from _split_or_joined(folded_words(text), known)
    for start, end, name in near_misses(text, known.shelves, known.english, has_capitals=is_cased):
        form = known.names[name]
        yield start, end, Form(form.text, form.category, form.kind, _UNSURE, False, f"nearly as: {form.why}"), _UNSURE


@lru_cache(maxsize=20_000)
def _is_cased(text: str) -> bool:
    return has_capitals(_I.sub("", text))


def _meant(forms: Sequence[Form], before: str) -> Form:
    """Of a person and a place of one name, the place only where a place cue stands before."""
    by_category = {form.category: form for form in forms}
    if Category.PLACE in by_category and len(forms) > 1 and _PLACE_CUE.search(before):
        return by_category[Category.PLACE]
    return by_category.get(Category.PERSON) or forms[0]


def _article(found: str, form: Form) -> int:
    """The Lantern is looked for with its article and claimed without it."""
    return len("the ") if not form.is_whole and form.text.startswith("the ") and found[:4].lower() == "the " else 0


def _same_kind(forms: Sequence[Form]) -> bool:
    return len({form.category for form in forms}) == 1


def _believed(text: str, start: int, end: int, form: Form, is_cased: bool, english: frozenset[str]) -> float:
    """How sure the form is here; 0 where it is only a word."""
    folded = fold(text[start:end]).split()
    is_upper = text[start].isupper()
    if len(folded) > 1:
        all_plain = all(word in english or word == "s" for word in folded)
        return form.confidence if not all_plain or is_upper else _UNSURE if not is_cased else 0.0
    if folded[0] not in english:
        return form.confidence if is_upper or not is_cased else min(form.confidence, 0.65)
    if not is_cased and form.behind_the and folded[0] not in common_words():
        return _UNSURE if text[:start].lower().endswith("the ") else 0.0
    if not is_upper or not is_cased:
        return 0.0  # "will", "deal" in small letters: only a recogniser that reads the context can tell
    if text.isupper() or opens_sentence(text, start):
        verb = {Category.PERSON: _PERSON_VERB, Category.AGENCY: _BODY_VERB}.get(form.category)
        return _UNSURE if verb and verb.match(text, end) else 0.0
    return min(form.confidence, _AS_A_WORD) if form.is_whole or form.category is Category.PERSON else _UNSURE


def _split_or_joined(found: Sequence[tuple[int, int, str]], known: _Known) -> Iterator[tuple[int, int, Form, float]]:
    """Shep way for Shepway, and Queenborough where the name is Queen Borough."""
    for first in [number for number, (_, _, word) in enumerate(found) if word in known.beginnings]:
        start = found[first][0]
        parts = found[first : first + _MOST_SPLIT]
        tights = accumulate(part for _, _, part in parts)
        for count, ((_, end, _), tight) in enumerate(zip(parts, tights, strict=True), 1):
            name = known.joined.get(tight)
            if name and len(fold(name.text).split()) != count:
                yield start, end, name, min(name.confidence, _JOINED)
