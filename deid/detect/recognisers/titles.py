"""A title or a rank before a name: the name is claimed, the title is not."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.name_lists import NameLists, name_lists
from deid.detect.names import has_case, reach
from deid.detect.passage import Claim, Passage
from deid.detect.person_words import (
    NOT_A_SURNAME,
    PARTICLES,
    PERSON_VERBS,
    RANKS,
    SPELT_RANKS,
    TITLES,
    WEAK_VERBS,
    WORD_TITLES,
)
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import DETERMINERS, MONTHS, PLAIN, STOP, WEEKDAYS, word_set
from deid.detect.words import Word, indexes_of, words_of
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "I asked Mr ⟦Head⟧ and Mrs. ⟦Okonjo-Bell⟧ about it.",
    "Then DC ⟦Zoltan Merriweather⟧ came, with Detective Inspector ⟦Quill⟧.",
    "It was D.I. ⟦Quill⟧ who rang.",
    "Sister ⟦Quill⟧ is on the ward, and Judge ⟦Lowther⟧ was fair.",
    "the consultant was dr ⟦merriweather⟧ i think",
    "she rang d c i ⟦merriweather⟧ at home",
    "Mrs ⟦P⟧ looked after us.",
    "The DI was there, and a PC from Strood.",
    "My sister said the judge was fair, and DC 9427 agreed.",
    "The Chief Executive and the Nurse Practitioner came.",
    "the doctor said no and the nurse said yes",
    "so sergeant ⟦long⟧ rang me and the sergeant came said she and a judge long said no",
    "There was a professor. But then the Sergeant. Nobody came.",
)

# What ties a title to its name: "Mr Bell", "Dr. Bell", "DI\u00a0Bell".
_GAP = re.compile(r"\.?\s+|\.")
_LONGEST_SHORTENED = 5  # "Const."

# Posts that follow a title without being a name: "Chief Executive", "Nurse Manager", "Judge Advocate".
_POSTS = word_set(
    """
    executive practitioner manager consultant advocate officer officers lead nurse teacher worker director specialist
    adviser advisor coordinator administrator superintendent inspector constable sergeant secretary clerk registrar
    commander commissioner general major christmas time world recorder whip prosecutor crown designate adjutant in
    nursery secondary primary prep led-led support response team teams unit cover duty number numbers collar
    """
)
# Ranks that are words: "the Chief Public Prosecutor", "Officer Training" have them without a name.
_OPENING = TITLES | RANKS | WORD_TITLES | {rank[0] for rank in SPELT_RANKS}
# Before these stands an article, unless a name follows.
_BARE_TITLES = word_set(
    "pc wpc dc ds di dci dcs sergeant sgt inspector constable judge imam reverend pastor mister nurse"
)
_POLICE_WORDS = word_set("chief officer constable detective inspector sergeant superintendent commander commissioner")
_OPENING_PARTICLES = PARTICLES - word_set("o d st san abdul mac mc uddin")
_NO_NAME = NOT_A_SURNAME | _POSTS | frozenset((*MONTHS, *WEEKDAYS))


def build(settings: Settings, region: Region) -> EntityRecognizer:
    lists = name_lists(region)

    def find(passage: Passage) -> Iterator[Claim]:
        words = words_of(passage.text)
        done = 0
        for at in indexes_of(passage.text, _OPENING):
            if at < done:
                continue
            first = _after_titles(passage, words, at)
            if first > at and first < len(words):
                named = _after_particles(passage.text, words, first)
                confidence = _confidence(passage, words, at, named, lists)
                if confidence:
                    stop = reach(passage, words, named, lists)
                    start, end = words[first].start, words[stop - 1].end
                    yield Claim(start, end, Category.PERSON, "name", confidence, "a title or a rank before a name")
            done = max(first, at + 1)

    return as_recogniser("titles", find, _OPENING)


def _after_titles(passage: Passage, words: tuple[Word, ...], at: int) -> int:
    """The word behind all titles that start at words[at]: "Detective Chief Inspector Bell", "d c i bell"."""
    first = at
    while first < len(words):
        length = _title_length(words, first)
        if not length or not all(_tied(passage.text, words, near) for near in range(first + 1, first + length + 1)):
            return first
        first += length
    return first


def _after_particles(text: str, words: tuple[Word, ...], first: int) -> int:
    """The word behind "van der", "de" and the like, or the same word."""
    at = first
    while at + 1 < len(words) and words[at].low in _OPENING_PARTICLES and _tied(text, words, at + 1):
        at += 1
    return at


def _title_length(words: tuple[Word, ...], at: int) -> int:
    low = words[at].low
    if low in TITLES or low in RANKS or low in WORD_TITLES:
        return 1
    if len(low) > 1:
        return 0
    for spelt in SPELT_RANKS:
        letters = spelt.split()
        if [word.low for word in words[at : at + len(letters)]] == letters:
            return len(letters)
    return 0


def _tied(text: str, words: tuple[Word, ...], at: int) -> bool:
    if at >= len(words):
        return False
    before = words[at - 1]
    gap = text[before.end : words[at].start]
    # A title that is written out ends no sentence: "a professor. But then ..."
    return _GAP.fullmatch(gap) is not None and ("." not in gap or len(before.text) <= _LONGEST_SHORTENED)


def _confidence(passage: Passage, words: tuple[Word, ...], at: int, first: int, lists: NameLists) -> float:
    title, name = words[at], words[first]
    if not name.low.isalpha() or name.low in _POSTS:
        return 0.0
    is_plain_title = words[first - 1].low in TITLES or (title.low in TITLES and first == at + 1)
    if has_case(passage):
        if not name.is_capital or (name.low in STOP and name.low not in lists.given and not is_plain_title):
            return 0.0
        if words[first - 1].low in _POLICE_WORDS and lists.is_english(name.low) and name.low not in lists.surnames:
            return 0.0 if name.low in PLAIN or words[first - 1].low == "chief" else 0.6
        return _written(title, name, is_plain_title=is_plain_title)
    if title.low in _BARE_TITLES and _has_no_article(words, at, first):
        is_name = name.low not in STOP or name.low in lists.surnames
        return 0.75 if lists.is_unknown(name.low) else 0.5 if is_name else 0.0
    if name.low in STOP or (len(name.low) < 2 and not is_plain_title):
        return 0.0
    if is_plain_title:
        return 0.85
    if name.low in _NO_NAME or name.low in PLAIN:
        return 0.0
    if lists.is_unknown(name.low) or (lists.is_listed(name.low) and not lists.is_english(name.low)):
        return 0.75
    return 0.5 if lists.is_listed(name.low) and title.low in RANKS else 0.0


def _has_no_article(words: tuple[Word, ...], at: int, first: int) -> bool:
    """ "sergeant long rang": a title that no article leads to, and somebody behind it who acts."""
    is_determined = at > 0 and words[at - 1].low in DETERMINERS
    acts = first + 1 < len(words) and words[first + 1].low in PERSON_VERBS
    return acts and not is_determined and words[first].low not in WEAK_VERBS


def _written(title: Word, name: Word, *, is_plain_title: bool) -> float:
    if is_plain_title:
        return 0.96
    if name.low in _NO_NAME or (name.is_acronym and len(name.low) < 5):
        return 0.0
    if title.low in RANKS:
        return 0.93 if title.is_capital else 0.7
    return 0.85 if title.is_capital else 0.65
