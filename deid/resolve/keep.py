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
from deid.region import Keep, Region, english_words, given_names
from deid.resolve.as_words import read_as_word
from deid.resolve.name_forms import without_possessive
from deid.resolve.national import BODY, initials_behind, national_stretches
from deid.resolve.phrases import Phrases, find_phrases, index_phrases
from deid.resolve.public_names import NAMED_BY_MODELS, Part, is_review_by, kind_of_body, only_kept
from deid.resolve.sentences import opens_sentence

# Who these recognisers find is a person even where the keep list has the word: a roster name, a speaker's label, a
# title before a surname. A language model's word for it is not enough.
_CERTAIN_BY = frozenset({"roster", "speakers", "titles", "reviewer", "withdrawn"})

# How sure these must be of somebody's name, to win over a keep word that is a given name too: an echo, that somebody
# was spoken of by it, and the tagger.
_SURE_OF_A_NAME = {"echoes": 0.9, "tagged": 0.6}
_SAID_TO_BE_A_NAME = "street_names"  # "called herself Auntie"
_OF_PUBLIC_PEOPLE = frozenset({"public person or author", "public case", "national report or inquiry"})

# Speech recognition without capitals; a caption that begins inside a sentence has none either.
_FEWEST_WITH_CAPITALS = 0.1
# "placed in Rotherham", "moved to Telford", "he's from Rochdale": where somebody is, and no case.
_LIVED = re.compile(
    r"\b(?:(?:placed|moved|move|lives?|lived|living|born|housed|based|sent|brought|taken|settled|adopted|fostered|"
    r"found|ran|bailed|picked up|grew up|placement|carers?|flat|hostel|family|mum|dad|nan|gran|sister|brother)"
    r"(?:\s(?:away|back|over|up|down|out|him|her|them|me|us|there|here))?\s(?:in|to|from|near|at|out of)|"
    r"(?:he|she|i|who|girl|boy|lad|child|kid|one|came|come|train)(?:['’]?[sm]|\s(?:is|was|am))?\s(?:over\s|up\s|"
    r"down\s)?"
    r"(?:originally\s)?from)\s$",
    re.IGNORECASE,
)
_ORIGINALLY = re.compile(r"\s(?:originally|born|way)\b", re.IGNORECASE)
# "I used to work for Barnardo's", "my friend's at the NSPCC".
_WORKED = re.compile(
    r"\b(?:(?:work|works|worked|working|job|volunteer|volunteers|volunteered|seconded|employed|manager|worker|"
    r"colleague|"
    r"trained|started|career|came|moved|went)\s(?:over\s|on\s|there\s)?(?:for|at|with|from|to)|"
    r"(?:i|he|she|who|friend|sister|brother|mum|dad|wife|husband)(?:['’](?:m|s|d been)|\s(?:was|is|am|were))\s"
    r"(?:at|with)|"
    # "a guardian with ...", "Ann Vane, from ...": who somebody is with.
    r"(?:guardian|officer|advis[eo]r|practitioner|nurse|counsellor|advocate|lawyer|solicitor|analyst|clinician|lead)\s"
    r"(?:for|at|with|from)|(?-i:[A-Z][\w’'-]+\s[A-Z][\w’'-]+),\s(?:at|with|from))"
    r"\s(?:the\s)?$",
    re.IGNORECASE,
)
# "Participant: Ann Vane, guardian, ...": what a heading says of who takes part, and where.
_TAKES_PART = re.compile(
    r"\b(?:participant|interviewee|respondent|organisation|employer|where|place|venue)\s?:[^\n]*$", re.I
)
_ITS_OFFICE = re.compile(r"\s(?:office|offices|building|canteen|car\spark)\b", re.IGNORECASE)
_OF_THE_BODY = re.compile(
    r"(?:['’]s)?\s(?:model|report|training|guidance|campaign|research|leaflets?|checklist|definition|toolkit)",
    re.IGNORECASE,
)
# Kinds of bodies of the whole country, which say nothing of where or for whom somebody works; a police force does.
_NATIONAL_KINDS = frozenset({"charity", "government body", "transport company"})
_NATIONAL = "national body"
_BY_CAPITALS = frozenset({"capital_teams"})
# Who these find is told by a kind of post: "twelve years as a custody sergeant", "her dad was a police officer".
_OF_ONE_PERSON = frozenset({"former_posts", "public_offices", "family_facts", "life_facts", "body_and_kin"})
# Long enough that nobody spells a name so: NHS, CAMHS.
_INITIALS = re.compile(r"[A-Z]{3,6}")
_SPELT_LETTERS = re.compile(r"[^\W\d_](?:\s[^\W\d_]){1,5}s?", re.IGNORECASE)
_LETTER_BEFORE, _LETTER_BEHIND = re.compile(r"\b[^\W_][\s,-]+$"), re.compile(r"[\s,-]+[^\W_]\b")
# "It goes on Athena", "put it into RiO", "RiO number": a system, though people bear its name. "We've got Athena",
# "information on Athena" and "Athena doesn't talk to ..." may be a child.
_ALSO_A_NAME = "acronym or system that is also a name"
_INTO_A_SYSTEM = re.compile(
    r"\b(?:goes|go|put|puts|stick|stuck|bunged|typed|logged|recorded|entered|uploaded)\s(?:(?:it|that|them|this|straight|all)\s)?"
    r"(?:on|onto|into|in)\s$",
    re.IGNORECASE,
)
# "Athena doesn't talk to Mosaic", "we've got Athena, they've got Mosaic": another system says what it is.
_SYSTEM = "tool or system"
_BETWEEN_SYSTEMS = re.compile(
    r"\s(?:does\snot|doesn['’]t|don['’]t|can['’]t|won['’]t|never)\s(?:talk|speak|link)\sto\s|"
    r"(?:,|\sand)\s(?:[\w’']+\s){1,4}got\s",
    re.IGNORECASE,
)
_OF_A_SYSTEM = re.compile(r"\s(?:number|system|record|records|entry|entries|login|log-in|search|database)\b|\s\d{5}")
# "Before that I was a social worker": a function that many hold, of which the speaker says no more.
_FUNCTION = "function (a single holder is ROLE)"
_I_AM_A = re.compile(r"\b(?:i['’]?m|i\sam|i\swas|i['’]ve\sbeen)\s(?:(?:just|still|also|only)\s)?an?\s$", re.IGNORECASE)
_FOR_WHOM = re.compile(r"\s(?:at|with|for|on)\s", re.IGNORECASE)
_SURE_POST = 0.6
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
            yield from (Keep(name, "everywhere", _NATIONAL) for name in (body.name, *body.aliases))


@lru_cache(maxsize=20_000)
def keep_stretches(text: str, phrases: Phrases[tuple[Keep, ...]]) -> tuple[tuple[int, int, tuple[Keep, ...]], ...]:
    """Where phrases of the keep list stand in a segment; several stages ask."""
    found = (stretch for stretch in find_phrases(text, phrases) if not _is_part_of_spelling(text, *stretch[:2]))
    return (*found, *national_stretches(text))


def _is_part_of_spelling(text: str, start: int, end: int) -> bool:
    """Letters of a longer word that somebody spells: "i n" of "j a i n"; and of a number, "n h s" of "n h s 999"."""
    return bool(
        _SPELT_LETTERS.fullmatch(text, start, end)
        and (_LETTER_BEFORE.search(text, max(0, start - 4), start) or _LETTER_BEHIND.match(text, end))
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
    for first, last, lines in kept.by_segment.get(finding.span.segment, ()):
        if last <= start or end <= first:
            continue
        if is_review_by(finding, text, first, last, lines):
            return "a review by a national body"
        for line in lines:
            whole = (first, last) == (start, end)
            if _is_held_by_many(line, finding, text, first, last):
                return f"keep list: {line.reason}"
            if _is_meant_here(line, finding, text) or _is_a_name_like_letters(line, finding, text[first:last], kept):
                continue
            if _is_system(line, finding, text, keep, kept):
                return f"keep list: {line.reason}"
            is_kept = _in_scope(line, finding, whole) or _is_acronym(line, finding, text[first:last], kept)
            if is_kept and not _is_person(finding, line, text, first, last, keep):
                if first <= start and end <= last:
                    return f"keep list: {line.reason}"
                parts.append((first, last, line))
    if kept.has_capitals and (only := only_kept(text, parts, finding)):
        return f"keep list: {only.reason}"
    if finding.category in NAMED_BY_MODELS and finding.recogniser not in _CERTAIN_BY:
        if without_possessive(text[start:end]) in kept.initials:
            return "initials of a national body"
        return kind_of_body(finding, text) or read_as_word(finding, text)
    return ""


def _in_scope(line: Keep, finding: Finding, whole: bool) -> bool:
    """A public number (101, 999) is kept, a number inside a kept phrase is not."""
    if fold(line.scope) in ("everywhere", ""):
        return whole or finding.category not in _NEVER
    return line.scope.strip().upper() == finding.category


def _is_acronym(line: Keep, finding: Finding, words: str, kept: Kept) -> bool:
    """ABE and ELSA are interviews and assistants, Abe and Elsa people; without capitals nobody can tell."""
    return finding.category is Category.PERSON and kept.has_capitals and line.words.isupper() and line.words == words


def _is_a_name_like_letters(line: Keep, finding: Finding, words: str, kept: Kept) -> bool:
    """Whether "Taf" is somebody, though TAF is a kind of meeting: written as a name where others write capitals."""
    is_read = finding.category is Category.PERSON and finding.recogniser == "tagged"
    is_read = is_read and finding.confidence >= _SURE_OF_A_NAME["tagged"]
    return is_read and kept.has_capitals and line.words.isupper() and words.istitle()


def _is_system(line: Keep, finding: Finding, text: str, keep: KeepList, kept: Kept) -> bool:
    """Whether the words beside it say that Athena is where things are recorded, and nobody."""
    start, end = finding.span.start, finding.span.end
    if line.reason != _ALSO_A_NAME or _is_certain(finding, text[start:end], keep):
        return False
    if text[start:end] == line.words and not (line.words.istitle() or line.words.isupper() or line.words.islower()):
        return True  # RiO: nobody writes their name so
    if _INTO_A_SYSTEM.search(text, max(0, start - 40), start) or _OF_A_SYSTEM.match(text, end):
        return True
    return any(
        _BETWEEN_SYSTEMS.fullmatch(text, end, first) or _BETWEEN_SYSTEMS.fullmatch(text, last, start)
        for first, last, lines in kept.by_segment[finding.span.segment]
        if any(other.reason == _SYSTEM for other in lines)
    )


def _is_held_by_many(line: Keep, finding: Finding, text: str, first: int, last: int) -> bool:
    if finding.category is not Category.ROLE or line.reason != _FUNCTION or finding.confidence >= _SURE_POST:
        return False
    is_all = finding.span.end == last and not _FOR_WHOM.match(text, last)
    return is_all and bool(_I_AM_A.search(text, max(0, first - 30), first))


def _is_meant_here(line: Keep, finding: Finding, text: str) -> bool:
    """A town of a public case where somebody lives, a national body where somebody works, a team in capitals, a post
    that somebody had."""
    before, behind = text[max(0, finding.span.start - 50) : finding.span.start], text[finding.span.end :]
    if line.reason == "public case" and finding.category is Category.PLACE:
        return bool(_LIVED.search(before) or _ORIGINALLY.match(behind))
    if line.reason == _NATIONAL and finding.category is Category.AGENCY:
        is_theirs = _WORKED.search(before) or _ITS_OFFICE.match(behind) or _TAKES_PART.search(before)
        return bool(is_theirs) and not _OF_THE_BODY.match(behind)
    if finding.category is Category.AGE:
        return not any(map(str.isalpha, line.words))  # "16+" is a team, "Tia, 16," is an age
    return finding.recogniser in _OF_ONE_PERSON or (finding.recogniser in _BY_CAPITALS and line.words.islower())


def _is_person(finding: Finding, line: Keep, text: str, start: int, stop: int, keep: KeepList) -> bool:
    """A certain person keeps their name out of the keep list, unless the context says that it is the word."""
    if finding.category is not Category.PERSON:
        return False
    form = text[finding.span.start : finding.span.end]
    if not _is_certain(finding, form, keep) and not _is_sure_name(finding, form, line):
        return False
    phrase_is_longer = fold(text[start:stop]) != fold(form)
    return not (phrase_is_longer and _reads_as_word(text, finding.span.start, start, line))


def _is_certain(finding: Finding, form: str, keep: KeepList) -> bool:
    return finding.recogniser in _CERTAIN_BY or fold(form) in keep.people


def _is_sure_name(finding: Finding, form: str, line: Keep) -> bool:
    """Auntie, who called herself so, and Iris, of whom somebody spoke before, though IRIS is a programme; but Casey,
    who wrote the review, is public.
    """
    if finding.recogniser == _SAID_TO_BE_A_NAME and form[0].isupper() and not form.isupper():
        return True
    is_sure = finding.confidence >= _SURE_OF_A_NAME.get(finding.recogniser, 2)
    is_name = form in given_names() or _is_word_of_a_name(finding, form)
    return is_sure and form.istitle() and line.reason not in _OF_PUBLIC_PEOPLE and is_name


def _is_word_of_a_name(finding: Finding, form: str) -> bool:
    """Boxall, where Ella Boxall was spoken of; but Brook of the Brook Traffic Light is a word."""
    return finding.recogniser == "echoes" and form.isalpha() and fold(form) not in english_words()


def _reads_as_word(text: str, name: int, start: int, line: Keep) -> bool:
    """In "no joy" the name is in small letters, "Will you" opens a sentence, "Louise Casey" has its own capitals."""
    if not text[name].isupper() or any(letter.isupper() for letter in line.words):
        return True
    return name == start and opens_sentence(text, start)
