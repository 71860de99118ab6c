"""A shape finds its group, or goes on to the end of the phrase; without a word that wakes it, it is not looked for."""

from deid.detect.caseless import caseless
from deid.detect.shapes import Shape, read_shapes

SOBER = Shape(frozenset({"sober"}), caseless(r"\b(?P<what>\w+ years sober)\b"), "health", "a state")
BORN = Shape(frozenset({"born"}), caseless(r"\b(?P<what>born on a )(?=\w)"), "origin", "a birth")
TEXT = "She's two years sober, and he was born on a coal barge, they say."


def found(text: str, *, whole: tuple[Shape, ...] = (), to_the_end: tuple[Shape, ...] = ()) -> list[str]:
    return [text[start:end] for start, end, _, _ in read_shapes(text, whole, to_the_end)]


def test_a_whole_shape_is_its_group_and_the_other_goes_on() -> None:
    assert found(TEXT, whole=(SOBER,), to_the_end=(BORN,)) == ["two years sober", "born on a coal barge"]


def test_a_shape_sleeps_without_its_words() -> None:
    asleep = SOBER._replace(woken_by=frozenset({"drunk"}))
    assert found(TEXT, whole=(asleep,)) == []
