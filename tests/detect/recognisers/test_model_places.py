from dataclasses import replace

from deid.detect.passage import ModelSpan, make_passage
from deid.detect.recognisers.model_places import find

PASSAGE = make_passage("They said Tansy was quiet.")


def sure(*models: tuple[str, str]) -> float:
    spans = tuple(ModelSpan(10, 15, label, 0.9, model) for label, model in models)
    return max(claim.confidence for claim in find(replace(PASSAGE, spans=spans)))


def test_two_models_are_surer_than_one() -> None:
    assert sure(("GPE", "spacy"), ("CITY", "rampart")) > sure(("GPE", "spacy"))


def test_a_second_reading_is_no_second_opinion() -> None:
    assert sure(("GPE", "spacy"), ("GPE", "spacy-recased")) == sure(("GPE", "spacy"))


def test_a_faint_span_is_unsure() -> None:
    (claim,) = find(replace(PASSAGE, spans=(ModelSpan(10, 15, "CITY", 0.3, "rampart"),)))
    assert 0.4 <= claim.confidence < 0.6
