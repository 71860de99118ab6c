"""The tagger: a small network over Rampart's inner states that was taught on marked interviews what identifies.

Rampart knows names and addresses. What its layers hold of a sentence says far more, and costs little to read along:
a head of one recurrent layer over them tells the categories of this project apart, also the facts of a life and the
posts that no list holds. It was taught by `benchmarks/tagger/` on the invented interviews there; `tagger.onnx` beside
this module holds its weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from deid.detect.models import TAGGER, model_digests
from deid.detect.wordpiece import Piece
from deid.model import Category

if TYPE_CHECKING:
    import numpy as np
    from onnxruntime import InferenceSession

    _Array = np.ndarray[tuple[int, ...], np.dtype[np.float32]]

# What the head's classes mean, in their order; 0 is nothing.
CLASSES = (
    Category.PERSON, Category.PLACE, Category.AGENCY, Category.CASE, Category.ROLE,
    Category.DATE, Category.AGE, Category.CONTACT, Category.IDENTIFIER, Category.TRAIT,
)  # fmt: skip
LABEL = "TAGGED_"  # and a category: the label of the tagger's spans

# The outputs of the embeddings and of each layer, as Rampart's graph names them.
STATES = (
    "/bert/embeddings/LayerNorm/LayerNormalization_output_0",
    *(f"/bert/encoder/layer.{layer}/output/LayerNorm/LayerNormalization_output_0" for layer in range(6)),
)


def with_states(model: bytes) -> bytes:
    """The same ONNX model, whose session gives its inner states too.

    An ONNX file is one protobuf message, and what is appended to one is merged into it: here a graph (field 7 of the
    model) with further outputs (field 12 of the graph) that have nothing but a name (field 1).
    """
    return model + b"".join(_field(7, _field(12, _field(1, name.encode()))) for name in STATES)


def _field(number: int, content: bytes) -> bytes:
    assert len(content) < 128  # noqa: S101  a length of one byte is enough for a name
    return bytes([number << 3 | 2, len(content)]) + content


class Tagger:
    """Loads its weights when it first reads. Each row's figures are its own, whatever rows stand beside it."""

    def __init__(self) -> None:
        self.fingerprint = model_digests()["tagger"]

    def chances(self, rows: Sequence[tuple[str, Sequence[Piece]]], states: Sequence[_Array]) -> list[_Array]:
        """For each row of a text (pieces, 1 + len(CLASSES)): the chances. `states`: a (rows, pieces, 384) a layer."""
        import numpy as np

        longest = states[0].shape[1]
        shapes = np.zeros((len(rows), longest, SHAPES), dtype=np.float32)
        for number, (text, row) in enumerate(rows):
            shapes[number, : len(row)] = list(shapes_of(text, row))
        inputs = {
            "states": np.concatenate((*states, shapes), axis=2),
            "lengths": np.array([len(row) for _, row in rows], dtype=np.int32),
        }
        found = self._session.run(["chances"], inputs)[0]
        return [found[number, : len(row)] for number, (_, row) in enumerate(rows)]

    @cached_property
    def _session(self) -> InferenceSession:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return onnxruntime.InferenceSession(str(TAGGER), options, providers=["CPUExecutionProvider"])


SHAPES = 6


def shapes_of(text: str, row: Sequence[Piece]) -> Iterator[tuple[bool, bool, bool, bool, bool, bool]]:
    """What Rampart, which reads all in small letters, cannot see of each piece.

    Its word begins with a capital, is all capitals, has a figure, began before it; it opens its row; its row has no
    capitals at all.
    """
    is_lower = not any(text[piece.start : piece.end] != text[piece.start : piece.end].lower() for piece in row)
    for number, piece in enumerate(row):
        start, end = piece.start, piece.end
        while start > 0 and (text[start - 1].isalnum() or text[start - 1] in "'’"):
            start -= 1
        while end < len(text) and text[end].isalnum():
            end += 1
        word = text[start:end]
        yield (
            word[:1].isupper(),
            len(word) > 1 and word.isupper(),
            any(map(str.isdigit, word)),
            piece.start > start,
            number == 0,
            is_lower,
        )
