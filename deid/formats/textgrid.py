"""Praat TextGrid, long and short: the labels and the names of tiers. Times and every other byte stay."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from deid.config import Formats
from deid.errors import FormatError
from deid.formats._lens import Piece, Placed, apply, confirm, source_edits
from deid.formats._pieces import trim
from deid.formats._text import Edit, decode, edit
from deid.model import Replacement, Segment

SUFFIXES = (".textgrid",)
SUMMARY = "Praat TextGrid, long or short: labels and tier names; times stay; labels of phone tiers are emptied"

_HINT = "open it in Praat and save it as a text file again"
# What Praat reads, in order: "text" with doubled quotes, numbers and flags that stand alone. All else is a remark.
_TOKEN = re.compile(
    r'(?P<string>"(?:[^"]|"")*")|(?P<open>")|(?P<remark>!.*)|(?P<flag><\w+>)'
    r"|(?<!\S)(?P<number>[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(?!\S)|(?P<word>[^\s\"!<]+|<)"
)
# phones   JS - phones   MAU (of WebMAUS)   Phoneme   a name can be read back from its sounds
_PHONES = re.compile(
    r"(?:.*[^\w])?(?:phone(?:me)?s?|segments?|syll(?:able)?s?|mau|kan|mas|sampa|ipa)\W*", re.IGNORECASE
)
_MOST_LABELS = 1_000_000


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    start: int
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Tier:
    name: _Token
    labels: tuple[tuple[str, _Token], ...]  # its time, as written, and its words


def read(source: bytes, settings: Formats) -> tuple[Segment, ...]:
    """The labels of a TextGrid. Raises FormatError, naming the line, where its times or counts are broken."""
    return tuple(item.segment for item in _placed(decode(source, settings).text)[0])


def write(source: bytes, replacements: tuple[Replacement, ...], settings: Formats) -> bytes:
    """The TextGrid with the replacements made and the labels of its phone tiers emptied."""
    decoded = decode(source, settings)
    placed, emptied = _placed(decoded.text)
    edits = source_edits(placed, replacements, lambda _, words: words.replace('"', '""'))
    output = edit(decoded, [*edits, *emptied])
    if replacements:
        confirm(read(output, settings), apply([item.segment for item in placed], replacements))
    return output


def dropped(source: bytes, settings: Formats) -> tuple[str, ...]:
    """Labels of phone tiers: a name that is replaced in the words could be read back from its sounds."""
    count = len(_placed(decode(source, settings).text)[1])
    return (f"labels of phone tiers ({count})",) if count else ()


def parts(output: bytes) -> Iterator[tuple[str, str]]:
    """The whole file as text, and its labels with doubled quotes undone."""
    text = decode(output, Formats(largest_file_mib=1 << 20)).text
    yield "text", text
    yield "labels", text.replace('""', '"')


def is_phones(tier: str) -> bool:
    """Whether a tier of that name holds sounds and not words."""
    return _PHONES.fullmatch(tier) is not None


def _placed(text: str) -> tuple[list[Placed], list[Edit]]:
    """The segments, and the edits that empty phone tiers. Labels that follow each other without a gap are one turn."""
    placed: list[Placed] = []
    emptied: list[Edit] = []
    turn = 0
    for tier in _tiers(text):
        placed += _place("speaker", tier.name, 0, "", text)
        is_sounds = is_phones(tier.name.text.strip('"'))
        is_gap = True
        for clock, label in tier.labels:
            if is_sounds and len(label.text) > 2:
                emptied.append((label.start + 1, label.start + len(label.text) - 1, ""))
            said = [] if is_sounds else _place("speech", label, turn + is_gap, clock, text)
            turn += bool(said) and is_gap
            is_gap = not said
            placed += said
    if not any(item.segment.kind == "speech" for item in placed):
        raise FormatError("there is no label in this TextGrid", hint=_HINT)
    return placed, emptied


def _place(kind: str, token: _Token, turn: int, clock: str, text: str) -> list[Placed]:
    pieces, at = [], token.start + 1
    for part in re.split('("")', token.text[1:-1]):
        if part:
            pieces.append(Piece(at, at + len(part), '"' if part == '""' else part))
        at += len(part)
    kept = trim(pieces)
    words = "".join(piece.text for piece in kept)
    return [Placed(Segment(kind, words, turn, clock), kept, is_escaped=True)] if words else []


def _tiers(text: str) -> Iterator[_Tier]:
    tokens = _Reader(text)
    if tokens.string().text != '"ooTextFile"' or tokens.string().text != '"TextGrid"':
        raise FormatError("this is not a TextGrid", where="line 1", hint=_HINT)
    tokens.times()
    if tokens.next().text not in {"<exists>", "<absent>"}:
        raise FormatError("this is not a TextGrid", where="line 1", hint=_HINT)
    for _ in range(tokens.count()):
        kind, name = tokens.string().text, tokens.string()
        if kind not in {'"IntervalTier"', '"TextTier"'}:
            raise tokens.wrong("this kind of tier is not known", name)
        tokens.times()
        yield _Tier(name, tuple(tokens.labels(is_point=kind == '"TextTier"')))
    if not tokens.at_end():
        raise tokens.wrong("there is more in the file than it says", tokens.last)


class _Reader:
    """The tokens of a file, one by one."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found = _TOKEN.finditer(text)
        self.last = _Token("", 0, "")

    def next(self) -> _Token:
        for found in self._found:
            if found.lastgroup == "open":
                raise self.wrong("a quote is not closed", _Token("", found.start(), ""))
            if found.lastgroup in {"string", "number", "flag"}:
                self.last = _Token(found.lastgroup, found.start(), found[0])
                return self.last
        raise FormatError("the file is cut short", hint=_HINT)

    def at_end(self) -> bool:
        return all(found.lastgroup in {"remark", "word"} for found in self._found)

    def string(self) -> _Token:
        token = self.next()
        if token.kind != "string":
            raise self.wrong("a text is missing", token)
        return token

    def number(self) -> _Token:
        token = self.next()
        if token.kind != "number":
            raise self.wrong("a number is missing", token)
        return token

    def count(self) -> int:
        token = self.number()
        if not token.text.isdigit() or len(token.text) > 7 or int(token.text) > _MOST_LABELS:
            raise self.wrong("a count is wrong", token)
        return int(token.text)

    def times(self) -> tuple[_Token, _Token]:
        begin, end = self.number(), self.number()
        if float(begin.text) > float(end.text):
            raise self.wrong("a stretch ends before it begins", end)
        return begin, end

    def labels(self, *, is_point: bool) -> Iterator[tuple[str, _Token]]:
        before = float("-inf")
        for _ in range(self.count()):
            begin, end = (self.number(),) * 2 if is_point else self.times()
            if float(begin.text) < before:
                raise self.wrong("the times run backwards", begin)
            before = float(end.text)
            yield begin.text, self.string()

    def wrong(self, message: str, token: _Token) -> FormatError:
        return FormatError(message, where=f"line {self._text.count(chr(10), 0, token.start) + 1}", hint=_HINT)
