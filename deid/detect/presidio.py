"""Everything that knows Presidio: two adapter classes, an explicit registry, an analyser that asks nobody for anything.

Presidio drops a result that lies inside another of the same entity type, so every claim travels under a type of its
own. Its context enhancer, its default registry and its e-mail recogniser's look-up of public suffixes stay out.
What Presidio does for each recogniser of each call costs more than most of ours do, so an analyser's recognisers are
registered as one, which calls those that a passage triggers.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import tldextract
from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

from deid.detect.passage import Claim, Passage
from deid.detect.triggers import Triggers, make_waker

Find = Callable[[Passage], Iterable[Claim]]

_LANGUAGE = "en"
_CLAIM = "deid_claim"


def as_recogniser(name: str, find: Find, triggers: Triggers | None = None) -> EntityRecognizer:
    """A function from a passage to its claims, as Presidio's recogniser of that name.

    A passage that holds none of its triggers (deid.detect.triggers) is never given to it.
    """
    return _Recogniser(name, find, triggers)


def make_analyser(recognisers: Sequence[EntityRecognizer]) -> AnalyzerEngine:
    """Presidio's analyser over exactly these recognisers and no others."""
    if not recognisers:
        raise ValueError("Presidio fills an empty registry with its own recognisers")
    _keep_off_the_network()
    together = _Together(recognisers)
    registry = RecognizerRegistry(recognizers=[together], supported_languages=[_LANGUAGE])
    analyser = AnalyzerEngine(
        registry=registry,
        nlp_engine=_NothingToRead(),
        supported_languages=[_LANGUAGE],
        context_aware_enhancer=_NoBoost(0.0, 0.0, 0, 0),
    )
    if analyser.registry.recognizers != [together]:
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
    def __init__(self, name: str, find: Find, triggers: Triggers | None) -> None:
        self.find, self.triggers = find, triggers
        self.name: str = name
        super().__init__(supported_entities=[name], name=name, supported_language=_LANGUAGE)

    def load(self) -> None:
        """Nothing: the models have read the passage before."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts) -> list[RecognizerResult]:
        return self.results(_passage(nlp_artifacts), self.id)

    def results(self, passage: Passage, registered: str) -> list[RecognizerResult]:
        """The claims as results of the recogniser that is registered under that id: Presidio drops any other's."""
        return [self._result(number, claim, registered) for number, claim in enumerate(self.find(passage))]

    def _result(self, number: int, claim: Claim, registered: str) -> RecognizerResult:
        if not 0 < claim.confidence <= 1:
            raise ValueError(f"{self.name}: a confidence lies above 0 and not above 1")  # Presidio drops a 0
        metadata = {
            RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: registered,
            _CLAIM: claim,
        }
        kind = f"{self.name}:{number}"
        return RecognizerResult(kind, claim.start, claim.end, claim.confidence, recognition_metadata=metadata)


class _Together(EntityRecognizer):
    """Several recognisers that Presidio takes for one."""

    def __init__(self, recognisers: Sequence[EntityRecognizer]) -> None:
        self.recognisers = tuple(one for one in recognisers if isinstance(one, _Recogniser))
        if len(self.recognisers) < len(recognisers):
            raise TypeError("a recogniser is made by deid.detect.presidio.as_recogniser")
        self._wake = make_waker([one.triggers for one in self.recognisers])
        names = [one.name for one in self.recognisers]
        super().__init__(supported_entities=names, name="deid", supported_language=_LANGUAGE)

    def load(self) -> None:
        """Nothing: the models have read the passage before."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts) -> list[RecognizerResult]:
        passage = _passage(nlp_artifacts)
        woken = [self.recognisers[number] for number in self._wake(passage.text)]
        return [result for one in woken for result in one.results(passage, self.id)]


class _Artifacts(NlpArtifacts):
    """Carries the passage to the recognisers; no tokens, no lemmas, so nothing is read twice."""

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        nothing: Any = []
        super().__init__(nothing, nothing, nothing, nothing, nlp_engine=None, language=_LANGUAGE)


def _passage(artifacts: NlpArtifacts) -> Passage:
    if not isinstance(artifacts, _Artifacts):
        raise TypeError("deid's recognisers read a passage: use deid.detect.presidio.analyse")
    return artifacts.passage


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
