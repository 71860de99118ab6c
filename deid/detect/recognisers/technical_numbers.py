"""Cards, bank accounts, devices and addresses on a network, by Presidio's own patterns and check digits."""

import re
from collections.abc import Callable, Iterator

from presidio_analyzer import EntityRecognizer, PatternRecognizer
from presidio_analyzer.predefined_recognizers import (
    CreditCardRecognizer,
    IbanRecognizer,
    IpRecognizer,
    MacAddressRecognizer,
    UuidRecognizer,
)

from deid.config import Settings
from deid.detect.caseless import caseless
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.triggers import DIGIT
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "She paid with ⟦4111 1111 1111 1111⟧.",
    "IBAN ⟦GB82 WEST 1234 5698 7654 32⟧ was on the slip.",
    "It came from ⟦192.0.2.14⟧ at night.",
    "The phone's address is ⟦00:00:5E:00:53:01⟧.",
    "Record ⟦123e4567-e89b-12d3-a456-426614174000⟧ was open.",
    "Section 1.2.3 of the form, at 10:30, in 2019.",
    "We had 4111 referrals and 16 strategy meetings.",
    "So:: that was it.",
)

# Presidio's recogniser, the kind, and what a text must hold for it to find anything: a search that costs little.
_PRESIDIO: tuple[tuple[Callable[[], PatternRecognizer], str, str], ...] = (
    (CreditCardRecognizer, "payment_card", r"\d(?:[- ]?\d){12}"),
    (IbanRecognizer, "iban", r"[a-z]{2}\d\d[ -]?[a-z\d]{4}"),
    (IpRecognizer, "ip_address", r"\d\.\d|:[\da-f]*:"),
    (MacAddressRecognizer, "mac_address", r"[\da-f]{2}[:-][\da-f]{2}[:-]|[\da-f]{4}\.[\da-f]{4}\."),
    (UuidRecognizer, "uuid", r"[\da-f]{4}-[\da-f]{4}-"),
)
# Each of these has four digits or more close together, and few passages of speech have.
_SEVERAL_DIGITS = re.compile(r"\d\W?\d\W?\d\W?\d|:[\dA-Fa-f]{2}:")
_WHY = "a technical number by Presidio's pattern and check"
_SHORTEST = 7  # Presidio reads "::" as an address on a network


def build(settings: Settings, region: Region) -> EntityRecognizer:
    recognisers = [(make(), kind, caseless(needs)) for make, kind, needs in _PRESIDIO]

    def find(passage: Passage) -> Iterator[Claim]:
        if not _SEVERAL_DIGITS.search(passage.text):
            return
        woken = [(recogniser, kind) for recogniser, kind, needs in recognisers if needs.search(passage.text)]
        for recogniser, kind in woken:
            for result in recogniser.analyze(passage.text, recogniser.supported_entities):
                if result.end - result.start >= _SHORTEST:
                    yield Claim(result.start, result.end, Category.IDENTIFIER, kind, 0.9, _WHY)

    return as_recogniser("technical_numbers", find, frozenset((DIGIT, ":")))
