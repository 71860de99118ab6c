"""A blind re-reading: passages drawn at random from released text, and what the misses found there say of the rest."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from deid.interval import wilson
from deid.risk.released import Released, Turn

PASSAGE_WORDS = 120


@dataclass(frozen=True, slots=True)
class Passage:
    """Some turns in a row. Whoever reads it is told its number only; code and turn are for finding it again."""

    code: str
    first: int
    last: int
    words: int
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Rate:
    """Misses per thousand words, with the 95 % interval by Wilson, and what that means for the whole text."""

    per_thousand: float
    low: float
    high: float
    total_words: int

    @property
    def expected(self) -> tuple[int, int]:
        """How many misses the whole text may hold, from and to."""
        return round(self.low * self.total_words / 1000), round(self.high * self.total_words / 1000)


def draw(released: Released, share: float, seed: str) -> tuple[Passage, ...]:
    """Passages until their words are that share of all; the same text and seed give the same passages."""
    if not 0 < share <= 1:
        raise ValueError("a share lies between 0 and 1")
    passages = [passage for talk in released.talks for passage in _passages(talk.code, talk.turns)]
    # No secret hangs on this: it decides what a person reads, and has to come again from the same seed.
    random.Random(seed).shuffle(passages)  # noqa: S311
    wanted, drawn, words = share * words_of(released), [], 0
    for passage in passages:
        if words >= wanted:
            break
        drawn.append(passage)
        words += passage.words
    return tuple(drawn)


def words_of(released: Released) -> int:
    return sum(len(turn.text.split()) for talk in released.talks for turn in talk.turns)


def rate(misses: int, words: int, total_words: int) -> Rate:
    """What so many misses in so many words say of the whole."""
    low, high = wilson(misses, words)
    return Rate(1000 * misses / words if words else 0.0, 1000 * low, 1000 * high, total_words)


def _passages(code: str, turns: tuple[Turn, ...]) -> Iterator[Passage]:
    """Turns in a row of about PASSAGE_WORDS words each."""
    group: list[Turn] = []
    for turn in turns:
        group.append(turn)
        if sum(len(one.text.split()) for one in group) >= PASSAGE_WORDS:
            yield _passage(code, group)
            group = []
    if group:
        yield _passage(code, group)


def _passage(code: str, group: list[Turn]) -> Passage:
    text = "\n\n".join(f"{'I: ' if turn.speaker == 'interviewer' else ''}{turn.text}" for turn in group)
    words = sum(len(turn.text.split()) for turn in group)
    return Passage(code, group[0].number, group[-1].number, words, text)
