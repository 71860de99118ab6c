"""Reads a speaker label: which part of it is a name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from deid.detect.name_lists import NameLists
from deid.detect.person_words import PARTS_IN_THE_TALK, RANKS, TITLES, WORD_TITLES, WORDS_AS_NAMES
from deid.detect.vocabulary import STOP
from deid.detect.words import Word, words_of
from deid.fold import fold

_TITLES = TITLES | RANKS | WORD_TITLES

# A label in parts: "Merriweather, Tess (KCHFT)", "Tess / Marlon", "Interviewer - Tess", "TESS & MARLON".
_PART = re.compile(r"[^()\[\]/&+:;|\n–—]+")
_INITIALS = re.compile(r"(?:[A-Z]\.?\s?){1,3}")
# TM   DC   JPW   (a whole label)
_LETTERS = re.compile(r"[A-Z]{2,3}")
_DOTTED = re.compile(r"(?:[A-Z]\.){2,3}")  # A.D.
# What heads a line of an e-mail is somebody's letters where it is written in capitals and returns as a label.
_HEADS_OF_MAIL = frozenset({"to", "re", "cc", "bcc"})
DOUBTFUL = 0.6  # how sure a label of English words alone is


@dataclass(frozen=True, slots=True)
class LabelName:
    """label[start:end] names somebody."""

    start: int
    end: int
    confidence: float
    is_initials: bool = False


def label_names(label: str, lists: NameLists) -> Iterator[LabelName]:
    if _is_heading(fold(label), lists):
        return
    if letters := _DOTTED.fullmatch(label.strip()):
        start = label.index(letters[0])
        yield LabelName(start, start + len(letters[0]) - 1, 0.75, is_initials=True)  # as "T.Q" without the last stop
        return
    for part in _PART.finditer(label):
        words = [word for word in words_of(label) if part.start() <= word.start and word.end <= part.end()]
        words = words[1:] if words and words[0].text.isdecimal() else words  # "003 DC": the number of the turn
        before = label[: part.start()].strip()
        if _is_only_initials(words) and (not before or _is_part_in_brackets(before, words)):
            # Somebody's letters, though they spell a rank or a little word elsewhere: "DC: yes", "AM: no".
            yield LabelName(words[0].start, words[0].end, 0.75, is_initials=True)
        elif words and not _names_a_part(words) and not _is_phrase(words, lists):
            is_bracketed = label[: part.start()].rstrip()[-1:] == "("
            yield from _names(label, _without_titles(words), lists, is_bracketed=is_bracketed)


def _is_heading(folded: str, lists: NameLists) -> bool:
    """Whether it heads a part of minutes, as "NRM" does. Two letters are somebody's all the same, and so is "Frank"."""
    return len(folded) > 2 and folded in lists.kept and not any(map(lists.is_listed, folded.split()))


def _is_phrase(words: list[Word], lists: NameLists) -> bool:
    """Whether it heads what follows, as "NEXT MEETING" does: little words beside such as are nobody's name."""
    telling = [word for word in words if word.low not in STOP or word.low in WORDS_AS_NAMES]
    is_titled = any(word.low in _TITLES for word in words)
    return 0 < len(telling) < len(words) and not is_titled and not _has_name(telling, lists)


def _has_name(words: list[Word], lists: NameLists) -> bool:
    """Whether one of them is on a list of names, or is no English word."""
    return any(lists.is_listed(word.low) or not lists.is_english(word.low) for word in words)


def _is_only_initials(words: list[Word]) -> bool:
    if len(words) != 1 or not _LETTERS.fullmatch(words[0].text):
        return False
    return words[0].low not in PARTS_IN_THE_TALK or words[0].low in _HEADS_OF_MAIL


def _is_part_in_brackets(before: str, letters: list[Word]) -> bool:
    """ "INT (DC)": who takes that part. Three letters behind it are where they work: "P02 (KCC)"."""
    return before.endswith("(") and len(letters[0].text) == 2 and _names_a_part(list(words_of(before)))


def _names_a_part(words: list[Word]) -> bool:
    """Whether these are "Speaker 1", "P02", "INT", "Social worker": a part in the talk and perhaps a number."""
    return not any(map(_may_name, words))


def _without_titles(words: list[Word]) -> list[Word]:
    """From the first word that may be a name on: a title in front goes, a surname such as Judge stays."""
    first = next(at for at, word in enumerate(words) if _may_name(word))
    return [word for word in words[first:] if word.low in _TITLES or _may_name(word) or len(word.text) == 1]


def _may_name(word: Word) -> bool:
    if not word.low.isalpha() or word.low in PARTS_IN_THE_TALK or word.low in _TITLES:
        return False
    return word.low not in STOP or word.low in WORDS_AS_NAMES


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
    is_name = _has_name(words, lists)
    if is_bracketed and not (is_name and words[0].is_capital):
        return
    yield LabelName(start, end, 0.95 if is_name else DOUBTFUL)
