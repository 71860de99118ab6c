"""The page as HTML: values in, text out. Everything that is shown is escaped by the templates."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

CATEGORIES: Mapping[str, str] = {
    "PERSON": "Person",
    "PLACE": "Place",
    "AGENCY": "Agency",
    "CASE": "Case",
    "ROLE": "Role",
    "DATE": "Date",
    "AGE": "Age",
    "CONTACT": "Contact",
    "IDENTIFIER": "Identifier",
    "TRAIT": "Trait",
}
# Beside the colour, for those who see none: a letter in front of each replacement.
MARKS: Mapping[str, str] = {
    "PERSON": "P",
    "PLACE": "L",
    "AGENCY": "A",
    "CASE": "C",
    "ROLE": "R",
    "DATE": "D",
    "AGE": "#",
    "CONTACT": "@",
    "IDENTIFIER": "N",
    "TRAIT": "T",
}
KINDS: Mapping[str, str] = {
    "gate": "Held back",
    "link": "Who is meant?",
    "several": "Replaced, but unsure",
    "unsure": "Unsure",
    "risk": "Could be recognised",
    "list": "Left readable",
    "thing": "In the transcripts",
}


# What a kind of risk is called on the page.
RISKS: Mapping[str, str] = {
    "combination": "The only one of the sample",
    "colleague": "A colleague could tell",
    "claim": "A claim to be the only one",
    "public_case": "It was in public",
    "cluster": "Details of one young person",
    "linkage": "Two transcripts tell of it",
    "inversion": "A token can be turned back",
    "wording": "A way of speaking",
}


# What the findings on one card have in common; the participant or transcript stands behind it.
ALIKE: Mapping[str, str] = {
    "person": "What singles out",
    "passages": "Passages that lead to somebody in",
    "told": "Told in several transcripts",
    "named": "Participants whom others speak of",
    "turned_back": "Tokens that can be turned back",
}


# What a reviewer answered, for whoever compares two of them.
ANSWERS: Mapping[str, str] = {
    "confirm": "as it was proposed",
    "keep": "it may stay as it was",
    "other": "something else",
}


@cache
def _templates() -> Environment:
    loader = FileSystemLoader(Path(__file__).parent / "templates", encoding="utf-8")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals.update(CATEGORIES=CATEGORIES, MARKS=MARKS, KINDS=KINDS, RISKS=RISKS, ALIKE=ALIKE)
    return made


def render_page(template: str, values: Mapping[str, object]) -> str:
    """A whole page, or what stands in its <main> alone where `fragment` is set."""
    return _templates().get_template(f"{template}.html").render(values)
