"""The tokenizer that Rampart was trained with: uncased WordPiece, with the place of every piece in the text."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from deid.fold import WORD

_LONGEST_WORD = 100

# What lies between spaces. Other control characters are no spaces to the model: they are dropped inside a word.
_RUN = re.compile(r"[^ \t\n\r\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """One input of the model: text[start:end] of the original, not of the folded text."""

    id: int
    start: int
    end: int


def word_around(text: str, piece: Piece) -> tuple[int, int]:
    """Where the word that a piece is part of begins and ends; a piece of no word stands for itself."""
    starts, ends = _word_places(text)
    number = bisect_right(starts, piece.start) - 1
    if number < 0 or ends[number] <= piece.start:
        return piece.start, piece.end
    return starts[number], max(ends[bisect_right(starts, piece.end) - 1], piece.end)


@lru_cache(maxsize=8)
def _word_places(text: str) -> tuple[list[int], list[int]]:
    places = [match.span() for match in WORD.finditer(text)]
    return [start for start, _ in places], [end for _, end in places]


def read_vocabulary(path: Path) -> dict[str, int]:
    lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    return {piece: number for number, piece in enumerate(lines)}


def make_tokenizer(vocabulary: dict[str, int]) -> Callable[[str], list[Piece]]:
    """A function from a text to its pieces, without [CLS] and [SEP]; it remembers the words it has split."""

    @lru_cache(maxsize=32_768)
    def split_run(run: str) -> tuple[Piece, ...]:
        return tuple(piece for word in _words(run) for piece in _split(word, vocabulary))

    def tokenize(text: str) -> list[Piece]:
        return [
            Piece(piece.id, match.start() + piece.start, match.start() + piece.end)
            for match in _RUN.finditer(text)
            for piece in split_run(match.group())
        ]

    return tokenize


# A word as its folded characters, each with its place in the original: folding may drop or add characters.
_Word = list[tuple[str, int]]


def _words(run: str) -> Iterator[_Word]:
    word: _Word = []
    for place, character in enumerate(run):
        if character == "\ufffd" or unicodedata.category(character).startswith("C"):
            continue
        for folded in unicodedata.normalize("NFD", character).lower():
            if unicodedata.category(folded) == "Mn":
                continue
            if not _stands_alone(folded):
                word.append((folded, place))
                continue
            if word:
                yield word
            yield [(folded, place)]
            word = []
    if word:
        yield word


def _stands_alone(character: str) -> bool:
    """Punctuation, which here includes every ASCII symbol, and Chinese characters are words of their own."""
    code = ord(character)
    is_ascii_symbol = 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126
    is_ideograph = 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0xF900 <= code <= 0xFAFF or code >= 0x20000
    return is_ascii_symbol or is_ideograph or unicodedata.category(character).startswith("P")


def _split(word: _Word, vocabulary: dict[str, int]) -> list[Piece]:
    """Longest match first; a word that cannot be split wholly is one unknown piece."""
    letters = "".join(folded for folded, _ in word)
    unknown = [Piece(vocabulary["[UNK]"], word[0][1], word[-1][1] + 1)]
    if len(letters) > _LONGEST_WORD:
        return unknown
    found: list[Piece] = []
    start = 0
    while start < len(letters):
        for end in range(len(letters), start, -1):
            number = vocabulary.get(("##" if start else "") + letters[start:end])
            if number is not None:
                found.append(Piece(number, word[start][1], word[end - 1][1] + 1))
                start = end
                break
        else:
            return unknown
    return found
