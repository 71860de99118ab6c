"""Origin, faith and health of one person; communities spoken of as groups stay readable."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.trait_words import (
    CONDITIONS_HAS,
    CONDITIONS_IS,
    FAITHS,
    LANGUAGES,
    ONE_PERSON,
    ORIGINS,
    TREATMENTS,
)
from deid.detect.vocabulary import COUNTRIES, word_set
from deid.detect.words import word_forms, words_of
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "He's ⟦Malian⟧, he's on his own.",
    "yeah i'm ⟦kenyan⟧ and i like it here",
    "Her mum was originally ⟦Polish⟧.",
    "The family were ⟦Czech Roma⟧, and she was adopted from ⟦Romania⟧.",
    "There was an ⟦Albanian⟧ lad in the flat.",
    "I came over from ⟦Latvia⟧ twenty years ago.",
    "She was born in ⟦Sierra Leone⟧, he grew up in ⟦Kenya⟧.",
    "The owner's ⟦Muslim⟧ and his wife is ⟦Sikh⟧.",
    "he's got ⟦adhd⟧ and he was diagnosed with ⟦autism⟧",
    "I've got ⟦MS⟧, so I'm slow.",
    "He's ⟦on dialysis⟧, twice a week.",
    "She's ⟦deaf⟧ and she was ⟦pregnant⟧ then.",
    "He only speaks ⟦Pashto⟧, his mum spoke ⟦Vietnamese⟧.",
    "He's a ⟦Jehovah's Witness⟧, his mother was a ⟦heroin user⟧, her nan is from ⟦Jamaica⟧.",
    "She's selectively ⟦mute⟧, she wears ⟦a hearing aid⟧, her dad's a ⟦Gurkha⟧.",
    "She came out as ⟦gay⟧ at school.",
    "We had two boys, both ⟦Kurdish⟧, and the twins were ⟦Albanian⟧.",
    "They were ⟦Afghan⟧ brothers with a ⟦Persian⟧ accent.",
    "It was a ⟦Chinese⟧ family, they had the takeaway.",
    "Both Polish families moved, both communities.",
    "We've got a big Czech Roma community and Polish families.",
    "There are Muslim leaders, Sikh groups and Vietnamese boys in cannabis houses.",
    "It was Turkish food, and that's French for you.",
    "Kids with ADHD and autism get excluded, it's a deaf school.",
    "You have to say it in English. Autism training is good.",
    "The Albanian community is wary, the Romanian men are blamed.",
    "Ms Doe has me to thank, she's got me and I'm fine.",
    "Children come from Syria and Sudan through Dover.",
)

_AGAIN = (
    r"(?:\s(?:originally|actually|half|part|quite|very|also|only|just|now|then|still|like|um|registered|profoundly|openly|"
    r"selectively|severely|partially|"
    r"mixed|white|black|british|practising|devout|strict|a|an))*"
)
# Who something is said of: a pronoun of one person, a relative, a name; and the verb.
_NOT_A_PERSON = word_set(
    "it that this there what which where here community communities families people everyone everything food language "
    "most some half lot word area place town thing school model team side only"
)
_SAID_OF = caseless(
    r"\b(?P<who>[a-z]+)(?:['’](?:s|m|d been)|\s(?:is|was|am|being)|(?<=family)\swere)"
    rf"(?:\sfrom)?{_AGAIN}\s(?P<what>[a-z-]+)",
)
# "both Kurdish", "the brothers were Afghan", "Afghan brothers", "a Persian accent", "a Chinese family".
_FEW = caseless(
    r"\b(?:both|twins|brothers|sisters|cousins|two|couple|parents|[A-Z]\w+\sand\s(?:\w+\s){0,3}?[A-Z]\w+)"
    r"(?:\sof\sthem)?(?:\s(?:are|were|was|being|both|all))*\s(?P<what>[a-z-]+)\b(?!\s(?:families|communities|men|boys|girls|people|kids|gangs?))",
)
_OF_A_FEW = caseless(
    r"\b(?P<what>[a-z-]+)\s(?:accent|passport|brothers|sisters|twins|couple)\b|\ba\s(?P<family>[a-z-]+)\sfamily\b",
)
# "an Albanian lad", "this Polish woman": one person, not "the Albanian community".
_ONE_OF = caseless(
    r"\b(?:a|an|this|that|one|another|his|her|my)\s(?:(?:young|older|old|little|big|white|black|nice|elderly)\s)?"
    r"(?P<what>[a-z-]+)\s(?P<noun>[a-z]+)\b",
)
_MORE = caseless(r"\s([a-z]+)\b")
_COUNTRY = "|".join(re.escape(name) for name in sorted(COUNTRIES, key=len, reverse=True) if len(name) > 3)
# "I came over from Latvia", "born in Kenya", "she's from Syria", "grew up in Sierra Leone".
_FROM = caseless(
    r"\b(?:(?:he|she|i|who|mum|dad|mother|father|nan|gran|grandad|uncle|aunt|wife|husband|boyfriend|girlfriend)(?:['’](?:s|m|d)|\s(?:is|was|am))?\s(?:originally\s)?"
    r"(?:came(?:\s(?:over|here))*\sfrom|from|born in|raised in|brought up in|grew up in|arrived from|fled(?:\sfrom)?|"
    r"got out of)|\b(?:he|she|i|who)(?:['’]d been|\s(?:was|is|had been|were))\s(?:adopted|trafficked|smuggled|deported)"
    r"\sfrom)\s"
    rf"(?P<what>(?:the\s)?(?:{_COUNTRY}))\b",
)
_SPEAKS = caseless(r"\b(?:he|she|mum|dad)\s(?:only\s|just\s)?(?:speaks?|spoke)\s(?:no\s\w+\sonly\s)?(?P<what>[a-z]+)\b")
_WITNESS = caseless(r"\bjehovah['’]?s\switness\b")
# "the mother was a heroin user", "his dad's an alcoholic".
_USES = caseless(
    r"(?:['’]s|\s(?:is|was))\san?\s(?P<what>(?:(?:heroin|crack|cocaine|drug|alcohol|meth)\s)?(?:user|addict|alcoholic)|"
    r"sex\sworker)\b",
)
_CAME_OUT = caseless(r"\b(?:came|come|coming) out as\s(?P<what>[a-z-]+)\b")
_CONDITION = "|".join(re.escape(name) for name in sorted(CONDITIONS_HAS, key=len, reverse=True))
# "he's got adhd", "she has one arm", "diagnosed with autism", "living with HIV".
_HAS = caseless(
    r"\b(?:(?:he|she|who|i|mum|dad|mother|father|gran|nan|brother|sister|son|daughter|husband|wife|boy|girl|lad)"
    r"(?:['’](?:s|ve|d)|\shas|\shave|\shad)(?:\s(?:got|had|also|always|really bad|severe|quite bad|bad))*"
    r"|diagnosed with|diagnosis of|suffers from|suffering from|suffered from|living with|lives with|born with|"
    r"tested for|wears|uses|needs)\s"
    rf"(?P<what>{_CONDITION})(?![\w-])",
)
_ON = caseless(
    r"\b(?:he|she|i|mum|dad|who|husband|wife|gran|nan)(?:['’](?:s|m)|\s(?:is|was|am))\s"
    rf"(?P<what>on\s(?:{'|'.join(sorted(TREATMENTS))}))\b",
)
_ANY_ACCENT = word_set("english british american")
_SAID_PLAINLY = caseless(r"(?:me|add|ms|fas|tb|aids)")

_WORDS = ORIGINS | LANGUAGES | FAITHS | CONDITIONS_IS | {"witness"}
_COUNTRY_WORDS = frozenset(country.split()[-1] for country in COUNTRIES)
_CONDITION_WORDS = TREATMENTS | {word.low for name in CONDITIONS_HAS for word in words_of(name)} - word_set(
    "a an one s type"
)

_ORIGIN = "where one person comes from"
_FAITH = "what one person believes"
_HEALTH = "one person's health, disability or orientation"
_USERS = word_set("user addict alcoholic worker")
_TRIGGERS = _WORDS | _COUNTRY_WORDS | _CONDITION_WORDS | _USERS


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("traits", find, _TRIGGERS)


def find(passage: Passage) -> Iterator[Claim]:
    found: dict[tuple[int, int], Claim] = {}
    for claim in (*_origins_and_faiths(passage.text), *_health(passage)):
        found.setdefault((claim.start, claim.end), claim)
    yield from found.values()


def _origins_and_faiths(text: str) -> Iterator[Claim]:
    forms = word_forms(text)
    if forms & _WORDS:
        yield from _words_for_a_person(text)
    if forms & _COUNTRY_WORDS:
        for match in _FROM.finditer(text):
            yield Claim(*match.span("what"), Category.TRAIT, "origin", 0.65, _ORIGIN)


def _words_for_a_person(text: str) -> Iterator[Claim]:
    for match in _SAID_OF.finditer(text):
        if match["who"].lower() not in _NOT_A_PERSON:
            yield from _known_word(match, confidence=0.7)
    for match in _ONE_OF.finditer(text):
        if match["noun"].lower() in ONE_PERSON:
            yield from _known_word(match, confidence=0.6)
    for match in _FEW.finditer(text):
        if match["what"].lower() in ORIGINS | FAITHS:
            yield from _known_word(match, confidence=0.55)
    for match in _OF_A_FEW.finditer(text):
        group = "what" if match["what"] else "family"
        if match[group].lower() in ORIGINS - _ANY_ACCENT:
            yield Claim(*match.span(group), Category.TRAIT, "origin", 0.5, _ORIGIN)
    for match in _SPEAKS.finditer(text):
        if match["what"].lower() in ORIGINS | LANGUAGES:
            yield Claim(*match.span("what"), Category.TRAIT, "origin", 0.55, _ORIGIN)
    for match in _WITNESS.finditer(text):
        yield Claim(*match.span(), Category.TRAIT, "faith", 0.7, _FAITH)
    for match in _CAME_OUT.finditer(text):
        yield from _known_word(match, confidence=0.65)


def _known_word(match: re.Match[str], *, confidence: float) -> Iterator[Claim]:
    word = match["what"].lower()
    end = match.end("what")
    if more := _MORE.match(match.string, end):  # "Czech Roma", "Polish Catholic"
        end = more.end() if more[1].lower() in ORIGINS | FAITHS else end
    for words, kind, why in (
        (ORIGINS, "origin", _ORIGIN),
        (FAITHS, "faith", _FAITH),
        (CONDITIONS_IS, "health", _HEALTH),
    ):
        if word in words:
            yield Claim(match.start("what"), end, Category.TRAIT, kind, confidence, why)


def _health(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    forms = word_forms(text)
    if forms & _USERS:
        for match in _USES.finditer(text):
            yield Claim(*match.span("what"), Category.TRAIT, "health", 0.55, _HEALTH)
    if not forms & _CONDITION_WORDS:
        return
    for match in _HAS.finditer(text):
        # "she's got me", "to add": short names of illnesses are words unless they are in capitals.
        if not _SAID_PLAINLY.fullmatch(match["what"]) or match["what"].isupper():
            yield Claim(*match.span("what"), Category.TRAIT, "health", 0.75, _HEALTH)
    for match in _ON.finditer(text):
        yield Claim(*match.span("what"), Category.TRAIT, "health", 0.7, _HEALTH)
