"""The keep list at work: words that stay readable, in their context, and never at the price of a person.

`words` of a keep line may be a phrase: "the Barnardo's model" stays while Barnardo's as a place of work goes, because
only a finding inside the phrase is kept. A line whose scope is a category keeps findings of that category only.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from deid.fold import fold, has_capitals
from deid.model import Category, Finding, Transcript
from deid.region import Keep, Region
from deid.resolve.as_words import read_as_word
from deid.resolve.keep_contexts import NATIONAL_BODY, is_held_by_many, is_meant_here, is_system
from deid.resolve.keep_names import CERTAIN_BY, is_certain_name, is_person, read_letters
from deid.resolve.name_forms import without_possessive
from deid.resolve.national import BODY, initials_behind, national_stretches
from deid.resolve.phrases import Phrases, find_phrases, index_phrases
from deid.resolve.public_names import NAMED_BY_MODELS, Part, is_review_by, kind_of_body, only_kept

# Speech recognition without capitals; a caption that begins inside a sentence has none either.
_FEWEST_WITH_CAPITALS = 0.1
# Kinds of bodies of the whole country, which say nothing of where or for whom somebody works; a police force does.
_NATIONAL_KINDS = frozenset({"charity", "government body", "transport company"})
# Long enough that nobody spells a name so: NHS, CAMHS.
_INITIALS = re.compile(r"[A-Z]{3,6}")
_SPELT_LETTERS = re.compile(r"[^\W\d_](?:\s[^\W\d_]){1,5}s?", re.IGNORECASE)
# The article of "a c a w n" is no letter of it, unless one more stands in front.
_LETTER_BEFORE = re.compile(r"\b(?:[^\W_aA]|[^\W_]\s[aA])[\s,-]+$")
_LETTER_BEHIND = re.compile(r"[\s,-]+[^\W_]\b")
# Contacts, numbers and cases are never words of the trade.
_NEVER = frozenset({Category.CONTACT, Category.IDENTIFIER, Category.CASE})


@dataclass(frozen=True, slots=True)
class Kept:
    """Where phrases that stay stand in one transcript, and whether its speech is written with capitals."""

    by_segment: Mapping[int, tuple[tuple[int, int, tuple[Keep, ...]], ...]]
    has_capitals: bool
    initials: frozenset[str] = frozenset()  # SAGE, which the transcript itself explains as a national body's


@dataclass(frozen=True, slots=True)
class KeepList:
    phrases: Phrases[tuple[Keep, ...]] = field(repr=False)
    people: frozenset[str] = field(repr=False)


def index_keep(region: Region, *, people: Iterable[str] = ()) -> KeepList:
    """`people`: folded forms of known people, who win over a keep word that is their name."""
    return KeepList(keep_phrases(region), frozenset(people))


@lru_cache(maxsize=8)
def keep_phrases(region: Region) -> Phrases[tuple[Keep, ...]]:
    """The keep list ready to be looked up, with all lines of a phrase; national bodies of the pack are on it."""
    lines: dict[str, tuple[Keep, ...]] = {}
    for line in (*region.keep, *_national_bodies(region)):
        for words in (fold(line.words), *_spelt(line.words)):
            lines[words] = (*lines.get(words, ()), line)
    return index_phrases(lines.items())


def _spelt(words: str) -> Iterator[str]:
    """ "c a m h s", "g c s es": letters as speech recognition writes them."""
    if _INITIALS.fullmatch(words):
        yield " ".join(words.lower())
        yield f"{' '.join(words.lower())}s"


def _national_bodies(region: Region) -> Iterator[Keep]:
    for body in region.agencies:
        if body.scope == "national" and body.kind in _NATIONAL_KINDS:
            yield from (Keep(name, "everywhere", NATIONAL_BODY) for name in (body.name, *body.aliases))


@lru_cache(maxsize=20_000)
def keep_stretches(text: str, phrases: Phrases[tuple[Keep, ...]]) -> tuple[tuple[int, int, tuple[Keep, ...]], ...]:
    """Where phrases of the keep list stand in a segment; several stages ask."""
    found = (stretch for stretch in find_phrases(text, phrases) if not _is_part_of_spelling(text, *stretch[:2]))
    return (*found, *national_stretches(text))


def _is_part_of_spelling(text: str, start: int, end: int) -> bool:
    """Letters of a longer word that somebody spells: "i n" of "j a i n"; and of a number, "n h s" of "n h s 999"."""
    return bool(
        _SPELT_LETTERS.fullmatch(text, start, end)
        and (_LETTER_BEFORE.search(text, max(0, start - 6), start) or _LETTER_BEHIND.match(text, end))
    )


def kept_in(transcript: Transcript, keep: KeepList, segments: Iterable[int]) -> Kept:
    found = {index: keep_stretches(transcript.segments[index].text, keep.phrases) for index in set(segments)}
    spoken = [segment.text for segment in transcript.segments if segment.kind == "speech"]
    with_capitals = sum(map(has_capitals, spoken))
    return Kept(
        {index: stretches for index, stretches in found.items() if stretches},
        has_capitals=with_capitals > _FEWEST_WITH_CAPITALS * len(spoken),
        initials=frozenset(_explained(transcript, found)),
    )


def _explained(
    transcript: Transcript, found: Mapping[int, Sequence[tuple[int, int, tuple[Keep, ...]]]]
) -> Iterator[str]:
    for index, stretches in found.items():
        for _, end, lines in stretches:
            is_national = lines[0].reason in (BODY, "national scheme or operation")
            if is_national and (initials := initials_behind(transcript.segments[index].text, end)):
                yield initials


def kept_by(finding: Finding, transcript: Transcript, keep: KeepList, kept: Kept) -> str:
    """Why the finding stays readable, or ""."""
    text = transcript.segments[finding.span.segment].text
    start, end = finding.span.start, finding.span.end
    parts: list[Part] = []
    is_certain = is_certain_name(finding, text[start:end], keep.people)
    for first, last, lines in kept.by_segment.get(finding.span.segment, ()):
        if last <= start or end <= first:
            continue
        if is_review_by(finding, text, first, last, lines):
            return "a review by a national body"
        for line in lines:
            whole = (first, last) == (start, end)
            if is_held_by_many(line, finding, text, first, last):
                return f"keep list: {line.reason}"
            letters = read_letters(line, finding, text[first:last]) if kept.has_capitals else ""
            if letters == "name" or is_meant_here(line, finding, text):
                continue
            if not is_certain and is_system(line, finding, text, kept.by_segment[finding.span.segment]):
                return f"keep list: {line.reason}"
            is_kept = letters == "initials" or _in_scope(line, finding, text[start:end], whole=whole)
            if is_kept and not is_person(finding, line, text, (first, last), is_certain=is_certain):
                if first <= start and end <= last:
                    return f"keep list: {line.reason}"
                parts.append((first, last, line))
    if (kept.has_capitals or _are_initials(parts)) and (only := only_kept(text, parts, finding)):
        return f"keep list: {only.reason}"
    if finding.category in NAMED_BY_MODELS and finding.recogniser not in CERTAIN_BY:
        if without_possessive(text[start:end]) in kept.initials:
            return "initials of a national body"
        return kind_of_body(finding, text) or read_as_word(finding, text)
    return ""


def _are_initials(parts: Sequence[Part]) -> bool:
    """Several in a row ("cse cce nrm") name nobody, with or without capitals."""
    return len(parts) > 1 and all(line.words.isupper() for _, _, line in parts)


def _in_scope(line: Keep, finding: Finding, form: str, *, whole: bool) -> bool:
    """A public number (101, 999) is kept, a number inside a kept phrase is not; "Matters" of Every Child Matters is."""
    if fold(line.scope) in ("everywhere", ""):
        is_word = finding.category is Category.CASE and form.isalpha()
        return whole or is_word or finding.category not in _NEVER
    return line.scope.strip().upper() == finding.category
