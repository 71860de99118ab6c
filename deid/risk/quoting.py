"""Whether a quotation stands in the released text, where, and what quotations together tell of one participant."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from deid.fold import fold, words
from deid.region import Region
from deid.risk.coarser import Item
from deid.risk.quotations import Quotation
from deid.risk.released import Fact, Released, Talk
from deid.risk.unique import in_words, uniques

FOUND, CHANGED, ABSENT = "found", "worded differently", "not from the released text"
_RUN = 4  # words in a row by which a changed quotation is known again
_ALIKE = 0.5  # so large a share of these runs has to be there
_VERBATIM = 0.7  # and so large a one, where no mark says that it is a quotation
_FEWEST_RUNS = 4
# … | ... | [...] | (…)
_OMISSION = re.compile(r"[(\[]?\s*(?:…|\.\s?\.\s?\.)\s*[)\]]?")
_BRACKET = re.compile(r"\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a quotation in its transcript: `start` and `end` count in that turn's text."""

    turn: int  # its place in Talk.turns
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quoted:
    quotation: Quotation
    state: str
    code: str = ""
    turn: int = 0
    stretches: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Together:
    """Quotations that point to one participant when they are read together."""

    who: str
    paragraphs: tuple[int, ...]
    tells: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Index:
    """A transcript as folded words with their places, so that a quotation may run over turns."""

    talk: Talk
    joined: str
    starts: tuple[int, ...]  # of each word in `joined`
    places: tuple[tuple[int, int, int], ...]  # turn, start, end
    runs: frozenset[tuple[str, ...]]


def check_quotations(quotations: Sequence[Quotation], released: Released) -> tuple[Quoted, ...]:
    indexes = [_index(talk) for talk in released.talks]
    return tuple(_check(quotation, indexes) for quotation in quotations)


def unmarked(paragraphs: Sequence[str], marked: Sequence[Quotation], released: Released) -> Iterator[Quotation]:
    """Paragraphs without quotation marks that stand in the released text: block quotations, known by their words."""
    indexes = [_index(talk) for talk in released.talks]
    known = {one.paragraph for one in marked}
    for number, paragraph in enumerate(paragraphs, 1):
        runs = _runs([word for _, _, word in words(paragraph)])
        is_verbatim = any(len(runs & index.runs) >= _VERBATIM * len(runs) for index in indexes)
        if number not in known and len(runs) >= _FEWEST_RUNS and is_verbatim:
            yield Quotation(number, paragraph.strip())


def together(
    quoted: Sequence[Quoted],
    released: Released,
    facts: Sequence[Fact],
    rows: Mapping[str, frozenset[Item]],
    region: Region,
) -> Iterator[Together]:
    """Whose quotations, put side by side, show a combination that nobody else of the sample shows."""
    shown: dict[str, set[Item]] = {}
    where: dict[str, set[int]] = {}
    turns = {talk.code: talk.turns for talk in released.talks}
    for one in quoted:
        for stretch in one.stretches:
            number = turns[one.code][stretch.turn].number
            for fact in facts:
                inside = stretch.start <= fact.start and fact.end <= stretch.end
                if (fact.code, fact.turn) == (one.code, number) and inside:
                    shown.setdefault(fact.who, set()).add((fact.attribute, fact.value))
                    where.setdefault(fact.who, set()).add(one.quotation.paragraph)
    for person, items in sorted(shown.items()):
        found = [u for u in uniques({**rows, person: frozenset(items)}, region, {}) if u.who == person]
        if found and len(where[person]) > 1:
            yield Together(person, tuple(sorted(where[person])), "; ".join(in_words(u.items) for u in found[:3]))


def _check(quotation: Quotation, indexes: Sequence[_Index]) -> Quoted:
    brackets = tuple(_BRACKET.findall(quotation.text))
    for is_strict in (True, False):
        for index in indexes:
            added = () if is_strict else tuple(one for one in brackets if not _stands_in(one, index))
            stretches = _find(_pieces(quotation.text, added), index)
            if stretches:
                turn = index.talk.turns[stretches[0].turn].number
                return Quoted(quotation, FOUND, index.talk.code, turn, stretches)
    folded = [word for _, _, word in words(quotation.text)]
    runs = _runs(folded)
    best = max(indexes, key=lambda index: len(runs & index.runs), default=None)
    if best and runs and len(runs & best.runs) >= _ALIKE * len(runs):
        return Quoted(quotation, CHANGED, best.talk.code, _turn_of(best, runs))
    return Quoted(quotation, ABSENT)


def _pieces(text: str, insertions: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The quotation between its omissions, as folded words; an author's own insertion is an omission as well."""
    for insertion in insertions:
        text = text.replace(insertion, "…")
    pieces = (tuple(word for _, _, word in words(piece)) for piece in _OMISSION.split(text))
    return tuple(piece for piece in pieces if piece)


def _stands_in(bracket: str, index: _Index) -> bool:
    """Whether a bracket is a token of the transcript and no insertion of the paper's author."""
    return f" {fold(bracket)} " in index.joined


def _find(pieces: Sequence[tuple[str, ...]], index: _Index) -> tuple[Stretch, ...]:
    """Where all pieces stand, in their order; () where one does not."""
    found: list[Stretch] = []
    at = 0
    for piece in pieces:
        wanted = f" {' '.join(piece)} "
        place = index.joined.find(wanted, at)
        if place < 0:
            return ()
        first = bisect_right(index.starts, place)
        found += _stretches(index, first, first + len(piece))
        at = place + len(wanted) - 1
    return tuple(found)


def _stretches(index: _Index, first: int, last: int) -> Iterator[Stretch]:
    """The words from `first` to `last`, one stretch a turn."""
    by_turn: dict[int, list[tuple[int, int]]] = {}
    for turn, start, end in index.places[first:last]:
        by_turn.setdefault(turn, []).append((start, end))
    for turn, own in by_turn.items():
        yield Stretch(turn, own[0][0], own[-1][1])


def _index(talk: Talk) -> _Index:
    joined, starts, places = [" "], [], []
    length = 1
    folded: list[str] = []
    for number, turn in enumerate(talk.turns):
        for start, end, word in words(turn.text):
            starts.append(length)
            places.append((number, start, end))
            joined.append(f"{word} ")
            length += len(word) + 1
            folded.append(word)
    return _Index(talk, "".join(joined), tuple(starts), tuple(places), _runs(folded))


def _runs(folded: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(folded[at : at + _RUN]) for at in range(len(folded) - _RUN + 1))


def _turn_of(index: _Index, runs: frozenset[tuple[str, ...]]) -> int:
    """The turn in which most of these runs stand."""
    counts: dict[int, int] = {}
    for number, turn in enumerate(index.talk.turns):
        folded = [word for _, _, word in words(turn.text)]
        counts[number] = len(runs & _runs(folded))
    return index.talk.turns[max(counts, key=lambda number: counts[number])].number
