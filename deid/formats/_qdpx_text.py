"""A coded text: what its positions count, and where they are once words were replaced.

Codings are positions. A position before an edit moves by what the edits before it added; one inside a replaced stretch
snaps outwards, so that a coding never cuts a token in two. Programs count differently: line ends as one or two, a byte
order mark as one or none, characters outside the first 65,536 as one or two. Which of them a project does is found by
comparing the names of its codings, which are the words that they cover, with the text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from deid.errors import FormatError
from deid.formats._text import Decoded, Edit

_BLANKS = str.maketrans("\r\n\t\u2028\u2029", "     ")


@dataclass(frozen=True, slots=True)
class Counting:
    """What one position counts."""

    pairs_are_two: bool = True
    counts_mark: bool = False
    in_halves: bool = False

    def base(self, decoded: Decoded) -> str:
        """The text as a string in which positions are plain indexes; in halves, each half is a character."""
        text = decoded.raw if self.pairs_are_two else decoded.text
        text = "\ufeff" + text if self.counts_mark else text
        return _halves(text) if self.in_halves else text

    def edits(self, decoded: Decoded, edits: Sequence[Edit]) -> list[tuple[int, int, int]]:
        """Edits of `decoded.text` as stretches of the base, and the size of the new words."""
        found = []
        for start, end, new in sorted(edits):
            ends = [decoded.to_raw(at) if self.pairs_are_two else at for at in (start, end)]
            if self.in_halves:
                text = decoded.raw if self.pairs_are_two else decoded.text
                ends = [at + sum(one > "\uffff" for one in text[:at]) for at in ends]
            size = len(_halves(new)) if self.in_halves else len(new)
            found.append((ends[0] + self.counts_mark, ends[1] + self.counts_mark, size))
        return found


_ALL = tuple(
    Counting(pairs, mark, halves) for halves in (False, True) for mark in (False, True) for pairs in (True, False)
)


@dataclass(frozen=True, slots=True)
class Selection:
    """A coded stretch: its positions, and its name, which may be the words that it covers."""

    start: int
    end: int
    name: str = field(repr=False)


def counting(decoded: Decoded, selections: Sequence[Selection], where: str) -> Counting:
    """How this text's positions count. Raises FormatError if a coding lies outside the text in every way."""
    best, most = None, -1
    for one in _ALL:
        base = one.base(decoded)
        if all(0 <= item.start <= item.end <= len(base) for item in selections):
            hits = sum(is_quotation(item.name, base[item.start : item.end]) for item in selections)
            if hits > most:
                best, most = one, hits
    if best is None:
        raise FormatError("a coding lies outside its text", where=where, hint="export the project again")
    return best


def is_quotation(name: str, words: str) -> bool:
    """Whether a coding's name is the words that it covers."""
    return bool(name) and (name == words or name.translate(_BLANKS) == words.translate(_BLANKS))


def requote(old: str, words: str) -> str:
    """A coding's new name, with line ends as the old one had them."""
    joined = _joined(words)
    return joined if "\n" in old or "\r" in old else joined.translate(_BLANKS)


def moved(position: int, edits: Sequence[tuple[int, int, int]], *, is_end: bool) -> int:
    """Where a position is after ordered edits."""
    shift = 0
    for start, end, size in edits:
        if position <= start:
            break
        if position < end:
            return start + shift + (size if is_end else 0)
        shift += size - (end - start)
    return position + shift


def _halves(text: str) -> str:
    if text.isascii():
        return text
    data = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(int.from_bytes(data[at : at + 2], "little")) for at in range(0, len(data), 2))


def _joined(words: str) -> str:
    """Halves put together again."""
    return words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
