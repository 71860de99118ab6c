"""The entities of documents, from the layers of spaCy's entity recogniser.

The recogniser makes a move for each word: a name begins, goes on or ends with it, it is one by itself, or it is none.
spaCy makes one move after another. Outside a name no move hangs on those before it, so here all words get theirs at
once, and only the words of longer names are read in order: the same entities in a fraction of the time, above all on
Python 3.11, where spaCy's own loop takes two thirds of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy
from numpy.typing import NDArray
from spacy.attrs import IS_SPACE

from deid.detect.maxout import Rows, largest_pieces

if TYPE_CHECKING:
    from spacy.pipeline import EntityRecognizer
    from spacy.tokens import Doc

Numbers = NDArray[numpy.intp]
Flags = NDArray[numpy.bool_]
Entity = tuple[int, int, int, str]
"""(document, its first word, the word behind the last, label)"""


class EntityMoves:
    """Holds the weights of a recogniser. It must read greedily, and nothing may be marked in the documents yet."""

    def __init__(self, recogniser: EntityRecognizer) -> None:
        self._embed, lower, upper = recogniser.model.layers
        # A move sees three words: its own, the first of the name that is open, and the one before its own.
        self._seen = [part.reshape(-1, part.shape[-1]).T for part in lower.get_param("W")]
        self._unseen = lower.get_param("pad").reshape(len(self._seen), -1)
        self._bias, self._pieces = lower.get_param("b").ravel(), lower.get_dim("nP")
        self._weights, self._weights_bias = upper.get_param("W"), upper.get_param("b")
        moves = [recogniser.moves.get_class_name(number) for number in range(len(self._weights))]
        self._labels = [move[2:] for move in moves if move[0] == "B"]
        begin, unit, self._go_on, self._end = (
            numpy.array([moves.index(f"{kind}-{label}") for label in self._labels]) for kind in "BUIL"
        )
        self._outside = numpy.concatenate([begin, unit, [moves.index("O")]])

    def entities(self, documents: Sequence[Doc]) -> Iterator[Entity]:
        """In the order of the documents and their words."""
        if not any(map(len, documents)):
            return
        words: Rows = self._embed.predict(documents)
        ends = numpy.cumsum([len(document) for document in documents])
        is_last = numpy.zeros(len(words), bool)
        is_last[ends - 1] = True
        is_space = numpy.concatenate([document.to_array(IS_SPACE) for document in documents]).astype(bool)
        kinds, labels = numpy.divmod(self._moves_outside(words, is_space, is_last), len(self._labels))
        stops = numpy.arange(1, len(words) + 1)
        begins = numpy.flatnonzero(kinds == 0)
        stops[begins] = self._stops(words, begins, labels[begins], is_last)
        behind = 0
        for place in numpy.flatnonzero(kinds < 2):  # a name begins or is this word
            if place >= behind:
                behind = stops[place]
                number = int(numpy.searchsorted(ends, place, side="right"))
                first = ends[number] - len(documents[number])
                yield number, int(place - first), int(behind - first), self._labels[labels[place]]

    def _moves_outside(self, words: Rows, is_space: Flags, is_last: Flags) -> Numbers:
        """Each word's best move where no name is open, as a number among self._outside."""
        scores = self._scores(words @ self._seen[0] + self._unseen[1] + self._unseen[2])[:, self._outside]
        scores[is_last, : len(self._labels)] = -numpy.inf  # no name begins and goes on where the document ends
        scores[is_space, :-1] = -numpy.inf
        best: Numbers = scores.argmax(axis=1)
        return best

    def _stops(self, words: Rows, begins: Numbers, labels: Numbers, is_last: Flags) -> Numbers:
        """The word behind each of the names that begin and go on; all of them are read a word further at a time."""
        stops, at = begins.copy(), begins + 1
        going = numpy.arange(len(begins))
        while len(going):
            rows = words[at] @ self._seen[0] + words[begins[going]] @ self._seen[1] + words[at - 1] @ self._seen[2]
            scores, several = self._scores(rows), numpy.arange(len(going))
            ends = is_last[at] | (
                scores[several, self._end[labels[going]]] > scores[several, self._go_on[labels[going]]]
            )
            stops[going[ends]] = at[ends] + 1
            going, at = going[~ends], at[~ends] + 1
        return stops

    def _scores(self, rows: Rows) -> Rows:
        rows = rows + self._bias
        scores: Rows = largest_pieces(rows, self._pieces) @ self._weights.T + self._weights_bias
        return scores
