"""A number of the real world behind the name of its kind: NHS number 7, Phone number 5."""

from deid.model import Category, Entity
from deid.pseudonymise.labels import label_of
from deid.pseudonymise.subject import Subject

SUMMARY = "what kind of number or address it is, and a number of ours"
TECHNIQUE = "masking"
FOR = frozenset(Category)
DETAILS: tuple[str, ...] = ()


def invent(subject: Subject) -> str:
    return f"{label_of(subject.entity)} {subject.number}"


def render(token: str, mention: str, entity: Entity) -> str:
    return token
