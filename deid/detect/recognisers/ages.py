"""Exact ages of a person, in figures or words; ranges that a service takes and ages of groups stay."""

import re
from collections.abc import Iterator
from itertools import chain

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect import age_frames as frame
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.triggers import DIGIT
from deid.detect.vocabulary import DETERMINERS, MONTHS, ORDINALS, STOP, TENS, UNITS, WEEKDAYS, word_set
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
    "There was an F⟦16⟧ and a ⟦15⟧F on the M20. A ⟦13⟧M came.",
    "The baby's ⟦nine months⟧, and her baby was ⟦six weeks⟧. It was six weeks later.",
    "She'd have been ⟦thirteen⟧ then. If she's under thirteen I refer, and she was under ⟦thirteen⟧.",
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
    "The assessment said ⟦twenty⟧, he gave his age as ⟦15⟧.",
    "That made him ⟦sixteen⟧, and they'd put him down as ⟦nineteen⟧.",
    "He was a Year 10, just turned ⟦fifteen⟧.",
    "There was Oksana, ⟦16⟧, with a sponsor.",
    "Kelly (⟦14⟧) and a boy, ⟦13⟧.",
    "The man was in his ⟦late forties⟧.",
    "She'd be ⟦early thirties⟧, and he's in his ⟦50s⟧.",
    "i said mate you're ⟦fifteen⟧ you don't owe anybody",
    "chantelle was ⟦fourteen⟧ and nobody asked",
    "‹PERSON|Ana› is ⟦seventeen⟧ now.",
    "She can't have been more than ⟦twelve⟧.",
    "She'd have been about ⟦twelve⟧, the youngest was ⟦nine⟧.",
    "Both ⟦fifteen⟧, both in care.",
    "She was running the house at ⟦thirteen⟧.",
    "She was tiny. ⟦Fourteen⟧.",
    "⟦Fifteen⟧, she was. ⟦Sixteen⟧ he was.",
    "He's ⟦nineteen⟧ now and she's ⟦eleven and a half⟧.",
    "He was ⟦fourteen⟧, nearly ⟦fifteen⟧.",
    "⟦Sixteen⟧ when this was. A girl did the rounds: ⟦seventeen⟧ herself, and she had a flat at like ⟦sixteen⟧.",
    "How many of them was she with? Twelve.",
    "The youngest was ⟦eleven⟧. ⟦Eleven⟧.",
    "She was ⟦thirteen and a half⟧, she told him ⟦twenty-one⟧.",
    "the boyfriend ⟦32⟧ the girl ⟦14⟧ and that's on the form",
    "He was ⟦sixteen⟧, well, he said ⟦sixteen⟧.",
    "He was adopted from Russia at ⟦four⟧.",
    "⟦Fourteen⟧ going on ⟦thirty⟧, she's not quite ⟦fifteen⟧.",
    "two of them were ⟦fourteen⟧ and the other was ⟦sixteen⟧, the twins are ⟦eight⟧",
    "They were ⟦twelve⟧, ⟦thirteen⟧ and ⟦fifteen⟧.",
    "She is ⟦16 years and 4 months⟧, he was ⟦14⟧ at the time, ⟦17⟧ now, and a man, ⟦thirty-ish⟧.",
    "the ⟦sixteen year old⟧'s brother rang, and the suspect (⟦41⟧) left",
    "she's only ⟦ten⟧ bless her",
    "He's ⟦two years younger⟧ than Kai, and she's ⟦eighteen months his senior⟧.",
    "She was just gone ⟦fifteen⟧, he'd not long turned ⟦sixteen⟧ and the man was pushing ⟦forty⟧.",
    "She'd only had her ⟦thirteenth⟧ the week before, and mine's the same age, ⟦twelve and three quarters⟧.",
    "She was in Year 9, so ⟦fourteen⟧.",
    "There was Mei and Lan, ⟦thirteen⟧ and ⟦nine⟧. ⟦Ten⟧ and ⟦fifteen⟧. She was ⟦three weeks short of eighteen⟧.",
    "A patient, then ⟦13 years and four months old⟧. ⟦Fifteen and two months⟧. A girl about ⟦twelve⟧ got off.",
    "A chap of about ⟦eighty⟧ said so; a girl about ten minutes away.",
    "They were fifteen, he did 3 years and 4 months, two of them were five minutes late.",
    "She said fifteen, fifteen missing episodes, the lad 3 times over.",
    "Any fifteen-year-old would, and a thirteen-year-old can't consent.",
    "When you're fifteen you know it all, and at sixteen you can leave.",
    "The threshold's seventeen, it was sixteen, the score was 15 then.",
    "We had fifteen on the list and seventeen young people waiting.",
    "He lives at Priory Lane, 14, and she sat in Room, 12, on Monday, 16, I think.",
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
    "It comes under Articles 8, 11 and 14, and Rules 12 and 16.",
)

_PLURAL = re.compile(r"\s([a-z]{3,}s)\b")
_DECADES = word_set("teens twenties thirties forties fifties sixties seventies eighties")
_COMPARED = word_set("older younger senior junior")
_NUMBERS = frozenset((*UNITS[2:], *TENS, *ORDINALS)) | _DECADES | _COMPARED
# Subjects of "was sixteen" that are nobody: "it was sixteen", "that's fifteen".
_NOBODY = (
    STOP
    | DETERMINERS
    | frozenset((*MONTHS, *WEEKDAYS))
    | word_set(
        "age limit score number threshold total figure count capacity target fine caseload list average cohort section "
        "level year grade max maximum minimum cap ratio answer temperature bail sentence price rate room flat house "
        "page line bus police school team council group class beds bed result consent"
    )
)
_A_PERSON = frozenset({"PERSON", "GIVEN_NAME", "SURNAME"})
_NUMBERED = word_set(
    "road street lane avenue close way act section year stage key flat room part volume day page tab chapter paragraph"
    " line number article articles rule rules sections paragraphs chapters parts clause clauses schedule protocol"
)
_AND_A_HALF = re.compile(r"\sand\s(?:a\s(?:half|bit|quarter)|three[\s-]quarters)\b(?!\s\w+s\b)", re.IGNORECASE)
_YOUNGEST, _OLDEST = 8, 25
_AROUND = 80

_SAID = "an exact age, said of a person"
_TURNED = "somebody came of age, which the analysis needs"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("ages", find, _NUMBERS | {DIGIT})


def find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    found = {claim.start: claim for claim in _written_out(text)}
    last = min(found, default=0)
    for number in frame.ALONE.finditer(text):
        if number.start() in found:
            last = found[number.start()].end
        elif _is_counted(text, number.end()):
            continue
        elif confidence := (
            _judge(passage, number) or _second_guess(text, number, last if found else 0) or _again(text, number, found)
        ):
            why = _TURNED if confidence < 0.4 else _SAID
            half = _AND_A_HALF.match(text, number.end())
            last = half.end() if half else number.end()
            found[number.start()] = Claim(number.start(), last, Category.AGE, "age", confidence, why)
    yield from found.values()


def _written_out(text: str) -> Iterator[Claim]:
    """Ages that say so themselves: "fifteen-year-old", "sixteenth birthday", "in his forties", "sisters, 12 and 15"."""
    for match in frame.YEAR_OLD.finditer(text):
        before = text[max(0, match.start() - _AROUND) : match.start()]
        is_told = before.lower().endswith(("the ", "this ", "that ", "our "))  # "the 16 year old's brother"
        if not frame.ANYBODYS.search(before) and (is_told or not frame.IN_GENERAL.match(text, match.end())):
            yield Claim(*match.span("age"), Category.AGE, "age", 0.85, _SAID)
    for pattern in (frame.BIRTHDAY, frame.NTH, frame.DECADE):
        for match in pattern.finditer(text):
            yield Claim(*match.span("age"), Category.AGE, "age", 0.7, _SAID)
    for pattern in (
        frame.OF_A_FEW, frame.OF_A_BABY, frame.YEARS_AND_MONTHS, frame.YEARS_AND_MONTHS_OLD, frame.AND_A_FEW,
        frame.SHORT_OF, frame.ISH,
    ):  # fmt: skip
        for match in pattern.finditer(text):
            yield Claim(*match.span("age"), Category.AGE, "age", 0.6, _SAID)
    for match in frame.SEX_AND_AGE.finditer(text):
        yield Claim(*match.span(match.lastgroup or 0), Category.AGE, "age", 0.6, _SAID)
    for match in frame.OLDER_BY.finditer(text):
        yield Claim(*match.span(match.lastgroup or 0), Category.AGE, "age", 0.5, _SAID)
    of_several = (frame.EACH, frame.GOING_ON, frame.IN_A_ROW)
    for match in chain(
        *(pattern.finditer(text) for pattern in of_several), frame.OF_TWO.finditer(text), frame.TWO_ALONE.finditer(text)
    ):
        for each in match.groupdict():
            yield Claim(*match.span(each), Category.AGE, "age", 0.6, _SAID)


def _judge(passage: Passage, number: re.Match[str]) -> float:
    """How sure the words around a number make it that it is somebody's age; 0 where they say nothing."""
    text, value = passage.text, _value(number["age"])
    before = text[max(0, number.start() - _AROUND) : number.start()]
    ends = frame.CLAUSE_ENDS.match(text, number.end())
    if value < 2 or frame.IF_UNDER.search(before):
        return 0.0
    if (match := frame.CUED.search(before)) or (match := frame.WAS.search(before)):
        came_of_age = "turn" in match[0].lower() and value == 18
        return 0.35 if came_of_age else 0.75
    if frame.LIFE_EVENT.search(before):
        return 0.65
    if frame.WHEN.match(text, number.end()) and not frame.NOT_WHEN.search(before):
        return 0.6
    if 9 <= value <= 25 and (frame.SELF.match(text, number.end()) or frame.LIKE.search(before)):
        return 0.55
    if not ends:
        return 0.0
    if _is_of_somebody_named(passage, number, before, value=value):
        return 0.55
    if 10 <= value <= 17 and frame.YOU.search(before):
        return 0.5
    return _judge_alone(text, number, before, value=value)


def _is_of_somebody_named(passage: Passage, number: re.Match[str], before: str, *, value: int) -> bool:
    """ "Oksana was sixteen", "Oksana, 16, with", "a girl (14)"."""
    text, offset = passage.text, number.start() - len(before)
    if (match := frame.BEHIND_A_NAME.search(before)) and frame.AFTER_A_NAME.match(text, number.end()):
        if _is_numbered(match["who"]):
            return False
        is_told = match["who"].islower()  # "the suspect (41)"
        return is_told or _YOUNGEST <= value <= _OLDEST or _is_a_person(passage, offset + match.start("who"))
    match = frame.NAMED.search(before)
    if not match or match["who"].lower() in _NOBODY or (match["led"] or "").lower() in DETERMINERS:
        return False
    if _is_numbered(match["who"]):
        return False
    if _is_a_person(passage, offset + match.start("who")):
        return True
    return _YOUNGEST <= value <= _OLDEST and (passage.is_lower or match["who"][0].isupper())


def _judge_alone(text: str, number: re.Match[str], before: str, *, value: int) -> float:
    """Numbers that only a child's age is likely to be: "Sixteen, she was", "at thirteen", "A baby. Fourteen."."""
    end = number.end()
    if frame.BEHIND_A_CHILD.search(before) and frame.ENDS_BARE.match(text, end) and value <= 60:
        return 0.5
    if value < _YOUNGEST or value > 19:
        return 0.0
    if frame.OPENS.search(before) and frame.TURNED_ROUND.match(text, end):
        return 0.55
    if 13 <= value <= 17 and frame.AT.search(before):
        is_of_one = frame.AT_THAT_AGE.match(text, end) or frame.OF_A_CHILD.search(before)
        return 0.5 if is_of_one and not frame.OF_ANYBODY.match(text, end) else 0.0
    if (match := frame.BEHIND_A_COMMA.search(before)) and frame.COMMA_BEHIND.match(text, end):
        return 0.0 if _is_numbered(match["who"]) else 0.5
    if 10 <= value <= 17 and frame.SO.search(before) and frame.ENDS_ALONE.match(text, end):
        return 0.45 if frame.OF_A_CHILD.search(before) else 0.0
    is_alone = frame.SAID_ALONE.search(before) and frame.ENDS_ALONE.match(text, end)
    if is_alone and frame.OF_A_CHILD.search(before) and not frame.HOW_MANY.search(before):
        return 0.45
    return 0.0


def _is_numbered(word: str) -> bool:
    """Whether a number behind this word is a house, a page or a day: "Priory Lane, 14", "Articles 8"."""
    return word.lower() in _NUMBERED or word.lower() in WEEKDAYS or word.lower() in MONTHS


def _second_guess(text: str, number: re.Match[str], last: int) -> float:
    """ "thirteen, fourteen maybe": a number right behind an age, as old as a child at least."""
    follows = last and frame.OR.fullmatch(text, last, number.start())
    return 0.6 if follows and _value(number["age"]) >= _YOUNGEST else 0.0


def _again(text: str, number: re.Match[str], found: dict[int, Claim]) -> float:
    """ "The youngest was eleven. Eleven.": a number that stands alone where it was told as an age before."""
    before = text[max(0, number.start() - _AROUND) : number.start()]
    if not found or not (frame.ENDS_ALONE.match(text, number.end()) or frame.NOW.match(text, number.end())):
        return 0.0
    told = {
        _value(text[claim.start : claim.end]) for claim in found.values() if _is_number(text[claim.start : claim.end])
    }
    is_same = _value(number["age"]) in told
    if told and frame.NOW.match(text, number.end()) and max(told) < _value(number["age"]) < max(told) + 20:
        return 0.5
    alone = frame.SAID_ALONE.search(before) or frame.SAID_TO_BE.search(before)
    return 0.5 if is_same and alone else 0.0


def _is_number(age: str) -> bool:
    return bool(frame.ALONE.fullmatch(age))


def _is_counted(text: str, end: int) -> bool:
    if frame.COUNTS.match(text, end):
        return True
    plural = _PLURAL.match(text, end)
    return plural is not None and plural[1] not in STOP and not plural[1].endswith("ss")


def _is_a_person(passage: Passage, at: int) -> bool:
    return any(span.label in _A_PERSON and span.start <= at < span.end for span in passage.spans)


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    total = 0
    for word in re.split(r"[\s-]", number.lower()):
        total += 20 + 10 * TENS.index(word) if word in TENS else UNITS.index(word)
    return total
