"""Rampart: a small token classifier, run by onnxruntime on one thread, one sentence a row; the tagger reads along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from deid.detect.models import RAMPART, model_digests, model_folder
from deid.detect.passage import ModelSpan
from deid.detect.sentences import sentences
from deid.detect.tagger import CLASSES, LABEL, STATES, Tagger, with_states
from deid.detect.wordpiece import Piece, make_tokenizer, read_vocabulary
from deid.fold import WORD

if TYPE_CHECKING:
    import numpy as np
    from onnxruntime import InferenceSession

    _Figures = np.ndarray[tuple[int, ...], np.dtype[np.float32]]

_KINDS = (
    "GIVEN_NAME", "SURNAME", "EMAIL", "PHONE", "URL", "TAX_ID", "BANK_ACCOUNT", "ROUTING_NUMBER", "GOVERNMENT_ID",
    "PASSPORT", "DRIVERS_LICENSE", "BUILDING_NUMBER", "STREET_NAME", "SECONDARY_ADDRESS", "CITY", "STATE", "ZIP_CODE",
)  # fmt: skip
# The model's labels, as its config.json numbers them: O, then B- and I- of each kind.
_LABELS = ("O", *(kind for kind in _KINDS for _ in "BI"))
_TAGS = ("O", *(LABEL + category for category in CLASSES))
# Below this the tagger has seen nothing; who reads its spans has cuts of their own.
_TAGGED_FROM = 0.2

_Words = dict[int, tuple[int, str, float]]
"""Start of a word -> its end, its label, and how sure that is."""

_ROWS_A_BATCH = 16
_LONGEST_ROW = 500  # the model reads at most 512 pieces


class Rampart:
    """Loads the model when it first reads. `read` gives the same spans however the texts are grouped."""

    name = "rampart"
    reads_case = False

    def __init__(self, cut: float) -> None:
        self._cut = cut
        self._tagger = Tagger()
        self.fingerprint = (
            f"{model_digests()[self.name]} onnxruntime {metadata.version('onnxruntime')} cut {cut} rows 1 "
            f"tagger {self._tagger.fingerprint} from {_TAGGED_FROM}"
        )

    def read(self, texts: Sequence[str]) -> list[tuple[ModelSpan, ...]]:
        rows = [(number, row) for number, text in enumerate(texts) for row in self.rows(text)]
        rows.sort(key=lambda numbered: len(numbered[1]))  # rows of one length waste nothing on padding
        named: list[_Words] = [{} for _ in texts]
        tagged: list[_Words] = [{} for _ in texts]
        for start in range(0, len(rows), _ROWS_A_BATCH):
            batch = rows[start : start + _ROWS_A_BATCH]
            logits, states = self.states([row for _, row in batch])
            tags = self._tagger.chances([(texts[number], row) for number, row in batch], states)
            for (number, row), of_names, of_tags in zip(batch, logits, tags, strict=True):
                names = _softmax(of_names[: len(row)])
                _keep_surest(named[number], _some_words(texts[number], row, names, _LABELS, self._cut))
                _keep_surest(tagged[number], _some_words(texts[number], row, of_tags, _TAGS, _TAGGED_FROM))
        return [
            (*_join(text, names), *_join(text, tags)) for text, names, tags in zip(texts, named, tagged, strict=True)
        ]

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
        model = with_states((self._folder / "onnx" / "model_q4.onnx").read_bytes())
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def rows(self, text: str) -> Iterator[list[Piece]]:
        """The pieces of each row, with their places in the text."""
        for start, end in sentences(text):
            row = [Piece(piece.id, start + piece.start, start + piece.end) for piece in self._tokenize(text[start:end])]
            for cut in range(0, len(row), _LONGEST_ROW):
                yield row[cut : cut + _LONGEST_ROW]

    def states(self, rows: Sequence[list[Piece]]) -> tuple[_Figures, list[_Figures]]:
        """(rows, pieces, labels): what the model makes of them; and (rows, pieces, 384) of each of its layers."""
        import numpy as np

        first, last = self._vocabulary["[CLS]"], self._vocabulary["[SEP]"]
        ids = np.zeros((len(rows), max(map(len, rows)) + 2), dtype=np.int64)
        mask = np.zeros_like(ids)
        for number, row in enumerate(rows):
            ids[number, : len(row) + 2] = [first, *(piece.id for piece in row), last]
            mask[number, : len(row) + 2] = 1
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        logits, *states = (found[:, 1:-1] for found in self._session.run(["logits", *STATES], inputs))
        return logits, states


def _softmax(logits: _Figures) -> _Figures:
    import numpy as np

    chances = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: _Figures = chances / chances.sum(axis=1, keepdims=True)
    return shares


def _some_words(
    text: str, row: Sequence[Piece], chances: _Figures, labels: Sequence[str], cut: float
) -> Iterator[tuple[int, int, str, float]]:
    """(start, end, label, score) of each word with a piece whose chance of being nothing is small enough."""
    import numpy as np

    something = 1 - chances[:, 0]
    best = chances[:, 1:].argmax(axis=1) + 1
    for place in np.flatnonzero(something >= cut).tolist():
        start, end = _word_around(text, row[place])
        yield start, end, labels[int(best[place])], float(something[place])


def _word_around(text: str, piece: Piece) -> tuple[int, int]:
    start, end = piece.start, piece.end
    while start > 0 and WORD.fullmatch(text, start - 1, end):
        start -= 1
    while end < len(text) and WORD.fullmatch(text, start, end + 1):
        end += 1
    return start, end


def _keep_surest(words: _Words, found: Iterable[tuple[int, int, str, float]]) -> None:
    for start, end, kind, score in found:
        if start not in words or words[start][2] < score:
            words[start] = (end, kind, score)


def _join(text: str, words: _Words) -> Iterable[ModelSpan]:
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
