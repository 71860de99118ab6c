"""Homes, pubs and churches by the names that many bear: "placed at the beeches", "the king's head", "holy trinity"."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import word_set
from deid.detect.words import word_forms
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "she was placed at the ⟦beeches⟧ out on the coast",
    "They moved her to The ⟦Laurels⟧ and then back to the ⟦Old Rectory⟧.",
    "the manager at the ⟦gables⟧ rang, and staff from ⟦hawthorns⟧ came",
    "he was moved from the unit to the ⟦old rectory⟧ overnight, they placed her at ⟦number twelve⟧",
    "he was at number one in the charts, placed in number order",
    "in the ⟦king's head⟧ there's a back room",
    "they drink in the ⟦rose and crown⟧ and the ⟦coach and horses⟧",
    "The landlord of the ⟦Plough⟧ barred them, he'd been in the pub, the ⟦Railway⟧, before.",
    "it's the alley behind the ⟦dolphin⟧ and the landlord never said",
    "the vicar at ⟦holy trinity⟧ lets them sleep there, and the ⟦Kingdom Hall⟧ knew",
    "they sleep at ⟦all saints church hall⟧ and there's a place called the ⟦deck⟧ it's a boat",
    "they meet at the ⟦salvation army hall⟧ on a thursday",
    "the ward's called ⟦dolphin⟧ and the home was called ⟦little acre⟧",
    "The gang was called nothing at all, the unit's called in to help.",
    "We walked under the beeches, through the meadows, and the willows were green.",
    "He drove the coach and the horses ran, he was the plough in that pub.",
    "she was called a liar and the school called the police",
)

_BEARS = (
    r"(?:beeches|willows|oaks|elms|limes|firs|pines|poplars|larches|cedars|laurels|hollies|hawthorns|rowans|"
    r"birches|chestnuts|"
    r"sycamores|maples|gables|meadows|brambles|ferns|heathers|lilacs|acorns|conifers|hazels|mulberries|paddocks|"
    r"orchards|"
    r"old (?:rectory|vicarage|school house|coach house|mill|bakery|forge|dairy|barn|post office)|"
    r"coach house|gatehouse|spinney|"
    r"coppice|hollow|haven|limes|cherries|junipers|magnolias|almonds|briars|cottages?)"
)
_PLACED = (
    r"(?:placed|placement|put|moved?|moving|living|lived|stay(?:ed|ing|s)?|been|was|is|went|go(?:ing|es)?|"
    r"(?:placed|put|moved|sent)\s(?:her|him|them|me)|back|sent|ran(?: away)?|"
    r"run(?:ning)?(?: away)?|missing|staff|managers?|workers?|lady|someone|somebody|over|returned|up|bed|respite)"
)
# "placed at the beeches": trees and old houses are homes where somebody is placed; "the oaks were green" is a garden.
_HOME = caseless(rf"\b{_PLACED}\s(?:at|in|to|from|into)\s(?:the\s)?(?P<name>{_BEARS})\b(?!\s(?:of|with|where the)\b)")
_HOME_IN_CAPITALS = re.compile(rf"\b(?:at|in|to|from|of|and|called)\s[Tt]he\s(?P<name>(?=[A-Z])(?i:{_BEARS}))\b")
# "moved from one home to the old rectory": the second of two homes.
_TO_THE_NEXT = caseless(
    rf"\b(?:moved?|moving|went|sent|placed|"
    rf"transferred)\s(?:\w+\s)?from\s(?:[\w'’-]+\s){{1,3}}to\s(?:the\s)?(?P<name>{_BEARS})\b"
)
# "placed at number twelve": homes that go by their number.
_BY_NUMBER = caseless(
    rf"\b{_PLACED}\s(?:at|in|to|from|into)\s(?P<name>number\s(?:one|two|three|four|five|six|seven|eight|nine|ten|"
    rf"eleven|twelve|"
    r"\w+teen|twenty(?:[ -]\w+)?|\d{1,3}))\b(?!\s(?:of|on|in|thing|one|priority|choice)\b)"
)
# Names that public houses share. Those of two words are told by themselves, the rest need the talk of a pub.
_PUB = caseless(
    r"\bthe\s(?P<name>(?:king|queen|nag|boar|turk|duke)['’]?s\s(?:heads?|arms)|(?:rose and crown|red lion|"
    r"white hart|white horse|black horse|"
    r"black bull|royal oak|coach and horses|fox and hounds|hare and hounds|prince (?:of wales|albert)|"
    r"princess (?:royal|alice)|"
    r"duke of \w+|marquis of \w+|earl of \w+|lord (?:nelson|raglan|duncan)|dog and (?:bear|duck|gun)|"
    r"three tuns|golden lion|"
    r"blue anchor|rising sun|flying horse|jolly \w+|hop pole|spread eagle|six bells|five bells|"
    r"eight bells|bricklayers['’]? arms|"
    r"railway (?:tavern|inn|hotel)|ship and \w+|crown and \w+|george and dragon|bull and \w+|"
    r"\w+ and (?:anchor|trumpet)|"
    r"green man|old ash tree|prince of orange|two brewers|huntsman(?: and \w+)?|wheatsheaf|woolpack|"
    r"chequers|cricketers|"
    r"hufflers arms|papermakers['’]? arms))\b"
)
_PUB_TALK = word_set(
    "pub pubs landlord landlady barmaid barman beer pint pints lock barred drink drinks drinking boozer bouncer darts"
)
_LONE_PUB = caseless(
    r"\b(?:in|at|behind|outside|opposite|down|from|round|by|near|of|called|pub,)\sthe\s(?P<name>plough|dolphin|"
    r"bell|ship|swan|bull|star|"
    r"crown|anchor|george|railway|victoria|albion|harp|cock|castle|greyhound|windmill|beehive|barge|bear|fox|lion|"
    r"stag|eagle|falcon|"
    r"pheasant|unicorn|phoenix|vine|walnut tree|stile|hook|volunteer|britannia|alma|nelson|cannon|"
    r"eagle)\b(?!\s(?:in that|room|head|of))"
)
# "holy trinity", "the kingdom hall": dedications and halls of congregations.
_CHURCH = caseless(
    r"\b(?:at|to|of|from|in|by|the|round)\s(?P<name>(?:holy (?:trinity|family|cross|innocents)|all (?:saints|"
    r"souls)['’]?|sacred heart|"
    r"our lady(?: of \w+)?|good shepherd|immaculate conception|kingdom hall|salvation army (?:hall|"
    r"citadel|church|hostel|centre)|"
    r"(?:baptist|methodist|pentecostal|evangelical|gospel|elim|quaker) (?:hall|church|chapel|meeting house))"
    r"(?:\s(?:church\shall|parish\shall|church|hall|primary|school|cent(?:re|er)))?)\b"
)
# "the ward's called dolphin": a body and what it is called, where nothing is in capitals.
_CALLED = re.compile(
    r"\b(?:home|ward|unit|school|pub|club|charity|project|hostel|placement|refuge|centre|cafe|shop|service|place|"
    r"building|boat|team|"
    r"firm|company|agency)"
    r"(?:['’]s|\swas|\sis)?\scalled\s(?:the\s)?(?P<name>[a-z]{3,}(?:\s[a-z]{3,}){0,2}?)(?=\s(?:and|which|that|but|"
    r"in|on|at|it|he|she|they|"
    r"we|so|was|is|with|by|out|near|where|or|for)\b|[.,;]|$)"
)
_NOBODY = word_set(
    "the nothing something anything whatever out off back upon him her them for police today now later "
    "in into it that what a an about "
    "social down up over us me again every"
)

_CUES = word_set(
    "beeches willows oaks elms limes firs pines poplars larches cedars laurels hollies hawthorns rowans "
    "birches chestnuts "
    "sycamores maples gables meadows brambles ferns heathers lilacs acorns conifers hazels mulberries "
    "paddocks orchards old "
    "coach gatehouse spinney coppice hollow haven cherries junipers magnolias almonds briars cottage cottages"
)
_PUB_WORDS = word_set(
    "head heads arms crown lion hart horse bull oak horses hounds wales albert royal alice duke marquis "
    "earl lord dog three "
    "golden blue rising flying jolly hop spread bells railway ship george anchor trumpet green ash "
    "prince brewers huntsman "
    "wheatsheaf woolpack chequers cricketers"
)
_CHURCH_WORDS = word_set("holy saints souls sacred lady shepherd immaculate kingdom army hall church chapel meeting")
_TRIGGERS = _CUES | _PUB_WORDS | _PUB_TALK | _CHURCH_WORDS | {"called", "number"}

_WHY_HOME = "a name of a house where somebody is placed"
_WHY_PUB = "a name that public houses bear"
_WHY_CHURCH = "a dedication or hall of a congregation"
_WHY_CALLED = "what a body is called"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("house_names", find, _TRIGGERS)


def find(passage: Passage) -> Iterator[Claim]:
    text, forms = passage.text, word_forms(passage.text)
    if forms & _CUES:
        homes = {
            match.span("name"): match
            for rule in (_HOME, _HOME_IN_CAPITALS, _TO_THE_NEXT)
            for match in rule.finditer(text)
        }
        told = (match for match in homes.values() if passage.is_lower or match["name"][0].isupper())
        yield from _named(told, "home", _WHY_HOME)
    if "number" in forms:
        yield from _named(_BY_NUMBER.finditer(text), "home", _WHY_HOME)
    if forms & _PUB_WORDS:
        pubs = (match for match in _PUB.finditer(text) if passage.is_lower or match["name"][0].isupper())
        yield from _named(pubs, "firm", _WHY_PUB)
    if forms & _PUB_TALK:
        pubs = (match for match in _LONE_PUB.finditer(text) if passage.is_lower or match["name"][0].isupper())
        yield from _named(pubs, "firm", _WHY_PUB)
    if forms & _CHURCH_WORDS:
        yield from _named(_CHURCH.finditer(text), "place_of_worship", _WHY_CHURCH)
    if passage.is_lower and "called" in forms:
        called = (match for match in _CALLED.finditer(text) if match["name"].split()[0] not in _NOBODY)
        yield from _named(called, "body", _WHY_CALLED)


def _named(matches: Iterator[re.Match[str]], kind: str, why: str) -> Iterator[Claim]:
    for match in matches:
        yield Claim(*match.span("name"), Category.AGENCY, kind, 0.5, why)
