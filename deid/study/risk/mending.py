"""The plan of what would end a combination, carried out: places in the sources, and the words that could stand there.

A step is bound to its places. The same words elsewhere may speak of somebody else, and stay as they are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from deid.model import Span
from deid.risk.coarser import WITHHELD
from deid.risk.plan import Step
from deid.risk.released import Fact, Turn, own_value
from deid.spans import Shift
from deid.study.render import Rendered
from deid.study.risk.risk import Assessed

# In place of a value that goes. A pronoun has no words that could stand everywhere: it is left to the reviewer.
_WITHHELD: Mapping[str, str] = {
    "role": "a post", "agency": "a body", "place": "a place", "age": "an age", "trait": "a detail",
    "tenure": "some years",
}  # fmt: skip
_SINCE = "since "
_EARLIER = "an earlier year"  # joined in [an earlier year], since [an earlier year]

At = tuple[str, Span]


@dataclass(frozen=True, slots=True)
class Mend:
    """One value of the plan: what is to be read in its place, and where it stands. words: "" where only a person can
    find some."""

    who: str
    attribute: str
    value: str = field(repr=False)
    words: str = field(repr=False)
    places: tuple[At, ...]

    @property
    def id(self) -> str:
        return f"{self.who} {self.attribute} {self.value}"


def mends_of(assessed: Assessed, rendered: Rendered) -> tuple[Mend, ...]:
    """Every step of the plan; `rendered` is what was assessed."""
    return tuple(_mend(step, assessed, rendered) for step in assessed.assessment.plan.steps)


def _mend(step: Step, assessed: Assessed, rendered: Rendered) -> Mend:
    attribute, value = step.item
    facts = (one for one in assessed.assessment.facts if (one.who, one.attribute, one.value) == (step.who, *step.item))
    places = dict.fromkeys(place for fact in facts for place in _in_source(assessed, rendered, fact))
    words = _words(attribute, value, step.becomes)
    return Mend(step.who, attribute, value, words, tuple(places) if words else ())


def _words(attribute: str, value: str, becomes: str) -> str:
    """A tenure's stretch is a number of years or a year: "for [some years]", "joined in [the 1990s]"."""
    if attribute == "tenure" and value.startswith(_SINCE):
        return becomes.removeprefix(_SINCE) if becomes.startswith(_SINCE) else _EARLIER
    return _WITHHELD.get(attribute, "") if becomes == WITHHELD else becomes.removeprefix("for ")


def _in_source(assessed: Assessed, rendered: Rendered, fact: Fact) -> Iterator[At]:
    turn = next((one for one in _turns(assessed, fact) if _is_told_in(fact, one)), None)
    shift = Shift(rendered.outcome.products[fact.code].replacements)
    for piece in turn.pieces if turn else ():
        if piece.start <= fact.start and fact.end <= piece.start + piece.length:
            start, end = shift.back(piece.segment, fact.start - piece.start, fact.end - piece.start)
            yield fact.code, Span(piece.segment, start, end)


def _turns(assessed: Assessed, fact: Fact) -> Iterator[Turn]:
    for talk in assessed.released.talks:
        yield from (turn for turn in talk.turns if talk.code == fact.code and turn.number == fact.turn)


def _is_told_in(fact: Fact, turn: Turn) -> bool:
    """Lines above the talk have no number of their own: theirs is the one whose token says it."""
    is_inside = bool(turn.pieces) and fact.end <= len(turn.text)
    return is_inside and (
        bool(turn.number) or any(_is_of(fact, token.start, own_value(token)) for token in turn.tokens)
    )


def _is_of(fact: Fact, start: int, value: str) -> bool:
    return (start, value) == (fact.start, fact.value)
