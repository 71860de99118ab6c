"""The tagger: a small network over Rampart's inner states that was taught on marked interviews what identifies.

Rampart knows names and addresses. What its layers hold of a sentence says far more, and costs little to read along:
a head of one recurrent layer over them tells the categories of this project apart, also the facts of a life and the
posts that no list holds. It was taught by `benchmarks/tagger/` on the invented interviews there; `tagger.onnx` beside
this module holds its weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Sized
from functools import cached_property
from typing import TYPE_CHECKING, Any

from deid.detect.batches import of_similar_length
from deid.detect.models import TAGGER, model_digests
from deid.detect.wordpiece import Piece, word_around
from deid.model import Category

if TYPE_CHECKING:
    import numpy as np
    from onnxruntime import InferenceSession

    _Array = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
    States = Sequence[_Array]  # of one row: each of STATES (pieces, 384)

Row = list[Piece]
"""One sentence as Rampart's pieces."""
Rows = Sequence[Row]

# What the head's classes mean, in their order; 0 is nothing.
CLASSES = (
    Category.PERSON, Category.PLACE, Category.AGENCY, Category.CASE, Category.ROLE,
    Category.DATE, Category.AGE, Category.CONTACT, Category.IDENTIFIER, Category.TRAIT,
)  # fmt: skip
SHAPES = 6  # what `shapes_of` tells of a piece
LABEL = "TAGGED_"  # and a category: the label of the tagger's spans
# Labels of stretches of words in which it sees something at all, and of which it is firm, whatever they are.
SEEN, FIRM = "TAGGER_SEES", "TAGGER_IS_FIRM"

# The outputs of the embeddings and of each layer, as Rampart's graph names them.
STATES = (
    "/bert/embeddings/LayerNorm/LayerNormalization_output_0",
    *(f"/bert/encoder/layer.{layer}/output/LayerNorm/LayerNormalization_output_0" for layer in range(6)),
)
FIGURES = len(STATES) * 384 + SHAPES  # that the tagger sees of a piece

_LONGEST_REACH = 256  # pieces
_REACHES_A_BATCH = 8


class Tagger:
    """Loads its weights when it first reads. A text's figures are its own, whatever texts stand beside it."""

    def __init__(self) -> None:
        self.fingerprint = model_digests()["tagger"]

    def chances(self, texts: Sequence[tuple[str, Rows]], states: Iterable[States]) -> list[_Array]:
        """For each row of the texts (pieces, 1 + len(CLASSES)): the chances. `states`: each row's."""
        import numpy as np

        seen = list(seen_of(texts, states))
        told: dict[int, _Array] = {}
        for batch in of_similar_length(seen, _REACHES_A_BATCH):
            told.update(zip(batch, self._read([seen[number] for number in batch]), strict=True))
        rows = [row for _, rows in texts for row in rows]
        return _parted(np.concatenate([told[number] for number in range(len(seen))]), rows) if rows else []

    def _read(self, reaches: Sequence[_Array]) -> list[_Array]:
        """Each reach's chances. Where the network says that they are not a reach's own, each is read by itself."""
        chances, is_beyond = self._session.run(["chances", "beyond"], _inputs(reaches))
        if is_beyond.any() and len(reaches) > 1:
            return [self._read([reach])[0] for reach in reaches]
        return _parted(chances, reaches)

    @cached_property
    def _session(self) -> InferenceSession:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return onnxruntime.InferenceSession(str(TAGGER), options, providers=["CPUExecutionProvider"])


def reaches(rows: Rows) -> Iterator[tuple[int, int]]:
    """Runs of rows of one text (first, stop) that are read as one: what a turn said before tells what follows."""
    first = pieces = 0
    for at, row in enumerate(rows):
        if at > first and pieces + len(row) > _LONGEST_REACH:
            yield first, at
            first, pieces = at, 0
        pieces += len(row)
    if rows:
        yield first, len(rows)


def seen_of(texts: Sequence[tuple[str, Rows]], states: Iterable[States]) -> Iterator[_Array]:
    """For each reach of the texts (pieces, FIGURES): what the tagger sees of it. `states`: each row's."""
    import numpy as np

    rest = iter(states)
    for text, rows in texts:
        for first, stop in reaches(rows):
            seen = np.empty((sum(map(len, rows[first:stop])), FIGURES), dtype=np.float32)
            start = 0
            for row in rows[first:stop]:
                np.concatenate((*next(rest), list(shapes_of(text, row))), axis=1, out=seen[start : start + len(row)])
                start += len(row)
            yield seen


def _inputs(reaches: Sequence[_Array]) -> dict[str, np.ndarray[Any, np.dtype[Any]]]:
    """The network's inputs, by their names, for reaches that are read together (benchmarks/tagger/head.py)."""
    import numpy as np

    lengths = np.array([len(reach) for reach in reaches], dtype=np.int32)
    steps = np.arange(lengths.max(), dtype=np.int64)[:, None]
    is_piece = steps < lengths
    places = np.where(is_piece, lengths.cumsum() - lengths + steps, 0)
    back = np.arange(places.size).reshape(places.shape).T[is_piece.T]
    return {"states": np.concatenate(reaches), "places": places, "lengths": lengths, "back": back}


def _parted(figures: _Array, several: Sequence[Sized]) -> list[_Array]:
    """What was found of several, each by itself again."""
    import numpy as np

    return np.split(figures, np.cumsum([len(one) for one in several])[:-1])


def shapes_of(text: str, row: Row) -> Iterator[tuple[bool, bool, bool, bool, bool, bool]]:
    """What Rampart, which reads all in small letters, cannot see of each piece.

    Its word begins with a capital, is all capitals, has a figure, began before it; it opens its row; its row has no
    capitals at all.
    """
    said = text[row[0].start : row[-1].end]
    is_lower = said == said.lower()
    for number, piece in enumerate(row):
        start, end = word_around(text, piece)
        word = text[start:end]
        yield (
            word[:1].isupper(),
            len(word) > 1 and word.isupper(),
            any(map(str.isdigit, word)),
            piece.start > start,
            number == 0,
            is_lower,
        )
