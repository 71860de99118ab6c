"""What a recogniser reads and what it claims.

A passage is one turn's speech (the cues of one speaker joined, line ends as spaces, the same length as the source so
that offsets carry over) or one segment of another kind. The models have read it already: their spans come with it.
"""

from dataclasses import dataclass, field

from deid.model import Category


@dataclass(frozen=True, slots=True)
class ModelSpan:
    """A stretch that a model names. `label` in the model's own words (PERSON, GPE, GIVEN_NAME, CITY ...)."""

    start: int
    end: int
    label: str
    score: float
    model: str


@dataclass(frozen=True, slots=True)
class Passage:
    """kind: as in Segment.kind. `is_lower`: letters but hardly a capital (speech recognition); `is_upper`: all capitals."""

    text: str = field(repr=False)
    kind: str = "speech"
    speaker: str = field(default="", repr=False)
    turn: int = 0
    is_lower: bool = False
    is_upper: bool = False
    spans: tuple[ModelSpan, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Claim:
    """text[start:end] is `category`/`kind`; `why` is a fixed sentence that never holds the text."""

    start: int
    end: int
    category: Category
    kind: str
    confidence: float
    why: str
