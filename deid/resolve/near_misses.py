"""Names that are nearly right: a letter too many, a letter heard for another. They are put to review, never believed.

Only words that are no English words are compared, and only with names that begin alike or sound alike.
"""

import re
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import OSA

from deid.fold import folded_words

_SHORTEST = 5
_LETTERS_FOR_TWO = 9  # a long name may have two letters wrong

# Spellings that sound alike in English names, applied in this order to folded words: Philipps, Fillips.
_SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"ck|q(?=u)|c(?=[aoukrlt]|$)"), "k"),
    (re.compile(r"gh(?=t|$)"), ""),
    (re.compile(r"^kn|^gn"), "n"),
    (re.compile(r"^wr"), "r"),
    (re.compile(r"sch|sh|tch|ch"), "x"),
    (re.compile(r"c(?=[eiy])|z"), "s"),
    (re.compile(r"th"), "t"),
    (re.compile(r"v"), "f"),
    (re.compile(r"[aeiouyhw]+"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


@dataclass(frozen=True, slots=True)
class Shelves:
    """Names by how they begin and by how they sound. Build with `index_names`."""

    names: Container[str] = field(repr=False)
    by_sound: Mapping[str, Sequence[str]] = field(repr=False)
    by_start: Mapping[str, Sequence[str]] = field(repr=False)


def index_names(names: Collection[str]) -> Shelves:
    by_sound: dict[str, list[str]] = {}
    by_start: dict[str, list[str]] = {}
    for name in sorted(names):
        if len(name) >= _SHORTEST:
            by_sound.setdefault(sound_of(name), []).append(name)
            by_start.setdefault(name[:2], []).append(name)
    return Shelves(names, by_sound, by_start)


def near_misses(
    text: str, shelves: Shelves, english: frozenset[str], *, has_capitals: bool
) -> Iterator[tuple[int, int, str]]:
    """(start, end, the name that is nearly said), for words with a capital or in a text that has none."""
    for start, end, word in _unknown_words(text, english):
        if word in shelves.names or (has_capitals and not text[start].isupper()):
            continue
        near = {*shelves.by_start.get(word[:2], ()), *shelves.by_sound.get(sound_of(word), ())}
        close = sorted((OSA.distance(word, name), name) for name in near if is_near(word, name))
        if close:
            yield start, end, close[0][1]


@lru_cache(maxsize=20_000)
def _unknown_words(text: str, english: frozenset[str]) -> tuple[tuple[int, int, str], ...]:
    return tuple(
        found
        for found in folded_words(text)
        if len(found[2]) >= _SHORTEST and found[2] not in english and found[2].isalpha()
    )


@lru_cache(maxsize=65_536)
def is_near(word: str, name: str) -> bool:
    """One letter off, two in a long name or one that sounds the same; another first sound is another name."""
    if len(name) < _SHORTEST or word == name:
        return False
    if word in (f"{name}s", f"{name}es"):
        return True
    sounds_alike = sound_of(word) == sound_of(name)
    if word[0] != name[0] and not sounds_alike:
        return False
    allowed = (2 if min(len(word), len(name)) >= _LETTERS_FOR_TWO else 1) + sounds_alike
    return OSA.distance(word, name, score_cutoff=allowed) <= allowed


@lru_cache(maxsize=65_536)
def sound_of(word: str) -> str:
    """A rough key of how an English speaker says a folded word; its first letter counts as written unless silent."""
    for rule, sound in _SOUNDS[:9]:
        word = rule.sub(sound, word)
    for rule, sound in _SOUNDS[9:]:
        word = word[:1] + rule.sub(sound, word[1:])
    return word
