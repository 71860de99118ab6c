"""Whether the words beside a name speak of a person."""

from deid.detect.names import is_suffix
from deid.detect.passage import Passage
from deid.detect.person_words import (
    BARE_VERBS,
    FAMILY,
    LEADS_TO_A_PERSON,
    LEADS_TO_A_PLACE,
    MODALS,
    NAMES_A_PERSON,
    PERSON_VERBS,
    RELATIONS,
    SPEAKING,
    TAKES_A_PERSON,
    WEAK_VERBS,
)
from deid.detect.vocabulary import word_set
from deid.detect.words import Word, after, before, opens_sentence

_INTRODUCTIONS = frozenset(
    (("this", "is"), ("name", "is"), ("name", "s"), ("i", "m"), ("i", "am"), ("it", "was"), ("who", "s"))
)
_ONE_OF_A_FAMILY = frozenset(("the", "two", "three", "four", "both", "that"))
_CALLING = frozenset(("call", "calls", "called", "calling"))
_CALLERS = frozenset(("they", "we", "i", "people", "everyone", "everybody", "kids", "who", "you", "mates", "friends"))
_OWNED = frozenset(
    "story mum mam dad nan gran sister brother auntie uncle stepdad phone mobile case file bedroom keyworker placement "
    "school boyfriend girlfriend mate mates bag coat statement interview number birthday foster carer".split()
)
_SPOKEN_TO = word_set("you i we can don please listen look what where how why this that it he she they no yes stop")
_CALLED_ONES = frozenset(("him", "her", "me", "them", "himself", "herself"))


def person_context(passage: Passage, words: tuple[Word, ...], first: int, stop: int) -> int:
    """How much the words beside words[first:stop] speak of a person: 2 much, 1 some, 0 nothing, -1 of a place."""
    lead = before(passage.text, words, first, 4)
    follow = (*after(passage.text, words, stop, 1), "")[0]
    nearest = lead[-1] if lead else ""
    if nearest in LEADS_TO_A_PLACE:
        return -1
    # "will" and "may" help a verb, and so are names wherever a verb's helper cannot stand.
    is_helper = words[first].low in MODALS and stop == first + 1
    if _is_led_to(lead) or _acts(follow, is_helper=is_helper) or (nearest in _ONE_OF_A_FAMILY and follow in FAMILY):
        return 2
    if nearest == "said" and follow in _SPOKEN_TO and not is_helper:
        return 2  # "i said rose you need to sit down"
    if is_addressed(passage.text, words, first, stop) or _is_paired(passage, words, first, stop):
        return 2
    if nearest in LEADS_TO_A_PERSON:
        if is_helper:
            return 0 if nearest in ("and", "or", "as") else 2  # "off will" is a person, "and will" is a verb
        return 1
    if _owns_like_a_person(passage.text, words, stop):
        return 2
    owns = stop < len(words) and words[stop].low == "s" and is_suffix(passage.text, words, stop)
    return 1 if owns or follow in WEAK_VERBS or follow == "and" or lead[-2:] == ("there", "s") else 0


def _owns_like_a_person(text: str, words: tuple[Word, ...], stop: int) -> bool:
    """ "destiny's story", "hope's nan": what people own and ideas do not."""
    return stop + 1 < len(words) and is_suffix(text, words, stop) and words[stop + 1].low in _OWNED | FAMILY


def is_named(lead: tuple[str, ...]) -> bool:
    """Whether these words lead to a naming: "called", "they call him", "known to us as"."""
    nearest, further = (*reversed(lead), "", "")[:2]
    if nearest in NAMES_A_PERSON or (nearest in _CALLED_ONES and further in _CALLING):
        return True
    if nearest in _CALLING and further in _CALLERS:
        return True
    return nearest == "as" and any(word.startswith(("know", "knew")) for word in lead)


def is_addressed(text: str, words: tuple[Word, ...], first: int, stop: int) -> bool:
    """Whether somebody is spoken to: "Thanks, Tess.", "Tess, can you", "no, Tess, I said"."""
    left = text[words[first - 1].end : words[first].start] if first else "."
    right = text[words[stop - 1].end : words[stop].start] if stop < len(words) else text[words[stop - 1].end :]
    left_mark, right_mark = left.strip()[-1:], right.strip()[:1]
    opens = not first or opens_sentence(text, words[first].start)
    if right_mark == "," and opens:
        return True
    return left_mark == "," and right_mark in (",", ".", "?", "!", "")


def labels_at(passage: Passage, word: Word) -> frozenset[str]:
    """What the models say of one word, in their own labels."""
    return frozenset(span.label for span in passage.spans if span.start < word.end and word.start < span.end)


def _is_led_to(lead: tuple[str, ...]) -> bool:
    nearest, further = (*reversed(lead), "", "")[:2]
    if nearest in RELATIONS or nearest in TAKES_A_PERSON or is_named(lead):
        return True
    return (further, nearest) in _INTRODUCTIONS or (nearest == "to" and further in SPEAKING)


def _acts(follow: str, *, is_helper: bool) -> bool:
    return follow in PERSON_VERBS and follow not in (BARE_VERBS if is_helper else WEAK_VERBS)


def _is_paired(passage: Passage, words: tuple[Word, ...], first: int, stop: int) -> bool:
    """Whether a model takes the name on the other side of an "and" for a person's: "Usha and Tom"."""
    return any(
        0 <= other < len(words) and words[link].low in ("and", "or") and "PERSON" in labels_at(passage, words[other])
        for link, other in ((first - 1, first - 2), (stop, stop + 1))
    )
