"""Telephone numbers of the United Kingdom, written or said digit by digit, foreign ones with a plus, extensions."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.spoken import BEGINS, CARDINAL, said_numbers
from deid.detect.triggers import DIGIT
from deid.detect.words import has_digit, word_forms
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "My mobile is ⟦07700 900123⟧.",
    "Ring ⟦01632 960 123⟧ or ⟦+44 7700 900456⟧.",
    "It's ⟦(01632) 960123⟧, or ⟦0044 1632 960123⟧ from abroad.",
    "the office is ⟦03069990123⟧",
    "it's ⟦oh seven seven double o nine hundred one two three⟧",
    "⟦zero one six three two nine six oh one two three⟧ is the desk",
    "ring me on ⟦oh seven seven double o⟧ something",
    "ring her on ⟦960123⟧",
    "it's ⟦07700-900-789⟧ but text first",
    "She rang from a number in France, ⟦+33 6 39 98 12 34⟧.",
    "He's on ⟦01632 960123 ext 4417⟧, or ask for ⟦extension 4417⟧.",
    "My extension's ⟦209⟧, her extension is ⟦two-oh-nine⟧ and the extension is new.",
    "They rang 101 and then 999.",
    "It was 01/02/2019 at 10.30, and 24/7 after that.",
    "We had 1,200 referrals and 350 plans in 2019.",
    "NHS number 999 123 4560 is not a phone.",
    "one two three and off we went",
    "two or three kids, four or five times a week",
    "He was fourteen, fifteen, sixteen at most.",
    "The grant was 250000 pounds.",
)

# 07700 900123, (01632) 960 123, 0044 1632 960123, +44 (0)7700 900123. Digits are counted afterwards.
_WRITTEN = re.compile(r"(?<![\w/.])(?:\+44|0044|\(?0)[\d\s().\-–]{8,16}\d(?![\d/])")
# +33 6 39 98 12 34: any other country's number shows its plus.
_FOREIGN = re.compile(r"(?<![\w/.])\+(?!44)\d[\d\s().-]{7,16}\d(?![\d/])")
# "ring her on 960123": six to eight digits are a number only where the talk is of ringing.
_LOCAL = caseless(
    r"\b(?:ring|rang|call|called|phone|phoned|text|texted|mobile|landline|tel|number is|number's)\b[^.?!\d]{0,25}"
    r"(?<![\d/])(\d{3,4}\s?\d{3,4})(?![\d/])",
)
# "ext 4417", "extension 4417", "extension four four one seven".
_FIGURE = rf"(?:{CARDINAL}|oh)"
_NUMBER = rf"(?:\d{{2,6}}|{_FIGURE}(?:[\s-]{_FIGURE}){{1,5}})\b"
_EXTENSION = caseless(rf"\bext(?:ension)?\.?(?:\s+number)?\s+{_NUMBER}")
# "my extension's 209"
_EXTENSION_IS = caseless(rf"\bextension(?:\s+number)?(?:['’]s|\s+is|\s+was|:)\s+(?P<number>{_NUMBER})")

_EXTENDED = frozenset({"ext", "extension"})

_IS_WRITTEN = "a telephone number by its first digits and its length"
_IS_SAID = "a telephone number said digit by digit"
_IS_CUED = "a short number where somebody is rung"
_IS_EXTENSION = "an extension"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("phones", find, BEGINS | _EXTENDED | {DIGIT})


def find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    spans = _spans(text) if has_digit(text) else []
    if has_digit(text):
        yield from _written(text, spans)
    for said in said_numbers(text):
        if said.digits.startswith(("07", "01", "02", "03", "08")) and said.digits.isdigit() and said.count >= 5:
            confidence = 0.9 if 10 <= said.count <= 11 else 0.55
            yield Claim(said.start, said.end, Category.CONTACT, "phone", confidence, _IS_SAID)
    for match in _EXTENSION.finditer(text) if word_forms(text) & _EXTENDED else ():
        if not any(end <= match.start() <= end + 3 for _, end in spans):
            yield Claim(match.start(), match.end(), Category.CONTACT, "extension", 0.6, _IS_EXTENSION)
    for match in _EXTENSION_IS.finditer(text) if "extension" in word_forms(text) else ():
        yield Claim(*match.span("number"), Category.CONTACT, "extension", 0.6, _IS_EXTENSION)


def _written(text: str, spans: list[tuple[int, int]]) -> Iterator[Claim]:
    for start, end in spans:
        extension = _EXTENSION.match(text, min(end + 1, len(text)))
        yield Claim(start, extension.end() if extension else end, Category.CONTACT, "phone", 0.9, _IS_WRITTEN)
    for match in _LOCAL.finditer(text):
        if not any(start <= match.start(1) < end for start, end in spans):
            yield Claim(match.start(1), match.end(1), Category.CONTACT, "phone", 0.6, _IS_CUED)


def _spans(text: str) -> list[tuple[int, int]]:
    found = []
    for match in _WRITTEN.finditer(text):
        digits = re.sub(r"\D", "", match[0].replace("(0)", ""))
        national = (
            re.sub(r"^(?:0044|44)", "0", digits)
            if not match[0].startswith(("0", "(")) or digits[:4] == "0044"
            else digits
        )
        if 10 <= len(national) <= 11 and national[1] in "123578":
            found.append(match.span())
    found.extend(match.span() for match in _FOREIGN.finditer(text))
    return found
