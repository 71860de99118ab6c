"""Places of the region pack, under all their names; a name that is also a word or a person's name needs a cue."""

from collections.abc import Callable, Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.passage import Claim, Passage
from deid.detect.phrases import Hit, Lexicon, lexicon, widest
from deid.detect.place_cues import judge
from deid.detect.presidio import as_recogniser
from deid.detect.standing_for import stands_for_a_body
from deid.detect.vocabulary import DETERMINERS
from deid.detect.words import joins, words_of
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
    "he goes all the way to ⟦lydd⟧ and the deal in ⟦dover⟧ was off",
    "he said a great deal in very few words",
)

# Types that other recognisers read with cues of their own.
_NOT_HERE = frozenset({"postcode_district", "road_number"})
_SETTLEMENTS = frozenset({"city", "town", "village", "suburb", "hamlet", "locality"})
# Institutions that a list of places also holds: with an interviewee they stand for the body, not for the ground.
_BODIES = frozenset({"hospital", "court_site", "prison_site", "school", "gp_surgery", "court", "prison"})
_COUNTIES = frozenset({"county", "unitary"})
_STANDS_FOR = "a place of the region pack that stands for the body that works there"
_LISTED = "a place of the region whose name is also a word or a person's name, in a list of places"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("places", finder(region))


def finder(region: Region) -> Callable[[Passage], Iterator[Claim]]:
    """The recogniser's find function over this region's places."""
    phrases = lexicon(region)

    def find(passage: Passage) -> Iterator[Claim]:
        hits = _places_of(passage, phrases, region)
        judged = _judge_lists(passage, [(hit, *judge(passage, hit)) for hit in hits])
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


def _judge_lists(passage: Passage, judged: list[tuple[Hit, float, str]]) -> list[tuple[Hit, float, str]]:
    """A name beside a place that is certain or cued is a place too: "Dover, Deal and Sandwich"."""
    for order in (range(1, len(judged)), range(len(judged) - 2, -1, -1)):
        step = 1 if order.step == 1 else -1
        for at in order:
            hit, confidence, _ = judged[at]
            neighbour, sure, _ = judged[at - step]
            left, right = (neighbour, hit) if step == 1 else (hit, neighbour)
            if confidence < 0.4 <= sure and not _is_a_thing(passage, hit) and _stand_in_a_list(passage, left, right):
                judged[at] = (hit, 0.5 if passage.is_lower else 0.65, _LISTED)
    return _judge_runs(passage, judged)


def _is_a_thing(passage: Passage, hit: Hit) -> bool:
    """ "all the way to Dover": behind its article, in small letters."""
    words = words_of(passage.text)
    is_word = hit.first > 0 and not words[hit.first].is_capital
    return (
        is_word
        and words[hit.first - 1].low in DETERMINERS
        and joins(passage.text, *words[hit.first - 1 : hit.first + 1])
    )


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
    if place.type in _BODIES:
        return Claim(start, hit.end, Category.AGENCY, place.type, confidence, why)
    # The county and its one unitary council bear one name, and stay places whoever is meant.
    if place.type not in _COUNTIES and stands_for_a_body(
        passage.text, start, hit.end, is_district=place.type == "district"
    ):
        return Claim(start, hit.end, Category.AGENCY, "body", confidence, _STANDS_FOR)
    return Claim(start, hit.end, Category.PLACE, place.type, confidence, why)
