"""What Rampart's figures become: words, then spans. Without the model itself."""

import numpy as np

from deid.detect.rampart import _LABELS, _join, _keep_surest, _levels, _softmax, _some_words
from deid.detect.tagger import FIRM, SEEN
from deid.detect.wordpiece import Piece

TEXT = "so Anne-Marie Quill's car"


def row(*chances: tuple[str, float]) -> tuple[list[Piece], np.ndarray]:
    """One piece a word of TEXT's, with the chance of one label each."""
    places = ((0, 2), (3, 7), (8, 13), (14, 17), (17, 19))
    logits = np.full((len(places), len(_LABELS)), -50.0, dtype=np.float32)
    for number, (label, chance) in enumerate(chances):
        logits[number, 0] = np.log(max(1 - chance, 1e-9))
        if chance:
            logits[number, _LABELS.index(label)] = np.log(chance)
    return [Piece(0, *place) for place in places], _softmax(logits)


def spans(*chances: tuple[str, float], cut: float = 0.2) -> list[tuple[str, str, float]]:
    words: dict[int, tuple[int, str, float]] = {}
    _keep_surest(words, _some_words(TEXT, *row(*chances), _LABELS, cut))
    return [(TEXT[span.start : span.end], span.label, round(span.score, 2)) for span in _join(TEXT, words)]


NOTHING = ("GIVEN_NAME", 0.0)


def test_labels_are_numbered_as_the_model_numbers_them() -> None:
    assert len(_LABELS) == 35
    assert (_LABELS[0], _LABELS[1], _LABELS[4], _LABELS[34]) == ("O", "GIVEN_NAME", "SURNAME", "ZIP_CODE")


def test_neighbours_of_one_kind_are_joined_and_widened_to_whole_words() -> None:
    found = spans(NOTHING, ("GIVEN_NAME", 0.9), ("GIVEN_NAME", 0.5), ("SURNAME", 0.3), NOTHING)
    assert found == [("Anne-Marie", "GIVEN_NAME", 0.9), ("Quill", "SURNAME", 0.3)]


def test_a_chance_below_the_cut_is_nothing() -> None:
    assert spans(NOTHING, ("GIVEN_NAME", 0.15), NOTHING, NOTHING, NOTHING) == []
    assert spans(NOTHING, ("GIVEN_NAME", 0.15), NOTHING, NOTHING, NOTHING, cut=0.1)


def test_the_surest_piece_names_its_word() -> None:
    found = spans(NOTHING, NOTHING, NOTHING, ("CITY", 0.3), ("SURNAME", 0.8))
    assert found == [("Quill", "SURNAME", 0.8)]


def test_levels_say_where_the_tagger_sees_something_and_where_it_is_firm_whatever_it_is() -> None:
    words = {3: (13, "TAGGED_ROLE", 0.8), 14: (19, "TAGGED_TRAIT", 0.15), 20: (21, "TAGGED_TRAIT", 0.05)}
    found = [(TEXT[span.start : span.end], span.label, span.score) for span in _levels(TEXT, words)]
    assert found == [("Anne-Marie Quill", SEEN, 0.8), ("Anne-Marie", FIRM, 0.8)]
