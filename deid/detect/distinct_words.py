"""Lets a spaCy model embed each distinct word of a batch once.

The first layers look at every word by itself, and the next ones at its neighbours. Talk says the same few words again
and again, so the first layers need not see all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy
from numpy.typing import NDArray
from spacy.attrs import NORM, ORTH
from thinc.api import Model

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

Vectors = NDArray[numpy.float32]


def embed_distinct_words(model: Model[Any, Any]) -> None:
    """Puts the layer in place of the embedding of an entity recogniser's model; for reading, not for training."""
    embedding, _ = model.get_ref("tok2vec").layers[0].layers
    model.replace_node(embedding, Model("distinct_words", _forward, layers=[embedding]))


class _Words:
    """The distinct words of several documents: as much of a document as an embedding asks for."""

    def __init__(self, documents: Sequence[Doc], places: NDArray[numpy.intp]) -> None:
        self.vocab: Vocab = documents[0].vocab
        self._documents, self._places = documents, places

    def __len__(self) -> int:
        return len(self._places)

    def to_array(self, attributes: int | list[int | str]) -> NDArray[numpy.uint64]:
        return _all_words(self._documents, attributes)[self._places]


def _forward(
    model: Model[Any, Any], documents: Sequence[Doc], is_train: bool
) -> tuple[list[Vectors], Callable[[object], object]]:
    # What a word is known by: its spelling, and its norm, which the tokeniser gives by itself ("ca" of "can't").
    # Both are hashes, so one hash of the two is as good.
    spelling, norm = _all_words(documents, [ORTH, NORM]).T
    _, places, numbers = numpy.unique(spelling ^ (norm << numpy.uint64(1)), return_index=True, return_inverse=True)
    vectors = model.layers[0].predict([_Words(documents, places)])[0][numbers]
    return numpy.split(vectors, numpy.cumsum([len(document) for document in documents])[:-1]), _untrained


def _all_words(documents: Sequence[Doc], attributes: int | list[int | str]) -> NDArray[numpy.uint64]:
    return numpy.concatenate([document.to_array(attributes) for document in documents])


def _untrained(gradient: object) -> object:
    raise NotImplementedError("this layer reads and does not learn")
