"""Persons and things, each in reading order."""

from deid.model import Category, Finding, Segment, Span, Transcript
from deid.region import Place, Region
from deid.resolve.gazetteer import index_region
from deid.resolve.mentioned import mentioned
from deid.resolve.overlap import settle

GAZETTEER = index_region(Region("test", places=(Place("Oxmoor", "town", district="Oxmoor"),)))


def test_persons_and_things_are_told_apart() -> None:
    text = "Grace Vane left Oxmoor with Gary Lind in 2018."
    forms = {
        "Grace Vane": Category.PERSON,
        "Oxmoor": Category.PLACE,
        "Gary Lind": Category.PERSON,
        "2018": Category.DATE,
    }
    spans = {form: Span(0, text.index(form), text.index(form) + len(form)) for form in forms}
    settled = settle(Finding(spans[form], category, "", 0.9, "test", "") for form, category in forms.items())
    persons, things = mentioned(Transcript("P01", (Segment("speech", text, 1),)), settled, GAZETTEER)
    assert [(person.text, person.place) for person in persons] == [
        (form, spans[form]) for form in ("Grace Vane", "Gary Lind")
    ]
    assert [(thing.form, thing.place) for thing in things] == [(form, spans[form]) for form in ("Oxmoor", "2018")]
