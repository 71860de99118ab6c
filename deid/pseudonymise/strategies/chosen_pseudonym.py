"""A name that the participant or the researcher chose; a label where nobody chose one.

A first name stands for a first name, a surname for a surname, as far as the chosen name has both.
"""

from deid.fold import fold
from deid.model import Category, Entity
from deid.pseudonymise.labels import label_of
from deid.pseudonymise.subject import Subject
from deid.pseudonymise.tokens import number_of

SUMMARY = "a name that was chosen; else a label and a number"
TECHNIQUE = "pseudonymization"
FOR = frozenset({Category.PERSON})
DETAILS: tuple[str, ...] = ()


def invent(subject: Subject) -> str:
    return subject.chosen.strip() or f"{label_of(subject.entity)} {subject.number}"


def render(token: str, mention: str, entity: Entity) -> str:
    """The part of a chosen name that a mention asks for: its first name, its surname, or all of it."""
    chosen = token.split()
    if len(chosen) < 2 or number_of(token) or len(fold(mention).split()) > 1:
        return token
    full = next((words for form in entity.forms if len(words := fold(form).split()) > 1), [])
    return chosen[-1] if fold(mention) in full[1:] else chosen[0]
