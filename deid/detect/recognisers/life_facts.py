"""What one life is told by, by the shape of what is said: "born in a barge", "two years sober", "so everybody knew"."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.noun_phrases import is_special, phrase_end
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import word_set
from deid.detect.words import word_forms
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "Her nan was ⟦born in a tinker's tent⟧, and he was ⟦born on a barge⟧.",
    "I was born in the hospital, she was born in the same year, his mum's a ⟦bell founder⟧ at Pelham.",
    "He ⟦used to row for the county⟧, and she ⟦once skated for Wales⟧.",
    "he's tall he ⟦used to play rugby for kent⟧ you know",
    "They played for time, he ran for the bus, she used to cover for him.",
    "She ⟦used to run the paper shop⟧, he ⟦used to keep a donkey⟧.",
    "She used to run away, it used to keep me awake.",
    "He ⟦served in Iraq⟧, my dad ⟦won a medal⟧, and he ⟦was shot in Basra⟧.",
    "She won the argument, he served in the shop.",
    "She's ⟦three years sober⟧, he's ⟦in recovery⟧.",
    "I'm ⟦adopted⟧, he was ⟦adopted⟧, and she's ⟦registered blind⟧.",
    "The plan was adopted, he was adopted by the panel.",
    "He was the ⟦last one on the quay⟧, and she's the ⟦last lamplighter in the county⟧.",
    "He was the last person in the room, it was the last meeting of the year.",
    "I'm the ⟦only full-time respiratory nurse⟧ they've got, he's the only worker she trusts.",
    "She has ⟦Addison's disease⟧, and it was ⟦bowel cancer⟧.",
    "It was the year he had his ⟦stroke⟧, after her ⟦hysterectomy⟧.",
    "The stroke team rang, and his cancer nurse has a plan for the disease.",
    "She ⟦scrubs my mother's step⟧ and she knows his mum's name.",
    "They wrote of a ⟦father in the merchant navy⟧, with a ⟦son in a wheelchair⟧.",
    "It was a mother in the room.",
    "There was a stepfather; he was an ⟦eel smoker⟧.",
    "My own daughter was a ⟦patient of the clinic⟧, his dad's a ⟦bingo caller⟧.",
    "Her mum was a nightmare, his dad is a good man, her brother's a worry.",
    "The ⟦ferryman had a glass eye⟧, so everyone on the island knew.",
    "I ⟦lent the boat to my uncle⟧, which the whole of the quay knows.",
    "She told me it was bad, so everybody knew.",
)

# "born in a barge": where few are born.
_BORN = caseless(
    r"\b(?P<what>born\s(?:in|on|at)\s(?:an?|the)\s)(?!hospital|uk|same|family|summer|winter|spring|autumn|area|country|"
    r"place|end|day|night|year|first|late|early)(?=\w)",
)
_SPORT = (
    r"(?:box|fence|fenc|play|row|swim|ride|race|rac|run|wrestle|wrestl|dance|danc|sing|bowl|ski|ski-|sail|jump|throw|"
    r"skate|skat|cycle|cycl|climb|dive|div|sprint|model|modell|bat|referee|umpire|captain|fight|shoot)"
)
# "used to row for the county", "once skated for Wales": fame that a town remembers.
_FOR_A_TEAM = caseless(
    rf"\b(?P<what>(?:used\sto\s{_SPORT}|once\s(?:{_SPORT}e?d|swam|rode|ran|sang|threw|fought|shot)|"
    rf"(?<=\bhe\s){_SPORT}e?d|(?<=\bshe\s){_SPORT}e?d)"
    r"(?:\s\w+)?\sfor\s(?:the\s)?(?!(?:him|her|them|me|us|it|a|an|time|hours|fun|money|years|that|his|my|our|days|"
    r"miles|ages|the|bus|first|last|all|both|this|some|everyone|everybody)\b)\w+)\b",
    holds=("for",),
)
# "used to run the paper shop"
_USED_TO = caseless(
    r"\b(?P<what>used\sto\s(?:run|own|manage|keep|drive|captain|edit|coach|chair|train|breed|sell|farm|race)\s"
    r"(?:the|an?)\s)(?=\w)",
)
# "served in Iraq", "won a medal"
_WAR = re.compile(
    r"\b(?P<what>(?i:served|fought|(?:was|got) shot|was (?:wounded|injured|blown up)|did \w+ tours?) (?i:in|of) "
    r"(?i:the )?[A-Z]\w+)\b",
)
_WON = caseless(
    r"\b(?:he|she|i|who|dad|mum|nan)\s(?:once\s)?(?P<what>(?:won|survived|invented|founded|carved|rescued)\s(?:the|an?)\s)"
    r"(?!(?:case|argument|day|battle|appeal|time|bit|lot|war|fight|night|first|trust|whole)\b)"
    r"(?=\w)",
)
# "two years sober", "in recovery"
_SOBER = caseless(
    r"(?:['’](?:m|s)|\b(?:am|is|was|been))\s(?P<what>\w+\s(?:years?|months?|weeks?)\s(?:sober|clean|dry|in\s(?:recovery|"
    r"remission))|in\s(?:recovery|remission))\b",
    holds=("sober", "clean", "dry", "recovery", "remission"),
)
# "I'm adopted", "she's registered blind": what is said of a child of the house, not of a plan.
_ADOPTED = caseless(
    r"\b(?:he|she|i|who|mum|dad|girl|boy)(?:['’](?:s|m)|\s(?:is|am|was))\s(?P<what>adopted|orphaned|widowed|disfigured|"
    r"ordained|knighted|registered\s(?:blind|deaf|disabled))\b(?!\s(?:by|from|the|a)\b)",
)
# "the last one on the quay"
_LAST = caseless(
    r"(?:\b(?:was|is|am)|['’](?:m|s)|,)\sthe\s(?P<what>last\s(?P<who>(?!(?:person|thing|time|meeting|week|year|month|"
    r"day|place|people|bit|part|few|two|three|straw|chance|worker)\b)\w+(?:\s\w+)?)\s(?:at|on|in|of)\s(?:the|our|that)\s"
    r"(?!(?:minute|week|month|year|time|row|line|world|meeting|day|place|morning|room|house|list|series)\b)\w+)\b",
)
# "the only full-time respiratory nurse": two words of a post, of which nobody else there holds one.
_ONLY = caseless(
    r"(?:\b(?:was|is|am)|['’](?:m|s))\sthe\s(?P<what>only\s(?:[\w-]+\s){1,4}?(?:nurse|officer|manager|psychologist|"
    r"psychiatrist|lead|doctor|therapist|practitioner|coordinator|solicitor|midwife|paediatrician|governor|advocate|"
    r"consultant|clinician|detective|sergeant|inspector))\b",
)
# "Addison's disease", "bowel cancer": illnesses by how they are named.
_ILLNESS = caseless(
    r"\b(?P<what>\w+['’]s\s(?:disease|syndrome|palsy|lymphoma)|(?:breast|bowel|prostate|skin|lung|throat|ovarian|cervical|"
    r"testicular|bone|brain|pancreatic|liver|stomach|kidney|bladder|womb|thyroid)\scancer)\b",
    holds=("disease", "syndrome", "palsy", "lymphoma", "cancer"),
)
# "he had his stroke"
_THEIRS = caseless(
    r"\b(?:his|her|my)\s(?P<what>stroke|heart\sattack|breakdown|transplant|amputation|miscarriage|cancer|chemo|bypass|"
    r"hysterectomy|mastectomy)\b(?!\s(?:team|nurse|ward|support|unit|service|clinic|group))",
)

_RELATIVE = (
    r"(?:mum|mam|mother|dad|father|gran|granny|nan|grandmother|grandad|grandfather|uncle|aunt|auntie|brother|sister|"
    r"stepdad|stepfather|stepmum|stepmother|husband|wife|cousin|niece|nephew|son|daughter|grandson|granddaughter)"
)
# "she scrubs my mother's step": what ties two families.
_FOR_THEIRS = caseless(
    r"\b(?:she|he|who|mum|dad|nan)\s(?:still\s|also\s)?(?P<what>(?!(?:knows|says|is|was|has|does|uses|likes|thinks|"
    r"wants|gets|goes|sees|takes|stays|lives)\b)"
    rf"[a-z]+s\s(?:my|our|his|her|their)\s{_RELATIVE}['’]s\s(?!(?:phone|house|car|name|flat|place|room|boyfriend|new|"
    r"number|money|bed|friend|fault)\b)\w+)\b",
    holds=("'s", "’s"),
)
# "a father in the merchant navy": where one of a family is, as a report words it.
_RELATIVE_IN = caseless(
    rf"\b(?:with|of|has|had|got)\s(?:an?|his|her|one)\s(?P<what>{_RELATIVE}\s(?:in|on)\s(?:the|an?)\s)(?!(?:house|same|"
    rf"moment|time|picture|room|car|family|system|background|service|area|home|meeting)\b)(?=\w)",
)
# "my own daughter was a patient of the clinic"
_RELATIVE_IS = caseless(
    rf"\b{_RELATIVE}(?:['’]s|[;,.]?(?:\sand)?(?:\s(?:he|she|who))?(?:['’]s|\s(?:is|was)))\san?\s(?P<what>)(?=\w)"
)
# "..., so everyone on the island knew": what stands before it is what a place knows somebody by.
_SO_ALL_KNEW = caseless(
    r"(?:^|[.,;:!?]\s|\b(?:that|because|and|but|says|said)\s)(?:(?:i|he|she|they|we|his|her|my|their|the|a|an|it)\s)"
    r"(?P<what>(?!(?:told|said|knew|know|think|thought|was|is|had|have|did|do|got)\s)[\w’'-]+(?:\s[\w’'-]+){2,9}?),?\s"
    r"(?:so|which)\s(?:now\s)?(?:everyone|everybody|every\s\w+|half\s(?:of\s)?(?:the\s)?\w+|the\swhole\s(?:of\s)?"
    r"(?:the\s)?\w+)(?:\s(?:in|on|at|from)\s(?:the\s)?\w+)?\s(?:knows?|knew|remembers?|recognise[ds]?|waves)\b",
    holds=("every", "half", "whole"),
)

_BODY = "one person's health or body"
_TOLD = "what one person's life is told by"
_TIED = "what a relative does or is"
_KNOWN = "what a whole place knows somebody by"

_BIRTH = word_set("born")
_DEEDS = word_set("used once for served fought shot wounded injured blown did won survived invented founded "
                  "carved rescued")  # fmt: skip
_STATES = word_set(
    "sober clean dry recovery remission adopted orphaned widowed disfigured ordained knighted registered"
)
_SINGLE = word_set("last only")
_ILL = word_set("disease syndrome palsy lymphoma cancer stroke attack breakdown transplant amputation miscarriage "
                "chemo bypass hysterectomy mastectomy")  # fmt: skip
_RELATIVES = word_set(
    "mum mam mother dad father gran granny nan grandmother grandad grandfather uncle aunt auntie brother sister "
    "stepdad stepfather stepmum stepmother husband wife cousin niece nephew son daughter grandson granddaughter"
)
_ALL = word_set("everyone everybody every half whole")

# The words that wake a rule, the rule, and what it finds: as far as the rule says ...
_WHOLE = (
    (_DEEDS, _FOR_A_TEAM, "fame", _TOLD),
    (_DEEDS, _WAR, "fame", _TOLD),
    (_STATES, _SOBER, "health", _BODY),
    (_STATES, _ADOPTED, "family", _TOLD),
    (_SINGLE, _LAST, "unique", _TOLD),
    (_SINGLE, _ONLY, "unique", _TOLD),
    (_ILL, _ILLNESS, "health", _BODY),
    (_ILL, _THEIRS, "health", _BODY),
    (_RELATIVES, _FOR_THEIRS, "family", _TIED),
    (_ALL, _SO_ALL_KNEW, "fame", _KNOWN),
)
# ... or on to the end of the phrase.
_TO_THE_END = (
    (_BIRTH, _BORN, "origin", _TOLD),
    (_DEEDS, _USED_TO, "fame", _TOLD),
    (_DEEDS, _WON, "fame", _TOLD),
    (_RELATIVES, _RELATIVE_IN, "family", _TIED),
)


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("life_facts", find, _BIRTH | _DEEDS | _STATES | _SINGLE | _ILL | _RELATIVES | _ALL)


def find(passage: Passage) -> Iterator[Claim]:
    found: dict[int, Claim] = {}
    for start, end, kind, why in _told(passage.text, word_forms(passage.text)):
        found.setdefault(start, Claim(start, end, Category.TRAIT, kind, 0.65 if kind == "fame" else 0.5, why))
    yield from found.values()


def _told(text: str, forms: frozenset[str]) -> Iterator[tuple[int, int, str, str]]:
    for woken_by, pattern, kind, why in _WHOLE:
        for match in pattern.finditer(text) if forms & woken_by else ():
            yield *match.span("what"), kind, why
    for woken_by, pattern, kind, why in _TO_THE_END:
        for match in pattern.finditer(text) if forms & woken_by else ():
            if end := phrase_end(text, match.end()):
                yield match.start("what"), end, kind, why
    for match in _RELATIVE_IS.finditer(text) if forms & _RELATIVES else ():
        end = phrase_end(text, match.end())
        if end and is_special(text, match.end(), end):
            yield match.end(), end, "family", _TIED
