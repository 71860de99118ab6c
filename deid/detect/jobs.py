"""Job titles in a passage: those of the region pack, those built like them, and how far each reaches."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deid.detect.caseless import caseless
from deid.detect.job_words import ALWAYS_PLAIN, KINDS_OF_PEOPLE, TITLE_ENDS, TITLES_WITH_A_FIELD
from deid.detect.passage import Passage
from deid.detect.phrases import Lexicon, widest
from deid.detect.vocabulary import DETERMINERS, STOP, UNITS, word_set
from deid.detect.words import Word, indexes_of, is_possessive, joins, word_forms
from deid.region import Role

# A word of five listed titles and nine in ten of one sector tells whose job it is: "nurse", "detective".
_SEVERAL, _NEARLY_ALL = 5, 0.9
# " of the youth service", " for exploitation", " in the new block": the field of a job.
_FIELD = re.compile(
    r"\s(?:(?:of|for|on|in charge of)\s(?:the\s|our\s|an?\s|that\s)?|in\sthe\s|(?:with|in)\s(?:the\s)?"
    r"(?=(?:\w+\s){0,2}(?:team|unit|squad|hub|desk|online|department|branch|command|cid|division)\b))"
)
# "head of year nine", "nurse for looked after children": fields made of words that end others.
_FIXED_FIELD = caseless(
    r"\s(?:of\s(?:year|key\sstage|area|division|sector)\s\w+|"
    r"(?:for|of)\s(?:looked[\s-]after\schildren|children\sin\scare|children\slooked\safter|missing\schildren|"
    r"care\sleavers|"
    r"children\sand\syoung\speople|children\sand\sfamilies|children['’]?s\s(?:services|social\scare|homes)|"
    r"out\sof\shours))\b",
)
_YEAR_GROUP = caseless(rf"\s(?:\d{{1,2}}|{'|'.join(UNITS[7:14])})\b")
# "trustee at a boys' school": a kind of body, which with the title is one person's.
_AT_A_BODY = re.compile(
    r"\sat\s(?:an?|the|our)\s(?:(?:[\w'’]+\s){0,2}?(?:school|academy|college|hospital|home|prison|court|surgery|"
    r"church|mosque)|"
    r"hostel|refuge|shelter|clinic|nursery|project)\b"
)
# "the Secretary of State": offices that are held in public, far from any interview.
_NATIONAL = caseless(
    r"\b(?:secretary of state|(?:prime|home|health|justice|permanent|education) (?:minister|secretary)|"
    r"chief (?:medical|scientific) (?:officer|adviser)|children['’]?s? commissioner|"
    r"commissioner for (?:england|wales|scotland))",
)
# "deputy head and SENCO": a second office of the same person.
_AND_OFFICE = re.compile(r"\s(?:and|/|&)\s(?:the\s)?(?:[A-Z]{2,5}|deputy|designated safeguarding lead|dsl)\b")


# In front of a title these belong to no title: "the best social worker".
_PRAISE = word_set(
    "best worst nicest longest loveliest brilliant lovely wonderful decent former previous current good great new nice "
    "young old fantastic amazing superb other proper real"
)


# Two of these with "and" between are one field: "missing and exploitation constable", "attendance and welfare officer".
_FIELDS = word_set(
    "missing exploitation safeguarding attendance behaviour welfare wellbeing inclusion equality diversity learning "
    "development health safety drugs drug alcohol abuse domestic sexual violence children child young families family "
    "people community engagement quality performance housing homelessness prevention protection policy practice "
    "training education skills youth schools vulnerability partnerships"
)
# "Reg 44 visitor", "tier 4 coordinator": a number that belongs to a title.
_NUMBERED = word_set("reg regulation tier band level grade")


@dataclass(frozen=True, slots=True)
class Title:
    """words[first:stop], with its field up to text[:end].

    is_single: one person holds it. is_kind: its words only say what kind of person is meant. has_field: of what it is.
    sector: whose job it is where its words leave no doubt ("health"), else "job".
    """

    first: int
    stop: int
    end: int
    is_single: bool
    is_kind: bool
    has_field: bool
    sector: str = "job"


def titles_in(
    passage: Passage, words: tuple[Word, ...], phrases: Lexicon, roles: Sequence[Role], telling: Mapping[str, str]
) -> list[Title]:
    """`telling`: what `telling_words` says of these roles."""
    starts: dict[int, tuple[int, bool]] = {}
    for hit in widest(hit for hit in phrases.read(passage.text) if hit.phrase.source == "role"):
        starts[hit.stop] = (hit.first, roles[hit.phrase.row].singular)
    for head in indexes_of(passage.text, TITLE_ENDS):
        first, is_single = starts.get(head + 1, (head, False))
        starts[head + 1] = (min(first, _title_start(passage.text, words, head)), is_single)
    found: list[Title] = []
    for stop, (first, is_single) in starts.items():
        lows = tuple(word.low for word in words[first:stop])
        end = _title_end(passage.text, words, stop)
        is_bare = end == words[stop - 1].end
        if not (is_bare and lows in ALWAYS_PLAIN) and not _NATIONAL.search(passage.text, words[first].start, end):
            is_kind = is_bare and all(low in KINDS_OF_PEOPLE for low in lows)
            told = {telling[low] for low in lows if low in telling}
            sector = told.pop() if len(told) == 1 else "job"
            found.append(Title(first, stop, end, is_single, is_kind, has_field=not is_bare, sector=sector))
    return [title for title in found if not any(_is_inside(title, other) for other in found)]


def telling_words(roles: Sequence[Role]) -> Mapping[str, str]:
    """Words that nearly all the listed titles they stand in give to one sector: a "manager" is anybody's."""
    sectors: dict[str, Counter[str]] = {}
    for role in roles:
        for word in word_forms(role.role):
            sectors.setdefault(word, Counter())[role.kind] += 1
    ranked = {word: (kinds.most_common(1)[0], kinds.total()) for word, kinds in sectors.items()}
    return {
        word: sector
        for word, ((sector, titles), total) in ranked.items()
        if total >= _SEVERAL and titles >= _NEARLY_ALL * total
    }


def _title_start(text: str, words: tuple[Word, ...], head: int) -> int:
    """Back over up to three words of a title; a name, an article or a verb ends it."""
    first = head
    while first > 0 and head - first < 3 and joins(text, words[first - 1], words[first]):
        word = words[first - 1]
        if _joins_fields(words, first) or (first > 1 and word.low.isdigit() and words[first - 2].low in _NUMBERED):
            first -= 2
            continue
        if (
            word.low in STOP
            or word.low in DETERMINERS
            or word.low in _PRAISE
            or not word.low.isalpha()
            or is_possessive(text, words, first - 1)
        ):
            break
        if word.is_capital and not words[first].is_capital and not word.is_acronym:
            break
        if first < head and words[first].is_capital and not word.is_capital:  # "asked Weald Executive"
            break
        first -= 1
    return first


def _joins_fields(words: tuple[Word, ...], first: int) -> bool:
    """Whether words[first] is the second field of two: "missing and" stands before "exploitation constable"."""
    if first < 2 or words[first - 1].low not in ("and", "&"):
        return False
    return words[first].low in _FIELDS and words[first - 2].low in _FIELDS


def _is_inside(title: Title, other: Title) -> bool:
    return title is not other and other.first <= title.first and title.stop <= other.stop


def _title_end(text: str, words: tuple[Word, ...], stop: int) -> int:
    end = words[_with_field(text, words, stop) - 1].end
    if words[stop - 1].low == "year" and (number := _YEAR_GROUP.match(text, end)):
        end = number.end()
    if fixed := _FIXED_FIELD.match(text, words[stop - 1].end):
        end = max(end, fixed.end())
    further = _AND_OFFICE.match(text, end) or _AT_A_BODY.match(text, end)
    return further.end() if further else end


def _with_field(text: str, words: tuple[Word, ...], stop: int) -> int:
    """ "head" goes on to "head of the youth service": up to three words behind of, for or on."""
    if words[stop - 1].low not in TITLES_WITH_A_FIELD:
        return stop
    field = _FIELD.match(text, words[stop - 1].end)
    if not field:
        return stop
    first = next((at for at in range(stop, len(words)) if words[at].start >= field.end()), len(words))
    end = first
    while end < min(first + 3, len(words)):
        if end + 1 < len(words) and text[words[end].end : words[end + 1].start] == "-":  # "the looked-after pathway"
            first, end = first + 2, end + 2
            continue
        if words[end].low in STOP or words[end].low in DETERMINERS:
            break
        if end > first and not joins(text, words[end - 1], words[end]):
            break
        if end > first and words[end].low.endswith("ed"):
            break  # "head of the service announced"
        end += 1
    return end if end > first else stop
