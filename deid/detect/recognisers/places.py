"""Places of the region pack, under all their names; a name that is also a word or a person's name needs a cue."""

import re
from collections.abc import Callable, Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.passage import Claim, Passage
from deid.detect.phrases import Hit, Lexicon, lexicon, widest
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import DETERMINERS, STOP, TITLES, TO_A_PLACE, TO_A_PLACE_OR_PERSON, word_set
from deid.detect.words import Word, after, before, opens_sentence, words_of
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "She grew up in ⟦Chatham⟧ and now she's in ⟦Herne Bay⟧.",
    "⟦Medway⟧ has its own front door, ⟦Kent⟧ has another.",
    "I cover ⟦Dover⟧, ⟦Deal⟧ and ⟦Sandwich⟧.",
    "He lives in ⟦Deal⟧, so the deal was that I drove.",
    "The home was out at ⟦Wye⟧, near ⟦Ashford⟧.",
    "We never got a bus to ⟦Hoo⟧ after six.",
    "she was living in ⟦queen borough⟧ with her nan",
    "they moved him to ⟦sitting bourne⟧ in the end",
    "i cover ⟦deal⟧ and ⟦sandwich⟧ and a bit of ⟦dover⟧",
    "he said he'd meet her in ⟦deal⟧",
    "she lives in ⟦deal⟧ with her dad and we had to deal with it",
    "It was ⟦Gravesend⟧'s problem, and ‹PERSON|Sutton› said so.",
    "From ⟦Tonbridge & Malling⟧ down to ⟦Tunbridge Wells⟧.",
    "Most of mine are on ⟦Sheppey⟧.",
    "⟦Hoo⟧, ⟦Grain⟧, ⟦Cliffe⟧, they're all out there.",
    "It's a long way out on ⟦Grain⟧.",
    "She's at ⟦Wye⟧. ⟦Stone⟧, as in the village, is next.",
    "{heading} Interview, ⟦Maidstone⟧",
    "it's no big deal i mean we deal with it and we had a sandwich",
    "You have to deal with it, and bridge the gap, and stone me, it works.",
    "Mr Dover said no, and so did DC Ash.",
    "We were cooling off, it went against the grain.",
    "Kentish hops and a man from nowhere.",
    "he said a great deal in very few words",
)

# Types that other recognisers read with cues of their own.
_NOT_HERE = frozenset({"postcode_district", "road_number"})
_SETTLEMENTS = frozenset({"city", "town", "village", "suburb", "hamlet", "locality"})
# Institutions that a list of places also holds: with an interviewee they stand for the body, not for the ground.
_BODIES = frozenset({"hospital", "court_site", "prison_site", "school", "gp_surgery", "court", "prison"})
_A_PLACE_TO_MODELS = frozenset({"GPE", "LOC", "FAC", "CITY", "STATE"})
_A_PERSON_TO_MODELS = frozenset({"PERSON", "GIVEN_NAME", "SURNAME"})
# Said right behind a name, these make a place of it: "Deal seafront", "Ash, near Sandwich".
_PLACE_BEHIND = word_set(
    "station town village area estate seafront beach pier harbour peninsula marshes parish bypass road way high side "
    "based bus train line centre end church primary school"
)
_NEAR_BEHIND = word_set("near in outside off")
# "Seal, as in the village", "Ash, the village": the speaker says what is meant.
_EXPLAINED = re.compile(r",?\s+(?:as in\s+)?the\s+(?:village|town|place|island)\b")
_GOING = word_set(
    "go goes going gone went come comes came coming get gets got back drive drives drove driving bus buses train "
    "trains cab taxi lift move moved moves moving travel travelled walk walked run ran sent taken took placed live "
    "lived lives living down up over out round across way road all right trip visit visits"
)
_COVERING = word_set("cover covers covered covering visit visits visited visiting called")
_ON_THE = word_set("on across to from over in round up down at off onto around")

_FROM_THE_PACK = "a place of the region pack"
_CUED = "a place of the region pack whose name is also a word or a person's name, after a place cue"
_LISTED = "a place of the region pack whose name is also a word or a person's name, in a list of places"
_AGREED = "a place of the region pack whose name is also a word or a person's name, and a model reads a place"
_BARE = "the name of a place of the region pack, but no cue says that a place is meant"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("places", finder(region))


def finder(region: Region) -> Callable[[Passage], Iterator[Claim]]:
    """The recogniser's find function over this region's places."""
    phrases = lexicon(region)

    def find(passage: Passage) -> Iterator[Claim]:
        hits = _places_of(passage, phrases, region)
        judged = _judge_lists(passage, [(hit, *_judge(passage, hit)) for hit in hits])
        for hit, confidence, why in judged:
            if confidence > 0:
                yield _claim(passage, hit, region, confidence=confidence, why=why)

    return find


def _places_of(passage: Passage, phrases: Lexicon, region: Region) -> list[Hit]:
    hits = phrases.read(passage.text)
    # "Kent" inside "Kent Police" is the agency's name; a by-name that needs a cue decides nothing.
    bodies = {(hit.first, hit.stop) for hit in hits if hit.phrase.source == "agency" and not hit.phrase.needs_cue}
    found: dict[tuple[int, int], Hit] = {}
    for hit in widest(hit for hit in hits if hit.phrase.source == "place"):
        own = (hit.first, hit.stop)
        is_inside = any(first <= own[0] and own[1] <= stop for first, stop in bodies - {own})
        if is_inside or region.places[hit.phrase.row].type in _NOT_HERE:
            continue
        standing = found.get((hit.first, hit.stop))
        if standing is None or _outranks(hit, standing, region):
            found[hit.first, hit.stop] = hit
    return [found[key] for key in sorted(found)]


def _outranks(hit: Hit, standing: Hit, region: Region) -> bool:
    """Of two rows with one name the one that needs a cue counts, then the settlement before its district."""
    if hit.phrase.needs_cue != standing.phrase.needs_cue:
        return hit.phrase.needs_cue
    kinds = region.places[hit.phrase.row].type, region.places[standing.phrase.row].type
    return kinds[0] in _SETTLEMENTS and kinds[1] not in _SETTLEMENTS


def _judge(passage: Passage, hit: Hit) -> tuple[float, str]:
    words = words_of(passage.text)
    if _is_part_of_a_person(passage, hit, words):
        return 0.0, ""
    if not hit.phrase.needs_cue:
        if hit.is_recut:
            return 0.7, _FROM_THE_PACK
        if hit.phrase.is_words and not words[hit.stop - 1].is_capital:
            return _judge_words(passage, hit, words)
        return (0.9 if passage.is_lower or words[hit.first].is_capital else 0.7), _FROM_THE_PACK
    if hit.phrase.listed.lower().startswith("the "):
        return _judge_by_name(passage, hit, words)
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


def _judge_lists(passage: Passage, judged: list[tuple[Hit, float, str]]) -> list[tuple[Hit, float, str]]:
    """A name beside a place that is certain or cued is a place too: "Dover, Deal and Sandwich"."""
    for order in (range(1, len(judged)), range(len(judged) - 2, -1, -1)):
        step = 1 if order.step == 1 else -1
        for at in order:
            hit, confidence, _ = judged[at]
            neighbour, sure, _ = judged[at - step]
            left, right = (neighbour, hit) if step == 1 else (hit, neighbour)
            if confidence < 0.4 <= sure and _stand_in_a_list(passage, left, right):
                judged[at] = (hit, 0.5 if passage.is_lower else 0.65, _LISTED)
    return _judge_runs(passage, judged)


def _judge_runs(passage: Passage, judged: list[tuple[Hit, float, str]]) -> list[tuple[Hit, float, str]]:
    """Three names of places in a row are places, even if each is a word or a person's name as well."""
    for at in range(len(judged) - 2):
        three = judged[at : at + 3]
        in_a_row = all(_stand_in_a_list(passage, three[n][0], three[n + 1][0]) for n in (0, 1))
        if in_a_row and all(confidence < 0.4 for _, confidence, _ in three):
            judged[at : at + 3] = [(hit, 0.5, _LISTED) for hit, _, _ in three]
    return judged


def _stand_in_a_list(passage: Passage, left: Hit, right: Hit) -> bool:
    words = words_of(passage.text)
    between = passage.text[left.end : right.start].replace(",", " ").split()
    is_written_alike = passage.is_lower or (words[left.first].is_capital and words[right.first].is_capital)
    return is_written_alike and between in ([], ["and"], ["or"], ["to"], ["the"], ["&"], ["and", "then"])


def _claim(passage: Passage, hit: Hit, region: Region, *, confidence: float, why: str) -> Claim:
    place = region.places[hit.phrase.row]
    start = hit.start
    if hit.phrase.listed.lower().startswith("the "):
        start = words_of(passage.text)[hit.first + 1].start  # an article is no part of a name
    category = Category.AGENCY if place.type in _BODIES else Category.PLACE
    return Claim(start, hit.end, category, place.type, confidence, why)
