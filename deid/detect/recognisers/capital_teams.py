"""Teams that go by the name of what they do, told by their capitals: "Early Help rang", "the Missing Team"."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import word_set
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "So ⟦Early Help⟧ in Dover did the days.",
    "The ⟦Virtual School⟧ know every child, ⟦Youth Justice⟧ do not.",
    "The ⟦Missing Team⟧ are three people, the ⟦Integrated Front Door⟧ is two.",
    "Somebody from the ⟦Adolescent Team⟧ came, then ⟦Children's Services⟧.",
    "She rang the ⟦Attendance Service⟧ and the ⟦Missing and Exploitation Team⟧.",
    "The ⟦Child Exploitation Investigation Team⟧ came.",
    "Early help is a good idea, the front door, a missing team.",
    "We did an Early Help assessment, an Early Help plan.",
    "EARLY HELP IS NOT A THRESHOLD.",
    "The Youth Justice Board and a Youth Justice panel.",
)

_FIELD = (
    r"(?:Missing|Exploitation|(?:Child|Sexual)\sExploitation|Adolescents?|Safeguarding|Edge\sof\sCare|Leaving\sCare|"
    r"Children\sin\sCare|Disabled\sChildren['’]?s?|Assessment|Duty|Contextual\sSafeguarding|Fostering|Attendance|"
    r"Inclusion|Licensing|Community\sSafety|Youth|Intelligence|Child\sProtection|Specialist|Response)"
)
_TEAM = re.compile(
    r"\b(?:Early\sHelp|Virtual\sSchool|Youth\sJustice|(?:Integrated\s)?Front\sDoor|Children['’]s\s(?:Services|Social\sCare)|"
    rf"{_FIELD}(?:\s(?:and|&)\s{_FIELD})?(?:\sInvestigation)?\s(?:Team|Service|Unit|Hub))\b"
    r"(?!\s(?i:assessments?|plans?|modules?|offer|strategy|notifications?|forms?|referrals?|board|panels?|act|system|"
    r"manager|lead|leader|standards|conference)\b)"
)
_FIRST = word_set(
    "early virtual youth integrated front children missing exploitation adolescent adolescents safeguarding edge "
    "leaving disabled assessment duty contextual fostering attendance inclusion licensing community intelligence "
    "child specialist response sexual"
)

_WHY = "a team named by what it does, in capitals"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("capital_teams", find, _FIRST)


def find(passage: Passage) -> Iterator[Claim]:
    if not passage.is_upper and not passage.is_lower:
        for match in _TEAM.finditer(passage.text):
            yield Claim(*match.span(), Category.AGENCY, "team", 0.55, _WHY)
