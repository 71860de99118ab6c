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
WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff])+")

_ZERO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
# Letters that have no decomposition and yet are typed without their stroke.
_STROKES = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"})


@lru_cache(maxsize=65_536)
def fold_word(word: str) -> str:
    """One word without case, accents and strokes."""
    plain = unicodedata.normalize("NFKD", word.translate(_ZERO_WIDTH)).casefold()
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(_STROKES)


def words(text: str) -> Iterator[tuple[int, int, str]]:
    """Each word of a text with its place: (start, end, folded)."""
    for match in WORD.finditer(text):
        if folded := fold_word(match.group()):
            yield match.start(), match.end(), folded


def fold(text: str) -> str:
    """A form as its folded words with one space between."""
    return " ".join(folded for _, _, folded in words(text))
