"""Schools, homes, hospitals, firms, teams, charities, churches, courts, councils and forces, by their last word."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.bodies import ENDINGS, HOME_CUES, NO_NAME, NOT_BEHIND, PAIRS, Ending
from deid.detect.caseless import caseless
from deid.detect.naming import is_led_to, name_before
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import DETERMINERS, PLAIN
from deid.detect.words import Word, indexes_of, is_possessive, joins, word_forms, words_of
from deid.fold import fold
from deid.model import Category
from deid.region import Region, english_words

EXAMPLES = (
    "She's the lead at ⟦Quarry Bay Academy⟧, and he's at ⟦Tannery Primary⟧.",
    "He went to ⟦Pelham Grammar⟧ and then ⟦King's Mead School⟧.",
    "She was placed at ⟦Plover House⟧, which is a children's home.",
    "A placement at ⟦Redstart Lodge⟧ broke down.",
    "it was ⟦plover house⟧ the children's home and she kept going missing",
    "They use ⟦Saturn Cabs⟧ and ⟦Halley Taxis Ltd⟧.",
    "he drives for ⟦saturn cabs⟧ most nights",
    "They met in the ⟦Sea Mill Hotel⟧ and at ⟦Best Pelham Kebab⟧.",
    "Dr Doe at ⟦Weir Bank Surgery⟧ rang me.",
    "She was on ⟦Kestrel Ward⟧ at ⟦Northfield Hospital⟧.",
    "They went to ⟦Pelham Crown Court⟧ and ⟦Barming Magistrates⟧.",
    "folkly and it was ⟦barming magistrates⟧ and then ⟦pelham crown court⟧",
    "⟦Northshire Police⟧ and ⟦Pelham Borough Council⟧ were there.",
    "the ⟦Heron Youth Project⟧ and the ⟦Lapwing Foundation⟧",
    "she works with ⟦lapwing youth trust⟧ and went to ⟦barnsole primary⟧",
    "she went to the ⟦rowans clinic⟧ and the ⟦foreland youth club⟧ shut",
    "it will affect police resources, poor police, and include primary and post primary",
    "I took him to ⟦Pelham nick⟧.",
    "⟦Barming council⟧ said no, and I rang the ⟦county council⟧.",
    "The ⟦Heron Team⟧ rang.",
    "He goes to ⟦Pelham Road Mosque⟧.",
    "I met Ms Doe of ⟦Tern Roe Solicitors⟧ and the Director General of the ⟦Northfield Service⟧.",
    "I act for ⟦North East Pelham Integrated Care Board⟧ and the three Integrated Care Boards.",
    "The school rang the police, the council and the children's home.",
    "it was a children's home and then a secondary school and the crown court",
    "He went to his mum's house and then to a mate's house.",
    "they met at her boyfriend's house or the safe house",
    "The police station, the town hall, the youth club.",
    "Primary care is hard, and high school was too.",
    "The Youth Court, the Crown Court and the Police.",
    "We use a taxi firm and a minicab driver.",
    "we wanted people to attend school and safely start college",
    "the whole team and the other unit had a good project",
)


_ENDINGS = frozenset(ENDINGS)
# "the rowans clinic": of these kinds a word in front names one, where it is no sort of them.
_LED_BY_THE = frozenset({"surgery", "hospital", "youth_club"})
_NAMED_BY_WORDS = frozenset({"school", "charity", "place_of_worship"})
_TO_A_SCHOOL = frozenset({"at", "from", "called", "with"})

# "I rang the county council": of all councils of a region there is one.
_THE_COUNTY_COUNCIL = caseless(r"\bthe\s(?P<body>county\scouncil)\b")
# "North East Pelham Integrated Care Board": bodies of the health service for an area, by the words for their kind.
_HEALTH_WORDS = frozenset({"integrated", "clinical", "primary", "health"})
_AREA_BODY = re.compile(
    r"\b(?P<area>(?:(?:North|South|East|West|Mid|Central|Greater)\s)*[A-Z][a-z][\w’'-]*)\s"
    r"(?:Integrated\sCare\s(?:Board|System|Partnership)|Clinical\sCommissioning\sGroup|Primary\sCare\sTrust|(?:University\s)?Health\sBoard)s?\b"
)

_WHY = "a name that ends in a word for a school, home, firm, team or other body"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("agency_patterns", find, _ENDINGS | _HEALTH_WORDS)


def find(passage: Passage) -> Iterator[Claim]:
    words = words_of(passage.text)
    for head in indexes_of(passage.text, _ENDINGS):
        if _goes_on(passage.text, words, head):
            continue
        ending = ENDINGS[words[head].low]
        confidence, first = _judge(passage, words, head, ending)
        if confidence and first is not None:
            yield Claim(words[first].start, words[head].end, Category.AGENCY, ending.kind, confidence, _WHY)
    for match in _AREA_BODY.finditer(passage.text) if _HEALTH_WORDS & word_forms(passage.text) else ():
        if fold(match["area"]) not in english_words():
            yield Claim(*match.span(), Category.AGENCY, "trust", 0.8, _WHY)
    for match in _THE_COUNTY_COUNCIL.finditer(passage.text):
        yield Claim(*match.span("body"), Category.AGENCY, "council", 0.5, _WHY)


def _goes_on(text: str, words: tuple[Word, ...], head: int) -> bool:
    if head + 1 >= len(words) or not joins(text, words[head], words[head + 1]):
        return False
    follower = words[head + 1]
    if follower.low in NOT_BEHIND.get(words[head].low, ()):
        return True
    # "Halley Taxis Ltd" is read once, from its last word.
    return words[head].is_capital and follower.is_capital and follower.low in ENDINGS


def _judge(passage: Passage, words: tuple[Word, ...], head: int, ending: Ending) -> tuple[float, int | None]:
    word = words[head]
    is_small = passage.is_lower or not word.is_capital
    if is_small and not ending.in_lower_case:
        return 0.0, None
    name_end = head
    while name_end > 0 and words[name_end - 1].low in PAIRS.get(word.low, ()):
        name_end -= 1
        if not is_small:
            break
    plain = NO_NAME.get(word.low, PLAIN)
    first = name_before(passage, words, name_end, longest=2 if passage.is_lower else 4, plain=plain)
    if first is None or (is_small and is_possessive(passage.text, words, name_end - 1)):
        return 0.0, None
    if passage.is_lower:
        return _judge_in_lower_case(passage, words, first, head=head, ending=ending), first
    if is_small:
        return (0.6 if words[name_end - 1].is_capital and ending.kind != "home" else 0.0), first
    return ending.confidence, first


def _judge_in_lower_case(passage: Passage, words: tuple[Word, ...], first: int, *, head: int, ending: Ending) -> float:
    if ending.kind == "home":
        nearby = {word.low for word in words[max(0, first - 12) : head + 12] if word is not words[head]}
        return 0.55 if nearby & HOME_CUES else 0.0
    is_rare = any(word.low not in english_words() for word in words[first:head])
    if not is_rare and ending.kind not in {"firm", "hospital", "surgery", "court"}:
        # "to attend school", "poor police": ordinary words name a body only behind "at", "from", "called".
        return 0.55 if ending.kind in _NAMED_BY_WORDS and is_led_to(passage.text, words, first, _TO_A_SCHOOL) else 0.0
    if is_led_to(passage.text, words, first):
        return 0.6
    if ending.kind in _LED_BY_THE and first > 0 and words[first - 1].low == "the":
        return 0.5
    is_particular = head - first > 1 or ending.kind in {"firm", "court", "police_force", "council"}
    return 0.5 if is_particular and not (first > 0 and words[first - 1].low in DETERMINERS - {"the"}) else 0.0
