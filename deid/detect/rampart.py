"""Rampart: a small token classifier, run by onnxruntime on one thread, one sentence a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from deid.detect.models import RAMPART, model_digests, model_folder
from deid.detect.passage import ModelSpan
from deid.detect.sentences import sentences
from deid.detect.wordpiece import Piece, make_tokenizer, read_vocabulary
from deid.fold import WORD

if TYPE_CHECKING:
    import numpy as np
    from onnxruntime import InferenceSession

    _Logits = np.ndarray[tuple[int, int], np.dtype[np.float32]]

_KINDS = (
    "GIVEN_NAME", "SURNAME", "EMAIL", "PHONE", "URL", "TAX_ID", "BANK_ACCOUNT", "ROUTING_NUMBER", "GOVERNMENT_ID",
    "PASSPORT", "DRIVERS_LICENSE", "BUILDING_NUMBER", "STREET_NAME", "SECONDARY_ADDRESS", "CITY", "STATE", "ZIP_CODE",
)  # fmt: skip
# The model's labels, as its config.json numbers them: O, then B- and I- of each kind.
_LABELS = ("O", *(kind for kind in _KINDS for _ in "BI"))

_ROWS_A_BATCH = 16
_LONGEST_ROW = 500  # the model reads at most 512 pieces


class Rampart:
    """Loads the model when it first reads. `read` gives the same spans however the texts are grouped."""

    name = "rampart"
    reads_case = False

    def __init__(self, cut: float) -> None:
        self._cut = cut
        self.fingerprint = (
            f"{model_digests()[self.name]} onnxruntime {metadata.version('onnxruntime')} cut {cut} rows 1"
        )

    def read(self, texts: Sequence[str]) -> list[tuple[ModelSpan, ...]]:
        rows = [(number, row) for number, text in enumerate(texts) for row in self._rows(text)]
        rows.sort(key=lambda numbered: len(numbered[1]))  # rows of one length waste nothing on padding
        scored: list[dict[int, tuple[int, str, float]]] = [{} for _ in texts]
        for start in range(0, len(rows), _ROWS_A_BATCH):
            batch = rows[start : start + _ROWS_A_BATCH]
            for (number, row), logits in zip(batch, self._run([row for _, row in batch]), strict=True):
                _keep_surest(scored[number], _name_words(texts[number], row, logits, self._cut))
        return [tuple(_join(text, words)) for text, words in zip(texts, scored, strict=True)]

    @cached_property
    def _vocabulary(self) -> dict[str, int]:
        return read_vocabulary(self._folder / "vocab.txt")

    @cached_property
    def _folder(self) -> Path:
        return model_folder(RAMPART)

    @cached_property
    def _tokenize(self) -> Callable[[str], list[Piece]]:
        return make_tokenizer(self._vocabulary)

    @cached_property
    def _session(self) -> InferenceSession:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        model = str(self._folder / "onnx" / "model_q4.onnx")
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def _rows(self, text: str) -> Iterable[list[Piece]]:
        for start, end in sentences(text):
            row = [Piece(piece.id, start + piece.start, start + piece.end) for piece in self._tokenize(text[start:end])]
            for cut in range(0, len(row), _LONGEST_ROW):
                yield row[cut : cut + _LONGEST_ROW]

    def _run(self, rows: Sequence[list[Piece]]) -> list[_Logits]:
        import numpy as np

        first, last = self._vocabulary["[CLS]"], self._vocabulary["[SEP]"]
        ids = np.zeros((len(rows), max(map(len, rows)) + 2), dtype=np.int64)
        mask = np.zeros_like(ids)
        for number, row in enumerate(rows):
            ids[number, : len(row) + 2] = [first, *(piece.id for piece in row), last]
            mask[number, : len(row) + 2] = 1
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        logits = self._session.run(["logits"], inputs)[0]
        return [logits[number, 1 : len(row) + 1] for number, row in enumerate(rows)]


def _name_words(text: str, row: list[Piece], logits: _Logits, cut: float) -> Iterable[tuple[int, int, str, float]]:
    """(start, end, kind, score) of each word with a piece whose chance of being nothing is small enough."""
    import numpy as np

    chances = np.exp(logits - logits.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    something = 1 - chances[:, 0]
    best = chances[:, 1:].argmax(axis=1) + 1
    for place in np.flatnonzero(something >= cut):
        start, end = _word_around(text, row[place])
        yield start, end, _LABELS[best[place]], float(something[place])


def _word_around(text: str, piece: Piece) -> tuple[int, int]:
    start, end = piece.start, piece.end
    while start > 0 and WORD.fullmatch(text, start - 1, end):
        start -= 1
    while end < len(text) and WORD.fullmatch(text, start, end + 1):
        end += 1
    return start, end


def _keep_surest(words: dict[int, tuple[int, str, float]], found: Iterable[tuple[int, int, str, float]]) -> None:
    for start, end, kind, score in found:
        if start not in words or words[start][2] < score:
            words[start] = (end, kind, score)


def _join(text: str, words: dict[int, tuple[int, str, float]]) -> Iterable[ModelSpan]:
    """Neighbouring words of one kind as one span, with the score of its surest word."""
    open_span: tuple[int, int, str, float] | None = None
    for start, (end, kind, score) in sorted(words.items()):
        if open_span and open_span[2] == kind and not text[open_span[1] : start].strip(" \t\n-’'"):
            open_span = (open_span[0], max(end, open_span[1]), kind, max(score, open_span[3]))
            continue
        if open_span:
            yield ModelSpan(*open_span, model="rampart")
        open_span = (start, end, kind, score)
    if open_span:
        yield ModelSpan(*open_span, model="rampart")
