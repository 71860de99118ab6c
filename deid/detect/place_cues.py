"""How sure it is that a name from the region pack means the place: by its capitals, its neighbours, the models."""

import re

from deid.detect.passage import Passage
from deid.detect.phrases import Hit
from deid.detect.vocabulary import DETERMINERS, STOP, TITLES, TO_A_PLACE, TO_A_PLACE_OR_PERSON, word_set
from deid.detect.words import Word, after, before, opens_sentence, words_of

_A_PLACE_TO_MODELS = frozenset({"GPE", "LOC", "FAC", "CITY", "STATE"})
_A_PERSON_TO_MODELS = frozenset({"PERSON", "GIVEN_NAME", "SURNAME"})
# Said right behind a name, these make a place of it: "Deal seafront", "Ash, near Sandwich".
_PLACE_BEHIND = word_set(
    "station town village area estate seafront beach pier harbour peninsula marshes parish bypass road way high side "
    "based bus train line centre end church primary school"
)
_NEAR_BEHIND = word_set("near in outside off")
# "Seal, as in the village", "Ash, the village": the speaker says what is meant.
_EXPLAINED = re.compile(
    r",?\s+(?:as in\s+)?the\s+(?:village|town|place|island|lake|beach|woods|estate|country park)\b"
    r"|\s+is\s+a\s+(?:real\s+)?(?:village|town|place|island)\b"
)
_GOING = word_set(
    "go goes going gone went come comes came coming get gets got back drive drives drove driving bus buses train "
    "trains cab taxi lift move moved moves moving travel travelled walk walked run ran sent taken took placed live "
    "lived lives living down up over out round across way road all right trip visit visits"
)
_COVERING = word_set("cover covers covered covering visit visits visited visiting called")
_ON_THE = word_set("on across to from over in round up down at off onto around")

_FROM_THE_PACK = "a place of the region pack"
_CUED = "a place of the region whose name is also a word or a person's name, after words that lead to a place"
_AGREED = "a place of the region whose name is also a word or a person's name, and a model reads a place"
_BARE = "the name of a place of the region pack, but no cue says that a place is meant"


def judge(passage: Passage, hit: Hit) -> tuple[float, str]:
    words = words_of(passage.text)
    if _is_part_of_a_person(passage, hit, words):
        return 0.0, ""
    if not hit.phrase.needs_cue:
        if hit.is_recut and any(word.low in STOP or len(word.low) < 3 for word in words[hit.first : hit.stop]):
            return _judge_words(passage, hit, words)
        if hit.is_recut:
            return 0.7, _FROM_THE_PACK
        if hit.phrase.is_words and not words[hit.stop - 1].is_capital:
            return _judge_words(passage, hit, words)
        return (0.9 if passage.is_lower or words[hit.first].is_capital else 0.7), _FROM_THE_PACK
    if hit.phrase.listed.lower().startswith("the "):
        return _judge_by_name(passage, hit, words)
    if passage.is_lower and _EXPLAINED.match(passage.text, hit.end):
        return 0.55, _CUED
    if passage.is_lower:
        return _judge_in_lower_case(passage, hit, words)
    return _judge_capital(passage, hit, words)


def _judge_words(passage: Passage, hit: Hit, words: tuple[Word, ...]) -> tuple[float, str]:
    """ "at each end", "in all saints": ordinary words in small letters, so a cue must lead to them."""
    led_by = before(passage.text, words, hit.first, 1)
    leads = TO_A_PLACE | TO_A_PLACE_OR_PERSON | ({"on", "the"} if hit.stop - hit.first > 2 else {"on"})
    is_cued = bool(led_by) and led_by[0] in leads
    return (0.5, _CUED) if passage.is_lower and is_cued and words[hit.first].low not in STOP else (0.0, "")


def _is_part_of_a_person(passage: Passage, hit: Hit, words: tuple[Word, ...]) -> bool:
    led_by = before(passage.text, words, hit.first, 1)
    if led_by and led_by[0] in TITLES and not (passage.is_lower and led_by[0] == "nurse"):
        return True
    return any(
        span.label in _A_PERSON_TO_MODELS and span.start <= hit.start and hit.end <= span.end
        and span.end - span.start > hit.end - hit.start + 2
        for span in passage.spans
    )  # fmt: skip


def _judge_capital(passage: Passage, hit: Hit, words: tuple[Word, ...]) -> tuple[float, str]:
    if not words[hit.first].is_capital:
        return 0.0, ""
    led_by = before(passage.text, words, hit.first, 1)
    is_model_place = _models_agree(passage, hit)
    if led_by and led_by[0] in TO_A_PLACE:
        return (0.75 if not passage.is_upper else 0.5), _CUED
    if _is_followed_by_place(passage.text, hit, words):
        return 0.65, _CUED
    if led_by and led_by[0] in TO_A_PLACE_OR_PERSON | _COVERING | {"on"}:
        return (0.65 if is_model_place else 0.55), _CUED
    if is_model_place:
        return 0.6, _AGREED
    if passage.is_upper or (led_by and led_by[0] in DETERMINERS) or _is_a_person(passage, hit):
        return 0.0, ""
    if passage.kind != "speech":
        return 0.45, _BARE  # headings and names of files have no room for a cue
    return (0.2 if opens_sentence(passage.text, hit.start) else 0.35), _BARE


def _is_a_person(passage: Passage, hit: Hit) -> bool:
    return any(
        span.label in _A_PERSON_TO_MODELS and span.start < hit.end and hit.start < span.end for span in passage.spans
    )


def _judge_in_lower_case(passage: Passage, hit: Hit, words: tuple[Word, ...]) -> tuple[float, str]:
    if words[hit.first].low in STOP:
        return 0.0, ""  # "in each of them"
    led_by = before(passage.text, words, hit.first, 2)
    followed_by = after(passage.text, words, hit.stop, 1)
    nearest = led_by[-1] if led_by else ""
    farther = led_by[0] if len(led_by) == 2 else ""
    if nearest in TO_A_PLACE or nearest in _COVERING:
        return 0.5, _CUED
    if followed_by and followed_by[0] in {"with", "of", "for"}:
        return 0.0, ""  # "to deal with"
    if nearest in TO_A_PLACE_OR_PERSON and farther in _GOING:
        return 0.5, _CUED
    if _models_agree(passage, hit) and nearest not in DETERMINERS:
        return 0.45, _AGREED
    return 0.0, ""


def _judge_by_name(passage: Passage, hit: Hit, words: tuple[Word, ...]) -> tuple[float, str]:
    led_by = before(passage.text, words, hit.first, 1)
    is_cued = bool(led_by) and led_by[0] in _ON_THE
    if passage.is_lower:
        return (0.45, _CUED) if is_cued else (0.0, "")
    if not words[hit.stop - 1].is_capital:
        return 0.0, ""
    return (0.65, _CUED) if is_cued else (0.5, _BARE)


def _is_followed_by_place(text: str, hit: Hit, words: tuple[Word, ...]) -> bool:
    if hit.stop >= len(words):
        return False
    between = text[hit.end : words[hit.stop].start]
    follower = words[hit.stop].low
    if (between.isspace() and follower in _PLACE_BEHIND) or (between.strip() == "," and follower in _NEAR_BEHIND):
        return True
    return bool(_EXPLAINED.match(text, hit.end))


def _models_agree(passage: Passage, hit: Hit) -> bool:
    return any(
        span.label in _A_PLACE_TO_MODELS and span.score >= 0.5 and span.start < hit.end and hit.start < span.end
        for span in passage.spans
    )
