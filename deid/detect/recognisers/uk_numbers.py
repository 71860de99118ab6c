"""National numbers of a person: NHS, National Insurance, pupil, learner, passport, driving licence."""

import re
from collections.abc import Callable, Iterator

from presidio_analyzer import EntityRecognizer, PatternRecognizer
from presidio_analyzer.predefined_recognizers import (
    NhsRecognizer,
    UkDrivingLicenceRecognizer,
    UkNinoRecognizer,
    UkPassportRecognizer,
)

from deid.checksums import is_learner_number, is_pupil_number
from deid.config import Settings
from deid.detect.labelled import Label, announced, any_of
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.triggers import DIGIT
from deid.detect.vocabulary import word_set
from deid.detect.words import has_digit
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "NHS number ⟦999 123 4560⟧, if you need it.",
    "It was under ⟦9991234578⟧ on the system and nobody looked.",
    "her nhs number is ⟦nine nine nine one two three four five six oh⟧",
    "the NHS number was ⟦999 123 4567⟧, which fails its check but is said to be one",
    "National Insurance ⟦AB 12 34 56 C⟧ on the form.",
    "ni number's ⟦qq123456c⟧",
    "Her UPN's ⟦Z123456789012⟧.",
    "I had ⟦B801200005001⟧ at the top of the page.",
    "the upn is ⟦H801200001001⟧",
    "ULN ⟦9276308686⟧ for the college.",
    "Passport ⟦123456789⟧, or maybe it was passport number ⟦AB1234567⟧.",
    "driving licence ⟦MORGA657054SM9IJ⟧ came back clear",
    "The driving licence number is ⟦MORGA 657054 SM9IJ⟧.",
    "We spent 1234567890 on it.",
    "The NHS has 1.3 million staff, 2019 was bad.",
    "I need the NHS number and the UPN before nine.",
    "passport to leisure, 10 pounds a year",
    "her national insurance hasn't come through",
)

# Presidio's own patterns: (recogniser, kind, confidence). NhsRecognizer checks the check digit.
_PRESIDIO: tuple[tuple[Callable[[], PatternRecognizer], str, float], ...] = (
    (NhsRecognizer, "uk_nhs", 0.9),
    (UkNinoRecognizer, "uk_nino", 0.85),
    (UkDrivingLicenceRecognizer, "uk_driving_licence", 0.85),
    (UkPassportRecognizer, "uk_passport", 0.5),
)
_LABELS = (
    Label("uk_nhs", r"nhs(?:\s+(?:number|no|num|id))?", r"\d{3}[\s-]?\d{3}[\s-]?\d{4}", confidence=0.95, fewest_said=9),
    Label(
        "uk_nino",
        r"national insurance|ni number|nino|ni",
        r"[a-z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[a-d]?",
        confidence=0.95,
    ),
    Label("uk_upn", r"upn|pupil number", r"[a-z]\s?\d{3}\s?\d{4}\s?\d{4}[\da-z]", confidence=0.95, fewest_said=8),
    Label("uk_uln", r"uln|learner (?:number|reference)", r"\d{10}", confidence=0.95, fewest_said=8),
    Label("uk_passport", r"passport", r"[a-z]{0,2}\d{7,9}", fewest_said=7),
    Label(
        "uk_driving_licence",
        r"driving licen[cs]e|licen[cs]e number",
        r"[a-z]{1,5}9{0,4}\s?\d{6}\s?[a-z9]{2}\s?\w\s?\w{2}",
        confidence=0.95,
    ),
)
_ANY_LABEL = any_of(_LABELS)
_LABEL_WORDS = word_set("nhs national ni nino upn pupil uln learner passport driving licence license")
# B801200005001: the check letter makes a chance hit unlikely, so no label is needed.
_PUPIL = re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]\b")
# 9276308686 is only told from a telephone or an NHS number by its check digit and by the talk of learners.
_LEARNER = re.compile(r"\b[1-9]\d{9}\b")

# Every national number has six digits or more, perhaps in groups; most passages have not.
_MANY_DIGITS = re.compile(r"(?:\d[\s-]?){6}")

_CHECKED = "a national number by its form and check digit"
_FORM = "a national number by its form"
_SAID = "a national number that its name announces"
_TRIGGERS = _LABEL_WORDS | {DIGIT}


def build(settings: Settings, region: Region) -> EntityRecognizer:
    recognisers = [(make(), kind, confidence) for make, kind, confidence in _PRESIDIO]

    def find(passage: Passage) -> Iterator[Claim]:
        text = passage.text
        if _ANY_LABEL.search(text):
            yield from announced(text, _LABELS, _SAID)
        if not has_digit(text) or not _MANY_DIGITS.search(text):
            return
        for recogniser, kind, confidence in recognisers:
            for result in recogniser.analyze(text, recogniser.supported_entities):
                if kind != "uk_nhs" or text[result.start] != "0":  # ten digits from 0 on are a telephone number
                    yield Claim(result.start, result.end, Category.IDENTIFIER, kind, confidence, _FORM)
        for match in _PUPIL.finditer(text):
            confidence = 0.95 if is_pupil_number(match[0]) else 0.6
            yield Claim(match.start(), match.end(), Category.IDENTIFIER, "uk_upn", confidence, _CHECKED)
        if re.search(r"\b(?:college|learner|uln|course)", text, re.IGNORECASE):
            for match in _LEARNER.finditer(text):
                if is_learner_number(match[0]):
                    yield Claim(match.start(), match.end(), Category.IDENTIFIER, "uk_uln", 0.7, _CHECKED)

    return as_recogniser("uk_numbers", find, _TRIGGERS)
