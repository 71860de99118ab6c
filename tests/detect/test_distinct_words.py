"""Each distinct word is embedded once, and every place of it gets the same vector."""

from typing import Any

import numpy
import pytest
import spacy
from spacy.attrs import LOWER, NORM, ORTH
from thinc.api import Model, chain

from deid.detect.distinct_words import embed_distinct_words

TEXTS = ("She can't, she said.", "", "Can she? She can.")


def recogniser(seen: list[int]) -> Model[Any, Any]:
    """As much of one as is touched: an embedding that gives a word its own numbers, and a layer above."""

    def embed(model: Model[Any, Any], documents: Any, is_train: bool) -> tuple[Any, Any]:
        seen.append(sum(len(document) for document in documents))
        return [document.to_array([ORTH, NORM, LOWER]) for document in documents], None

    above: Model[Any, Any] = Model("above", lambda model, rows, is_train: (rows, None))
    layers: Model[Any, Any] = chain(chain(Model("embed", embed), above), above.copy())
    return Model(
        "ner", lambda model, texts, is_train: layers(texts, is_train), layers=[layers], refs={"tok2vec": layers}
    )


@pytest.mark.parametrize("texts", [TEXTS, TEXTS[:1], TEXTS[1:2]])
def test_the_vectors_are_those_of_every_word(texts: tuple[str, ...]) -> None:
    make, seen = spacy.blank("en"), list[int]()
    documents = [make(text) for text in texts]
    model = recogniser(seen)
    plain = model.predict(documents)
    embed_distinct_words(model)
    assert all(map(numpy.array_equal, model.predict(documents), plain))
    distinct = {(word.orth, word.norm) for document in documents for word in document}
    assert seen == [sum(map(len, documents)), len(distinct)]


def test_the_layer_does_not_learn() -> None:
    model = recogniser([])
    embed_distinct_words(model)
    _, learn = model.get_ref("tok2vec").layers[0].layers[0]([spacy.blank("en")("She said.")], True)
    with pytest.raises(NotImplementedError):
        learn(None)
