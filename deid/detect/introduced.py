"""Letters that a transcript gives somebody: "Tess Quillfeather (TQ)" in a list of who was there, then "TQ"."""

import re
from collections.abc import Iterable, Iterator

from deid.detect.name_lists import NameLists
from deid.detect.person_words import NOT_A_SURNAME
from deid.detect.words import Word, words_of

_LETTERS = re.compile(r"[ \t][(\[](?P<letters>[A-Z]{2,4})[)\]]")
_LONGEST = 60  # characters of a name


def introduced(texts: Iterable[str], lists: NameLists) -> Iterator[str]:
    """The letters, each as often as somebody is introduced with them."""
    for text in texts:
        for match in _LETTERS.finditer(text):
            letters = match["letters"].lower()
            before = words_of(text[max(0, match.start() - _LONGEST) : match.start()])
            if _are_of_a_name(letters, before, lists):
                yield letters


def _are_of_a_name(letters: str, before: tuple[Word, ...], lists: NameLists) -> bool:
    """Whether the words in front, first to last or the outer two, begin with the letters and are a person's."""
    return any(
        "".join(word.low[0] for word in name) == letters and _is_a_name(before[-span:], lists)
        for span in range(2, min(len(before), len(letters) + 1) + 1)
        for name in (before[-span:], (before[-span], before[-1]))
    )


def _is_a_name(words: tuple[Word, ...], lists: NameLists) -> bool:
    first, last = words[0], words[-1]
    if not all(word.is_capital for word in words) or any(word.low in NOT_A_SURNAME for word in words):
        return False
    if first.low in lists.given and last.low in lists.surnames:
        return True
    names = (first.low, last.low)
    return any(lists.is_listed(low) and not lists.is_english(low) and low not in lists.places for low in names)
