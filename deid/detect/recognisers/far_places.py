"""Counties, cities and London boroughs outside the region, for talk without capitals, where the models are weakest."""

from collections.abc import Callable, Iterator

from ahocorasick_rs import AhoCorasick
from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import TITLES, TO_A_PLACE, TO_A_PLACE_OR_PERSON, word_set
from deid.detect.words import before, words_of
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "he'd come over from ⟦essex⟧ with two others",
    "they were placed here by ⟦lewisham⟧ and ⟦croydon⟧",
    "She ran away to ⟦Birmingham⟧.",
    "It was the ⟦Tower Hamlets⟧ team that rang.",
    "he was picked up in ⟦reading⟧ of all places",
    "I like reading, and a bath, and what's on sale.",
    "the barking dog had a bath and some reading to do",
    "Mr Lewisham was late.",
    "‹PERSON|Chelsea› rang from home.",
)

_ONE_WORD = word_set(
    "bedfordshire berkshire buckinghamshire cambridgeshire cheshire cornwall cumbria derbyshire devon dorset essex "
    "gloucestershire hampshire herefordshire hertfordshire lancashire leicestershire lincolnshire merseyside norfolk "
    "northamptonshire northumberland nottinghamshire oxfordshire rutland shropshire somerset staffordshire suffolk "
    "surrey sussex warwickshire wiltshire worcestershire yorkshire middlesex tyneside wearside humberside birmingham "
    "bradford brighton bristol cardiff carlisle coventry derby edinburgh exeter glasgow gloucester hull leeds "
    "leicester liverpool manchester middlesbrough newcastle norwich nottingham oxford peterborough plymouth "
    "portsmouth preston salford sheffield southampton stoke sunderland swansea wakefield wolverhampton york aberdeen "
    "dundee belfast basildon blackpool bolton bournemouth colchester crawley eastbourne grimsby hastings huddersfield "
    "ipswich luton northampton oldham slough southend stevenage stockport swindon telford thurrock warrington watford "
    "wigan woking barnet bexley bromley camden croydon enfield greenwich hackney haringey harrow havering hillingdon "
    "hounslow islington lambeth lewisham merton newham redbridge southwark tottenham brixton peckham woolwich catford "
    "deptford walthamstow hammersmith kensington wandsworth westminster ealing edmonton romford ilford dagenham "
    "sidcup eltham thamesmead orpington erith welling beckenham"
)
# Also ordinary words or people's names: only behind a word that leads to a place.
_WITH_CUE = word_set(
    "reading bath barking sale bury lincoln chelsea brent sutton kingston richmond victoria durham worthing"
)
_TWO_WORDS = (
    "tower hamlets", "waltham forest", "milton keynes", "south london", "north london", "east london", "west london",
    "west midlands", "east midlands", "west yorkshire", "south yorkshire", "greater manchester", "isle of wight",
    "east sussex", "west sussex", "stoke on trent", "bexley heath", "bexleyheath", "southend on sea", "st albans",
    "st helens", "kings cross", "king s cross", "london bridge", "abbey wood", "canada water", "canning town",
)  # fmt: skip

_WHY = "a county, city or London borough outside the region"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("far_places", finder(region))


def finder(region: Region) -> Callable[[Passage], Iterator[Claim]]:
    """The recogniser's find function; names that are the region's own are left to its places."""
    own = {place.name.lower() for place in region.places}
    single = _ONE_WORD - own
    pairs = AhoCorasick([f" {name} " for name in _TWO_WORDS])

    def find(passage: Passage) -> Iterator[Claim]:
        words = words_of(passage.text)
        for at, word in enumerate(words):
            if (word.low in single or word.low in _WITH_CUE) and _is_meant(passage, at):
                yield _claim(word.start, word.end)
        line = f" {' '.join(word.low for word in words)} "
        for _, start, end in pairs.find_matches_as_indexes(line):
            first, last = line.count(" ", 0, start), line.count(" ", 0, end - 1) - 1
            yield _claim(words[first].start, words[last].end)

    return find


def _is_meant(passage: Passage, at: int) -> bool:
    words = words_of(passage.text)
    if not passage.is_lower and not words[at].is_capital:
        return False
    led_by = before(passage.text, words, at, 1)
    leader = led_by[0] if led_by else ""
    if leader in TITLES or _is_a_person(passage, at):
        return False
    if words[at].low in _WITH_CUE:
        return leader in TO_A_PLACE or (leader in TO_A_PLACE_OR_PERSON and not passage.is_lower)
    return True


def _is_a_person(passage: Passage, at: int) -> bool:
    word = words_of(passage.text)[at]
    labels = {"PERSON", "GIVEN_NAME", "SURNAME"}
    return any(span.label in labels and span.start < word.end and word.start < span.end for span in passage.spans)


def _claim(start: int, end: int) -> Claim:
    return Claim(start, end, Category.PLACE, "area", 0.65, _WHY)
