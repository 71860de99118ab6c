"""Offices that are held in public, told of whoever holds one: "you were Minister of Health until March".

"The Home Secretary wrote to us" says nothing of anybody in the talk, and stays. Said of the one who speaks, or of
somebody by name, the same words tell who it is.
"""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import word_set
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "You were ⟦Minister of Health⟧ until March, weren't you?",
    "I was the ⟦Children's Commissioner for England⟧ then, I was the ⟦third Children's Commissioner⟧ they had.",
    "When she resigned as ⟦deputy First Minister⟧ he was nominated as ⟦First Minister⟧.",
    "i was ⟦health secretary⟧ at the time and he became ⟦permanent secretary⟧",
    "And were you ⟦Parliamentary and Health Service Ombudsman⟧ for five years? She was the ⟦acting ombudsman⟧ then.",
    "Your tenure as ⟦Minister for Agriculture and Rural Development⟧ ended there.",
    "That was ‹PERSON|Kim Doe›, the ⟦former Home Secretary⟧, on the left.",
    "The ⟦Home Secretary⟧, ‹PERSON|Kim Doe›, opened it. ⟦Secretary of State for Education⟧ ‹PERSON|Kim Doe› came.",
    "you held the role of ⟦Chief Medical Officer⟧, and were you ever ⟦vice president⟧ of a college?",
    "The Home Secretary wrote to the Children's Commissioner, and the minister answered.",
    "It's as if the Prime Minister came. I was with the Chief Medical Officer and the Minister for Children.",
    "‹PERSON|MacAlister›, the Children's Commissioner, they've all asked.",
    "We told the Home Secretary, ‹ORG|Kent Police› and ‹PERSON|Kim Doe›.",
    "Whoever becomes a minister. You were a minister. A Secretary of State was never seen.",
)

_SUBJECT = (
    r"(?:health|education|justice|defence|transport|social\s(?:care|security|development)|care|home|foreign|children|"
    r"families|women|equalities|policing|crime|prisons|probation|safeguarding|mental\shealth|victims|"
    r"(?:local|regional)\sgovernment|housing|communities|(?:rural|regional|agri\w+|international)\s(?:development|trade)|"
    r"agriculture|(?:home|foreign|rural|veterans['’]?)\saffairs|culture|sport|schools|skills|work|pensions|"
    r"employment|the\seconomy|finance|infrastructure|the\sinterior|the\s(?:cabinet|home)\soffice|the\sexchequer|state|"
    r"(?:northern\s)?ireland|scotland|wales|england|the\senvironment|business|energy|immigration|public\shealth)"
)
_OF = rf"(?:\s(?:of|for)\s{_SUBJECT}(?:(?:,\s|,?\sand\s){_SUBJECT}){{0,3}})"
_NATION = r"(?:\s(?:of|for)\s(?:england|scotland|wales|northern\sireland|the\suk|the\sunited\skingdom))?"
_RANK = (
    r"(?:(?:former|acting|interim|deputy|shadow|junior|then|parliamentary|first|second|third|fourth|fifth|assistant)"
    r"[\s-])*"
)
_OFFICE = caseless(
    rf"\b{_RANK}(?:"
    r"(?:prime|first)\sminister"
    rf"|(?:home|foreign|health|justice|education|defence|transport|culture|cabinet|permanent)\ssecretary"
    rf"|(?:under[\s-])?secretary\sof\sstate{_OF}?|minister(?:\sof\sstate)?{_OF}"
    r"|(?:health|justice|education|children['’]?s|policing|prisons|safeguarding|immigration|schools|housing)\sminister"
    r"|(?:lord\s)?chancellor\sof\sthe\s(?:exchequer|duchy(?:\sof\slancaster)?)|(?:attorney|solicitor)\sgeneral|"
    r"lord\s(?:chancellor|chief\sjustice)|master\sof\sthe\srolls|director\sof\spublic\sprosecutions|"
    r"chief\s(?:medical|scientific|nursing|dental|veterinary|pharmaceutical)\s(?:officer|advis[eo]r)|chief\scoroner|"
    r"(?:his|her)\smajesty['’]s\schief\sinspector|(?:comptroller\sand\s)?auditor\sgeneral"
    r"|(?:children['’]?s|victims['’]?|information|domestic\sabuse|anti-slavery|biometrics)\scommissioner|"
    rf"commissioner\sfor\s{_SUBJECT}(?:\sand\s(?:young\speople|{_SUBJECT}))?"
    r"|(?:(?:parliamentary(?:\sand\shealth\sservice)?|health\sservice|local\sgovernment|prisons\sand\sprobation|"
    rf"legal|pensions)\s)?ombudsman|vice[\s-]president){_NATION}\b"
)
_OFTEN = r"(?:(?:\s(?:now|still|currently|actually|also|then|later|again|ever|only|just|indeed|in\sfact|latterly))*)"
# Of whom it is told, right before the office: "you were", "were you", "did you become", "nominated as", "the role of".
_HOLDS = caseless(
    r"\b(?:(?:i|you|he|she|who|they)(?:['’](?:m|re|s|d\sbeen|ve\sbeen)|\s(?:am|are|is|was|were|became|become|remained|"
    r"(?:had|have|has)\s(?:been|become)|used\sto\sbe|continued\sto\sbe))"
    r"|(?:are|were|did|was|do)\s(?:you|he|she)(?:\s(?:become|remain))?|and\s(?:became|remained)"
    r"|(?:appointed|elected|nominated|made|installed)(?:\sas)?|continued\sto\sbe"
    r"|(?:resigned|stood\sdown|stepped\sdown|served|serving|worked|acted|retired|continued|returned|took\sover|tenure|time|"
    r"years|days|spell|stint|term|role|position|post|office|job|career|capacity|appointment|predecessor|successor)\sas"
    rf"|(?:position|post|role|office|tenure|appointment|job)\sof){_OFTEN}\s(?:an?\s|the\s|our\s)?$"
)
# "Kim Doe, the Home Secretary", "the Home Secretary, Kim Doe", "Home Secretary Kim Doe": what stands between.
_BEHIND_A_NAME = re.compile(r",\s(?:(?:who\s(?:was|is)|then|now)\s)?(?:the\s|our\s)?")
_BEFORE_A_NAME = re.compile(r",?\s(?:(?:then|who\swas|was)\s)?(?:(?:Mr|Mrs|Ms|Sir|Dame|Lord|Lady|Baroness|Dr)\s)?")

_WHY = "a public office that the talk ties to one person"
_TELLING = word_set(
    "minister secretary chancellor attorney solicitor auditor lord rolls prosecutions coroner majesty commissioner "
    "ombudsman president medical scientific nursing dental veterinary pharmaceutical"
)
_NEAR = 60  # characters


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("public_offices", find, _TELLING)


def find(passage: Passage) -> Iterator[Claim]:
    for office in _OFFICE.finditer(passage.text):
        before = passage.text[max(0, office.start() - _NEAR) : office.start()]
        if _HOLDS.search(before) or _is_beside_a_name(passage, *office.span()):
            yield Claim(*office.span(), Category.ROLE, "job", 0.65, _WHY)


def _is_beside_a_name(passage: Passage, start: int, end: int) -> bool:
    return any(
        _BEHIND_A_NAME.fullmatch(passage.text, span.end, start)
        or _BEFORE_A_NAME.fullmatch(passage.text, end, span.start)
        for span in passage.spans
        if span.label == "PERSON" and " " in passage.text[span.start : span.end]
    )
