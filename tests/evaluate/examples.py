"""Gold texts for these tests, written with the marks of tests/gold/build.py so that offsets are right."""

from deid.evaluate.gold import Gold, Kept, Marked
from deid.evaluate.masked import Masked
from deid.model import Category
from tests.gold.build import read_marks


def gold(marked: str, key: str = "g1", scope: str = "all") -> Gold:
    parts = read_marks(marked, scope, where=key)
    spans = tuple(
        Marked(span["start"], span["end"], Category(span["category"]), span["direct"], span["entity"], span["optional"])
        for span in parts["spans"]
    )
    keep = tuple(Kept(span["start"], span["end"]) for span in parts["keep"])
    return Gold(key, "", parts["text"], tuple(sorted(spans, key=lambda span: span.start)), keep)


def mask(gold: Gold, words: str, *, nth: int = 0, **more: str) -> Masked:
    """The nth place of these words in the text, masked."""
    start = -1
    for _ in range(nth + 1):
        start = gold.text.index(words, start + 1)
    return Masked(start, start + len(words), **more)
