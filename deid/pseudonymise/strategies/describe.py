"""Own words of the reviewer in place of a stretch: [a job in the family's shop]."""

from deid.model import Category, Entity
from deid.pseudonymise.labels import label_of
from deid.pseudonymise.subject import Subject

SUMMARY = "the reviewer's own words"
TECHNIQUE = "generalization"
FOR = frozenset[Category]()
DETAILS: tuple[str, ...] = ()


def invent(subject: Subject) -> str:
    return subject.chosen.strip(" []") or f"{label_of(subject.entity)} {subject.number}"


def render(token: str, mention: str, entity: Entity) -> str:
    return token
