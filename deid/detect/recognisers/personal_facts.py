"""Health, body and fame of one person, where no list has the words: "a kidney condition", "on the news"."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.trait_words import CONDITIONS_HAS
from deid.detect.vocabulary import word_set
from deid.detect.words import word_forms
from deid.fold import fold
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "He has a ⟦kidney condition⟧ and she'd had a ⟦heart transplant⟧.",
    "he'd a ⟦rare skin condition⟧ so everyone stared",
    "It was the ⟦lung disease⟧ that took his dad.",
    "Her ⟦HIV status⟧ was read out, and nobody knew about his ⟦epilepsy⟧.",
    "They'd written nothing about my ⟦autism⟧.",
    "He had ⟦piercings on his lip⟧ and she's got ⟦one arm⟧.",
    "She's ⟦allergic to nuts⟧, he's ⟦allergic to penicillin⟧.",
    "She's ⟦blind in one eye⟧ and ⟦deaf in her left ear⟧.",
    "He's a ⟦wheelchair user⟧, and she's ⟦partially sighted⟧.",
    "She ⟦walks with a stick⟧, he ⟦walked with a limp⟧.",
    "She has a ⟦tattoo of a swallow on her neck⟧, he's a ⟦scar down his cheek⟧, she'd a ⟦burn down one arm⟧.",
    "He had ⟦tattoos on both hands⟧ and a ⟦gold tooth⟧, she's ⟦six foot two⟧.",
    "He has ⟦one leg⟧, she's ⟦missing a finger⟧ and got a ⟦birthmark on her cheek⟧.",
    "He has a ⟦scar from his ear to his mouth⟧, she's got ⟦one green eye⟧ and ⟦red hair down to her waist⟧.",
    "She was ⟦six months pregnant⟧ in court, she'd ⟦lost a baby⟧ before.",
    "He had ⟦one ear lower than the other⟧, they said.",
    "Enormous lad, ⟦six foot five⟧. A fence six foot high.",
    "He burned the food, the tattoo shop rang, and it's two foot long.",
    "She was ⟦in a coma⟧ for a week, he'd ⟦lost an arm⟧.",
    "Her father's a ⟦former mayor of Sandwich⟧.",
    "He's an ⟦ex-footballer⟧ and she was a ⟦retired magistrate⟧.",
    "His uncle was the ⟦butcher who won the lottery⟧.",
    "He's ⟦one of the twins who were on the news⟧.",
    "She's the ⟦girl who was in all the papers⟧.",
    "He's the ⟦son of a well-known footballer⟧, she's the ⟦granddaughter of a local councillor⟧.",
    "It was the one with the ⟦eagle tattoo⟧, not the tattoo shop.",
    "The condition of the house was poor and the disease spread.",
    "Their mental health was bad, our status meeting is on Monday.",
    "A former colleague told me, and an ex-partner rang.",
    "The story was in all the papers, it was on the news.",
    "She's the girl who rang, he's the man who was in the car.",
    "In terms of autism training, my autism lead is good.",
)

_ORGAN = (
    r"(?:heart|kidney|liver|lung|skin|blood|thyroid|bowel|stomach|eye|hearing|visual|sight|spinal|back|brain|bone|"
    r"muscle|"
    r"chest|kidneys|genetic|neurological|degenerative|life-limiting|immune|autoimmune|lifelong|long-term|rare)"
)
# "a rare skin condition", "heart transplant": which part of the body, and what is wrong with it.
_CONDITION = caseless(
    rf"\b{_ORGAN}(?:\s{_ORGAN})?\s(?:condition|disease|disorder|defect|transplant|impairment|murmur|bypass|"
    rf"operation|failure|"
    r"cancer|injury|syndrome|tumour)\b",
)
_KNOWN = "|".join(
    re.escape(name)
    for name in sorted(CONDITIONS_HAS, key=len, reverse=True)
    if len(name) > 3 and not name.startswith(("a ", "an ", "one "))
)
# "her HIV status", "his epilepsy": what somebody has, behind whose it is; not "my autism lead".
_OWN = caseless(
    rf"\b(?:his|her|my)\s(?P<what>(?:HIV|hepatitis|AIDS)\s(?:status|diagnosis|test|result)|(?:{_KNOWN}))\b"
    r"(?!\s(?:lead|team|training|nurse|service|worker|pathway|assessment|course|group)\b)",
)
_WHERE = (
    r"(?:(?:his|her|my|one|both|the|an|a|left|right|each)\s){1,2}(?:neck|face|cheeks?|arms?|legs?|hands?|chest|"
    r"back|forehead|eyes?|"
    r"eyebrow|lips?|chin|wrists?|ankles?|shoulders?|thighs?|knuckles|fingers|head|nose|ears?|throat|stomach|side|"
    r"temple|mouth|jaw|elbow|knee)"
)
# "she's six foot two": taller or smaller than others.
_TALL = caseless(
    r"\b(?:he|she|who)(?:['’]s|\s(?:is|was))\s(?:about\s|only\s|like\s)?(?P<what>(?:four|six|seven)\s(?:foot|"
    r"feet)(?:\s(?:\w+)(?=[\s,.]))?)",
)
# "enormous lad, six foot five": feet and inches are a person's.
_HEIGHT = caseless(
    r",\s(?:four|five|six|seven)\s(?:foot|feet)\s(?:one|two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven)\b(?!\s(?:long|wide|high|deep|by))",
    holds=("foot", "feet"),
)
# "one green eye", "red hair down to her waist", "six months pregnant", "lost a baby".
_LOOKS = caseless(
    r"\b(?:(?<=the\s|his\s|her\s)\w+\stattoos?(?!\s(?:shop|parlour|artist|studio|place))|(?:one\s)?(?:green|blue|"
    r"brown|lazy)\seye|(?:red|ginger|purple|pink|blue|waist-length|bleached)\shair"
    r"(?:\sdown\sto\s(?:his|her)\s\w+)?|\w+\s(?:weeks|months)\spregnant|(?:she|i|mum)(?:['’]d|"
    r"\shad)\s(?P<lost>lost\s(?:a|her|the|my)\sbaby))\b"
)
_BODY = caseless(
    r"\b(?:allergic\sto\s\w+|(?:blind|deaf)\sin\s(?:one|(?:his|her|my|the)\s(?:left|right))\s(?:eye|ear)|"
    r"wheelchair\suser|(?:partially|partly)\ssighted|hard\sof\shearing|in\sa\s(?:coma|wheelchair)|"
    r"walk(?:s|ed|ing)?\swith\sa\s(?:stick|limp|frame|cane|crutch)|lost\s(?:an?|his|her)\s(?:arm|leg|eye|hand|"
    r"finger|foot)|"
    r"missing\s(?:an?|two|his|her)\s(?:finger|thumb|tooth|teeth|leg|arm|eye|toe)|one\s(?:eye|ear|leg|arm|shoulder|"
    r"foot|hand)\s\w+er\sthan\sthe\sother|one\s(?:leg|arm|eye)|gold\stooth|glass\seye|"
    rf"tattoos?\sof\s(?:an?\s)?\w+(?:\s(?:on|across|over|behind)\s{_WHERE})?|"
    rf"(?:tattoos?|scars?|burns?|birthmark|piercings?|mole)\s(?:\w+\s)?(?:on|down|over|across|above|under|behind|"
    rf"along|from)\s{_WHERE}(?:\sto\s{_WHERE})?)\b",
)
_OFFICE = (
    r"(?:mayor|mayoress|magistrate|judge|councillor|footballer|boxer|jockey|vicar|priest|bishop|headteacher|headmaster|"
    r"headmistress|policeman|policewoman|copper|soldier|marine|paratrooper|mp|model|pilot|councillor|actor|actress|"
    r"singer|surgeon|"
    r"wrestler|cricketer|racing driver|harbour master|lifeboatman|bank manager|prison governor|detective|nun|monk)"
)
# "a former mayor of Sandwich", "an ex-footballer".
_FORMER = caseless(
    rf"\b(?:former|retired|ex)[\s-]{_OFFICE}\b(?:\sof\s[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?)?|"
    rf"\b(?:(?:son|daughter|grandson|granddaughter|stepson|stepdaughter|wife|widow|brother|sister|niece|nephew|"
    rf"mother|father)\sof\san?\s(?:\w+-\w+|famous|former|local|"
    rf"retired)\s{_OFFICE})\b",
)
# "one of the twins who were on the news", "the butcher who won the lottery".
_FAMOUS = caseless(
    r"\b(?P<what>(?:one of the\s)?\w+\s(?:who|that)(?:['’]s|['’]d)?\s(?:(?:is|was|were|has|had|have|been|got)\s)*"
    r"(?:all\sover|(?:on|in)\s(?:all\s)?|won|played\sfor|drowned\sin|survived)\s?"
    r"(?:the\s)?(?:news|papers?|telly|tv|television|front\spages?|radio|lottery|pools|county|x\sfactor|bake\soff))\b",
)

_HEALTH_WORDS = word_set(
    "condition disease disorder defect transplant impairment murmur bypass operation failure cancer injury syndrome "
    "tumour status diagnosis allergic blind deaf wheelchair sighted hearing coma stick limp frame cane crutch lost "
    "ear shoulder hand tattoo tattoos scar scars burn burns birthmark piercing piercings mole missing tooth glass "
    "leg arm eye foot "
    "feet hair pregnant baby"
)
# Whose illness it is stands in front of it, so the longest word of each tells more.
_OWN_WORDS = word_set("hiv hepatitis aids") | {max(fold(name).split(), key=len) for name in CONDITIONS_HAS}
_FAME_WORDS = word_set(
    "former retired ex son daughter grandson granddaughter stepson stepdaughter wife widow brother "
    "sister niece nephew mother father "
    "news papers paper telly tv television page pages radio lottery pools county factor bake"
)

_HEALTH = "one person's health or body"
_FAME = "what everybody would know one person by"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("personal_facts", find, _HEALTH_WORDS | _OWN_WORDS | _FAME_WORDS)


def find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    forms = word_forms(text)
    if forms & _HEALTH_WORDS:
        for match in (*_CONDITION.finditer(text), *_BODY.finditer(text)):
            yield Claim(*match.span(), Category.TRAIT, "health", 0.6, _HEALTH)
        for match in _LOOKS.finditer(text):
            start = match.start("lost") if match["lost"] else match.start()
            yield Claim(start, match.end(), Category.TRAIT, "health", 0.55, _HEALTH)
        for match in _HEIGHT.finditer(text):
            yield Claim(match.start() + len(", "), match.end(), Category.TRAIT, "health", 0.55, _HEALTH)
        for match in _TALL.finditer(text):
            yield Claim(*match.span("what"), Category.TRAIT, "health", 0.6, _HEALTH)
    if forms & _OWN_WORDS:
        for match in _OWN.finditer(text):
            yield Claim(*match.span("what"), Category.TRAIT, "health", 0.6, _HEALTH)
    if forms & _FAME_WORDS:
        for match in (*_FORMER.finditer(text), *_FAMOUS.finditer(text)):
            yield Claim(*match.span(), Category.TRAIT, "fame", 0.55, _FAME)
