"""A year said alone: its part of the decade, with the article that a decade takes."""

import pytest

from deid.pseudonymise.grammar import fit
from deid.pseudonymise.tokens import find_tokens
from deid.values import part_of_decade


@pytest.mark.parametrize(
    ("year", "part"),
    [(2000, "early 2000s"), (2003, "early 2000s"), (2004, "mid-2000s"), (2016, "mid-2010s"), (2017, "late 2010s"),
     (1999, "late 1990s")],
)  # fmt: skip
def test_the_part_of_a_decade(year: int, part: str) -> None:
    assert part_of_decade(year) == part


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("I joined in 2018 and left.", "I joined in the [late 2010s] and left."),
        ("since 2018, yes", "since the [late 2010s], yes"),
        ("After 2018 it went quiet.", "After the [late 2010s] it went quiet."),
        ("The review, 2018. Lovely.", "The review, [late 2010s]. Lovely."),
        ("in early 2018 she came", "in the [late 2010s] she came"),
        ("early 2018 then", "early [late 2010s] then"),
        ("2018 was bad", "[Late 2010s] was bad"),
        ("the summer of 2018", "the summer of the [late 2010s]"),
    ],
)
def test_it_reads_as_a_decade_does(text: str, reads: str) -> None:
    start = text.index("2018")
    fitted = fit(text, start, start + 4, "late 2010s")
    assert text[: fitted.start] + fitted.words + text[fitted.end :] == reads
    assert find_tokens(reads)
