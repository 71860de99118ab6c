"""What a recogniser reads and what it claims.

A passage is one turn's speech (the cues of one speaker joined, line ends as spaces, the same length as the source so
that offsets carry over) or one segment of another kind. The models have read it already: their spans come with it.
"""

import re
from dataclasses import dataclass, field

from deid.model import Category, KnownPerson


@dataclass(frozen=True, slots=True)
class ModelSpan:
    """A stretch that a model names. `label` in the model's own words (PERSON, GPE, GIVEN_NAME, CITY ...)."""

    start: int
    end: int
    label: str
    score: float
    model: str


@dataclass(frozen=True, slots=True)
class Cast:
    """The people who are certain: the roster's, those whose names are speaker labels, those that others are sure of.

    `letters`: what a transcript says for somebody's name, in small letters.
    """

    known: tuple[KnownPerson, ...] = field(default=(), repr=False)
    labels: tuple[str, ...] = field(default=(), repr=False)
    heard: tuple[str, ...] = field(default=(), repr=False)
    letters: tuple[str, ...] = field(default=(), repr=False)


NOBODY = Cast()

_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """One stretch that is read as a whole.

    kind: as in Segment.kind. is_lower: letters but hardly a capital (speech recognition). is_upper: all capitals.
    """

    text: str = field(repr=False)
    kind: str = "speech"
    speaker: str = field(default="", repr=False)
    turn: int = 0
    is_lower: bool = False
    is_upper: bool = False
    spans: tuple[ModelSpan, ...] = field(default=(), repr=False)
    cast: Cast = field(default=NOBODY, repr=False)


@dataclass(frozen=True, slots=True)
class Claim:
    """text[start:end] is `category`/`kind`; `why` is a fixed sentence that never holds the text."""

    start: int
    end: int
    category: Category
    kind: str
    confidence: float
    why: str


def make_passage(text: str, *, kind: str = "speech", speaker: str = "", turn: int = 0, cast: Cast = NOBODY) -> Passage:
    """A passage that no model has read yet, with its case judged."""
    letters = sum(map(str.isalpha, text))
    capitals = sum(map(str.isupper, text))
    is_lower = capitals * 3 < letters and (capitals * 100 <= letters or not _minds_capitals(text))
    is_upper = letters >= 4 and capitals * 10 >= letters * 9 and len(text.split()) > 1
    return Passage(text, kind, speaker, turn, is_lower, is_upper, cast=cast)


def _minds_capitals(text: str) -> bool:
    """Whether somebody put a capital where speech recognition puts none: "Then", but not "I" nor "CSE"."""
    words = _LETTERS.findall(text)
    return any(word[0].isupper() and word != "I" and (len(word) == 1 or word[1].islower()) for word in words)
