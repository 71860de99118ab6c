"""spaCy's medium English model, its named-entity part alone, in batches."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from importlib import metadata
from typing import TYPE_CHECKING

from deid.detect.batches import of_similar_length
from deid.detect.models import SPACY, model_digests, model_folder
from deid.detect.passage import ModelSpan

if TYPE_CHECKING:
    from spacy.language import Language

    from deid.detect.entity_moves import EntityMoves

# The entity recogniser has layers of its own: without these its findings are the same and come five times as fast.
_LEFT_OUT = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter"]

# spaCy gives no probabilities; this is the flat score that Presidio gives its findings.
_SCORE = 0.85

# spaCy remembers how it parted a word from its comma, unless it works in a memory zone: beyond so many words it does,
# or a program that runs for days would grow.
_WORDS_REMEMBERED = 50_000

_TEXTS_A_BATCH = 64
_CHARACTERS_A_BATCH = 16_000


class SpacyModel:
    """Loads the model when it first reads. `read` gives the same spans however the texts are grouped."""

    name = "spacy"
    reads_case = True

    def __init__(self) -> None:
        self.fingerprint = f"{model_digests()[self.name]} spacy {metadata.version('spacy')}"

    def read(self, texts: Sequence[str]) -> list[tuple[ModelSpan, ...]]:
        found: list[list[ModelSpan]] = [[] for _ in texts]
        for batch in of_similar_length(texts, _TEXTS_A_BATCH, in_all=_CHARACTERS_A_BATCH):
            with self._room():
                documents = [self._language.make_doc(texts[number]) for number in batch]
                for number, first, stop, label in self._moves.entities(documents):
                    entity = documents[number][first:stop]
                    found[batch[number]].append(ModelSpan(entity.start_char, entity.end_char, label, _SCORE, self.name))
        return [tuple(spans) for spans in found]

    def _room(self) -> AbstractContextManager[object]:
        language = self._language
        return language.memory_zone() if len(language.vocab) > _WORDS_REMEMBERED else nullcontext()

    @cached_property
    def _language(self) -> Language:
        import spacy
        from thinc.api import NumpyOps, use_ops

        folder = model_folder(SPACY)
        # BLIS knows few processors and is two to five times slower than numpy's own library on the others.
        operations = NumpyOps(use_blis=False)
        with warnings.catch_warnings(), use_ops("numpy", use_blis=False):
            warnings.filterwarnings("ignore", message=r".*W095")  # made for spaCy 3.7, the same on 3.8
            language = spacy.load(folder, exclude=_LEFT_OUT)
        for name in language.pipe_names:
            for node in language.get_pipe(name).model.walk():  # type: ignore[attr-defined]
                node.ops = operations
        return language

    @cached_property
    def _moves(self) -> EntityMoves:
        from deid.detect.distinct_words import embed_distinct_words
        from deid.detect.entity_moves import EntityMoves
        from deid.detect.maxout import only_read_maxout

        recogniser = self._language.get_pipe("ner")
        only_read_maxout(recogniser.model)  # type: ignore[attr-defined]
        embed_distinct_words(recogniser.model)  # type: ignore[attr-defined]
        return EntityMoves(recogniser)
