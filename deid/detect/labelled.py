"""Numbers that speech announces ("badge number is 1187", "her account, um, one two three"): a label, then a value."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from deid.detect.caseless import Caseless, caseless
from deid.detect.passage import Claim
from deid.detect.spoken import said_numbers
from deid.detect.words import has_digit
from deid.model import Category

# Between a label and its number: "number is", ", um, it's", "ref:". Bounded, so that a long turn stays linear.
_BRIDGE = (
    r"(?:\W{1,3}(?:number|numbers|no|num|ref|reference|id|code|is|was|it|its|s|of|for|him|her|them|that|being|as|the|"
    r"like|um|uh|er|erm|here|which|ending|ends|in|with|starts)\b){0,6}\W{1,4}"
)


@dataclass(frozen=True, slots=True)
class Label:
    """cue and value are insides of regular expressions, read without regard to case."""

    kind: str
    cue: str
    value: str
    category: Category = Category.IDENTIFIER
    confidence: float = 0.85
    fewest_said: int = 4
    pattern: Caseless | re.Pattern[str] = field(init=False, repr=False)
    lead: Caseless | re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        lead = rf"\b(?:{self.cue})\b{_BRIDGE}"
        object.__setattr__(self, "pattern", _compile(rf"{lead}(?P<value>{self.value})(?![\w])"))
        object.__setattr__(self, "lead", _compile(lead))


def _compile(source: str) -> Caseless | re.Pattern[str]:
    minds_case = "(?-i:" in source  # "PC" announces a number, "pc" does not
    return re.compile(source, re.IGNORECASE) if minds_case else caseless(source)


def any_of(labels: Sequence[Label]) -> Caseless:
    """Finds in any text that holds one of the labels something, so that most passages are passed over at once."""
    return caseless(rf"\b(?:{'|'.join(label.cue.replace('(?-i:', '(?:') for label in labels)})\b")


def announced(text: str, labels: Sequence[Label], why: str) -> Iterator[Claim]:
    """Each value that stands behind its label, written or said."""
    said = {number.start: number for number in said_numbers(text)}
    if not said and not has_digit(text):
        return
    for label in labels:
        if has_digit(text):
            for match in label.pattern.finditer(text):
                yield Claim(*match.span("value"), label.category, label.kind, label.confidence, why)
        if said:
            for match in label.lead.finditer(text):
                number = said.get(match.end())
                if number and number.count >= label.fewest_said:
                    yield Claim(number.start, number.end, label.category, label.kind, label.confidence, why)
