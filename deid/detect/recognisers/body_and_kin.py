"""Facts of one body and one family, by their shape: "Addison's disease", "a patient of the clinic", "in the navy"."""

from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.noun_phrases import is_kind, is_special, is_telling, phrase_end
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.shapes import Shape, read_shapes
from deid.detect.vocabulary import word_set
from deid.detect.words import word_forms
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "She has ⟦Addison's disease⟧, and it was ⟦bowel cancer⟧.",
    "It was the year he had his ⟦stroke⟧, after her ⟦hysterectomy⟧. I've had ⟦two strokes⟧.",
    "The stroke team rang, and his cancer nurse has a plan for the disease.",
    "She was ⟦born with one hand⟧, he has a ⟦metal plate in his skull⟧ and gave ⟦a kidney to his sister⟧.",
    "He had a smile on her face, and a slap in his face.",
    "She ⟦scrubs my mother's step⟧ and she knows his mum's name.",
    "They wrote of a ⟦father in the merchant navy⟧, with a ⟦son in a wheelchair⟧.",
    "It was a mother in the room.",
    "There was a stepfather; he was an ⟦eel smoker⟧. His grandmother was a ⟦suffragette⟧.",
    "My own daughter was a ⟦patient of the clinic⟧, his dad's a ⟦bingo caller⟧.",
    "His mum's a ⟦bell founder⟧ at Pelham.",
    "Her mum was a nightmare, his dad is a good man, her brother's a worry.",
    "His mother's family are ⟦fairground people⟧ and ⟦own half the harbour⟧, she's the ⟦widow of a lighthouse keeper⟧.",
    "I'm ⟦on my third marriage⟧, she ⟦married a bishop⟧, his brother's ⟦doing nine years⟧, her dad's ⟦inside⟧.",
    "Her parents are lovely, she's the daughter of a friend, his brother's inside the house.",
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

# "I've had two strokes"
_HAD = caseless(
    r"\b(?:i|he|she|who|mum|dad|nan|gran|grandad|husband|wife)(?:['’](?:d|s|ve)|\shas|\shave|\shad)?\s(?:had|got|suffered)\s(?:an?\s)?"
    r"(?P<what>(?:(?:two|three|double|massive|mini|minor|bad)\s)*(?:strokes?|mastectomy|hysterectomy|vasectomy|transplant|"
    r"colostomy|stoma|stillbirth|aneurysm|brain\sbleed))\b"
)
# "born with one hand", "a metal plate in his skull", "gave a kidney to his sister"
_BORN_WITH = caseless(r"\b(?P<what>born\swith\s(?:only\s)?(?:(?:an?|the|no|one|two)\s)?)(?=\w)")
_KIDNEY = caseless(
    r"\b(?P<what>(?:a|one|his|her|my|one\sof\s(?:his|her|my))\skidneys?\s(?:to|off|from)\s(?:my|his|her|their|a)\s\w+)\b",
    holds=("kidney",),
)
_PART = (
    r"(?:head|face|neck|legs?|arms?|chest|knees?|hip|spine|jaw|lips?|ears?|cheeks?|forehead|skull|stomach|wrists?|"
    r"ankles?|shoulders?|nose|foot|thigh|scalp|tongue)"
)
_ON_THE_BODY = caseless(
    r"\b(?:an?|one|two|no)\s(?P<what>(?!(?:\w+\s)?(?:look|smile|grin|phone|slap|punch|kick|gun|knife|bag|tear|tears|frown|"
    r"hood|mask|hand|finger|fist|roof|pillow|hat|cap|kiss|scarf|chain|black|cut|bruise|mark)\b)(?:\w+\s){1,3}(?:in|on|down|across|over|"
    rf"through|behind)\s(?:one\sside\sof\s)?(?:his|her|my|one)\s(?:left\s|right\s)?{_PART})\b"
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
# "his mother's family are fairground people"
_FAMILY_ARE = caseless(
    r"\b(?:my|his|her|their)\s(?:\w+['’]s\s)?(?:family|parents|folks|grandparents)\s(?:are|were)\s(?:all\s|both\s)?(?P<what>)(?=\w)"
)
_OWN = caseless(r"\b(?P<what>owns?(?:ed)?\s(?:half|most)\s(?:of\s)?the\s)(?=\w)")
# "the widow of a lighthouse keeper"
_CHILD_OF = caseless(
    r"\b(?P<what>(?:son|daughter|grandson|granddaughter|stepson|stepdaughter|niece|nephew|widow)\sof\s(?:an?|the)\s)"
    r"(?!(?:\w+\s)?(?:girl|boy|victim|lad|family|house|friend|man|woman|colleague|neighbour|mate)\b)(?=\w)"
)
_MARRIED = caseless(r"\b(?P<what>married\s(?:to\s)?an?\s)(?=\w)")
_MARRIAGES = caseless(r"\b(?P<what>on\s(?:my|his|her)\s(?:second|third|fourth|fifth)\s(?:marriage|wife|husband))\b")
# "his brother's doing nine years", "her dad's inside"
_INSIDE = caseless(
    rf"\b{_RELATIVE}(?:['’]s|\s(?:is|was))\s(?P<what>(?:doing|serving)\s(?:life|\w+\s(?:years?|months?))|inside)\b"
    r"(?!\s(?:the|a|my|his|her|it)\b)"
)

_BODY = "one person's health or body"
_TIED = "what a relative does or is"

_ILL = word_set(
    "disease syndrome palsy lymphoma cancer stroke strokes attack breakdown transplant amputation miscarriage chemo "
    "bypass hysterectomy mastectomy vasectomy colostomy stoma stillbirth aneurysm bleed"
)
_PARTS = word_set(
    "born kidney kidneys head face neck leg legs arm arms chest knee knees hip spine jaw lip lips ear ears cheek "
    "cheeks forehead skull stomach wrist wrists ankle ankles shoulder shoulders nose foot thigh scalp tongue"
)
_RELATIVES = word_set(
    "mum mam mother dad father gran granny nan grandmother grandad grandfather uncle aunt auntie brother sister "
    "stepdad stepfather stepmum stepmother husband wife cousin niece nephew son daughter grandson granddaughter "
    "stepson stepdaughter widow"
)
_FAMILY = word_set("family parents folks grandparents own owns owned married marriage wife husband")

# The words that wake a rule, the rule, and what it finds: as far as the rule says ...
_WHOLE = (
    Shape(_ILL, _ILLNESS, "health", _BODY),
    Shape(_ILL, _THEIRS, "health", _BODY),
    Shape(_ILL, _HAD, "health", _BODY),
    Shape(_PARTS, _KIDNEY, "health", _BODY),
    Shape(_PARTS, _ON_THE_BODY, "health", _BODY),
    Shape(_RELATIVES, _FOR_THEIRS, "family", _TIED),
    Shape(_RELATIVES, _INSIDE, "family", _TIED),
    Shape(_FAMILY, _MARRIAGES, "family", _TIED),
)
# ... or on to the end of the phrase.
_TO_THE_END = (
    Shape(_PARTS, _BORN_WITH, "health", _BODY),
    Shape(_RELATIVES, _RELATIVE_IN, "family", _TIED),
    Shape(_RELATIVES, _CHILD_OF, "family", _TIED),
    Shape(_FAMILY, _OWN, "family", _TIED),
    Shape(_FAMILY, _MARRIED, "family", _TIED),
)


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("body_and_kin", find, _ILL | _PARTS | _RELATIVES | _FAMILY)


def find(passage: Passage) -> Iterator[Claim]:
    found: dict[int, Claim] = {}
    for start, end, kind, why in _told(passage.text):
        found.setdefault(start, Claim(start, end, Category.TRAIT, kind, 0.5, why))
    yield from found.values()


def _told(text: str) -> Iterator[tuple[int, int, str, str]]:
    yield from read_shapes(text, _WHOLE, _TO_THE_END)
    forms = word_forms(text)
    for match in _RELATIVE_IS.finditer(text) if forms & _RELATIVES else ():
        end = phrase_end(text, match.end())
        if end and (is_special(text, match.end(), end) or is_telling(text, match.end(), end)):
            yield match.end(), end, "family", _TIED
    for match in _FAMILY_ARE.finditer(text) if forms & _FAMILY else ():
        if (end := phrase_end(text, match.end())) and is_kind(text, match.end(), end):
            yield match.end(), end, "family", _TIED
