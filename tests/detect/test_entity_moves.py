"""The entities are those that spaCy's own loop finds, whatever the weights say."""

import numpy
import pytest
import spacy
from spacy.language import Language

from deid.detect.entity_moves import EntityMoves

TEXTS = (
    "Tess Quill rang from Maidstone, she said, on the 4th of March 2019.",
    "",
    "Yeah.",
    "So, \n\n  um, the Orchard?  ",
    "And then Bram Eastlake and Gita Farrowdale and the youth team in Strood, all of them, came over for a week.",
)


@pytest.fixture(scope="module", params=range(3))
def language(request: pytest.FixtureRequest) -> Language:
    """A recogniser whose weights mean nothing, so that it begins, continues and ends names anywhere."""
    spacy.util.fix_random_seed(request.param)  # what `initialize` draws for the words themselves
    made = spacy.blank("en")
    recogniser = made.add_pipe("ner")
    for label in ("PERSON", "GPE", "DATE"):
        recogniser.add_label(label)  # type: ignore[attr-defined]
    made.initialize()
    random = numpy.random.default_rng(request.param)
    for layer in recogniser.model.layers[1:]:  # type: ignore[attr-defined]
        for name in layer.param_names:
            layer.set_param(name, random.normal(size=layer.get_param(name).shape).astype("float32"))
    return made


@pytest.mark.parametrize("texts", [TEXTS, TEXTS[:2], TEXTS[3:], TEXTS[1:2], ()])
def test_the_entities_are_those_of_spacy(language: Language, texts: tuple[str, ...]) -> None:
    moves = EntityMoves(language.get_pipe("ner"))
    found = list(moves.entities([language.make_doc(text) for text in texts]))
    assert found == [
        (number, entity.start, entity.end, entity.label_)
        for number, document in enumerate(map(language, texts))
        for entity in document.ents
    ]


def test_names_of_one_word_and_of_several_are_among_them(language: Language) -> None:
    moves = EntityMoves(language.get_pipe("ner"))
    lengths = {stop - first for _, first, stop, _ in moves.entities([language.make_doc(text) for text in TEXTS])}
    assert {1, 2} <= lengths
    assert max(lengths) > 2
