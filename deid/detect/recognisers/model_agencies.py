"""Bodies that a language model names, without kinds of body, initials and ordinary words."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.bodies import ENDINGS
from deid.detect.function_words import FUNCTIONS, INSTRUMENTS, METHOD_BEHIND
from deid.detect.passage import Claim, ModelSpan, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.trait_words import ORIGINS
from deid.detect.vocabulary import COUNTRIES, MONTHS, PLAIN, STOP, TITLES, WEEKDAYS, word_set
from deid.detect.words import Word, is_possessive, opens_sentence, words_inside, words_of
from deid.model import Category
from deid.region import Region, common_words, english_words

EXAMPLES = (
    "We work with ‹ORG|⟦Northern Beacon⟧› a lot.",
    "The ‹ORG|⟦Brightwater Group⟧› took it over.",
    "‹ORG|the ⟦Halley Partnership⟧› meets on Mondays.",
    "Then ‹ORG|⟦Lightwater⟧› pulled out.",
    "It was ‹ORG|CSE› and ‹ORG|the NRM›, all of it.",
    "The ‹ORG|Council› and ‹ORG|the Police› and ‹ORG|Social Services› met.",
    "The ‹ORG|Government› and the ‹ORG|Grand Chamber› and the ‹ORG|Registrar› agreed.",
    "‹ORG|Early Help› said no.",
    "We rang ‹ORG|Children and Adolescent Mental Health Services› and ‹ORG|Patient Safety›.",
    "the ‹ORG|⟦Independent Advisory Group on Community Sentencing⟧› met",
    "the ‹ORG|Public Sector Equality Duty› and the ‹ORG|Northern Bill› are law",
    "‹ORG|Children's Rights Organisations› and ‹ORG|Data Protection Officers› came.",
    "We use the ‹ORG|Tern Harbour› model, a ‹ORG|Root Cause Analysis› and ‹ORG|Bundle C›.",
    "‹ORG|Mr› Doe rang. ‹ORG|UPN H880120000100›, I wrote.",
    "we rang the ‹ORG|front door› again",
    "‹ORG|Year 9› and ‹ORG|Monday›.",
)

_NO_BODY = (
    word_set(
        "year key stage section act order bill report review form plan panel meeting level band score chair internet "
        "lol zoom teams facebook instagram snapchat whatsapp tiktok google god covid lockdown inquiry module counsel "
        "inquest hearing christmas easter government commission chamber registrar state parliament ministry convention "
        "rule rules regulation regulations president vice delegate assembly cabinet senate tribunal treasury army navy "
        "student learner candidate passport licence insurance grand annex appendix article schedule protocol exhibit "
        "executive policy bundle tab coroner"
    )
    | frozenset(WEEKDAYS) | frozenset(MONTHS) | TITLES
)  # fmt: skip

# Many of a kind, where everyday words are all that stands in front.
_MANY = word_set(
    "organisations organizations officers guardians charities councils departments associations authorities families "
    "participants professionals providers members groups"
)
# "Independent Advisory Group on Sentencing": as many English words say what a body is for, seldom which it is.
_FORMAL = 5
_METHOD = re.compile(METHOD_BEHIND)
_NUMBER = re.compile(r"\d{4}")
_OF_MANY_PLACES = frozenset({"team", "council"})

_NAMED = "a language model reads a body"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("model_agencies", find)


def find(passage: Passage) -> Iterator[Claim]:
    if passage.is_lower or passage.is_upper:
        return  # without capitals the models call anything a body
    words = words_of(passage.text)
    for span in passage.spans:
        if span.label == "ORG":
            name = _name(passage.text, words, span)
            if name and not _is_ordinary(name) and not _METHOD.match(passage.text, name[-1].end):
                confidence = _confidence(passage.text, name)
                yield Claim(name[0].start, name[-1].end, Category.AGENCY, "body", confidence, _NAMED)


def _name(text: str, words: tuple[Word, ...], span: ModelSpan) -> list[Word]:
    """The words of a span without leading articles, a closing 's and a number: "UPN H8801..." is no body."""
    inside = list(words_inside(words, span.start, span.end))
    while inside and (words[inside[0]].low in STOP or not words[inside[0]].is_capital):
        inside.pop(0)
    while inside and (
        words[inside[-1]].low in STOP or is_possessive(text, words, inside[-1]) or _NUMBER.search(words[inside[-1]].low)
    ):
        inside.pop()
    return [words[at] for at in inside]


def _is_ordinary(name: list[Word]) -> bool:
    lows = [word.low for word in name]
    if " ".join(lows) in COUNTRIES or lows[0] in _NO_BODY:
        return True
    if len(lows) > 1 and (
        lows[-1] in INSTRUMENTS or (lows[-1] in _MANY and common_words().issuperset({*lows[:-1]} - {"s"}))
    ):
        return True
    if all(
        low in FUNCTIONS
        or low in PLAIN
        or low in STOP
        or low in ENDINGS
        or low in _NO_BODY
        or low in ORIGINS
        or not low.isalpha()
        for low in lows
    ):
        return True
    return len(name) == 1 and (name[0].is_acronym or len(name[0].low) < 4)


def _confidence(text: str, name: list[Word]) -> float:
    if len(name) >= _FORMAL and _is_formal(name):
        return 0.35  # listed for review
    if any(word.low in ENDINGS for word in name):
        return 0.65
    if len(name) > 1:
        return 0.55
    return 0.3 if opens_sentence(text, name[0].start) else 0.45


def _is_formal(name: list[Word]) -> bool:
    ending = ENDINGS.get(name[-1].low)
    if ending and ending.kind not in _OF_MANY_PLACES:
        return False  # Great Oak Primary and Nursery School
    told = [word.low for word in name if word.low != "s" and word.low not in STOP]
    functions = [low for low in told if low in FUNCTIONS or low in PLAIN or low in ENDINGS or low in common_words()]
    return all(low in english_words() for low in told) and 2 * len(functions) >= len(told)
