"""Bodies named by where they are: "the family court in Dover", "the mosque on Weir Road", "the pru in chatham"."""

import re
from collections.abc import Callable, Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.passage import Claim, Passage
from deid.detect.phrases import lexicon
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import MONTHS, WEEKDAYS, word_set
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "The ⟦family court in Dover⟧ made the order.",
    "It was in the ⟦crown court at Maidstone⟧ for weeks.",
    "Faith runs one at the ⟦Methodist church in Snodland⟧.",
    "I spoke at the ⟦mosque on Weir Road⟧ on Friday.",
    "he does bricklaying at the ⟦skills centre in aylesham⟧ two days",
    "She went to the ⟦walk-in clinic in Strood⟧, alone.",
    "he was in the ⟦pru in chatham⟧ by then",
    "the ⟦youth club in deal⟧ shut",
    "She works nights at the ⟦salad factory at Teynham⟧, he ran the ⟦boxing club in Pelham⟧.",
    "So I rang the ⟦early help hub in Chatham⟧.",
    "they said try the duty team at dover or the ⟦fire station in deal⟧",
    "I managed the adolescent team in Dover, the team at Dover.",
    "⟦Barnardo's in Chatham⟧ had time and so did the ⟦Salvation Army in Deal⟧, the NSPCC in general.",
    "There's a clinic in Monday's rota and a church at Easter.",
    "the court in the end said no, the clinic in question moved",
    "They went to church in August.",
    "the police in Dover were good",
)

_SORT = (
    r"(?:(?:family|crown|youth|county|magistrates['’]?|magistrate['’]?s|coroner['’]?s?)\scourt|"
    r"(?:(?:methodist|baptist|catholic|pentecostal|evangelical|parish|anglican|"
    r"united reformed|orthodox|romanian|polish)\s)?"
    r"church|mosque|gurdwara|synagogue|temple|"
    r"(?:(?:walk-in|sexual health|health|young persons?['’]?)\s)?clinic|"
    r"pru|youth\s(?:club|centre)|(?:pupil\sreferral|alternative\sprovision)\sunit|"
    r"children['’]?s\s(?:home|centre)|nightclub|(?:boxing|football|rugby|cricket|rowing|sea cadets?|social)\sclub|"
    r"(?:\w+\s)?(?:factory|packhouse|warehouse|food\s?bank|soup kitchen|care home|hostel|refuge|scrapyard|abattoir)|"
    r"(?:chip|kebab|barber['’]?s?|betting|corner|vape|charity)\sshop|car\swash|nail\sbar|take\s?away|salon|garage|"
    r"(?:skills|training|advice|contact|community|sports|leisure|family|youth|health|arts|day|medical)\scentre|"
    r"pub|hotel|gym|surgery|hospital|college|academy|police\sstation|job\s?centre|probation\soffice)"
)
# Rooms that people walk into; a team is where its people are, and is named apart from its town (local_teams).
_ROOM = (
    r"(?:(?!(?:the|whole|other|same|new|old)\s)[a-z][\w’'-]*\s){0,2}(?:hub|drop[ -]in|nick|foyer|library|"
    r"fire\sstation)\s(?:in|at)"
)
# A branch of a body that the whole country has is a local one: "the salvation army in deal", "Barnardo's in Chatham".
_BRANCH = caseless(
    r"\b(?:salvation\sarmy|barnardo['’]?s|citizens\sadvice|samaritans|relate|age\suk|red\scross|"
    r"st\sjohn\sambulance|ymca|"
    r"women['’]?s\said|victim\ssupport|action\sfor\schildren|children['’]?s\ssociety|home-?start|sure\sstart|"
    r"rotary|scouts|"
    r"guides|(?:sea|army|air|police|fire)\scadets|prince['’]?s\strust|street\spastors|nspcc|cruse|rape\scrisis)"
    r"\s(?:(?:over\s|down\s)?(?:in|at)\s)?(?=\w)"
)
# In capitals the place is any name; in small letters one that the region pack has.
_IN_CAPITALS = re.compile(
    rf"\b(?i:the)\s(?P<body>(?:(?i:{_SORT})\s(?:in|at|on)|"
    rf"(?i:{_ROOM}))\s(?P<where>[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){{0,2}}))"
)
_IN_LOWER_CASE = re.compile(rf"\bthe\s(?P<body>(?:{_SORT}\s(?:in|at|on)|{_ROOM})\s(?=\w))")
_NO_PLACE = frozenset((*WEEKDAYS, *MONTHS)) | word_set("easter christmas ramadan i the")
_SORTS = word_set(
    "court church mosque gurdwara synagogue temple clinic pru club centre unit home nightclub factory packhouse "
    "warehouse foodbank bank kitchen hostel refuge scrapyard abattoir shop wash bar takeaway away salon garage pub "
    "army barnardo barnardos advice samaritans relate uk cross ambulance ymca aid victim children society start "
    "homestart "
    "rotary scouts guides cadets trust pastors nspcc cruse crisis "
    "hotel gym surgery hospital college academy station jobcentre office hub drop nick foyer "
    "library"
)

_WHY = "a kind of body with the place that it is in"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("bodies_somewhere", finder(region), _SORTS)


def finder(region: Region) -> Callable[[Passage], Iterator[Claim]]:
    """The recogniser's find function over this region's places."""
    phrases = lexicon(region)

    def find(passage: Passage) -> Iterator[Claim]:
        text = passage.text
        for match in _BRANCH.finditer(text):
            ends = [hit.end for hit in phrases.read(text) if hit.phrase.source == "place" and hit.start == match.end()]
            if ends and (passage.is_lower or text[match.end()].isupper()):
                yield Claim(match.start(), max(ends), Category.AGENCY, "charity", 0.7, _WHY)
        if not passage.is_lower:
            for match in _IN_CAPITALS.finditer(text):
                if match["where"].split()[0].lower().replace("’", "'").split("'")[0] not in _NO_PLACE:
                    yield Claim(*match.span("body"), Category.AGENCY, "body", 0.75, _WHY)
            return
        for match in _IN_LOWER_CASE.finditer(text):
            places = [hit for hit in phrases.read(text) if hit.phrase.source == "place" and hit.start == match.end()]
            if places:
                end = max(hit.end for hit in places)
                yield Claim(match.start("body"), end, Category.AGENCY, "body", 0.7, _WHY)

    return find
