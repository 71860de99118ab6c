"""Streets by their last word, with house numbers before or behind them, and road numbers with a cue."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.naming import is_led_to, name_before
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import PLAIN, TENS, UNITS, word_set
from deid.detect.words import Word, indexes_of, word_forms, words_of
from deid.model import Category
from deid.region import Region, english_words

EXAMPLES = (
    "He had a flat on ⟦Barton Road⟧ and another in ⟦Bower Street⟧.",
    "I parked on ⟦Old Dover Road⟧, then walked.",
    "It was ⟦14 Pelham Crescent⟧, above the shop.",
    "She gave ⟦Flat 3, 27 King's Avenue⟧ as her address.",
    "They met at the top of ⟦St. Peter's Street⟧.",
    "he was living on ⟦old dover road⟧ with his nan",
    "up ⟦castle road⟧ in town number ⟦seven hundred and twelve⟧",
    "she got out in ⟦pencester close⟧ and ran",
    "It kicked off on ⟦Barming high street⟧ and again on ⟦Teston road⟧.",
    "We drove down ⟦Gads Hill⟧ and on to ⟦Quarry Way⟧.",
    "A house in ⟦Quarry Mews⟧ that we all know.",
    "He was stopped on the ⟦A249⟧, just off the ⟦M2⟧.",
    "He lives in ⟦School Lane⟧, off ⟦New Road⟧.",
    "she hangs about in ⟦middle street⟧",
    "they come down the ⟦m twenty⟧ from london",
    "the ⟦A2⟧ junction is where the lorries park",
    "Across the main road from the high street, on a quiet street.",
    "She crossed the road. Street lights were out.",
    "That was a long road, and in a way it was my own street.",
    "we went down the road and up the next street to the back lane",
    "I printed it on A4 and did my A2 exam.",
    "They live in Lyme St Alban, near St. Mary's.",
    "PERSON is ‹PERSON|Sarah Green›, not a green.",
    "We only had the view from above, and by the way it was close.",
    "it's relatively close to that and we had a recruitment drive which means downing street",
    "Downing Street had other things to do.",
    "it was a right way to go and i had to drive",
    "The President of the Fourth Section of the Court wrote to the Regional Court.",
    "She was in ⟦flat 3⟧, then ⟦flat 9C⟧, and the tenancy at ⟦12a⟧ ended. They moved to ⟦number eleven⟧.",
    "The flat was empty, a flat no, a flat one of six. That was number one for me, I moved to number one in the list.",
    "They walked home. Close enough, I said. Drive on.",
)

_STRONG = word_set("road street avenue lane crescent terrace close drive mews grove gardens rd st ave")
_ROADS = word_set("road street avenue lane crescent terrace mews gardens")
_SHORT = word_set("rd st ave")
_WEAK = word_set(
    "way court place hill rise walk row view square gate parade quay wharf hard esplanade promenade embankment mount "
    "vale broadway yard passage alley steps bypass roundabout approach chase meadow meadows mead orchard paddock "
    "paddocks copse dene spur villas cottages buildings mansions bank fields field green"
)
_STREETS = _STRONG | _WEAK
# These end people's names as well ("Ms Green", "Mr Hill"), so something must lead to them.
_ALSO_SURNAMES = word_set(
    "hill green lane close court gate mead field fields bank row grove street drive walk mount vale"
)
# In capitals nearly any word names a street ("New Road", "School Lane"); these still do not.
# "the President of the Court", "rule 6 of the Rules of Court" name no court where somebody lives.
_PLAIN_IN_CAPITALS = word_set(
    "high main side back slip ring trunk same dual one two president vice rule rules section registrar first of"
)
# And these name no court where somebody lives: "the Fourth Section of the Court", "the Magistrates' Court".
_COURTS_OF_LAW = _PLAIN_IN_CAPITALS | word_set(
    "second third fourth fifth county crown criminal magistrates family youth supreme appeal regional district"
)
_PUBLIC = word_set("downing wall sesame coronation fleet silk harley")

_CARDINAL = rf"(?:{'|'.join((*UNITS, *TENS))}|hundred|and)"
# "14 ", "Flat 3, 27 ", "number 9a, " right before the street; a year is no house number.
_NUMBER_BEFORE = caseless(
    r"(?:\b(?:flat|room|unit|apartment)\s+\w{1,4},?\s+)?(?:\b(?!(?:19|20)\d\d\b)\d{1,4}[A-Za-z]?,?\s+)$"
)
# "Barton Road, number 14": the number that follows within a few words.
_NUMBER_BEHIND = caseless(
    rf"^[^.?!;]{{0,30}}?\b(?:number|no\.)\s+(\d{{1,4}}[a-z]?|{_CARDINAL}(?:\s{_CARDINAL}){{0,4}})\b"
)
# "the A249", "the m2", "the m twenty": a road's letter and number; paper sizes and exams have other words beside them.
_ROAD_NUMBER = re.compile(
    rf"\b(?:[ABM]\d{{1,4}}(?:\(M\))?|(?<=the )[abm]\s?(?:\d{{1,4}}|{_CARDINAL}(?:\s{_CARDINAL}){{0,3}}))\b"
)
# "she was in flat 3", "the tenancy at 12a", "moved to number 11": a door of a house that the talk tells elsewhere.
_DOOR = caseless(
    rf"\b(?:(?P<flat>(?:flat|apartment)\s(?:\d{{1,3}}[a-z]?|{_CARDINAL}(?:\s{_CARDINAL})?|[a-h]))(?!,\s\d)"
    r"|(?:tenancy|lived?|lives|living|house|door|knocked|property|premises|moved|neighbours?|order)\s(?:\w+\s){0,2}?"
    r"(?:at|on|to|in|from|is|was)\s"
    rf"(?P<door>\d{{1,3}}[a-z]|number\s(?:\d{{1,3}}[a-z]?|{_CARDINAL}(?:\s{_CARDINAL})?)))\b"
    r"(?!\s(?:of|per|in\sthe|on\sthe|people|percent)\b)"
)
_ROAD_CUE_BEFORE = caseless(
    r"\b(?:(?:on|off|down|up|along|via|onto|from|of|to|by|over|and|near|under|junction)\s+)?the\s+$"
    r"|\b(?:on|off|down|up|along|via|onto|junction)\s+$",
)
_ROAD_CUE_BEHIND = caseless(
    r"^\s+(?:junction|corridor|services|roundabout|turn-?off|slip|bypass|northbound|southbound)"
)
_NO_ROAD_BEHIND = caseless(r"^\s*(?:paper|sheet|size|page|pad|poster|level|exam|results?|grade|piece|folder|side)")

_NAMED = "a name that ends in a word for a street"
_DOORS = frozenset({"flat", "apartment", "tenancy", "number", "house", "property", "premises"})
_A_DOOR = "the number of a door"
_NUMBERED = "the number of a house in a named street"
_ROAD = "the number of a road, after a cue"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("streets", find)


def find(passage: Passage) -> Iterator[Claim]:
    words = words_of(passage.text)
    for head in indexes_of(passage.text, _STREETS):
        yield from _street(passage, words, head)
    for match in _DOOR.finditer(passage.text) if word_forms(passage.text) & _DOORS else ():
        yield Claim(*match.span(match.lastgroup or 0), Category.PLACE, "house_number", 0.6, _A_DOOR)
    yield from _road_numbers(passage)


def _street(passage: Passage, words: tuple[Word, ...], head: int) -> Iterator[Claim]:
    confidence, first = _judge(passage, words, head)
    if not confidence or first is None:
        return
    text, start, end = passage.text, words[first].start, words[head].end
    if number := _number_before(text, start):
        start = number.start()
    yield Claim(start, end, Category.PLACE, "street", confidence, _NAMED)
    if number := _NUMBER_BEHIND.search(text[end : end + 90]):
        yield Claim(end + number.start(1), end + number.end(1), Category.PLACE, "house_number", 0.6, _NUMBERED)


def _judge(passage: Passage, words: tuple[Word, ...], head: int) -> tuple[float, int | None]:
    word = words[head]
    is_strong = word.low in _STRONG
    if word.low in _SHORT and (not word.is_capital or _is_a_saint(passage.text, words, head)):
        return 0.0, None
    if not is_strong and (passage.is_lower or not word.is_capital):
        return 0.0, None
    # "Barming high street": the name stands before the pair.
    is_high_street = word.low == "street" and head > 0 and words[head - 1].text == "high"
    name_end = head - 1 if is_high_street else head
    in_capitals = _COURTS_OF_LAW if word.low == "court" else _PLAIN_IN_CAPITALS
    plain = PLAIN - {"middle"} if passage.is_lower else in_capitals
    first = name_before(passage, words, name_end, longest=2 if passage.is_lower else 4, plain=plain)
    if first is None or words[first].low in _PUBLIC:
        return 0.0, None
    is_led = is_led_to(passage.text, words, first) or _number_before(passage.text, words[first].start) is not None
    if passage.is_lower:
        return _judge_in_lower_case(words, first, head=head, is_led=is_led), first
    if word.low in _ALSO_SURNAMES and not is_led:
        return (0.0 if _is_a_person(passage, word) else 0.45), first
    if not word.is_capital:  # "Barton road": only a name in capitals right before it makes a street
        return (0.65 if words[name_end - 1].is_capital else 0.0), first
    return (0.85 if is_strong else 0.7), first


def _number_before(text: str, start: int) -> re.Match[str] | None:
    return _NUMBER_BEFORE.search(text, max(0, start - 30), start)


def _is_a_saint(text: str, words: tuple[Word, ...], head: int) -> bool:
    return (
        head + 1 < len(words) and words[head + 1].is_capital and text[words[head].end : words[head + 1].start] in " . "
    )


def _judge_in_lower_case(words: tuple[Word, ...], first: int, *, head: int, is_led: bool) -> float:
    """ "relatively close", "a recruitment drive": where nothing leads to it, only a rare word names a street."""
    name = words[first:head]
    if any(word.low in _PUBLIC for word in name):
        return 0.0
    if is_led:
        return 0.65
    is_rare = any(word.low not in english_words() for word in name)
    return 0.45 if is_rare and words[head].low in _ROADS else 0.0


def _is_a_person(passage: Passage, word: Word) -> bool:
    labels = {"PERSON", "SURNAME", "GIVEN_NAME"}
    return any(span.label in labels and span.start < word.end and word.start < span.end for span in passage.spans)


def _road_numbers(passage: Passage) -> Iterator[Claim]:
    for match in _ROAD_NUMBER.finditer(passage.text):
        behind = passage.text[match.end() : match.end() + 20]
        before = passage.text[max(0, match.start() - 20) : match.start()]
        is_told = len(match[0]) > 3 or "the " in before.lower() or match[0].startswith("M")
        is_cued = bool(_ROAD_CUE_BEFORE.search(before) or _ROAD_CUE_BEHIND.match(behind))
        if is_told and is_cued and not _NO_ROAD_BEHIND.match(behind):
            yield Claim(match.start(), match.end(), Category.PLACE, "road_number", 0.6, _ROAD)
