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
from deid.detect.vocabulary import COUNTRIES, MONTHS, PLAIN, STOP, TITLES, WEEKDAYS, word_set
from deid.detect.words import word_forms
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
    "I sent the referral through the ⟦front door⟧, it bounced.",
    "He came through the front door and sat down.",
    "I manage the ⟦Medway delivery unit⟧, with ⟦Kent's youth justice team⟧ and the ⟦IOM hub⟧.",
    "i sit in with the ⟦thanet exploitation team⟧ on a thursday",
    "⟦Dover's MASH⟧ sent it back, ⟦Dover social services⟧ rang, and ⟦Medway fire station⟧ had her.",
    "You'd ring ⟦Dover custody⟧ and they'd say no.",
    "they stopped at medway services on the way",
    "the ⟦deal hub⟧ do thursdays and the deal team was a good one",
    "it went to ⟦thanet mash⟧ and then the ⟦dover early help hub⟧",
    "So I rang the ⟦children's team⟧ at Dover, the team at Dover, the duty team at night.",
    "We rang Medway and that team came, the CSE team and the HR team.",
    "The whole team rang the police station, our team, the other team.",
    "I had a team meeting with the management team and the social work team.",
    "the Somali lot and the French team and the Monday team",
    "He's in Medway, team leader and all.",
)

# "the Saltmarsh team", "the Heron lot": one or two words in capitals, the kind in small letters.
_NAMED = re.compile(
    r"\b[Tt]he (?P<body>(?P<name>[A-Z][a-z][\w’'-]*(?: [A-Z][a-z][\w’'-]*)?) (?:team|lot|unit|hub|crew|squad))\b"
)
# " police station", " exploitation team", "'s youth justice team" right behind a place of the region pack.
_NOT_OF_IT = r"\b(?!\s(?:leader|manager|of|officers?|cars?|vans?|dogs?|presence))"
_BEHIND_A_PLACE = re.compile(
    r"(?:['’]s)?\s(?:(?:police|fire|ambulance)\sstation|police|nick|lot|(?:adult\s)?social\scare|(?:social|adult|"
    r"youth|family|housing|health|support)\sservices|"
    r"early\shelp(?:\shub)?|youth\s(?:hub|service|justice)|front\sdoor|mash|yot|yos|camhs|children['’]?s\sservices|"
    rf"job\s?cent(?:re|er)|campus|food\s?bank|foyer|women['’]?s\said|a\s?(?:&|and)\se|drop[ -]in|"
    rf"custody(?:\ssuite)?){_NOT_OF_IT}",
    re.IGNORECASE,
)
_ITS_TEAM = re.compile(
    r"(?:['’]s)?\s(?P<task>(?:[a-z’'-]+\s){0,3})"
    rf"(?:team|unit|hub|service|office|panel|project|desk){_NOT_OF_IT}",
    re.IGNORECASE,
)
# "the deal hub": a deal has no hub of its own, but it may have a team.
_ITS_OWN = re.compile(
    r"\b(?:hub|nick|station|police|mash|yot|yos|camhs|services|food\s?bank|custody|council)$", re.IGNORECASE
)
# "the IOM hub": initials before team, hub or unit; those that everybody has say nothing.
_BY_INITIALS = re.compile(r"\bthe (?P<body>(?P<letters>[A-Z]{2,5}) (?:team|hub|unit|desk|crew))\b")
_EVERYBODYS = word_set("it hr cse cce mash cid nhs camhs yot yos sen send lado mace gp cp cin pe re tv")
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
# "the children's team at swale": one of many such teams, told by the district that it works from.
_TEAM_AT = caseless(
    r"\b(?:the|our|their|that)\s(?P<body>(?:children['’]?s|family|duty|assessment|locality|adults?['’]?|"
    r"young\speople['’]?s)\s"
    r"(?:team|service|office))\sat\s(?=\w)"
)
# "through the front door": the one desk of an authority where referrals come in, in talk of referring.
_FRONT_DOOR = caseless(
    r"\b(?:the|our|their)\s(?P<body>(?:integrated\s|single\s)?front\sdoor)\b(?!\s(?:key|step|bell|was open|open))"
)
_REFERRING = word_set(
    "referral referrals refer referred refers threshold thresholds screening triage rang ring phoned mash notification "
    "contacts bounced bounce bouncing assessment"
)
_KINDS = frozenset(
    {"team", "lot", "unit", "hub", "crew", "squad", "service", "desk", "station", "nick", "care", "help", "door"}
    | {"office", "panel", "services", "police", "mash", "yot", "yos", "camhs", "justice", "foyer", "aid", "project"}
    | {"centre", "center", "jobcentre", "jobcenter", "campus", "foodbank", "bank", "e", "drop", "custody", "suite"}
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
            team = _ITS_TEAM.match(text, hit.end)
            if team and {*team["task"].lower().split()} & STOP:
                team = None  # "Medway and that team"
            behind = team or _BEHIND_A_PLACE.match(text, hit.end)
            is_written = passage.is_lower or text[hit.start].isupper()
            is_doubtful = passage.is_lower and hit.phrase.is_words and not (behind and _ITS_OWN.search(behind[0]))
            if behind and is_written and not is_doubtful:
                article = 4 if hit.phrase.listed.lower().startswith("the ") else 0  # no part of a name
                yield Claim(hit.start + article, behind.end(), Category.AGENCY, "team", 0.75, _BY_PLACE)
        starts = {hit.start for hit in phrases.read(text) if hit.phrase.source == "place"}
        for match in _TEAM_AT.finditer(text):
            if match.end() in starts:
                yield Claim(*match.span("body"), Category.AGENCY, "team", 0.5, _BY_PLACE)
        if not passage.is_lower:
            for match in _NAMED.finditer(text):
                if match["name"].split()[0].lower() not in _NO_NAME:
                    yield Claim(*match.span("body"), Category.AGENCY, "team", 0.55, _BY_NAME)
            for match in _BY_INITIALS.finditer(text):
                if match["letters"].lower() not in _EVERYBODYS:
                    yield Claim(*match.span("body"), Category.AGENCY, "team", 0.5, _BY_NAME)
        if word_forms(text) & _REFERRING:
            for match in _FRONT_DOOR.finditer(text):
                yield Claim(*match.span("body"), Category.AGENCY, "team", 0.5, _BY_WORK)
        for match in _BY_TASK.finditer(text):
            yield Claim(*match.span("body"), Category.AGENCY, "team", 0.55, _BY_WORK)

    return find
