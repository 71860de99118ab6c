"""A label and a number: Person 41, Children's home 3."""

from deid.model import Category, Entity
from deid.pseudonymise.labels import label_of
from deid.pseudonymise.subject import Subject

SUMMARY = "what kind of thing it is, and a number"
TECHNIQUE = "pseudonymization"
FOR = frozenset(Category)
DETAILS: tuple[str, ...] = ()


def invent(subject: Subject) -> str:
    return f"{label_of(subject.entity)} {subject.number}"


def render(token: str, mention: str, entity: Entity) -> str:
    return token
