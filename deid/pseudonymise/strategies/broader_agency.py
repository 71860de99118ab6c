"""A body by its kind, or by the group its kind belongs to: School 8, Place of learning 8.

detail: kind, group.
"""

from deid.model import Category, Entity
from deid.pseudonymise.labels import group_of, label_of
from deid.pseudonymise.subject import Subject

SUMMARY = "a body's kind or a broader word for it, and a number"
TECHNIQUE = "generalization"
FOR = frozenset({Category.AGENCY})
DETAILS: tuple[str, ...] = ("kind", "group")


def invent(subject: Subject) -> str:
    label = label_of(subject.entity)
    return f"{group_of(label) if subject.detail == 'group' else label} {subject.number}"


def render(token: str, mention: str, entity: Entity) -> str:
    return token
