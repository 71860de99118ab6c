"""A closed set of words, written as lines of words."""


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())
