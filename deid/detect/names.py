"""What a person's name looks like: where it may begin and how far it reaches."""

import re
from functools import lru_cache

from deid.detect.name_lists import NameLists
from deid.detect.passage import Passage
from deid.detect.person_words import (
    AFTER_A_NAME,
    BY_NAME_OPENERS,
    NOT_A_SURNAME,
    NOT_PEOPLE,
    PARTICLES,
    PEOPLES,
    PERSON_VERBS,
    RANKS,
    RELATIONS,
    SMALL_SURNAMES,
    SUFFIXES,
    WORD_TITLES,
)
from deid.detect.phrases import Lexicon
from deid.detect.vocabulary import MONTHS, STOP, WEEKDAYS, word_set
from deid.detect.words import Word, capitals_of, joins, opens_sentence, words_of

LONGEST = 4

_APOSTROPHE = re.compile(r"['’‘]")
# "Olu-Adeyemi", "O'Neill", "D’Souza": what ties two words into one name without a space.
_TIE = re.compile(r"['’‘‐‑-]")
_NEVER_FIRST = NOT_A_SURNAME | NOT_PEOPLE | PEOPLES | WORD_TITLES | RANKS | frozenset(WEEKDAYS)
_VOWELS = frozenset("aeiouy")
_BEFORE_A_MONTH = word_set("till until since last next this every each in during mid late early of between")
_MONTHS_AS_NAMES = word_set("april may june august")
_LINKS = word_set("and or to")
_DATES = frozenset((*MONTHS, *WEEKDAYS))


def is_suffix(text: str, words: tuple[Word, ...], index: int) -> bool:
    """Whether an apostrophe ties this word to the one before: the s of "Ann's", the ll of "Ann'll"."""
    return (
        0 < index < len(words)
        and words[index].low in SUFFIXES
        and bool(_APOSTROPHE.fullmatch(text[words[index - 1].end : words[index].start]))
    )


def is_tied(text: str, left: Word, right: Word) -> bool:
    """Whether a hyphen or an apostrophe makes one name of two words."""
    return bool(_TIE.fullmatch(text[left.end : right.start]))


def can_open(passage: Passage, word: Word, lists: NameLists) -> bool:
    """Whether a name may begin with this word, going by its letters and its case alone."""
    if has_case(passage):
        if not word.is_capital or (word.low in STOP and word.low not in lists.given):
            return False
        return word.low not in _NEVER_FIRST and is_wordlike(word.low)
    if word.low in _NEVER_FIRST or not is_wordlike(word.low) or word.low in RELATIONS:
        return False
    return word.low in lists.given or lists.is_unknown(word.low)


def is_wordlike(low: str) -> bool:
    """Whether somebody could be called this: "nrm" and "x" are no names, "Ng" is."""
    return low.isalpha() and len(low) > 1 and (low == "ng" or not _VOWELS.isdisjoint(low) or not low.isascii())


def has_case(passage: Passage) -> bool:
    return not passage.is_lower and not passage.is_upper


# [TESS LAUGHS]: what a transcriber notes of somebody is no surname.
_SOUNDS = frozenset(
    "laughs laughing laughter cries crying sighs sighing pauses nods coughs smiles whispers sobs".split()
)


def reach(passage: Passage, words: tuple[Word, ...], first: int, lists: NameLists) -> int:
    """The stop of the name that words[first] begins."""
    text, stop, at = passage.text, first + 1, first + 1
    while at < len(words) and stop - first < LONGEST and joins(text, words[at - 1], words[at]):
        if is_suffix(text, words, at) or is_owner(text, words, at - 1):
            break
        tied = is_tied(text, words[at - 1], words[at])
        if _continues(passage, words[at], lists, tied=tied):
            stop = at + 1
        elif not (words[at].low in PARTICLES and at - stop < 2):
            break
        at += 1
    return stop


def is_owner(text: str, words: tuple[Word, ...], at: int) -> bool:
    """Whether the name ends in an apostrophe: "Mr Francis' Inquiry", "Tess Jones' mother"."""
    return words[at].low.endswith("s") and text[words[at].end : words[at].end + 2] in {"' ", "’ "}


def _continues(passage: Passage, word: Word, lists: NameLists, *, tied: bool) -> bool:
    if not word.low.isalpha() or (word.low in _DATES and not tied) or (word.low in _SOUNDS and not tied):
        return False
    if has_case(passage):
        if tied:
            return True  # "Anne-marie"
        if not word.is_capital or word.low in AFTER_A_NAME:
            return False
        is_initial = len(word.low) == 1 and word.low != "i"
        return is_initial or word.low not in STOP or word.low in SMALL_SURNAMES
    if word.low in STOP or len(word.low) < 2:
        return False
    is_surname = word.low in lists.surnames and word.low not in PERSON_VERBS and word.low not in RELATIONS
    return tied or lists.is_unknown(word.low) or is_surname


def runs(passage: Passage, lists: NameLists) -> tuple[tuple[int, int], ...]:
    """(first, stop) of each stretch of words that are written like a name, longest first, without overlap."""
    return _runs(passage.text, passage.is_lower, passage.is_upper, lists)


@lru_cache(maxsize=8)  # two recognisers ask for the same
def _runs(text: str, is_lower: bool, is_upper: bool, lists: NameLists) -> tuple[tuple[int, int], ...]:
    passage, words = Passage(text, is_lower=is_lower, is_upper=is_upper), words_of(text)
    found: list[tuple[int, int]] = []
    done = 0
    for at in capitals_of(text) if has_case(passage) else range(len(words)):
        if at >= done and can_open(passage, words[at], lists) and not _is_beside_the_name(text, words, at):
            done = reach(passage, words, at, lists)
            only_leads = done > at + 1 and _only_leads(passage, words, at, lists)
            found.append((at + only_leads, done))
    return tuple(found)


def _only_leads(passage: Passage, words: tuple[Word, ...], at: int, lists: NameLists) -> bool:
    """Whether words[at] is no part of the name: "Bless Tess" at the start of a sentence, "Big Tess" anywhere."""
    word = words[at]
    is_name = word.low in lists.given or not lists.is_english(word.low)
    if word.low in BY_NAME_OPENERS:
        return True
    if not has_case(passage):  # "my referrals tess quill": an odd word in front of a name that is known
        return not lists.is_listed(word.low) and words[at + 1].low in lists.given
    return not is_name and opens_sentence(passage.text, word.start)


def _is_beside_the_name(text: str, words: tuple[Word, ...], at: int) -> bool:
    """Whether this is the ll of "Ann'll", or the April of "11 April" and "April 2019"."""
    if words[at].low in MONTHS:
        around = (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])
        if any(word.low[0].isdigit() for word in around) or (at > 0 and words[at - 1].low in _BEFORE_A_MONTH):
            return True
        return _is_beside_a_month(words, at)
    return is_suffix(text, words, at)


def _is_beside_a_month(words: tuple[Word, ...], at: int) -> bool:
    """ "March and April", "in May and June"; but "May and June rang" are two people."""
    for link, other in ((at - 1, at - 2), (at + 1, at + 2)):
        if 0 <= other < len(words) and words[link].low in _LINKS and words[other].low in MONTHS:
            first = min(at, other)
            is_led_to = first > 0 and words[first - 1].low in _BEFORE_A_MONTH
            return is_led_to or words[other].low not in _MONTHS_AS_NAMES
    return False


def looks_like_a_place_or_body(text: str, words: tuple[Word, ...], stop: int) -> bool:
    """Whether the name that ends before words[stop] goes on as a road's, a house's or a body's."""
    if words[stop - 1].low in NOT_A_SURNAME:
        return True
    return (
        stop < len(words)
        and words[stop].low in NOT_A_SURNAME
        and words[stop].is_capital
        and joins(text, words[stop - 1], words[stop])
    )


def in_a_listed_phrase(text: str, words: tuple[Word, ...], first: int, stop: int, lines: Lexicon) -> bool:
    """Whether the region pack knows words[first:stop], or more around them, as a place, a body or words to keep."""
    return any(
        hit.first <= first and stop <= hit.stop and not hit.is_recut and hit.phrase.source != "role"
        for hit in lines.read(text)
    )
