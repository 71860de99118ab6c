"""The one folding of forms: two spellings that a reader takes for the same word become the same string.

Character by character, so that a place in the folded text can be traced back to the text (`fold_with_places`):
compatibility forms and accents go, letter case goes, invisible characters go, every apostrophe is `'`, every hyphen,
dash, underscore and run of spaces is one space, every digit is 0-9.
"""

import re
import unicodedata

# Letters that carry a stroke or are two in one, and so have no accent to take away.
_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
_APOSTROPHES = frozenset("'’‘‛ʼʻʹʽ′`´＇")
# "o'brien's" -> one word; a full stop, a comma or an @ parts two.
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def fold(text: str) -> str:
    """The text as forms are compared: fold("Zoë  O’Brien-Smith") is "zoe o'brien smith"."""
    return " ".join(text.translate(_FOLDED).split())


def fold_with_places(text: str) -> tuple[str, tuple[int, ...]]:
    """The folded text, and for each of its characters the index in `text` that it comes from."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in _FOLDED[ord(character)]:
            if letter != " " or (folded and folded[-1] != " "):
                folded.append(letter)
                places.append(place)
    if folded and folded[-1] == " ":
        del folded[-1], places[-1]
    return "".join(folded), tuple(places)


def words(text: str) -> tuple[str, ...]:
    """The folded words, possessives and apostrophes gone: words("O’Brien's flat, 2A") is ("obrien", "flat", "2a")."""
    return tuple(bare(match.group()) for match in _WORD.finditer(fold(text)))


def bare(word: str) -> str:
    """A folded word without its possessive and its apostrophes."""
    return word.removesuffix("'s").replace("'", "")


class _Folded(dict[int, str]):
    """Each character's folding, worked out when it is first met: `str.translate` asks for missing ones."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    if character in _APOSTROPHES:
        return "'"
    if character == "_" or character.isspace() or unicodedata.category(character) == "Pd" or character == "−":
        return " "
    plain = unicodedata.normalize("NFKD", character.casefold()).casefold()
    if plain != character:
        return "".join(_fold_character(part) for part in plain)
    if unicodedata.category(character) in {"Mn", "Me", "Cf", "Cc"}:
        return ""
    return _LETTERS.get(character) or str(unicodedata.decimal(character, character))


_FOLDED = _Folded()
