"""Names in capitals where somebody works, is placed or comes from: "she works for Northern Beacon"."""

import re
from collections.abc import Callable, Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.passage import Claim, Passage
from deid.detect.person_words import RELATIONS
from deid.detect.phrases import Hit, lexicon
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import COUNTRIES, MONTHS, PLAIN, STOP, TITLES, WEEKDAYS, word_set
from deid.detect.words import Word, capitals_of, joins, words_of
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "She works for ⟦Northern Beacon⟧ now.",
    "I trained at ⟦Tommy's⟧, and then she went to ⟦King's⟧, where they pay. She went to Sarah's house.",
    "I was a manager at ⟦Brightwater⟧ for years.",
    "He's a youth worker with ⟦Open Harbour⟧.",
    "There's a charity called ⟦Second Tide⟧ that does it.",
    "The home was called ⟦Redstart⟧, four beds.",
    "A colleague from ⟦Northern Beacon⟧ came.",
    "She started at ⟦Brightwater⟧ last spring.",
    "I worked for ⟦Blue Heron Care⟧, then left.",
    "He's at ⟦Spinnaker⟧, he's doing his mocks.",
    "She was at Easter lunch, he is at Year Nine level.",
    "He works at Christmas and at Easter, for Mr Doe.",
    "She works for the police, at the council, with Year 9.",
    "A man called ‹PERSON|Jay› works at night.",
    "I was at home, she worked from home on Monday.",
    "She's a social worker in Maidstone.",
    "He looked at Margaret and laughed at Dave.",
    "I worked with ‹PERSON|Sarah› and with ‹PERSON|Tom Doe›.",
)

# Leads to a body where the words before it speak of work, of a placement or of a body's name.
_AT = word_set("at for with from")
_WORK = word_set(
    "work works worked working job jobs volunteer volunteers volunteered volunteering employed seconded based placed "
    "placement placements manager managers worker workers officer officers nurse nurses teacher teachers head lead "
    "leads coordinator practitioner practitioners colleague colleagues counsellor mentor staff somebody someone lady "
    "woman started trained training qualified stayed boarding lodging referred commissioned clinician therapist "
    "analyst guardian guardians advocate adviser advisor solicitor lawyer barrister psychologist psychiatrist doctor "
    "consultant"
)
# "He's at Northern Beacon now", "they were at Brightwater": where somebody is, with nothing said of what they do.
_BEING = word_set("m s re is was were been am are")
_BODY = word_set(
    "charity project home school academy team unit firm company service agency organisation hotel club group "
    "placement hostel provider programme scheme shop takeaway pub place house"
)
_STILL = word_set("now still there back up over down")
_CALLED = word_set("called named")
_NO_BODY = (
    word_set("christmas easter ramadan eid diwali halloween year key stage section level band grade form god")
    | frozenset(WEEKDAYS) | frozenset(MONTHS) | TITLES
)  # fmt: skip
_GOING = word_set("went go goes going gone moved transferred goes back came")
_KIN = RELATIONS - {"guy"}  # St Thomas' and Guy's, and nobody's mum's
_OWNED = re.compile(
    r"['’]s(?=[,.;:!?]|\s(?:where|and|then|before|after|for|in|until|when|as|now|which|they|but|to)\b|$)"
)
_A_PERSON = frozenset({"PERSON", "GIVEN_NAME", "SURNAME"})

_WORKS_THERE = "a name in capitals where somebody works or is placed"
_IS_CALLED = "what a body is called"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("workplaces", finder(region))


def finder(region: Region) -> Callable[[Passage], Iterator[Claim]]:
    """The recogniser's find function; places and agencies of the region are left to their own recognisers."""
    phrases = lexicon(region)

    def find(passage: Passage) -> Iterator[Claim]:
        if passage.is_lower or passage.is_upper:
            return
        words = words_of(passage.text)
        listed = [hit for hit in phrases.read(passage.text) if hit.phrase.source in {"place", "agency"}]
        for at in capitals_of(passage.text):
            why = _lead(words, at) if at else ""
            if at and (end := _owners_end(passage.text, words, at)) and (why or words[at - 1].low == "to"):
                yield Claim(words[at].start, end, Category.AGENCY, "workplace", 0.55, why or _WORKS_THERE)
                continue
            stop = _name_stop(passage.text, words, at) if why else at
            if stop > at and not _is_known(passage, words, at, stop=stop, listed=listed):
                yield Claim(words[at].start, words[stop - 1].end, Category.AGENCY, "workplace", 0.5, why)

    return find


def _lead(words: tuple[Word, ...], at: int) -> str:
    """Why words[at] can be the name of a body, or ""."""
    leader = at - 1
    if words[leader].low == "the" and leader > 0:
        leader -= 1
    earlier = {word.low for word in words[max(0, leader - 4) : leader]}
    if words[leader].low in _AT and earlier & _WORK:
        return _WORKS_THERE
    if words[leader].low == "at" and leader and words[leader - 1].low in _BEING | _STILL:
        return _WORKS_THERE if earlier & _BEING else ""
    if words[leader].low in _CALLED and earlier & _BODY:
        return _IS_CALLED
    return ""


def _owners_end(text: str, words: tuple[Word, ...], at: int) -> int:
    """The end of "King's" in "trained at King's, where they pay", "went to King's": with nothing that he owns; or 0."""
    leader = words[at - 1].low
    earlier = {word.low for word in words[max(0, at - 4) : at - 1]}
    is_there = leader in _AT or (leader == "to" and earlier & _GOING)
    owned = _OWNED.match(text, words[at].end) if is_there and words[at].low not in _NO_BODY | _KIN else None
    return owned.end() if owned else 0


def _name_stop(text: str, words: tuple[Word, ...], at: int) -> int:
    stop = at + 1
    while stop < min(len(words), at + 4) and words[stop].is_capital and joins(text, words[stop - 1], words[stop]):
        stop += 1
    return stop


def _is_known(passage: Passage, words: tuple[Word, ...], at: int, *, stop: int, listed: list[Hit]) -> bool:
    """No new body: a listed name, a country, a day, a kind of agency, initials, or somebody that a model reads."""
    name = words[at:stop]
    lows = [word.low for word in name]
    if lows[0] in _NO_BODY or " ".join(lows) in COUNTRIES or all(low in PLAIN or low in STOP for low in lows):
        return True
    if len(name) == 1 and (name[0].is_acronym or len(name[0].low) < 3):
        return True
    if any(hit.first <= at and stop <= hit.stop for hit in listed):
        return True
    start, end = words[at].start, words[stop - 1].end
    return any(span.label in _A_PERSON and span.start < end and start < span.end for span in passage.spans)
