"""The words with which whatever an expression finds can begin, read from the expression itself.

An expression finds something only where one of its first words stands. So a text is looked up by its words instead of
being searched letter by letter, and nobody has to keep a list of words beside an expression and in step with it.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from re import _constants as is_  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

Items = Sequence[tuple[Any, Any]]
"""A part of an expression as `re` reads it: the kind of each item and what it says."""

# What a text is made of here: words as an expression sees them (`\w+`), and every other sign by itself.
_WORD = re.compile(r"\w+|[^\w\s]")
_FIGURE = re.compile(r"\d")
_HAS_FIGURE = r"\d"  # stands for every word with a figure in it

_MOST = 2_000  # an expression that begins with more words than this is searched for in the plain way

# How far a reading of the expression has come: nowhere, to where a word begins, or behind a word's first letters.
_ANYWHERE, _AT_A_WORD = "^", ""
_NOT_BEGUN = {_ANYWHERE, _AT_A_WORD}


class _Any(Exception):
    """The expression can begin with any word, or inside one."""


@lru_cache(maxsize=8)
def places_of(text: str) -> Mapping[str, list[int]]:
    """Where each word of the text begins."""
    places: dict[str, list[int]] = {}
    for match in _WORD.finditer(text):
        places.setdefault(match[0], []).append(match.start())
    if figures := [place for word, several in places.items() if _FIGURE.search(word) for place in several]:
        places[_HAS_FIGURE] = figures
    return places


def openings(source: str) -> set[str] | None:
    """The words under which `places_of` has every place where the expression can match; None if that is anywhere."""
    done: set[str] = set()
    try:
        unfinished = _read(_parser.parse(source), {_ANYWHERE}, done)
    except _Any:
        return None
    return None if unfinished else done


def _read(items: Items, begun: set[str], done: set[str]) -> set[str]:
    """The words that are begun and not finished behind these items; the finished ones go to `done`."""
    for kind, value in items:
        if not begun:
            break
        begun = _read_one(kind, value, begun, done)
        if len(begun) > _MOST:
            raise _Any
    return begun


def _read_one(kind: Any, value: Any, begun: set[str], done: set[str]) -> set[str]:
    if kind is is_.BRANCH:
        return set().union(*(_read(branch, begun, done) for branch in value[1]))
    if kind is is_.SUBPATTERN:
        return _read(value[3], begun, done)
    if kind in (is_.MAX_REPEAT, is_.MIN_REPEAT):
        least, most, repeated = value
        return _read_repeated(least, most, repeated, begun, done)
    if kind is is_.AT and value is is_.AT_BOUNDARY:
        return _where_words_end(_where_a_word_begins(begun), done)
    if kind is is_.AT and value in (is_.AT_END, is_.AT_END_STRING):
        return _where_words_end(begun, done)
    if kind is is_.ASSERT_NOT and _is_letter(value[1]):
        return _where_a_word_begins(begun) if value[0] < 0 else _where_words_end(begun, done)
    if kind in (is_.ASSERT, is_.ASSERT_NOT):
        return begun  # it only allows less
    return _read_letter(_letters(kind, value), begun, done)


def _read_repeated(least: int, most: int, items: Items, begun: set[str], done: set[str]) -> set[str]:
    enough: set[str] = set()
    for number in range(most):
        if number >= least:
            if begun <= enough:
                break
            enough |= begun
        begun = _read(items, begun, done)
        if len(enough) > _MOST:
            raise _Any
    return enough | begun


def _is_letter(items: Items) -> bool:
    r"""Whether any letter or figure is among what may stand here: [\w/], [\w%]|[.,]\d."""
    if len(items) != 1:
        return False
    kind, value = items[0]
    if kind is is_.BRANCH:
        return any(map(_is_letter, value[1]))
    return kind is is_.IN and (is_.CATEGORY, is_.CATEGORY_WORD) in value and value[0][0] is not is_.NEGATE


def _where_a_word_begins(begun: set[str]) -> set[str]:
    return {_AT_A_WORD if word == _ANYWHERE else word for word in begun}


def _where_words_end(begun: set[str], done: set[str]) -> set[str]:
    done |= begun - _NOT_BEGUN
    return begun & _NOT_BEGUN


def _read_letter(letters: set[str], begun: set[str], done: set[str]) -> set[str]:
    """Each word that is begun, with each of the letters behind it; figures, signs and spaces finish it."""
    words = {letter for letter in letters if letter.isalnum() or letter == "_"}
    others = letters - words
    if (words and _ANYWHERE in begun) or (" " in others and begun & _NOT_BEGUN):
        raise _Any
    if _HAS_FIGURE in others:
        if _ANYWHERE in begun:
            raise _Any
        done.add(_HAS_FIGURE)
        others = others - {_HAS_FIGURE}
    if others:
        done |= begun - _NOT_BEGUN
        if begun & _NOT_BEGUN:
            done |= others
    return {word + letter for word in begun for letter in words}


def _letters(kind: Any, value: Any) -> set[str]:
    """The letters and signs of which one must stand here; one name for all figures, a space for all spaces."""
    if kind is is_.LITERAL:
        return {_letter(value)}
    if kind is not is_.IN:
        raise _Any
    letters: set[str] = set()
    for sort, what in value:
        if sort is is_.LITERAL:
            letters.add(_letter(what))
        elif sort is is_.RANGE and what[1] < 128:
            letters.update(map(_letter, range(what[0], what[1] + 1)))
        elif sort is is_.CATEGORY and what is is_.CATEGORY_DIGIT:
            letters.add(_HAS_FIGURE)
        elif sort is is_.CATEGORY and what in (is_.CATEGORY_SPACE, is_.CATEGORY_NOT_WORD):
            letters.add(" ")
        else:
            raise _Any
    return letters


def _letter(number: int) -> str:
    letter = chr(number)
    return _HAS_FIGURE if letter.isdecimal() else " " if letter.isspace() else letter
