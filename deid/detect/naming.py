"""Names that end in a telling word ("... Road", "... Academy", "... Cabs"): how far back the name reaches."""

from collections.abc import Collection

from deid.detect.job_words import TITLE_ENDS
from deid.detect.passage import Passage
from deid.detect.vocabulary import (
    DETERMINERS,
    MONTHS,
    PLAIN,
    STOP,
    TITLES,
    TO_A_PLACE,
    TO_A_PLACE_OR_PERSON,
    WEEKDAYS,
    word_set,
)
from deid.detect.words import Word, is_possessive, joins, opens_sentence

# Inside a name in capitals these may be small: "Isle of Dogs Road". Not "and" or "in": they part two names.
_INSIDE = word_set("of on upon the le la de du s")
_RANKS = word_set("general chair president")
_ENDS_LOWER_NAME = frozenset(WEEKDAYS) | frozenset(MONTHS) | (STOP - {"round", "seven", "nine", "us"})
_NEVER_FIRST = (
    DETERMINERS | TITLES | frozenset(WEEKDAYS) | frozenset(MONTHS) - {"may", "june", "august", "april"} | {"i"}
)
# Words that lead to a street, a house or a body; what stands behind them is meant as a place.
LEADS_THERE = TO_A_PLACE | TO_A_PLACE_OR_PERSON | word_set("on onto along the behind opposite by of called and or")


def name_before(
    passage: Passage, words: tuple[Word, ...], head: int, *, longest: int = 4, plain: Collection[str] = PLAIN
) -> int | None:
    """The first word of the name that ends in words[head], or None where nothing names it.

    In a passage with capitals the name is written in capitals; in one all in one case, it reaches back to a word that
    is no name. `plain` words alone ("the main road", "a children's home") name nothing.
    """
    first = (_lower_reach if passage.is_lower or passage.is_upper else _capital_reach)(
        passage.text, words, head, longest
    )
    name = [word for word in words[first:head] if word.low != "s" and word.low not in _INSIDE]
    if not name or all(_is_plain(word.low, plain) for word in name):
        return None
    return first


def is_led_to(text: str, words: tuple[Word, ...], first: int, cues: Collection[str] = LEADS_THERE) -> bool:
    """Whether the word in front of words[first] leads to a place."""
    return first > 0 and words[first - 1].low in cues and text[words[first - 1].end : words[first].start].isspace()


def _capital_reach(text: str, words: tuple[Word, ...], head: int, longest: int) -> int:
    first, at, inside = head, head - 1, 0
    while at >= 0 and head - at <= longest + inside and joins(text, words[at], words[at + 1]):
        if words[at].is_capital or words[at].text.isdigit():
            first = at
        elif words[at].low in _INSIDE and (words[at].low != "the" or (at > 0 and words[at - 1].low in _INSIDE)):
            inside += 1
        else:
            break
        at -= 1
    while first < head and (_only_opens(text, words[first]) or words[first].text in _INSIDE):  # "He's on the Team"
        first += 1
    return _behind_a_person(words, first, head)


def _behind_a_person(words: tuple[Word, ...], first: int, head: int) -> int:
    """Ms Doe of Tern Roe Solicitors, Director General of the Service: who belongs to a body is none of its name."""
    for at in range(first, head):
        if words[at].low == "of":
            is_person = first > 0 and words[first - 1].low in TITLES
            if not is_person and words[at - 1].low not in TITLE_ENDS | _RANKS:
                return first
            return at + 2 if words[at + 1].low == "the" else at + 1
    return first


def _only_opens(text: str, word: Word) -> bool:
    """Whether a capital in front is none of the name: "The", "In Week Street", "DC". "Great Mallow" keeps its first."""
    if word.low in _NEVER_FIRST or word.text.isdigit():
        return True
    return word.low in STOP and opens_sentence(text, word.start)


def _lower_reach(text: str, words: tuple[Word, ...], head: int, longest: int) -> int:
    """Back to a word that ends a name; where none is near, the nearest word alone is the name."""
    first = head
    while first > 0 and head - first <= longest and joins(text, words[first - 1], words[first]):
        word = words[first - 1]
        owner = is_possessive(text, words, first - 1)
        if not owner and (word.low in _ENDS_LOWER_NAME or not word.low.isalpha()):
            break
        first -= 1
    if head - first > longest:
        first = head - 1
    while first < head and is_possessive(text, words, first):
        first += 1
    return first


def _is_plain(low: str, plain: Collection[str]) -> bool:
    return low in plain or low in STOP or not low.isalpha()
