"""The one folding of forms: two spellings that a reader takes for one name fold to the same words.

Compatibility forms, case, accents, curly apostrophes, zero-width characters, hyphens and spaces are folded away.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# A word is a run of letters and digits. An apostrophe, a hyphen, a dot or an underscore parts words, so that
# "Anne-Marie", "anne_marie" and "Anne Marie" are the same two words, and "Ros's" ends in the word "s". Combining
# accents and characters of no width belong to the word that they stand in, so that nothing hides behind them.
# What has no width or only directs the eye: soft hyphen, joiners, marks of direction, variation selectors, tags.
_INVISIBLE = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_NO_WIDTH = re.compile(f"[{_INVISIBLE}]")
WORD = re.compile(rf"(?:[^\W_]|[\u0300-\u036f{_INVISIBLE}])+")

_LONGEST_FORM, _LONGEST_TURN = 80, 20_000
_PLAIN_WORD = re.compile(r"[a-z0-9]+")
# Letters that have no decomposition and yet are typed without their stroke.
_STROKES = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"})


@lru_cache(maxsize=65_536)
def fold_word(word: str) -> str:
    """One word without case, accents and strokes: letters and digits only."""
    plain = unicodedata.normalize("NFKD", _NO_WIDTH.sub("", word)).casefold()
    return "".join(letter for letter in plain if letter.isalnum()).translate(_STROKES)


def words(text: str) -> Iterator[tuple[int, int, str]]:
    """Each word of a text with its place: (start, end, folded)."""
    if text.isascii():
        # The same words several times as fast, and most texts and lists are plain.
        yield from [(match.start(), match.end(), match[0]) for match in _PLAIN_WORD.finditer(text.lower())]
        return
    for match in WORD.finditer(text):
        if folded := fold_word(match.group()):
            yield match.start(), match.end(), folded


def folded_words(text: str) -> tuple[tuple[int, int, str], ...]:
    """The words of a text, found once for all who ask; a whole file is not remembered."""
    return _words_of_turn(text) if len(text) <= _LONGEST_TURN else tuple(words(text))


@lru_cache(maxsize=20_000)
def _words_of_turn(text: str) -> tuple[tuple[int, int, str], ...]:
    return tuple(words(text))


_NEGATION = re.compile(
    r"(?:do|does|did|is|are|was|were|has|have|had|ca|could|wo|would|sha|should|might|must|need|ai)n['’ʼ]t\b",
    re.IGNORECASE,
)


def begins_a_negation(text: str, start: int, end: int) -> bool:
    """Whether these letters are the "don" of "don't" or the "can" of "can’t", and nobody's name."""
    negation = _NEGATION.match(text, start)
    return negation is not None and negation.end() > end


def has_capitals(text: str) -> bool:
    """Whether a text has a capital letter anywhere; speech recognition often writes none."""
    return text != text.lower() if text.isascii() else any(map(str.isupper, text))


def fold(text: str) -> str:
    """A form as its folded words with one space between. The same forms come again and again; whole texts do not."""
    return _fold_form(text) if len(text) <= _LONGEST_FORM else _fold(text)


def _fold(text: str) -> str:
    if text.isascii():
        return " ".join(_PLAIN_WORD.findall(text.lower()))
    return " ".join(folded for _, _, folded in words(text))


_fold_form = lru_cache(maxsize=65_536)(_fold)
