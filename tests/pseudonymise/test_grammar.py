"""Golden sentences: how a token reads in its place."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.pseudonymise.grammar import fit
from deid.pseudonymise.tokens import find_tokens

LINES = (Path(__file__).parent / "cases" / "grammar.txt").read_text(encoding="utf-8").splitlines()
CASES = [tuple(part.strip() for part in line.split(" | ")) for line in LINES if " | " in line and line[0] != "#"]


def read(sentence: str, bare: str, style: str = "brackets") -> str:
    start = sentence.index("⟦")
    text = sentence.replace("⟦", "").replace("⟧", "")
    fitted = fit(text, start, sentence.index("⟧") - 1, bare, style=style)
    return text[: fitted.start] + fitted.words + text[fitted.end :]


def test_there_are_sixty_golden_cases() -> None:
    assert len(CASES) >= 60
    assert all(len(case) == 3 for case in CASES)


@pytest.mark.parametrize(("sentence", "bare", "expected"), CASES, ids=[case[0] for case in CASES])
def test_golden(sentence: str, bare: str, expected: str) -> None:
    assert read(sentence, bare) == expected


@pytest.mark.parametrize(("sentence", "bare", "expected"), CASES, ids=[case[0] for case in CASES])
def test_what_was_written_is_found_again_as_ours(sentence: str, bare: str, expected: str) -> None:
    found = [expected[start:end].strip("[]") for start, end in find_tokens(expected)]
    assert any(words.casefold() in (bare.casefold(), bare.removeprefix("aged ").casefold(), "13-15-year-old")
               for words in found)  # fmt: skip


@pytest.mark.parametrize(
    ("style", "expected"),
    [("brackets", "I rang [Person 9]."), ("hashes", "I rang ##Person_9##."),
     ("tags", 'I rang <seg type="deid">Person 9</seg>.')],
)  # fmt: skip
def test_styles(style: str, expected: str) -> None:
    assert read("I rang ⟦Ann⟧.", "Person 9", style) == expected


@given(st.text(max_size=40), st.text(min_size=1, max_size=12), st.text(max_size=40))
def test_only_the_mention_and_the_small_word_before_it_are_touched(before: str, mention: str, after: str) -> None:
    text = before + mention + after
    fitted = fit(text, len(before), len(before) + len(mention), "Person 9")
    assert fitted.start <= len(before)
    assert fitted.end == len(before) + len(mention)
    assert "Person 9" in fitted.words
    assert text[fitted.start : len(before)].strip().casefold() in ("", "a", "an", "on", "on the", "person")
