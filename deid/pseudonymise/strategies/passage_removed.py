"""A passage that is taken out: [passage removed at participant's request]."""

from deid.model import Category, Entity
from deid.pseudonymise.subject import Subject

SUMMARY = "the passage is removed, and the reason stands in its place"
TECHNIQUE = "local suppression"
FOR = frozenset[Category]()
DETAILS: tuple[str, ...] = ()

REASONS = (
    "at participant's request",
    "to protect a child",
    "for legal reasons",
    "because it identifies a third party",
)


def invent(subject: Subject) -> str:
    return f"passage removed {subject.chosen}" if subject.chosen in REASONS else "passage removed"


def render(token: str, mention: str, entity: Entity) -> str:
    return token
