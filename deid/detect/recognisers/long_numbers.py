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
from deid.detect.words import has_digit
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "It said ⟦8817263⟧ on the label.",
    "the code was ⟦QX-771829-B⟧ or so",
    "and then ⟦four four one seven nine two⟧ was all she said",
    "I wrote ⟦forty four stroke one seven nine two one⟧ on my hand",
    "We spent £250,000, or 250000 pounds, on 1,200 children.",
    "From 2009-2010, or 2024/25, on and off.",
    "It was 2019, then 10.30, then 24/7.",
    "one two three four and off we go",
    "thirteen fourteen fifteen year olds, twenty thirty of them",
    "a hundred and twenty five thousand people",
    "00:31:07 into the tape, at 12:15:30",
)

# 8817263, QX-771829-B, 99/882/71: six digits or more in one piece, with letters or separators among them.
_WRITTEN = re.compile(r"(?<![\w£$€.,/:-])[A-Za-z]{0,4}[-/]?\d[\dA-Za-z]*(?:[-/][\dA-Za-z]+){0,4}(?![\w%/]|[.,:]\d)")
# Behind a number these make an amount of it, before it a currency does.
_AMOUNT = caseless(r"\s?(?:pounds|quid|people|children|kids|euros|dollars|miles|words|hours|million|thousand|k\b|p\b)")
_YEARS = re.compile(r"(?:19|20)\d\d[-/](?:(?:19|20)\d\d|\d\d)")
_FEWEST = 6

_LONG = "a number too long for a count, which nothing announces"
_SAID = "a long number said digit by digit, which nothing announces"


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("long_numbers", find, BEGINS | {DIGIT})


def find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    if has_digit(text):
        for match in _WRITTEN.finditer(text):
            is_long = sum(map(str.isdigit, match[0])) >= _FEWEST and not _YEARS.fullmatch(match[0])
            if is_long and not _AMOUNT.match(text, match.end()):
                yield Claim(match.start(), match.end(), Category.IDENTIFIER, "number", 0.5, _LONG)
    for number in said_numbers(text):
        # Teens and tens in a row are ages and guesses; a number read out has digits in it.
        if number.count >= _FEWEST and number.spelt >= 4 and not _AMOUNT.match(text, number.end):
            yield Claim(number.start, number.end, Category.IDENTIFIER, "number", 0.5, _SAID)
