"""What a claim says of the thing that it found: category, kind, and whether a person has to look at it."""

import pytest

from deid.model import Category
from tests.detect.recognisers.claims import SURE, UNSURE, claims, confidence


@pytest.mark.parametrize(
    ("recogniser", "example", "text", "category", "kind"),
    [
        ("streets", "on Tansy Road", "Tansy Road", Category.PLACE, "street"),
        ("streets", "Tansy Road, number 12", "12", Category.PLACE, "house_number"),
        ("streets", "on the A999", "A999", Category.PLACE, "road_number"),
        ("postcodes", "at QX9 9ZZ", "QX9 9ZZ", Category.PLACE, "postcode"),
        ("postcodes", "round QX9", "QX9", Category.PLACE, "postcode_district"),
        ("premises", "the Tansy estate", "Tansy estate", Category.PLACE, "estate"),
        ("agency_patterns", "at Tansy Academy", "Tansy Academy", Category.AGENCY, "school"),
        ("agency_patterns", "at Plover House", "Plover House", Category.AGENCY, "home"),
        ("agency_openings", "in HMP Tansy", "HMP Tansy", Category.AGENCY, "prison"),
        ("agency_openings", "She's at St Anselm's.", "St Anselm's", Category.AGENCY, "school"),
        ("agency_openings", "She lives in St Anselm's.", "St Anselm's", Category.PLACE, "parish"),
        ("operations", "Operation Tansy ran", "Operation Tansy", Category.CASE, "operation_name"),
        ("reviews", "the Tansy review", "Tansy review", Category.CASE, "review"),
        ("emails", "to doe@tansy.example", "doe@tansy.example", Category.CONTACT, "email"),
        ("phones", "on 07700 900123", "07700 900123", Category.CONTACT, "phone"),
        ("web", "he's @jay_9 there", "@jay_9", Category.CONTACT, "handle"),
        ("uk_numbers", "NHS number 999 123 4560", "999 123 4560", Category.IDENTIFIER, "uk_nhs"),
        ("vehicles", "a van, KX19 ZZV", "KX19 ZZV", Category.IDENTIFIER, "number_plate"),
        ("dates", "born on 04/07/1991", "04/07/1991", Category.DATE, "date_of_birth"),
        ("dates", "on 2 August 2016", "2 August 2016", Category.DATE, "date"),
        ("dates", "in summer 2018", "summer 2018", Category.DATE, "season"),
        ("years", "in 2015", "2015", Category.DATE, "year"),
        ("tagged", "It was ‹TAGGED_DATE|early 2017›, she said.", "early 2017", Category.DATE, "year"),
        ("tagged", "It was ‹TAGGED_DATE|April 2017›, she said.", "April 2017", Category.DATE, "date"),
        ("ages", "He was sixteen.", "sixteen", Category.AGE, "age"),
        ("traits", "He's Malian.", "Malian", Category.TRAIT, "origin"),
        ("traits", "He's got ADHD.", "ADHD", Category.TRAIT, "health"),
        ("traits", "She's Sikh.", "Sikh", Category.TRAIT, "faith"),
        ("unique", "the only woman on the team", "only woman on the team", Category.TRAIT, "unique"),
        ("roles", "I'm the named nurse here.", "named nurse", Category.ROLE, "job"),
    ],
)
def test_a_claim_names_its_category_and_kind(
    recogniser: str, example: str, text: str, category: Category, kind: str
) -> None:
    claim = claims(recogniser, example)[text]
    assert (claim.category, claim.kind) == (category, kind)


@pytest.mark.parametrize(
    ("recogniser", "example", "text"),
    [
        ("years", "I came in 2015.", "2015"),
        ("acronyms", "It went to the NKSB.", "NKSB"),
        ("workplaces", "She works for Northern Beacon.", "Northern Beacon"),
        ("model_agencies", "Then ‹ORG|Northern Beacon› came.", "Northern Beacon"),
        ("model_places", "it was in ‹CITY|tansy› then", "tansy"),
        ("long_numbers", "It said 8817263 there.", "8817263"),
        ("phones", "it's oh seven seven double o something", "oh seven seven double o"),
        ("agency_patterns", "she was placed at plover house with two staff", "plover house"),
    ],
)
def test_a_doubtful_claim_is_replaced_and_put_to_review(recogniser: str, example: str, text: str) -> None:
    assert UNSURE <= confidence(recogniser, example, text) < SURE


def test_coming_of_age_stays_and_is_listed() -> None:
    assert 0 < confidence("ages", "He'd turned eighteen by then.", "eighteen") < UNSURE
    assert confidence("ages", "He'd turned thirteen by then.", "thirteen") >= SURE
