"""Named estates, parks, stations, centres and the like, by their last word."""

from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.naming import LEADS_THERE, is_led_to, name_before
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import word_set
from deid.detect.words import Word, indexes_of, words_of
from deid.model import Category
from deid.region import Region, english_words

EXAMPLES = (
    "Half of them come off the ⟦Hazelmere estate⟧.",
    "They hang round ⟦Victoria Park⟧ and the ⟦Quarry Shopping Centre⟧.",
    "I met her at ⟦Martin's Halt station⟧ on the Friday.",
    "He was found under the ⟦Tannery Arches⟧.",
    "There was a stabbing in ⟦Kingsmead Rec⟧ that summer.",
    "we went to ⟦victoria park⟧ and waited at ⟦minnis halt station⟧",
    "he hangs about in ⟦jubilee park⟧ with the older ones",
    "it's ⟦pelford medical centre⟧ and they spotted it",
    "It's behind ⟦Pelham Library⟧, by the ⟦Swan Leisure Centre⟧.",
    "The ⟦Ferry Lane Industrial Estate⟧ is where they parked.",
    "they got off at the bus station and went to the car park",
    "It's a big council estate with a retail park and a train station.",
    "The park was shut. Station staff rang us.",
    "he was on the estate every night and in the local park",
    "We work with real estate, in the shopping centre, at the leisure centre.",
    "‹PERSON|Daniel Park› rang from work.",
    "at the police station they said he'd gone",
    "it was a different park and the same beach as before",
)

# What a name may end in, how far the word alone can be trusted in small letters behind a capital ("Hazelmere estate").
_IN_ANY_CASE = word_set("estate park station library beach pier roundabout bridge rec arches marina precinct")
_IN_CAPITALS = word_set(
    "common woods wood bay castle harbour docks dock island peninsula marshes cemetery allotments playground stadium "
    "arena baths pool arcade market subway underpass mall centre center gardens lido seafront leas downs heath "
    "recreation ground fields plaza tower caravan"
)
_TRIGGERS = _IN_ANY_CASE | _IN_CAPITALS
_KINDS = {"station": "station", "park": "park", "estate": "estate", "library": "library", "centre": "centre"}
_ALSO_SURNAMES = word_set("park bridge castle common woods wood marsh heath downs market")
# The second last word of a longer ending: "Quarry Shopping Centre", "Swan leisure centre".
_LONG_ENDINGS = {
    "centre": word_set(
        "shopping leisure sports community retail town garden family youth children childrens health medical day arts "
        "resource reception"
    ),
    "estate": word_set("industrial trading housing council"),
    "park": word_set("retail business country caravan holiday skate car"),
    "station": word_set("railway train bus tube"),
    "ground": word_set("recreation sports"),
    "fields": word_set("playing sports"),
    "market": word_set("farmers street"),
}  # fmt: skip

_NAMED = "a name that ends in a word for a public place"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("premises", find, _TRIGGERS)


def find(passage: Passage) -> Iterator[Claim]:
    words = words_of(passage.text)
    for head in indexes_of(passage.text, _TRIGGERS):
        confidence, first = _judge(passage, words, head)
        if confidence and first is not None:
            kind = _KINDS.get(words[head].low, "landmark")
            yield Claim(words[first].start, words[head].end, Category.PLACE, kind, confidence, _NAMED)


def _judge(passage: Passage, words: tuple[Word, ...], head: int) -> tuple[float, int | None]:
    word = words[head]
    is_long = head > 0 and words[head - 1].low in _LONG_ENDINGS.get(word.low, ())
    name_end = head - 1 if is_long and not words[head - 1].is_capital else head
    if not (word.low in _IN_ANY_CASE or is_long) and (passage.is_lower or not word.is_capital):
        return 0.0, None
    first = name_before(passage, words, name_end, longest=2 if passage.is_lower else 4)
    if first is None:
        return 0.0, None
    is_led = is_led_to(passage.text, words, first, LEADS_THERE | {"the"})
    if passage.is_lower:
        is_rare = is_long and any(word.low not in english_words() for word in words[first:name_end])
        return (0.5 if is_led or is_rare else 0.0), first
    if word.low in _ALSO_SURNAMES and not is_led and _is_a_person(passage, word):
        return 0.0, None
    if not word.is_capital:
        return (0.6 if words[name_end - 1].is_capital else 0.0), first
    return 0.75, first


def _is_a_person(passage: Passage, word: Word) -> bool:
    labels = {"PERSON", "SURNAME", "GIVEN_NAME"}
    return any(span.label in labels and span.start < word.end and word.start < span.end for span in passage.spans)
