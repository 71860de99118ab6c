"""Everything that knows Presidio: one adapter class, an explicit registry, an analyser that asks nobody for anything.

Presidio drops a result that lies inside another of the same entity type, so every claim travels under a type of its
own. Its context enhancer, its default registry and its e-mail recogniser's look-up of public suffixes stay out.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import tldextract
from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

from deid.detect.passage import Claim, Passage

Find = Callable[[Passage], Iterable[Claim]]

_LANGUAGE = "en"
_CLAIM = "deid_claim"


def as_recogniser(name: str, find: Find) -> EntityRecognizer:
    """A function from a passage to its claims, as Presidio's recogniser of that name."""
    return _Recogniser(name, find)


def make_analyser(recognisers: Sequence[EntityRecognizer]) -> AnalyzerEngine:
    """Presidio's analyser over exactly these recognisers and no others."""
    if not recognisers:
        raise ValueError("Presidio fills an empty registry with its own recognisers")
    _keep_off_the_network()
    registry = RecognizerRegistry(recognizers=list(recognisers), supported_languages=[_LANGUAGE])
    analyser = AnalyzerEngine(
        registry=registry,
        nlp_engine=_NothingToRead(),
        supported_languages=[_LANGUAGE],
        context_aware_enhancer=_NoBoost(0.0, 0.0, 0, 0),
    )
    if list(analyser.registry.recognizers) != list(recognisers):
        raise RuntimeError("Presidio changed the list of recognisers")
    return analyser


def analyse(analyser: AnalyzerEngine, passage: Passage) -> tuple[tuple[str, Claim], ...]:
    """(recogniser, claim) for all claims about the passage, in one order whatever Presidio's sets do."""
    results = analyser.analyze(passage.text, _LANGUAGE, nlp_artifacts=_Artifacts(passage))
    claims = ((result.recognition_metadata["recognizer_name"], _claim(result)) for result in results)
    return tuple(sorted(claims, key=_place))


def _claim(result: RecognizerResult) -> Claim:
    claim = result.recognition_metadata[_CLAIM]
    assert isinstance(claim, Claim)  # noqa: S101  only _Recogniser makes results, see make_analyser
    return claim


def _place(named: tuple[str, Claim]) -> tuple[object, ...]:
    name, claim = named
    return claim.start, claim.end, claim.category, claim.kind, -claim.confidence, name, claim.why


class _Recogniser(EntityRecognizer):
    def __init__(self, name: str, find: Find) -> None:
        self._find = find
        self.name: str = name
        super().__init__(supported_entities=[name], name=name, supported_language=_LANGUAGE)

    def load(self) -> None:
        """Nothing: the models have read the passage before."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts) -> list[RecognizerResult]:
        if not isinstance(nlp_artifacts, _Artifacts):
            raise TypeError("deid's recognisers read a passage: use deid.detect.presidio.analyse")
        return [self._result(number, claim) for number, claim in enumerate(self._find(nlp_artifacts.passage))]

    def _result(self, number: int, claim: Claim) -> RecognizerResult:
        if not 0 < claim.confidence <= 1:
            raise ValueError(f"{self.name}: a confidence lies above 0 and not above 1")  # Presidio drops a 0
        metadata = {
            RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
            _CLAIM: claim,
        }
        kind = f"{self.name}:{number}"
        return RecognizerResult(kind, claim.start, claim.end, claim.confidence, recognition_metadata=metadata)


class _Artifacts(NlpArtifacts):
    """Carries the passage to the recognisers; no tokens, no lemmas, so nothing is read twice."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        nothing: Any = []
        super().__init__(nothing, nothing, nothing, nothing, nlp_engine=None, language=_LANGUAGE)


class _NothingToRead(NlpEngine):
    """An engine that reads nothing: our models have run already, in batches, before Presidio is called."""

    def load(self) -> None:
        pass

    def is_loaded(self) -> bool:
        return True

    def process_text(self, text: str, language: str) -> NlpArtifacts:
        raise TypeError("a passage goes in through deid.detect.presidio.analyse")

    def process_batch(
        self, texts: Iterable[str], language: str, batch_size: int = 1, n_process: int = 1, **rest: object
    ) -> Iterator[tuple[str, NlpArtifacts]]:
        raise TypeError("a passage goes in through deid.detect.presidio.analyse")

    def is_stopword(self, word: str, language: str) -> bool:
        return False

    def is_punct(self, word: str, language: str) -> bool:
        return False

    def get_supported_entities(self) -> list[str]:
        return []

    def get_supported_languages(self) -> list[str]:
        return [_LANGUAGE]


class _NoBoost(ContextAwareEnhancer):
    """Recognisers weigh context themselves; Presidio's enhancer is quadratic and wants lemmas."""

    def enhance_using_context(
        self,
        text: str,
        raw_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,
        recognizers: list[EntityRecognizer],
        context: list[str] | None = None,
    ) -> list[RecognizerResult]:
        return raw_results


def _keep_off_the_network() -> None:
    # Presidio's e-mail recogniser downloads the public suffix list through this object on first use.
    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
