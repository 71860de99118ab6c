"""The words of a fact or a post about which the tagger is firm: no phrase of the trade stays readable inside them."""

from collections.abc import Iterator
from dataclasses import replace

from presidio_analyzer import EntityRecognizer

from deid.config import Settings
from deid.detect.passage import Claim, Passage
from deid.detect.presidio import as_recogniser
from deid.detect.recognisers import tagged
from deid.model import Category
from deid.region import Region

EXAMPLES = (
    "He ‹TAGGED_TRAIT|⟦‹TAGGER_IS_FIRM|captained the county›⟧ under fifteens› once.",
    "She's the ‹TAGGED_ROLE|lead for county lines› up there.",
    "It was ‹TAGGED_AGENCY|‹TAGGER_IS_FIRM|wavelength›› again.",
)

_TOLD = frozenset({Category.TRAIT, Category.ROLE})


def build(settings: Settings, region: Region) -> EntityRecognizer:
    return as_recogniser("firmly_tagged", find)


def find(passage: Passage) -> Iterator[Claim]:
    firm = tagged.firm_stretches(passage)
    for claim in tagged.find(passage) if firm else ():
        for start, end in firm:
            if claim.category in _TOLD and start < claim.end and claim.start < end:
                yield replace(claim, start=max(start, claim.start), end=min(end, claim.end))
