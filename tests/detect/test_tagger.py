"""What the tagger is given and what becomes of what it says; the weights themselves are read by the model tests."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.tagger.rows import TEXTS, UNSEEN, sources
from deid.detect.models import TAGGER
from deid.detect.rampart import Rampart
from deid.detect.tagger import CLASSES, Tagger, reaches, shapes_of
from deid.detect.wordpiece import Piece
from deid.model import Category
from tests.gold.build import read_marks

TEXT = "So PRIYA's at 14B, O’Dell."
PIECES = [Piece(0, *place) for place in ((0, 2), (3, 5), (5, 8), (11, 13), (14, 16), (16, 17), (19, 21), (21, 25))]


def test_every_category_is_a_class() -> None:
    assert set(CLASSES) == set(Category)


def test_shapes_tell_what_small_letters_hide() -> None:
    capital, capitals, figure, inside, first, lower = zip(*shapes_of(TEXT, PIECES), strict=True)
    assert capital == (True, True, True, False, False, False, True, True)
    assert capitals == (False, True, True, False, True, True, False, False)
    assert figure == (False, False, False, False, True, True, False, False)
    assert inside == (False, False, True, False, False, True, False, False)
    assert first == (True, *[False] * 7)
    assert not any(lower)
    assert all(shape[-1] for shape in shapes_of(TEXT.lower(), PIECES))


def test_nothing_sealed_is_taught() -> None:
    names = [part for path in sources() for part in path.parts[-3:]]
    assert not [name for name in names if "sealed" in name or "extra" in name or name == UNSEEN]
    assert len(sources()) > len(sources(("care", "tune"))) > 0


@pytest.mark.parametrize("path", sorted(TEXTS.glob("*/*.src")), ids=lambda path: path.stem)
def test_every_text_has_marks_that_can_be_read(path: Path) -> None:
    items = path.read_text(encoding="utf-8").split("\n== ")
    assert any(read_marks(item, path.stem, where=path.name)["spans"] for item in items)


@pytest.mark.parametrize("path", sorted(TEXTS.glob("unseen/second_reader/*.src")), ids=lambda path: path.stem)
def test_a_second_reader_marks_the_same_text(path: Path) -> None:
    first, second = (
        read_marks(each.read_text(encoding="utf-8"), each.stem, where=each.name)
        for each in (path.parent.parent / path.name, path)
    )
    assert str(first["text"]).rstrip() == str(second["text"]).rstrip()


def test_a_text_is_read_in_reaches_that_part_between_rows() -> None:
    piece = Piece(0, 0, 1)
    assert list(reaches([])) == []
    assert list(reaches([[piece] * 200, [piece] * 56, [piece], [piece] * 400, [piece]])) == [
        (0, 2), (2, 3), (3, 4), (4, 5),
    ]  # fmt: skip


@pytest.mark.model
def test_the_chances_of_a_text_are_its_own() -> None:
    reader, tagger = Rampart(0.2), Tagger()
    said = ["Her dad was the last harbour pilot there.", "Yes.", "So I rang Tess Quillfeather. At the Orchard. " * 40]
    said += [f"She moved to Medway at {age}." + " And then?" * age for age in range(20)]
    texts = [(text, list(reader.rows(text))) for text in said]
    together = iter(tagger.chances(texts, reader.states([row for _, rows in texts for row in rows])[1]))
    for text, rows in texts:
        for row, alone in zip(rows, tagger.chances([(text, rows)], reader.states(rows)[1]), strict=True):
            chances = next(together)
            assert chances.shape == (len(row), len(CLASSES) + 1)
            assert abs(chances.sum(axis=1) - 1).max() < 1e-5
            assert np.array_equal(chances, alone)
    assert next(together, None) is None
    assert tagger.chances([], []) == []


class Beyond:
    """A network that reads one reach right, and says of several that it did not."""

    def run(self, _: list[str], inputs: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        several = len(inputs["lengths"])
        return inputs["states"][:, :2] + several, np.array([False, several > 1])


def test_what_is_not_a_reachs_own_is_read_by_itself() -> None:
    tagger = Tagger()
    tagger.__dict__["_session"] = Beyond()
    rows = [[Piece(0, 0, 1)] * 200] * 3
    states = [[np.full((200, 384), number, dtype=np.float32)] * 7 for number in range(3)]
    chances = tagger.chances([("a", rows)], states)
    assert [one.tolist() for one in chances] == [[[number + 1.0] * 2] * 200 for number in range(3)]


@pytest.mark.model
def test_what_was_said_before_tells_what_follows() -> None:
    reader, tagger = Rampart(0.2), Tagger()
    text = "How old? Fourteen."
    rows = list(reader.rows(text))
    states = reader.states(rows)[1]
    (_, within), (alone,) = tagger.chances([(text, rows)], states), tagger.chances([(text, rows[1:])], states[1:])
    assert abs(within - alone).max() > 1e-3


@pytest.mark.model
def test_the_reader_is_another_one_when_the_weights_are() -> None:
    assert Tagger().fingerprint in Rampart(0.2).fingerprint
    assert TAGGER.stat().st_size < 5_000_000
