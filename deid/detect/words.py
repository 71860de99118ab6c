"""A passage as words with their places, and what stands beside a word."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter

from deid.fold import words as folded_words

# What may stand between two words of one name: "St. Mary's-in-the-Field". A full stop only after a short word, which
# the callers check. Any other mark (comma, colon, bracket) ends a name.
_JOIN = re.compile(r"[\s'’‘\-‐‑–_]{1,3}|\s?&\s?")
_APOSTROPHE = re.compile(r"['’‘]")
_DOT_JOIN = re.compile(r"\.\s?")

_SENTENCE_END = re.compile(r"[.!?:;…—\[\]()\"“”\n–•]['’‘\s]*$")


@dataclass(frozen=True, slots=True)
class Word:
    """text[start:end]; `low` is folded: no case, no accents."""

    start: int
    end: int
    text: str = field(repr=False)
    low: str = field(repr=False)

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_acronym(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()


@lru_cache(maxsize=8)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text. Recognisers read one passage after another, so the last few are remembered."""
    return tuple(Word(start, end, text[start:end], low) for start, end, low in folded_words(text))


def words_inside(words: tuple[Word, ...], start: int, end: int) -> range:
    """The indexes of the words that text[start:end] touches."""
    first = bisect_right(words, start, key=attrgetter("end"))
    return range(first, bisect_left(words, end, lo=first, key=attrgetter("start")))


@lru_cache(maxsize=8)
def word_forms(text: str) -> frozenset[str]:
    """The folded words of a text, to ask quickly whether a rule's words occur in it at all."""
    return frozenset(word.low for word in words_of(text))


def joins(text: str, left: Word, right: Word) -> bool:
    """Whether two neighbouring words can belong to one name."""
    between = text[left.end : right.start]
    if _JOIN.fullmatch(between):
        return True
    return len(left.low) <= 2 and bool(_DOT_JOIN.fullmatch(between))


def is_possessive(text: str, words: tuple[Word, ...], index: int) -> bool:
    """Whether this word is the s of "Ann's"."""
    return (
        index > 0
        and words[index].text == "s"
        and bool(_APOSTROPHE.fullmatch(text[words[index - 1].end : words[index].start]))
    )


def opens_sentence(text: str, start: int) -> bool:
    """Whether a capital here says nothing, because a sentence begins."""
    before = text[max(0, start - 6) : start]
    return not text[:start].strip() or bool(_SENTENCE_END.search(before))


def before(text: str, words: tuple[Word, ...], index: int, count: int = 3) -> tuple[str, ...]:
    """Up to `count` folded words that lead straight to words[index], the nearest last; a sentence end cuts them."""
    found: list[str] = []
    for at in range(index - 1, max(-1, index - 1 - count), -1):
        if re.search(r"[.!?;:\n]", text[words[at].end : words[at + 1].start]):
            break
        found.append(words[at].low)
    return tuple(reversed(found))


def after(text: str, words: tuple[Word, ...], index: int, count: int = 3) -> tuple[str, ...]:
    """Up to `count` folded words that follow words[index - 1], the nearest first; a sentence end cuts them."""
    found: list[str] = []
    for at in range(index, min(len(words), index + count)):
        if re.search(r"[.!?;:\n]", text[words[at - 1].end : words[at].start]):
            break
        found.append(words[at].low)
    return tuple(found)
