"""What a reviewer asks for: an act, of what, where, and why."""

from dataclasses import dataclass, field

from deid.model import Span
from deid.study.decisions import Line

# Offered before anything is typed; the verdict is what the record calls it.
KEEP = {
    "not a name": "dismiss",
    "an ordinary word here": "dismiss",
    "a framework, law or public report": "keep",
    "a public body, said of everybody": "keep",
    "public knowledge of the study": "keep",
    "the participant asked for it": "keep",
    "needed for the analysis": "keep",
}
PARTS = ("child", "professional", "parent", "relative", "suspect", "participant", "interviewer")

At = tuple[str, Span]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reviewer asked for. `doubts`: the fingerprints of the questions that it answers.

    twins, risks, worded: the same thing in a transcript that repeats the words of this one, what acceptances say, and
    words for places; the review finds them.
    """

    act: str
    reviewer: str
    entity: str = ""
    other: str = ""
    places: tuple[At, ...] = ()
    doubts: tuple[str, ...] = ()
    category: str = ""
    part: str = ""
    reason: str = ""
    words: str = field(default="", repr=False)
    code: str = ""
    turn: int = 0
    list: str = ""
    twins: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    risks: tuple[Line, ...] = ()
    worded: tuple[tuple[At, str], ...] = field(default=(), repr=False)
    card: str = ""
