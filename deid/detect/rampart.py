"""Rampart: a small token classifier, run by onnxruntime on one thread, one sentence a row; the tagger reads along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from deid.detect.batches import of_similar_length
from deid.detect.models import RAMPART, model_digests, model_folder
from deid.detect.passage import ModelSpan
from deid.detect.sentences import sentences
from deid.detect.tagger import CLASSES, FIRM, LABEL, SEEN, STATES, Row, Rows, Tagger
from deid.detect.wordpiece import Piece, make_tokenizer, read_vocabulary, word_around

if TYPE_CHECKING:
    import numpy as np
    from onnxruntime import InferenceSession

    from deid.detect.tagger import States

    _Figures = np.ndarray[tuple[int, ...], np.dtype[np.float32]]

_KINDS = (
    "GIVEN_NAME", "SURNAME", "EMAIL", "PHONE", "URL", "TAX_ID", "BANK_ACCOUNT", "ROUTING_NUMBER", "GOVERNMENT_ID",
    "PASSPORT", "DRIVERS_LICENSE", "BUILDING_NUMBER", "STREET_NAME", "SECONDARY_ADDRESS", "CITY", "STATE", "ZIP_CODE",
)  # fmt: skip
# The model's labels, as its config.json numbers them: O, then B- and I- of each kind.
_LABELS = ("O", *(kind for kind in _KINDS for _ in "BI"))
_TAGS = ("O", *(LABEL + category for category in CLASSES))
# The chances of a word from which the tagger's spans are given; who reads them has cuts of their own.
_TAGGED_FROM = 0.2
_LEVELS = {SEEN: 0.1, FIRM: 0.7}

_Words = dict[int, tuple[int, str, float]]
"""Start of a word -> its end, its label, and how sure that is."""

_ROWS_A_BATCH = 16
_PIECES_AT_A_TIME = 4_000
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
            f"whole numbers 2 tagger {self._tagger.fingerprint} from {_TAGGED_FROM} levels {_LEVELS}"
        )

    def read(self, texts: Sequence[str]) -> list[tuple[ModelSpan, ...]]:
        return [spans for several in _some_at_a_time(texts, self.rows) for spans in self._read(several)]

    def _read(self, texts: Sequence[tuple[str, Rows]]) -> Iterator[tuple[ModelSpan, ...]]:
        logits, states = self.states([row for _, rows in texts for row in rows])
        tags = iter(self._tagger.chances(texts, states))
        names = map(_softmax, logits)
        for text, rows in texts:
            named: _Words = {}
            tagged: _Words = {}
            for row in rows:
                _keep_surest(named, _some_words(text, row, next(names), _LABELS, self._cut))
                _keep_surest(tagged, _some_words(text, row, next(tags), _TAGS, _LEVELS[SEEN]))
            yield (*_join(text, named), *_join(text, _from(tagged, _TAGGED_FROM)), *_levels(text, tagged))

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

        from deid.detect.rampart_network import network

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        model = network(self._folder / "onnx" / "model_q4.onnx")
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def rows(self, text: str) -> Iterator[Row]:
        """The pieces of each row, with their places in the text."""
        for start, end in sentences(text):
            row = [Piece(piece.id, start + piece.start, start + piece.end) for piece in self._tokenize(text[start:end])]
            for cut in range(0, len(row), _LONGEST_ROW):
                yield row[cut : cut + _LONGEST_ROW]

    def states(self, rows: Sequence[Row]) -> tuple[list[_Figures], list[States]]:
        """For each row what the model makes of its pieces (pieces, labels), and its inner states."""
        logits: dict[int, _Figures] = {}
        states: dict[int, States] = {}
        for batch in of_similar_length(rows, _ROWS_A_BATCH):
            inputs = self.inputs([rows[number] for number in batch])
            of_names, *layers = self._session.run(["logits", *STATES], inputs)
            for place, number in enumerate(batch):
                stop = 1 + len(rows[number])  # [CLS] stands before the row
                logits[number] = of_names[place, 1:stop]
                states[number] = [layer[place, 1:stop] for layer in layers]
        return [logits[number] for number in range(len(rows))], [states[number] for number in range(len(rows))]

    def inputs(self, rows: Sequence[Row]) -> dict[str, np.ndarray[tuple[int, int], np.dtype[np.int64]]]:
        """The model's inputs, by their names, for a batch of rows."""
        import numpy as np

        first, last = self._vocabulary["[CLS]"], self._vocabulary["[SEP]"]
        ids = np.zeros((len(rows), max(map(len, rows)) + 2), dtype=np.int64)
        mask = np.zeros_like(ids)
        for number, row in enumerate(rows):
            ids[number, : len(row) + 2] = [first, *(piece.id for piece in row), last]
            mask[number, : len(row) + 2] = 1
        return {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}


def _some_at_a_time(texts: Iterable[str], cut: Callable[[str], Iterable[Row]]) -> Iterator[list[tuple[str, Rows]]]:
    """Texts with their rows, so many that the states of all their pieces are no burden."""
    several: list[tuple[str, Rows]] = []
    pieces = 0
    for text in texts:
        rows = list(cut(text))
        several.append((text, rows))
        pieces += sum(map(len, rows))
        if pieces >= _PIECES_AT_A_TIME:
            yield several
            several, pieces = [], 0
    if several:
        yield several


def _softmax(logits: _Figures) -> _Figures:
    import numpy as np

    chances = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: _Figures = chances / chances.sum(axis=1, keepdims=True)
    return shares


def _some_words(
    text: str, row: Row, chances: _Figures, labels: Sequence[str], cut: float
) -> Iterator[tuple[int, int, str, float]]:
    """(start, end, label, score) of each word with a piece whose chance of being nothing is small enough."""
    import numpy as np

    something = 1 - chances[:, 0]
    best = chances[:, 1:].argmax(axis=1) + 1
    for place in np.flatnonzero(something >= cut).tolist():
        start, end = word_around(text, row[place])
        yield start, end, labels[int(best[place])], float(something[place])


def _keep_surest(words: _Words, found: Iterable[tuple[int, int, str, float]]) -> None:
    for start, end, kind, score in found:
        if start not in words or words[start][2] < score:
            words[start] = (end, kind, score)


def _levels(text: str, tagged: _Words) -> Iterator[ModelSpan]:
    """The stretches of each level, whatever their words were read as."""
    for label, cut in _LEVELS.items():
        yield from _join(text, {start: (end, label, score) for start, (end, _, score) in _from(tagged, cut).items()})


def _from(words: _Words, cut: float) -> _Words:
    return {start: word for start, word in words.items() if word[2] >= cut}


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
