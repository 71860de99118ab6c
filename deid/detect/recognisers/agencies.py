"""Agencies of the region pack: names, informal names, initials written or spelt out; ambiguous ones need a cue."""

from collections.abc import Callable, Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.passage import Claim, Passage
from deid.detect.phrases import Hit, lexicon, widest
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import word_set
from deid.detect.words import Word, before, opens_sentence, words_of
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "I joined ⟦Kent Police⟧ and then the ⟦MCET⟧.",
    "⟦Medway Council⟧'s housing lot were there.",
    "We rang ⟦British Transport Police⟧, and ⟦BTP⟧ came.",
    "i was at ⟦kent county council⟧ and then the ⟦n e l f t⟧",
    "I went from ⟦KCC⟧ to health.",
    "the ⟦Diocese of Rochester⟧ had a worker",
    "She trained at the ⟦University of Kent⟧.",
    "he'd been at the ⟦mcet⟧ for a year",
    "they came from ⟦b t p⟧ on the train",
    "The police rang the council, and social services rang back.",
    "He lost his keys on the horizon by the moat.",
    "We all keep our own notes on the system.",
    "THAT IS NOT WHAT SHE SAID AND THAT IS THAT.",
    "i think that that was the cat and he sat there",
    "she put her keys in the door and went",
)

_LEADS_TO_AN_AGENCY = word_set(
    "at from with to by for in the of called rang ring ringing phoned phone emailed and or via through into joined "
    "our my local left ask asked told tell contacted between against under inside then was is a"
)
_LEADS_IN_LOWER_CASE = word_set("at from with by called rang joined for into to")

# "the county council" in small letters is still a body; "health visiting" is what people do.
_BODIES = word_set(
    "council team unit service services partnership trust board police hub door project college force foundation "
    "charity society association academy school university group housing fostering"
)

_NAMED = "an agency of the region pack"
_INITIALS = "the initials of an agency of the region pack"
_CUED = "an agency of the region whose name is also a word, after words that lead to one"
_BARE = "the name of an agency of the region pack that is also a word, without a cue"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("agencies", finder(region))


def finder(region: Region) -> Callable[[Passage], Iterator[Claim]]:
    """The recogniser's find function over this region's agencies."""
    phrases = lexicon(region)

    def find(passage: Passage) -> Iterator[Claim]:
        best: dict[tuple[int, int], tuple[float, Hit, str]] = {}
        for hit in widest(hit for hit in phrases.read(passage.text) if hit.phrase.source == "agency"):
            confidence, why = _judge(passage, hit)
            if confidence and confidence > best.get((hit.first, hit.stop), (0.0,))[0]:
                best[hit.first, hit.stop] = (confidence, hit, why)
        for confidence, hit, why in best.values():
            start = hit.start
            if hit.phrase.listed.lower().startswith("the "):
                start = words_of(passage.text)[hit.first + 1].start  # an article is no part of a name
            kind = region.agencies[hit.phrase.row].kind.replace(" ", "_")
            yield Claim(start, hit.end, Category.AGENCY, kind, confidence, why)

    return find


def _judge(passage: Passage, hit: Hit) -> tuple[float, str]:
    words = words_of(passage.text)
    if hit.phrase.is_spelt:
        return 0.75, _INITIALS
    led_by = before(passage.text, words, hit.first, 1)
    leader = led_by[0] if led_by else ""
    if passage.is_lower:
        return _judge_in_lower_case(words, hit, leader)
    if hit.phrase.is_initials:
        return _judge_initials(passage, hit, leader)
    if not _is_in_capitals(words, hit):
        if hit.stop - hit.first == 1 or hit.phrase.needs_cue:
            return 0.0, ""
        return (0.5 if words[hit.stop - 1].low in _BODIES else 0.3), _NAMED
    if not hit.phrase.needs_cue:
        return 0.9, _NAMED
    if leader in _LEADS_TO_AN_AGENCY:
        return 0.65, _CUED
    return (0.2 if opens_sentence(passage.text, hit.start) else 0.4), _BARE


def _judge_initials(passage: Passage, hit: Hit, leader: str) -> tuple[float, str]:
    if passage.text[hit.start : hit.end] != hit.phrase.listed or (passage.is_upper and hit.phrase.is_words):
        return 0.0, ""  # "THAT'S NOT WHAT HE SAID" shouts a word
    if not hit.phrase.needs_cue:
        return 0.9, _INITIALS
    return (0.65, _CUED) if leader in _LEADS_TO_AN_AGENCY else (0.5, _INITIALS)


def _judge_in_lower_case(words: tuple[Word, ...], hit: Hit, leader: str) -> tuple[float, str]:
    if hit.phrase.is_words and hit.stop - hit.first == 1:
        return 0.0, ""  # "that", "cat", "keys": a word where nothing is in capitals
    if hit.phrase.is_words and words[hit.stop - 1].low not in _BODIES:
        return (0.5, _CUED) if leader in _LEADS_IN_LOWER_CASE else (0.0, "")  # "it was a turning point"
    if hit.phrase.needs_cue:
        leads = _LEADS_IN_LOWER_CASE | {"the"} if hit.phrase.is_initials else _LEADS_IN_LOWER_CASE
        return (0.45, _CUED) if leader in leads else (0.0, "")
    if hit.phrase.is_initials:
        return (0.65 if leader in _LEADS_TO_AN_AGENCY else 0.45), _INITIALS
    if hit.stop - hit.first > 1:
        return 0.8, _NAMED
    return (0.7 if leader in _LEADS_TO_AN_AGENCY else 0.5), _NAMED


def _is_in_capitals(words: tuple[Word, ...], hit: Hit) -> bool:
    return any(words[at].is_capital for at in range(hit.first, hit.stop) if words[at].low != "the")
