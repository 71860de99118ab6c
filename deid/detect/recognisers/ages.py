"""Exact ages of a person, in figures or words; ranges that a service takes and ages of groups stay."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import ORDINALS, STOP, TENS, UNITS
from deid.detect.words import word_forms
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "A ⟦thirteen-year-old⟧, placed out of county.",
    "a ⟦15 year old⟧ girl, and her ⟦nine-year-old⟧ brother",
    "He was ⟦seventeen⟧ when I met him.",
    "She's ⟦14⟧, she looks older.",
    "i'm ⟦sixty one⟧ and i go soon",
    "She was about ⟦thirteen⟧, ⟦fourteen⟧ maybe.",
    "She was ⟦thirteen⟧ when it started and ⟦fifteen⟧ when we knew.",
    "He must have been ⟦forty⟧ odd.",
    "She was ⟦twelve⟧ going on ⟦twenty⟧, with two sisters, ⟦thirteen⟧ and ⟦fifteen⟧.",
    "She'd have been ⟦thirteen⟧ then.",
    "A lad of ⟦16⟧ alone in the flat.",
    "a girl aged ⟦12⟧, missing since Friday",
    "At the age of ⟦eleven⟧ he was carrying.",
    "They had him down as ⟦twenty⟧.",
    "She told him she was ⟦18⟧, she looked ⟦twenty⟧.",
    "I came here at ⟦ten⟧ with my mum.",
    "Kelly, ⟦fourteen⟧, and her cousin.",
    "he was ⟦sixteen⟧ he had nobody",
    "It was just before her ⟦sixteenth⟧ birthday.",
    "A baby, ⟦six months old⟧, was in the flat.",
    "He was first excluded at ⟦12⟧.",
    "Pregnant at ⟦fifteen⟧, she was.",
    "We take ten to eighteen, anybody local.",
    "It's for fourteen-year-olds and over-18s, ages 11 to 17.",
    "We see twelve or thirteen kids a week, under 16 mostly.",
    "He was 15 minutes late and she was two streets away.",
    "There were fourteen of them. It was nine o'clock.",
    "We meet every Monday at nine, she came home at nine.",
    "He got nine years. He did twenty of them.",
    "It's ten past three and he's six foot two.",
    "Four, five, six, seven referrals.",
    "She was one of the first, he's two of a kind.",
    "Children under the age of 17 and over the age of twelve.",
    "They're all under sixteen, we're nine when we're full.",
    "He was in Year 9, it was 101 he rang.",
)

_NUMBER = rf"(?:\d{{1,2}}|(?:{'|'.join(TENS)})(?:[\s-](?:{'|'.join(UNITS[1:10])}))?|{'|'.join(UNITS[1:])})"
_AGE = rf"(?P<age>{_NUMBER})(?![\w%°:£]|[.,]\d|-(?!ish)\w)"
_HEDGE = (
    r"(?:\s(?:only|just|about|around|nearly|almost|barely|like|still|probably|maybe|now|then|turning|what|not even|"
    r"not yet|already|coming up to|going on|getting on for|roughly|all of|actually|um|er|uh|well|aged))*"
)

# "fourteen-year-old", "15 year old", "15yo", "six months old", "18-month-old"; not "fourteen-year-olds".
_YEAR_OLD = re.compile(
    rf"\b(?P<age>{_NUMBER}[\s-]?(?:(?:years?|yrs?|months?|weeks?|days?)[\s-]old|y/?o))\b(?!s)",
    re.IGNORECASE,
)
# "He was sixteen", "she's only 14", "who's thirteen", "told him she was 18", "she looked twenty".
_WAS = re.compile(
    r"\b(?:he|she|i|who|him|her|girl|boy|lad|lass|child|kid|daughter|son|sister|brother|cousin|mum|man|woman|victim|baby)"
    r"(?:['’](?:s|m|d|d have been|d been)|\s(?:was|is|am|be|being|looked|looks|turned|turns|would be|must be|"
    r"might be|had been|must have been|might have been|would have been|could have been))"
    rf"{_HEDGE}\s{_AGE}",
    re.IGNORECASE,
)
# "a lad of 15", "a girl aged 12", "at the age of eleven", "down as twenty", "passed for eighteen", "said to be 17".
_CUED = re.compile(
    r"\b(?:(?:lad|boy|girl|kid|child|lass|man|woman|bloke|youth|baby|son|daughter)\sof|aged|at\sage|"
    r"(?<!under\s)(?<!over\s)(?<!below\s)(?<!above\s)the\sage\sof|"
    r"down\sas|passed?\sfor|(?:claim|claimed|pretended|pretending|supposed|said|meant)\sto\sbe|when\s(?:i|he|she)\swas|"
    rf"(?:he|she|they)(?:['’]d|\shad)?\s(?:just\s)?turned){_HEDGE}\s{_AGE}(?!\s?(?:to|-|–)\s?\d)",
    re.IGNORECASE,
)
# "Pregnant at fifteen", "excluded at 12", "came here at ten": what happens once in a life, so no time of day.
_LIFE_EVENT = re.compile(
    r"\b(?:came\s(?:here|over|to\s(?:the\suk|england|this\scountry|britain))|in(?:to)?\scare|adopted|fostered|orphaned|"
    r"excluded|expelled|pregnant|married|groomed|raped|abused|trafficked|arrested|smoking|drinking|using|carrying|dealing|left\sschool|"
    rf"left\shome|moved\sout|moved\shere|first\s\w+|a\smum|a\smother|a\sdad|gave\sbirth)\sat{_HEDGE}\s{_AGE}",
    re.IGNORECASE,
)
# "Kelly, fourteen, and ...": between commas, an age that a child can have.
_BETWEEN_COMMAS = re.compile(rf"(?<=[a-z]),\s{_AGE},(?!\s(?:{_NUMBER})\b)", re.IGNORECASE)
# "thirteen, fourteen maybe": a second guess right behind an age.
_OR = re.compile(rf"(?:,\s(?:or\s|maybe\s)?|\sor\s|\smaybe\s|\sgoing\son\s|/|\s){_AGE}", re.IGNORECASE)
# "two sisters, thirteen and fifteen".
_EACH = re.compile(
    r"\b(?:sisters|brothers|twins|girls|boys|daughters|sons|kids|children|cousins|siblings),?\s(?:aged\s)?"
    rf"(?P<first>{_NUMBER})\sand\s(?P<second>{_NUMBER})(?!\w|\s(?:of|other|more)\b)",
    re.IGNORECASE,
)
# "thirteen when it started and fifteen when we knew": not "we're nine when we're full".
_WHEN = re.compile(
    rf"(?<!we're\s)(?<!we’re\s)(?<!we were\s)(?<!there were\s)(?<!they were\s)\b{_AGE}"
    r"\s(?:when|by the time)\s(?:he|she|i|it|they|we|you)\b",
    re.IGNORECASE,
)
# "her sixteenth birthday", "his 18th".
_BIRTHDAY = re.compile(
    rf"\b(?P<age>\d{{1,2}}(?:st|nd|rd|th)|(?:(?:{TENS[0]}|{TENS[1]})[\s-])?(?:{'|'.join(ORDINALS)}))\sbirthday", re.I
)

# Behind a number these count something else: "15 minutes", "six foot", "one of the first", "nine o'clock".
_COUNTS = re.compile(
    r"\s?(?:years?(?!\s?-?\s?old)|months?|weeks?|days?|hours?|minutes?|mins?|seconds?|miles?|stone|foot|feet|ft|inch|per|"
    r"of\b|times|to\b|o['’]?clock|am\b|pm\b|point|people|kids|children|girls|boys|pounds|quid|thousand|hundred|million|nil|"
    r"in a row|and a half|more|other|different|out of|past\b|percent|or\s\w+\s(?:kids|people|times|of)|"
    r"st\b|nd\b|rd\b|th\b|[-–/]\d)",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"\s([a-z]{3,}s)\b")
_NUMBERS = frozenset((*UNITS[2:], *TENS, *ORDINALS))
_YOUNGEST, _OLDEST = 8, 25

_SAID = "an exact age, said of a person"
_TURNED = "somebody came of age, which the analysis needs"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("ages", find)


def find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    found: dict[int, Claim] = {}
    if not word_forms(text) & _NUMBERS and not any(map(str.isdigit, text)):
        return
    for match in (*_YEAR_OLD.finditer(text), *_BIRTHDAY.finditer(text)):
        found[match.start("age")] = _claim(match, confidence=0.85)
    for pattern, confidence in ((_WAS, 0.75), (_CUED, 0.8), (_LIFE_EVENT, 0.65), (_WHEN, 0.6)):
        for match in pattern.finditer(text):
            if match.start("age") not in found and _is_an_age(text, match):
                is_coming_of_age = "turned" in match[0].lower() and match["age"].lower() in {"18", "eighteen"}
                found[match.start("age")] = _claim(match, confidence=0.35 if is_coming_of_age else confidence)
                found |= {claim.start: claim for claim in _second_guess(text, match.end("age"))}
    for match in _EACH.finditer(text):
        for guess in ("first", "second"):
            found[match.start(guess)] = Claim(*match.span(guess), Category.AGE, "age", 0.6, _SAID)
    for match in _BETWEEN_COMMAS.finditer(text):
        if match.start("age") not in found and _YOUNGEST <= _value(match["age"]) <= _OLDEST:
            found[match.start("age")] = _claim(match, confidence=0.5)
    yield from found.values()


def _is_an_age(text: str, match: re.Match[str]) -> bool:
    end = match.end("age")
    if _COUNTS.match(text, end) or _value(match["age"]) < 2:
        return False
    plural = _PLURAL.match(text, end)
    return not plural or plural[1] in STOP


def _second_guess(text: str, end: int) -> Iterator[Claim]:
    guess = _OR.match(text, end)
    if guess and _is_an_age(text, guess) and _value(guess["age"]) >= _YOUNGEST:
        yield _claim(guess, confidence=0.6)


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    total = 0
    for word in re.split(r"[\s-]", number.lower()):
        total += 20 + 10 * TENS.index(word) if word in TENS else UNITS.index(word)
    return total


def _claim(match: re.Match[str], *, confidence: float) -> Claim:
    why = _TURNED if confidence < 0.4 else _SAID
    return Claim(match.start("age"), match.end("age"), Category.AGE, "age", confidence, why)
