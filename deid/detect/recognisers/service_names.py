"""Projects and services named by plain words, as many are: "referred to open door", "Stepping Stones lost it"."""

import re
from collections.abc import Iterator
from functools import lru_cache

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.trait_words import FAITHS, ORIGINS
from deid.detect.vocabulary import PLAIN, STOP, word_set
from deid.detect.words import Word, indexes_of, word_forms, words_of
from deid.model import Category
from deid.region import Region, common_words

EXAMPLES = (
    "so she was referred to ⟦stepping stones⟧ and that was that",
    "he's been with ⟦fresh start⟧ since the spring and ⟦safe harbour⟧ did the rest",
    "⟦bright futures⟧ came in and then ⟦new leaf⟧ lost the contract",
    "i was at ⟦mind the step⟧ for a year and then at ⟦team around the estate⟧",
    "I rang ⟦Open Door⟧ twice. ⟦Open Door⟧ never rang back.",
    "i work at the ⟦beacon⟧ and the manager from the ⟦lighthouse⟧ knows her",
    "The ⟦Bridge⟧ ran a drop-in on Thursdays.",
    "the ⟦vineyard⟧ runs a drop in and the ⟦gateway⟧ rang me",
    "the ⟦willow project⟧ closed and the ⟦kestrel centre⟧ is next",
    "it's an open door policy and she made a fresh start with a new leaf",
    "there's a safe space in school, a safe haven with stepping stones to the next thing",
    "we met under the bridge over the river, by the lighthouse",
    "the bridge was closed, the anchor went down, it was a beacon of hope",
    "the pilot project and the research project, the family centre",
    "there's a second chance for everyone and early help for some",
    "team around the child, team around the family",
    "He turned over a new leaf. We keep an open door. Minding the gap is hard.",
    "he works at the pharmacy and she works at the playground",
)

# Two words of these make a name that services bear: "Stepping Stones", "Fresh Start", "Safe Harbour".
_OPENING = word_set(
    "open safe safer fresh new bright brighter better early next second stepping turning breaking building reaching "
    "rising moving growing standing speaking first clear strong stronger young kind her our one free good step think "
    "break speak stand look living big little bridging changing making sharing finding taking"
)
_CLOSING = word_set(
    "door doors harbour haven space spaces streets street start starts leaf dawn break futures future horizon horizons "
    "minds chance chances steps step stones stone point points lives roots wings bridges voices voice paths path "
    "pathways pathway links routes heights choices beginnings ground lane light lights hands hearts again forward free "
    "tides tide journeys sparks seeds walls barriers waves"
)
# "Mind the Step", "Bridge the Gap", "Team Around the Estate" (not the child, which everybody has).
_THREE = caseless(
    r"(?:mind|bridge|bridging|close|closing|breaking|break|beyond|behind|off|over|under)\sthe\s"
    r"(?:gap|step|mould|cycle|chain|silence|line|streets?|wall|wire|label|bridge)|"
    r"team\saround\sthe\s(?!child\b|family\b|school\b|worker\b|person\b|table\b|clock\b|corner\b|world\b)[a-z]{3,}"
)
# What a service does, right behind its name.
_DOES = (
    r"(?:ran|runs?|did|do|does|came|come|comes|closed|shut|lost|won|rang|ring|took|picked|said|offer(?:s|ed)?|have|has|"
    r"had|gave|were|are|sent|told|worked|supported|help(?:s|ed)?|stopped|started|moved|won['’]?t|wouldn['’]?t|"
    r"could(?:n['’]?t)?|can['’]?t|don['’]?t|didn['’]?t|got|used)\b"
)
# "at stepping stones", "referred him to": what leads to a body, ending where its name begins.
_LED = caseless(
    r"\b(?:at|with|from|by|via|through|called|joined|join|rang|ring|phoned|emailed|ran|run|runs|for|fund(?:s|ed)?|"
    r"commission(?:s|ed)?|refer(?:s|red)?\s(?:\w+\s)?to|went\sto|came\sto|come\sto|goes\sto|sent\s\w+\sto|and\sthen)\s$"
)
_NOT_BEHIND = caseless(r"\s(?:policy|policies|to|of|for\sh(?:er|im)|days?)\b")
_A_PROJECT_BEHIND = caseless(r"\s(?:project|programme|service|centre|group|team|scheme)\b")
_DOING = caseless(rf"\s(?:never\s|just\s|also\s|only\s|both\s|all\s)?{_DOES}")
# In front of the two words these make a description of them: "a fresh start", "their safe space".
_DESCRIBED = word_set(
    "a an the this that these those my your his her our their its some any no every each another one more of very so "
    "such what real really same only two three as is was"
)

# One word that services bear, behind "the": it needs somebody who works there or goes there, or what only a body does.
_BORNE = word_set(
    "beacon lighthouse compass gateway bridge anchor harbour haven oasis sanctuary nest hive den vine vineyard "
    "rock ark "
    "well crossroads junction base zone link pavilion forge mill barn foundry quay quays wharf spinney arch arches "
    "nook "
    "orchard meadow meadows cabin loft attic cellar boathouse signal lantern lamp kiln granary stables tannery yard "
    "grange rectory vicarage priory manor lodge larches gables towers"
)
_WORKS_THERE = caseless(
    r"\b(?:work|works|worked|working|volunteer|volunteers|volunteered|volunteering|placed|based|placement|seconded|"
    r"trained|started|lead|managers?|worker|workers|staff|leader|nurse|girls|boys|lads|kids|young\speople|somebody|"
    r"someone|referral|referred|sessions?|group|counsellor|mentor|drop[ -]in)\s(?:\w+\s)?"
    r"(?:at|for|with|from|to)\sthe\s$"
)
_BEHIND_THE = caseless(r"\bthe\s$")
_WHERE = caseless(r"\s(?:of|over|across|near)\b")
# "The Bridge ran a drop-in", "the gateway rang me": bridges do no such thing.
_ONE_DOES = caseless(
    r"\s(?:never\s|just\s|also\s|always\s)?"
    r"(?:ran\s(?:a|the|an|it|group|session)|runs\s(?:a|an|it|the|group|session)|closed|shut\sdown|rang|ring\s|"
    r"phoned|emailed|said|say\s|says|told|offers?|offered|took\s(?:her|him|them|us|me)|"
    r"won['’]?t\s(?:take|have|see)|wouldn['’]?t\s(?:take|have|see)|referred|sent\s(?:her|him|them|us|me)|"
    r"had\s(?:her|him|a\sworker|a\sgroup)|have\sbeen|lost\s(?:its|their|the)\s(?:funding|contract)|did\s(?:a|the)\s)"
)

# "the willow project", "the kestrel centre": a word that says no sort of project names one.
_PROJECT = re.compile(
    r"\bthe\s(?P<body>(?P<name>[a-z]{4,})\s(?:project|centre|clinic|unit|hub|foundation|suite))\b(?!\s(?:of|"
    r"manager|lead)\b)"
)
_SORTS = word_set(
    """
    pilot research arts music drama dance sports football boxing cricket swimming fitness garden gardening allotment
    film media radio photo photography cooking bike cycle mural history heritage building capital charity rescue
    refuge refugee asylum migrant homeless mosque church parish temple hospice nursery creche toddler toddlers infant
    maternity antenatal midwifery fracture diabetes asthma vaccine vaccination immunisation flu needle dental
    physio orthopaedic eye skin memory sleep pain weight travel contraception prenatal oncology cardiac renal stroke
    burns trauma psychiatric neonatal paediatric spinal rehab detox methadone sixth secure custody detention
    remand prison probation bail parole visitor visitors visits jury witness victim victims survivor survivors
    perpetrator offender offenders youth teen teens teenage adolescent adolescents student students pupil pupils
    staff volunteer volunteers carers cared employment jobs retail garden shopping leisure call data test testing
    detained attendance exclusion excluded isolation referral reintegration behaviour nurture inclusion autism
    speech language literacy maths science storage kitchen bathroom shelf wall corner command control response
    incident tactical armed firearms dive drone dogs mounted marine airport port border customs immigration
    fraud cyber economic homicide murder drugs narcotics vice burglary robbery theft rape abuse stalking honour
    town city village civic council welcome visitor tourist garden recycling waste community cultural islamic
    jewish hindu sikh polish gypsy traveller roma women womens ladies girls boys parents fathers mothers grans
    genito urinary sexual outpatient outpatients inpatient walk drop whole entire wonderful amazing brilliant
    bloody flipping little massive tiny horrible awful proper wretched blasted
    """
)
_SORT_ENDS = ("ing", "ed", "al", "ic", "ive", "ary", "ion", "ment", "ity", "ness", "ous", "able", "ible", "ly", "est")

_WHY = "a name such as projects and services bear, where a body is spoken of"
_BY_USE = "a word that bodies are named by, where somebody works or is helped"
_IS_CALLED = "a word that says no sort of project, in front of one"
_FIRST_OF_THREE = word_set("mind bridge bridging close closing break breaking beyond behind off over under team")
_PROJECTS = word_set("project centre clinic unit hub foundation suite")
_FARTHEST = 40  # characters in front of a name that may lead to it


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("service_names", find, _CLOSING | _FIRST_OF_THREE | _BORNE | _PROJECTS)


def find(passage: Passage) -> Iterator[Claim]:
    if passage.is_upper:
        return
    text, words = passage.text, words_of(passage.text)
    for at in indexes_of(text, _CLOSING):
        if at and words[at - 1].low in _OPENING and text[words[at - 1].end : words[at].start] == " ":
            yield from _named(passage, words, at - 1, words[at].end)
    for at in indexes_of(text, _FIRST_OF_THREE):
        if match := _THREE.match(text, words[at].start):
            yield from _named(passage, words, at, match.end())
    for at in indexes_of(text, _BORNE):
        if (passage.is_lower or words[at].is_capital) and _stands_for_a_body(text, words[at]):
            yield Claim(words[at].start, words[at].end, Category.AGENCY, "project", 0.5, _BY_USE)
    if passage.is_lower and word_forms(text) & _PROJECTS:
        for project in _PROJECT.finditer(text):
            if _says_no_sort(project["name"]):
                yield Claim(*project.span("body"), Category.AGENCY, "project", 0.5, _IS_CALLED)


def _named(passage: Passage, words: tuple[Word, ...], first: int, end: int) -> Iterator[Claim]:
    """The words from words[first] to `end`, where a body is spoken of; where there are capitals, it has two."""
    text, start = passage.text, words[first].start
    if not passage.is_lower and not (text[start].isupper() and text[start:end].split()[-1][0].isupper()):
        return
    is_led = _LED.search(text, max(0, start - _FARTHEST), start) and not _NOT_BEHIND.match(text, end)
    described = first > 0 and words[first - 1].low in _DESCRIBED
    if is_led or _A_PROJECT_BEHIND.match(text, end) or (not described and _DOING.match(text, end)):
        yield Claim(start, end, Category.AGENCY, "project", 0.5, _WHY)


def _stands_for_a_body(text: str, word: Word) -> bool:
    near = max(0, word.start - _FARTHEST)
    if _WORKS_THERE.search(text, near, word.start):
        return not _WHERE.match(text, word.end)
    return bool(_BEHIND_THE.search(text, near, word.start) and _ONE_DOES.match(text, word.end))


@lru_cache(maxsize=256)
def _says_no_sort(name: str) -> bool:
    known = common_words() | _SORTS | PLAIN | STOP | ORIGINS | FAITHS
    return name not in known and name.removesuffix("s") not in known and not name.endswith(_SORT_ENDS)
