"""The gold data of this repository: built from its sources, split as drawn, and about nobody real."""

import re
from pathlib import Path

import pytest

from deid.evaluate.gold import Gold, read_gold
from deid.model import Category
from tests.gold import build

FOLDER = Path(build.__file__).parent
FILES = ("tune", "sealed", "interviews_tune", "interviews_sealed", "interviews_extra")
DRAMA = re.compile(r"0(?:1632960|7700900|2079460|3069990|8081570)\d{3}$")


def golds(name: str) -> tuple[Gold, ...]:
    return read_gold(FOLDER / f"{name}.jsonl")


def test_every_file_is_what_its_source_makes() -> None:
    for path, text in build.outputs().items():
        assert path.read_text(encoding="utf-8") == text, path.name


def test_about_a_third_is_sealed() -> None:
    sealed, tune = len(golds("sealed")), len(golds("tune"))
    assert sealed + tune >= 450
    assert 0.3 < sealed / (sealed + tune) < 0.37


def test_no_sentence_shares_a_person_with_another() -> None:
    seen: dict[str, str] = {}
    for name in ("tune", "sealed"):
        for gold in golds(name):
            for entity in {span.entity for span in gold.spans if span.category == Category.PERSON}:
                assert seen.setdefault(entity, gold.id) == gold.id


@pytest.mark.parametrize("name", FILES)
def test_marks_cover_whole_words(name: str) -> None:
    for gold in golds(name):
        for span in (*gold.spans, *gold.keep):
            marked = gold.text[span.start : span.end]
            assert marked == marked.strip()
            around = gold.text[max(0, span.start - 1) : span.start + 1], gold.text[span.end - 1 : span.end + 1]
            assert not any(len(edge) == 2 and edge.isalnum() for edge in around), gold.id


@pytest.mark.parametrize("name", FILES)
def test_every_telephone_number_is_of_the_drama_ranges(name: str) -> None:
    for gold in golds(name):
        for span in gold.spans:
            digits = re.sub(r"\D", "", gold.text[span.start : span.end])
            if span.category == Category.CONTACT and len(digits) >= 10:
                assert DRAMA.match(re.sub(r"^44", "0", digits)), gold.id
