"""A blind re-reading: passages drawn at random from released text, and what the misses found there say of the rest."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import sqrt

from deid.risk.released import Released, Turn

PASSAGE_WORDS = 120
_95_PER_CENT = 1.959964  # the standard normal quantile of a two-sided 95 % interval


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


def wilson(hits: int, trials: int) -> tuple[float, float]:
    """The score interval of a share (Wilson 1927): it holds for few and for no hits, where the usual one does not."""
    if not 0 <= hits <= trials:
        raise ValueError("there cannot be more hits than trials")
    if trials == 0:
        return 0.0, 1.0
    z = _95_PER_CENT
    share = hits / trials
    middle = share + z * z / (2 * trials)
    spread = z * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    low = 0.0 if hits == 0 else (middle - spread) / scale
    high = 1.0 if hits == trials else (middle + spread) / scale
    return low, high


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
