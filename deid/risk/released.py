"""A study's talk as one audience would read it, as plain values: what every part of `risk` starts from.

An intruder has the words. The checker has more: which token stands for whom, and the roster. What an intruder cannot
know is used only to say that two things are one, never to make a finding out of a name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from deid.model import Category, KnownPerson

ATTRIBUTES = ("role", "agency", "place", "tenure", "gender", "age", "trait")


@dataclass(frozen=True, slots=True)
class Token:
    """One of our own words in a turn's text.

    label: what it calls its thing ("Town"); area: where it says that lies ("East Kent"); coarse: what an age or a date
    became ("aged 13-15"), or "". part: the part of a person in the account.
    """

    start: int
    end: int
    entity: str
    category: Category
    label: str = ""
    area: str = ""
    coarse: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Where a segment's text stands in its turn."""

    segment: int
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says at once. `speaker`: a participant's code, "interviewer", or "" outside the talk."""

    number: int
    speaker: str
    text: str = field(repr=False)
    tokens: tuple[Token, ...] = ()
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """One transcript as it would be released. labels: the entities that its speakers' labels stand for."""

    code: str
    participants: tuple[str, ...]
    turns: tuple[Turn, ...]
    labels: frozenset[str] = frozenset()

    def bears(self, entity: str) -> bool:
        """Whether a token of this entity stands anywhere in it."""
        return entity in self.labels or any(token.entity == entity for turn in self.turns for token in turn.tokens)

    def own(self) -> tuple[Turn, ...]:
        return tuple(turn for turn in self.turns if turn.speaker not in ("interviewer", ""))


@dataclass(frozen=True, slots=True)
class Released:
    """roster: participants and other known people. people: participant -> the entity that stands for them.

    labels: a kind of the region pack, folded -> what a token calls it. trait_words: words for what a person is.
    """

    tier: str
    talks: tuple[Talk, ...]
    roster: tuple[KnownPerson, ...] = field(default=(), repr=False)
    people: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    trait_words: frozenset[str] = frozenset()

    @property
    def participants(self) -> tuple[str, ...]:
        return tuple(sorted({person for talk in self.talks for person in talk.participants}))


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the text still tells of a participant. `told_by`: another participant, or "" for their own words."""

    who: str
    attribute: str
    value: str = field(repr=False)
    code: str = ""
    turn: int = 0
    start: int = 0
    end: int = 0
    told_by: str = ""


@dataclass(frozen=True, slots=True)
class Risk:
    """One way in which somebody could still be recognised. `key` tells it from others of its kind at its place.

    last: the last turn that it speaks of, where it is more than one. who: the participant whom it is about.
    """

    kind: str
    code: str
    turn: int
    reason: str = field(repr=False)
    suggestion: str = field(repr=False)
    key: str = field(default="", repr=False)
    last: int = 0
    who: str = ""


def own_value(token: Token) -> str:
    """What a token still tells: "town in East Kent", "aged 50-59", "police force"; "" when it tells nothing."""
    if token.coarse:
        return token.coarse.lower()
    if token.area:
        return f"{token.label.lower()} in {token.area}"
    plain = token.label.lower()
    if token.category is Category.PLACE:
        return ""  # "a town" tells nothing that the study's title does not tell
    return "" if plain in _SILENT or plain.endswith("withheld") else plain


_SILENT = frozenset({"", "role", "person", "place", "agency", "age", "date", "participant", "professional"})
