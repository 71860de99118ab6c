"""Teams by their place, name or task, written small: "the swale team", "the Heron lot", "our leaving care team"."""

import re
from collections.abc import Callable, Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.passage import Claim, Passage
from deid.detect.phrases import lexicon, widest
from deid.detect.presidio import as_recogniser
from deid.detect.trait_words import FAITHS, ORIGINS
from deid.detect.vocabulary import COUNTRIES, MONTHS, PLAIN, STOP, TITLES, WEEKDAYS
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "she came from the ⟦swale team⟧ and said so",
    "She's in the ⟦Canterbury child protection team⟧ and he's ⟦Medway youth justice team⟧",
    "We share him with the ⟦Medway lot⟧, and then there's the ⟦Saltmarsh team⟧.",
    "It's at ⟦Tonbridge police station⟧, you see.",
    "it's at ⟦dover police station⟧ you see",
    "we went to the ⟦uasc team⟧ and the ⟦adolescent hub⟧",
    "I rang the ⟦leaving care team⟧ and our ⟦family support service⟧.",
    "I'm in the ⟦children in need team three⟧, and then the ⟦digital forensics unit⟧.",
    "The whole team rang the police station, our team, the other team.",
    "I had a team meeting with the management team and the social work team.",
    "the Somali lot and the French team and the Monday team",
    "He's in Medway, team leader and all.",
)

# "the Saltmarsh team", "the Heron lot": one or two words in capitals, the kind in small letters.
_NAMED = re.compile(
    r"\b[Tt]he (?P<body>(?P<name>[A-Z][a-z][\w’'-]*(?: [A-Z][a-z][\w’'-]*)?) (?:team|lot|unit|hub|crew|squad))\b"
)
# " team", " police station" right behind a place of the region pack.
_BEHIND_A_PLACE = re.compile(
    r"(?:\s(?:child protection|children['’]?s?|district|duty|assessment|safeguarding|cse|exploitation|"
    r"missing|adolescent|youth(?: justice)?|"
    r"early help|family support|looked[ -]after|leaving care|disability|community safety|probation|"
    r"housing|response|neighbourhood|cid)){0,2}"
    r"\s(?:police station|nick|team|lot|social care|early help|youth hub|front door|youth service|housing team)\b"
    r"(?!\s(?:leader|manager|of))",
    re.IGNORECASE,
)
# "the leaving care team", "our asylum service": what one team of an authority does.
_TASKS = (
    r"(?:missing(?: and \w+)?|adolescents?|leaving care|edge of care|care leavers['’]?|disabled children['’]?s?|"
    r"uasc|asylum|unaccompanied minors['’]?|contextual safeguarding|digital(?: forensics)?|cin|lac|"
    r"children in (?:need|care)|looked[ -]after children|family (?:safeguarding|support|solutions)|"
    r"vulnerable adolescents?|serious violence|licensing|community safety|education safeguarding|attendance|"
    r"elective home education|fostering|adoption|substance misuse|gangs?|modern slavery|anti[ -]slavery|"
    r"integrated (?:adolescent|youth)|youth (?:support|outreach|engagement)|harmful sexual behaviour|participation|"
    r"parenting support|intensive support|16[ -]plus|sixteen plus|young parents)"
)
_BY_TASK = caseless(
    rf"\b(?:the|our|my|their|that)\s(?P<body>{_TASKS}\s(?:team|hub|unit|service|desk)"
    r"(?:\s(?:one|two|three|four|five|six|\d))?)\b(?!\s(?:manager|leader|lead|meeting))"
)
_KINDS = frozenset(
    {"team", "lot", "unit", "hub", "crew", "squad", "service", "desk", "station", "nick", "care", "help", "door"}
)
_NO_NAME = PLAIN | STOP | TITLES | ORIGINS | FAITHS | COUNTRIES | frozenset((*WEEKDAYS, *MONTHS))

_BY_PLACE = "a team or station named by its place"
_BY_NAME = "a name in capitals before team, lot or unit"
_BY_WORK = "one team of an authority, named by its task"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("local_teams", finder(region), _KINDS)


def finder(region: Region) -> Callable[[Passage], Iterator[Claim]]:
    """The recogniser's find function over this region's places."""
    phrases = lexicon(region)

    def find(passage: Passage) -> Iterator[Claim]:
        text = passage.text
        if passage.is_upper or passage.kind == "speaker":
            return
        for hit in widest(hit for hit in phrases.read(text) if hit.phrase.source == "place"):
            behind = _BEHIND_A_PLACE.match(text, hit.end)
            is_written = passage.is_lower or text[hit.start].isupper()
            if behind and is_written and not (passage.is_lower and hit.phrase.is_words):
                article = 4 if hit.phrase.listed.lower().startswith("the ") else 0  # no part of a name
                yield Claim(hit.start + article, behind.end(), Category.AGENCY, "team", 0.75, _BY_PLACE)
        if not passage.is_lower:
            for match in _NAMED.finditer(text):
                if match["name"].split()[0].lower() not in _NO_NAME:
                    yield Claim(*match.span("body"), Category.AGENCY, "team", 0.55, _BY_NAME)
        for match in _BY_TASK.finditer(text):
            yield Claim(*match.span("body"), Category.AGENCY, "team", 0.55, _BY_WORK)

    return find
