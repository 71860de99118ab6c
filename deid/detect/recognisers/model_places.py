"""Places that a language model names, without countries, kinds of place and abbreviations."""

from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.passage import Claim, ModelSpan, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.trait_words import ORIGINS
from deid.detect.vocabulary import COUNTRIES, PLAIN, STOP, TITLES, TO_A_PLACE, TO_A_PLACE_OR_PERSON
from deid.detect.words import Word, before, is_possessive, opens_sentence, words_inside, words_of
from deid.fold import fold
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "She was placed in ‹GPE|⟦Wolverhampton⟧›, miles away.",
    "He ran back to ‹CITY|⟦Stevenage⟧› twice.",
    "we lived in ⟦st ‹CITY|anselm›'s⟧ then",
    "it was up in ‹CITY|⟦stevenage⟧› somewhere",
    "The hostel on the ‹FAC|⟦Holloway Road⟧› closed.",
    "We met at ‹FAC|the ⟦Blue Lighthouse⟧›.",
    "‹GPE|⟦Luton⟧›'s where the airport is.",
    "We had families from ‹GPE|Poland› and ‹GPE|the United States›.",
    "The ‹GPE|SERAF› was amber, the ‹LOC|NRM› took months.",
    "the ‹CITY|front door› said no",
    "He was ‹GPE|Tamil›, they said.",
    "It was in the ‹FAC|Police Station› all along.",
    "if we just ‹LOC|stick› to the ‹LOC|point› it may ‹CITY|transpire›",
    "they walked round the ‹LOC|estate› all night",
)

_LABELS = {
    "GPE": "town", "LOC": "area", "FAC": "landmark", "CITY": "town", "STATE": "area", "STREET_NAME": "street",
}  # fmt: skip
_KINDS_OF_PLACE = frozenset(
    {"town", "city", "village", "county", "coast", "north", "south", "east", "west", "island", "park", "estate", "road",
     "street", "station", "home", "house", "office", "school", "college", "pier", "beach", "centre", "front", "door"}
)  # fmt: skip

_ONE_MODEL = "one language model reads a place"
_TWO_MODELS = "two language models read a place"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("model_places", find)


def find(passage: Passage) -> Iterator[Claim]:
    words = words_of(passage.text)
    for span in passage.spans:
        if span.label not in _LABELS:
            continue
        name = _name(passage, words, span)
        if not name or _names_no_place(passage, name):
            continue
        agreed = any(_reads_alike(span, other) for other in passage.spans)
        confidence = _confidence(passage, span, name, is_agreed=agreed)
        if passage.is_lower and not agreed and not _is_led_to(passage.text, words, name[0]):
            continue
        why = _TWO_MODELS if agreed else _ONE_MODEL
        # "the train from St Pancras": the short word for a saint is no street.
        kind = "town" if name[0].low in {"st", "saint"} else _LABELS[span.label]
        yield Claim(name[0].start, name[-1].end, Category.PLACE, kind, confidence, why)


def _name(passage: Passage, words: tuple[Word, ...], span: ModelSpan) -> list[Word]:
    """The words of a span without leading articles and a closing 's; a saint is named whole."""
    inside = list(words_inside(words, span.start, span.end))
    if inside and inside[0] > 0 and words[inside[0] - 1].low in {"st", "saint"}:
        inside.insert(0, inside[0] - 1)
        if inside[-1] + 1 < len(words) and is_possessive(passage.text, words, inside[-1] + 1):
            return [words[at] for at in (*inside, inside[-1] + 1)]
    while inside and words[inside[0]].low in STOP:
        inside.pop(0)
    while inside and (words[inside[-1]].low in STOP or is_possessive(passage.text, words, inside[-1])):
        inside.pop()
    return [words[at] for at in inside]


def _names_no_place(passage: Passage, name: list[Word]) -> bool:
    if (
        " ".join(word.low for word in name) in COUNTRIES
        or fold(passage.text[name[0].start : name[-1].end]) in COUNTRIES
    ):
        return True
    if all(word.low in PLAIN or word.low in STOP or word.low in _KINDS_OF_PLACE or word.low in TITLES for word in name):
        return True
    if all(word.low in ORIGINS for word in name):
        return True  # "he is Tamil": a people, which the recogniser of traits reads
    if len(name) == 1 and (len(name[0].low) < 3 or name[0].is_acronym) and not passage.is_upper:
        return True
    return not passage.is_lower and not any(word.is_capital or word.text[0].isdigit() for word in name)


def _is_led_to(text: str, words: tuple[Word, ...], first: Word) -> bool:
    led_by = before(text, words, words_inside(words, first.start, first.end)[0], 1)
    return bool(led_by) and led_by[0] in TO_A_PLACE | TO_A_PLACE_OR_PERSON


def _reads_alike(span: ModelSpan, other: ModelSpan) -> bool:
    is_other = other.model.split("-")[0] != span.model.split("-")[0]  # a second reading is no second opinion
    return is_other and other.label in _LABELS and other.start < span.end and span.start < other.end


def _confidence(passage: Passage, span: ModelSpan, name: list[Word], *, is_agreed: bool) -> float:
    if passage.is_lower:
        return 0.6 if is_agreed else 0.5 if span.score >= 0.5 else 0.42
    if is_agreed:
        return 0.8
    is_bare_opener = len(name) == 1 and opens_sentence(passage.text, name[0].start)
    return (0.5 if is_bare_opener else 0.7) if span.score >= 0.5 else 0.42
