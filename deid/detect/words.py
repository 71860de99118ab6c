"""A passage as words with their places, and what stands beside a word."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from deid.fold import fold_word, folded_words

# What may stand between two words of one name: "St. Mary's-in-the-Field". A full stop only after a short word, which
# the callers check. Any other mark (comma, colon, bracket) ends a name.
# So does a dash between spaces ("H. Quill – Enormously").
_JOIN = re.compile(r"(?!\s[-‐‑–]\s)[\s'’‘\-‐‑–_]{1,3}|\s?&\s?")
_APOSTROPHE = re.compile(r"['’‘]")
_DOT_JOIN = re.compile(r"\.\s?")  # "J. Doe", "St. Mary"; "the GP. Byron Road" are two sentences
_WRITTEN_SHORT = frozenset("st dr mr ms mx fr sr jr mt ft pc dc ds di".split())

# What a regular expression takes for a whole word where something invisible stands beside it.
_BARE_WORD = re.compile(r"[^\W_]+")

_DIGIT = re.compile(r"\d")
_BREAK = re.compile(r"[.!?;:\n]")
_SENTENCE_END = re.compile(r"[.!?:;…—\[\]()\"“”\n–•]['’‘\s]*$")


class Word(NamedTuple):
    """text[start:end]; `low` is folded: no case, no accents. A tuple: it is made for every word of every text."""

    start: int
    end: int
    text: str
    low: str

    def __repr__(self) -> str:
        return f"Word(start={self.start}, end={self.end})"

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_acronym(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()


@lru_cache(maxsize=8)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text. Recognisers read one passage after another, so the last few are remembered."""
    # A tuple's own maker is twice as fast as that of its named kind, and this runs for every word of every text.
    make = tuple.__new__
    return tuple([make(Word, (start, end, text[start:end], low)) for start, end, low in folded_words(text)])


def words_inside(words: tuple[Word, ...], start: int, end: int) -> range:
    """The indexes of the words that text[start:end] touches."""
    first = bisect_right(words, start, key=attrgetter("end"))
    return range(first, bisect_left(words, end, lo=first, key=attrgetter("start")))


@lru_cache(maxsize=8)
def word_forms(text: str) -> frozenset[str]:
    """The folded words of a text, to ask quickly whether a rule's words occur in it at all.

    They hold every whole word that a regular expression can match: also those that an invisible character ties to
    the next word, which are no words of their own elsewhere.
    """
    forms = frozenset(_indexes(text))
    return forms if text.isascii() else forms.union(map(fold_word, _BARE_WORD.findall(text)))


@lru_cache(maxsize=8)
def has_digit(text: str) -> bool:
    return _DIGIT.search(text) is not None


@lru_cache(maxsize=8)
def _indexes(text: str) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, word in enumerate(words_of(text)):
        found.setdefault(word.low, []).append(at)
    return found


def indexes_of(text: str, wanted: frozenset[str]) -> list[int]:
    """The indexes of those words of a text that are among these folded ones, in order."""
    indexes = _indexes(text)
    return sorted(at for low in indexes.keys() & wanted for at in indexes[low])


@lru_cache(maxsize=8)
def capitals_of(text: str) -> tuple[int, ...]:
    """The indexes of the words of a text that begin with a capital."""
    return tuple(at for at, word in enumerate(words_of(text)) if word.text[0].isupper())


def joins(text: str, left: Word, right: Word) -> bool:
    """Whether two neighbouring words can belong to one name."""
    between = text[left.end : right.start]
    if between == " " or _JOIN.fullmatch(between):
        return True
    is_short = len(left.low) == 1 or left.low in _WRITTEN_SHORT
    return is_short and bool(_DOT_JOIN.fullmatch(between))


def is_possessive(text: str, words: tuple[Word, ...], index: int) -> bool:
    """Whether this word is the s of "Ann's"."""
    return words[index].text == "s" and is_cut_off(text, words, index)


def is_cut_off(text: str, words: tuple[Word, ...], index: int) -> bool:
    """Whether an apostrophe alone parts this word from the one before: the s of "Ann's", the ll of "he'll"."""
    return index > 0 and bool(_APOSTROPHE.fullmatch(text[words[index - 1].end : words[index].start]))


def opens_sentence(text: str, start: int) -> bool:
    """Whether a capital here says nothing, because a sentence begins."""
    before = text[max(0, start - 6) : start]
    if not before.strip() and not text[:start].strip():
        return True
    return bool(_SENTENCE_END.search(before))


def before(text: str, words: tuple[Word, ...], index: int, count: int = 3) -> tuple[str, ...]:
    """Up to `count` folded words that lead straight to words[index], the nearest last; a sentence end cuts them."""
    found: list[str] = []
    for at in range(index - 1, max(-1, index - 1 - count), -1):
        if _BREAK.search(text, words[at].end, words[at + 1].start):
            break
        found.append(words[at].low)
    return tuple(reversed(found))


def after(text: str, words: tuple[Word, ...], index: int, count: int = 3) -> tuple[str, ...]:
    """Up to `count` folded words that follow words[index - 1], the nearest first; a sentence end cuts them."""
    found: list[str] = []
    for at in range(index, min(len(words), index + count)):
        if _BREAK.search(text, words[at - 1].end, words[at].start):
            break
        found.append(words[at].low)
    return tuple(found)
