"""E-mail addresses, written or said ("jane dot doe at northfield dot example")."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.vocabulary import SAID_FIGURE, STOP, word_set
from deid.detect.words import word_forms
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "Write to ⟦jane.doe@northfield.example⟧, please.",
    "It's ⟦j_doe+work@mail.northfield.example⟧.",
    "my email's ⟦jane dot doe at northfield dot example⟧ if you need it",
    "it's ⟦j dot doe at kent hyphen police dot example⟧",
    "⟦jane underscore doe at northfield dot co dot example⟧ is best",
    "it's ⟦jane underscore forty two at northfield dot example⟧ all lower case",
    "mine's ⟦jane dot doe at hotmail⟧ and his is ⟦kim nine nine at gmail dot com⟧",
    "they were at gmail and at yahoo for years",
    "Send it to ⟦doe@northfield.example⟧.",
    "⟦O'Hara.Kim@northfield.example⟧ bounced",
    "send it to the team at ⟦northfield dot example⟧",
    "we were at the school at nine dot on the dot",
    "He was @ the station.",
    "the mail is ⟦jane dot doe at north field housing dot example⟧ but not on fridays",
    "there's one it's ⟦hello at the orchard dot org dot uk⟧ jade reads it",
    "or write it's ⟦s doe at northfield dot example⟧ any day, or ⟦s doe at north field housing dot example⟧",
    "it's ⟦big boss ninety nine at gmail dot com⟧ and hers is ⟦little miss sunshine at outlook dot com⟧ i think",
    "I looked at dot com companies and the dot on the map.",
)

# jane.doe@northfield.example: the local part and the host have no spaces; the host has at least one dot.
_WRITTEN = re.compile(r"[\w.+'’%-]*[\w+]@\w[\w-]*(?:\.[\w-]+)+")

_SAID_DOT = r"\s(?:dot|underscore|dash|hyphen|full stop)\s"
_FIGURES = rf"(?:\s{SAID_FIGURE}){{0,4}}"
# "jane dot doe at northfield dot example": words around "at", with "dot" in the part behind it. The number of parts is
# bounded so that a long turn full of dots is still read in linear time.
_SAID = caseless(
    rf"\b(?P<local>\w+(?:{_SAID_DOT}\w+){{0,4}}{_FIGURES})\sat\s(?P<host>\w+(?:(?:\s(?:dash|hyphen)\s)\w+)*(?:\sdot\s\w+){{1,4}})\b",
)
# "jane at north field dot example": a host of several words, as speech recognition parts it, ends like an address.
_SAID_HOST = caseless(
    rf"\b(?:\w+{_SAID_DOT}){{0,4}}\w+{_FIGURES}\sat\s(?:(?!at\b)\w+\s){{2,5}}(?:dot\s\w+\s){{0,2}}dot\s"
    r"(?:com|org|net|info|uk|london|wales|example)\b",
)
# "jane dot doe at hotmail": everybody knows how that goes on, so the local part must look like one.
_PROVIDERS = word_set("gmail hotmail yahoo outlook icloud live aol googlemail btinternet sky protonmail")
_SAID_PROVIDER = caseless(
    rf"\b(?:\w+(?:{_SAID_DOT}\w+){{1,4}}{_FIGURES}|\w+(?:\s{SAID_FIGURE}){{1,4}})\sat\s"
    rf"(?:{'|'.join(sorted(_PROVIDERS))})(?!\s?dot)\b",
)
# "it's big boss ninety nine at gmail": how far back an address goes where the talk says that one follows.
_LED_LOCAL = caseless(
    r"\b(?:(?:it|hers|his|mine|e-?mail(?: address)?|address|account)(?:['’]?s| is| was)|e-?mail"
    r"|reach (?:me|us|him|her) (?:on|at)|(?:write|send it) to)\s(?P<local>(?:[a-z\d]+\s){1,3})$"
)
_INITIAL = re.compile(r"(?<!['’\w])[b-hj-zB-HJ-Z]\s$")  # "s doe at northfield dot example"
_NO_HOST = frozenset({"com", "on", "the", "a", "dot", "that", "this"})
_NO_LOCAL_PART = STOP | {"team", "email", "us"}

_IS_WRITTEN = "an e-mail address"
_IS_SAID = "an e-mail address as it is said"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("emails", find, frozenset(("@", "dot", *_PROVIDERS)))


def find(passage: Passage) -> Iterator[Claim]:
    if "@" in passage.text:
        for match in _WRITTEN.finditer(passage.text):
            yield Claim(match.start(), match.end(), Category.CONTACT, "email", 0.95, _IS_WRITTEN)
    low = passage.text.lower()
    if word_forms(passage.text) & _PROVIDERS:
        for match in _SAID_PROVIDER.finditer(passage.text):
            yield Claim(match.start(), match.end(), Category.CONTACT, "email", 0.8, _IS_SAID)
    if " dot " in low:
        for match in _SAID_HOST.finditer(passage.text):
            yield Claim(_start(passage.text, match.start()), match.end(), Category.CONTACT, "email", 0.8, _IS_SAID)
        for match in _SAID.finditer(passage.text):
            host = match["host"].lower().split()
            if host[0] in _NO_HOST or host[-1] in _NO_HOST - {"com"}:
                continue
            # "the team at northfield dot example" names a host, "jane dot doe at ..." a person there.
            local = match["local"].lower()
            is_address = " dot " in local or local not in _NO_LOCAL_PART
            start = _start(passage.text, match.start()) if is_address else match.start("host")
            yield Claim(start, match.end(), Category.CONTACT, "email", 0.85, _IS_SAID)


def _start(text: str, start: int) -> int:
    """Where an address begins: behind what says that one follows, or with the initial in front of a surname."""
    led = _LED_LOCAL.search(text, max(0, start - 60), start)
    if led and STOP.isdisjoint(led["local"].lower().split()):
        return led.start("local")
    initial = _INITIAL.search(text, max(0, start - 3), start)
    return initial.start() if initial else start
