"""Reads a speaker label: which part of it is a name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from deid.detect.name_lists import NameLists
from deid.detect.person_words import PARTS_IN_THE_TALK, RANKS, TITLES, WORD_TITLES
from deid.detect.words import Word, words_of

_TITLES = TITLES | RANKS | WORD_TITLES

# A label in parts: "Merriweather, Tess (KCHFT)", "Tess / Marlon", "Interviewer - Tess", "TESS & MARLON".
_PART = re.compile(r"[^()\[\]/&+:;|\n–—]+")
_INITIALS = re.compile(r"(?:[A-Z]\.?\s?){1,3}")


@dataclass(frozen=True, slots=True)
class LabelName:
    """label[start:end] names somebody."""

    start: int
    end: int
    confidence: float
    is_initials: bool = False


def label_names(label: str, lists: NameLists) -> Iterator[LabelName]:
    for part in _PART.finditer(label):
        words = [word for word in words_of(label) if part.start() <= word.start and word.end <= part.end()]
        if words and not _names_a_part(words):
            is_bracketed = label[: part.start()].rstrip()[-1:] == "("
            yield from _names(label, [word for word in words if _may_name(word)], lists, is_bracketed=is_bracketed)


def _names_a_part(words: list[Word]) -> bool:
    """Whether these are "Speaker 1", "P02", "INT", "Social worker": a part in the talk and perhaps a number."""
    return all(word.low in PARTS_IN_THE_TALK or not word.low.isalpha() for word in words)


def _may_name(word: Word) -> bool:
    return word.low.isalpha() and word.low not in PARTS_IN_THE_TALK and word.low not in _TITLES


def _names(label: str, words: list[Word], lists: NameLists, *, is_bracketed: bool) -> Iterator[LabelName]:
    if not words:
        return
    start, end = words[0].start, words[-1].end
    text = label[start:end]
    if is_bracketed and all(word.is_acronym for word in words):
        return  # "(KCHFT)": where the speaker works
    if _INITIALS.fullmatch(text) and not any(word.low in lists.given and len(word.low) > 2 for word in words):
        yield LabelName(start, end, 0.75 if len(text) > 1 else 0.5, is_initials=True)
        return
    is_name = any(lists.is_listed(word.low) or not lists.is_english(word.low) for word in words)
    if is_bracketed and not (is_name and words[0].is_capital):
        return
    yield LabelName(start, end, 0.95 if is_name else 0.6)
