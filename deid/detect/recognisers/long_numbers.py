"""Any other long number, written or said: too long for a count, so it is replaced and listed for review."""

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.spoken import BEGINS, said_numbers
from deid.detect.triggers import DIGIT
from deid.detect.vocabulary import TENS, UNITS
from deid.detect.words import has_digit, word_forms
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "It said ⟦8817263⟧ on the label.",
    "the code was ⟦QX-771829-B⟧ or so",
    "and then ⟦four four one seven nine two⟧ was all she said",
    "I wrote ⟦forty four stroke one seven nine two one⟧ on my hand",
    "DBS ⟦001 662 771 882⟧, and the card, ⟦6335 9700 1182 3344⟧, was his.",
    "Ofsted number ⟦SC 401 229⟧ it was",
    "my id's ⟦k m p t one one four⟧ and hers is ⟦q q one two three four five six c⟧",
    "She's ⟦88214⟧ and his case ID was ⟦TH-20932⟧, ticket ⟦INC00488⟧, the LADO one ⟦L-1124⟧.",
    "We had 12500 of them in LADO-2019, on the A2070, 12345 people, text it to 85259.",
    "It grew in 2017 2018 2019, i a b one two, and 120 350 400 were the totals.",
    "We spent £250,000, or 250000 pounds, on 1,200 children.",
    "From 2009-2010, or 2024/25, on and off.",
    "It was 2019, then 10.30, then 24/7.",
    "one two three four and off we go",
    "thirteen fourteen fifteen year olds, twenty thirty of them",
    "a hundred and twenty five thousand people",
    "00:31:07 into the tape, at 12:15:30",
)

# 8817263, QX-771829-B, 99/882/71: six digits or more in one piece, with letters or separators among them.
_WRITTEN = re.compile(r"(?<![\w£$€.,/:-])[A-Za-z]{0,5}[-/]?\d[\dA-Za-z]*(?:[-/][\dA-Za-z]+){0,4}(?![\w%/]|[.,:]\d)")
# Behind a number these make an amount of it, before it a currency does.
_AMOUNT = caseless(r"\s?(?:pounds|quid|people|children|kids|euros|dollars|miles|words|hours|million|thousand|k\b|p\b)")
_YEARS = re.compile(r"(?:19|20)\d\d[-/](?:(?:19|20)\d\d|\d\d)")
_FEWEST = 6
# "88214", "TH-20932", "INC00488": five figures that are not round, or four and more behind letters, and no year.
_SHORT = re.compile(
    r"(?<!\bto )\d{3}(?!00)\d\d|[A-Z]{1,5}[-/](?!(?:19|20)\d\d\b)\d{4,5}|[A-Z]{2,5}(?!(?:19|20)\d\d\b)\d{4,5}"
)
# "001 662 771 882", "SC 401 229": figures in groups, as cards and certificates print them.
_GROUPED = re.compile(r"(?<![\w£$€.,/:-])(?:[A-Z]{1,2}\s)?\d{3,6}(?:[ -]\d{3,6}){1,5}(?![\w%/]|[.,:]\d)")
# "k m p t one one four": letters and figures read out in a row.
_SAID_FIGURE = rf"(?:oh|nought|{'|'.join((*UNITS, *TENS))}|(?:double|treble|triple)\s\w+)"
_READ_OUT = caseless(rf"(?<![\w'’])(?:(?:[a-z]|{_SAID_FIGURE})[\s,-]+){{4,}}(?:[a-z]|{_SAID_FIGURE})\b")
_FIGURE = caseless(_SAID_FIGURE)

_FEWEST_IN_GROUPS = 10
_ALL_YEARS = re.compile(r"(?:(?:19|20)\d\d[ -]?)+")
_LETTER = re.compile(r"(?<![\w'’])[b-hj-zB-HJ-Z](?![\w'’])")
_FIGURE_WORDS = frozenset((*UNITS, *TENS, "double", "oh"))

_LONG = "a number too long for a count, which nothing announces"
_SAID = "a long number said digit by digit, which nothing announces"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("long_numbers", find, BEGINS | {DIGIT})


def find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    if has_digit(text):
        for match in _WRITTEN.finditer(text):
            is_long = sum(map(str.isdigit, match[0])) >= _FEWEST or bool(_SHORT.fullmatch(text, *match.span()))
            is_long = is_long and not _YEARS.fullmatch(match[0])
            if is_long and not _AMOUNT.match(text, match.end()):
                yield Claim(match.start(), match.end(), Category.IDENTIFIER, "number", 0.5, _LONG)
        for match in _GROUPED.finditer(text):
            is_long = sum(map(str.isdigit, match[0])) >= (_FEWEST if match[0][0].isalpha() else _FEWEST_IN_GROUPS)
            if is_long and not _AMOUNT.match(text, match.end()) and not _ALL_YEARS.fullmatch(match[0]):
                yield Claim(match.start(), match.end(), Category.IDENTIFIER, "number", 0.5, _LONG)
    read_out = -1
    for match in _READ_OUT.finditer(text) if word_forms(text) & _FIGURE_WORDS else ():
        figures, letters = len(list(_FIGURE.finditer(match[0]))), len(_LETTER.findall(match[0]))
        if figures >= 3 and letters >= 2:
            read_out = match.end()
            yield Claim(match.start(), match.end(), Category.IDENTIFIER, "number", 0.5, _SAID)
    for number in said_numbers(text):
        # Teens and tens in a row are ages and guesses; a number read out has digits in it.
        if (
            number.start > read_out
            and number.count >= _FEWEST
            and number.spelt >= 4
            and not _AMOUNT.match(text, number.end)
        ):
            yield Claim(number.start, number.end, Category.IDENTIFIER, "number", 0.5, _SAID)
