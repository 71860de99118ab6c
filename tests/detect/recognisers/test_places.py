import pytest

from deid.model import Category
from tests.detect.recognisers.claims import SURE, UNSURE, claims, confidence


def sure(example: str, name: str) -> float:
    return confidence("places", example, name)


def test_a_place_of_the_pack_is_sure_in_any_case() -> None:
    assert sure("He lives in Northbourne.", "Northbourne") >= 0.9
    assert sure("he lives in northbourne", "northbourne") >= 0.9
    assert sure("He lives in northbourne, I think.", "northbourne") >= SURE


@pytest.mark.parametrize(
    "cue", ["in Teal", "near Teal", "Northbourne, Teal and", "the Teal estate", "Teal, near Northbourne"]
)
def test_a_name_that_is_a_word_is_sure_with_a_cue(cue: str) -> None:
    assert sure(f"It was {cue}, they said.", "Teal") >= SURE


def test_a_cue_that_also_leads_to_people_leaves_it_unsure() -> None:
    assert UNSURE <= sure("We heard from Teal about it.", "Teal") < SURE


def test_without_a_cue_it_is_only_listed() -> None:
    assert 0 < sure("I think Teal was quiet.", "Teal") < UNSURE
    assert 0 < sure("Teal was quiet.", "Teal") < UNSURE


def test_a_model_that_reads_a_place_is_a_cue_and_one_that_reads_a_person_is_none() -> None:
    assert sure("I think ‹GPE|Teal› was quiet.", "Teal") >= SURE
    assert sure("I think ‹PERSON|Teal› was quiet.", "Teal") == 0


def test_in_lower_case_the_cue_must_carry_it() -> None:
    assert UNSURE <= sure("he lives in teal with his nan", "teal") < SURE
    assert UNSURE <= sure("the bus to teal never came", "teal") < SURE
    assert sure("a teal jumper and a rush job", "teal") == 0
    assert sure("it takes a day to rush of course", "rush") == 0


def test_a_list_with_a_sure_place_is_a_cue() -> None:
    assert sure("i cover northbourne and teal and rush", "rush") >= UNSURE


def test_three_ambiguous_names_in_a_row_are_places() -> None:
    assert all(sure("Teal, Rush, Fern, all of them.", name) >= UNSURE for name in ("Teal", "Rush", "Fern"))
    assert sure("Teal, Rush, then home.", "Rush") < UNSURE


def test_a_name_behind_a_title_is_a_person() -> None:
    assert not claims("places", "Mr Northbourne said so.")


def test_a_place_inside_an_agency_is_the_agencys_name() -> None:
    assert not claims("places", "She joined Northbourne Borough Council.")


def test_a_hospital_is_a_body() -> None:
    assert claims("places", "She was at Lapwing Hospital.")["Lapwing Hospital"].category is Category.AGENCY


def test_an_article_is_no_part_of_a_by_name() -> None:
    assert "Bourne" in claims("places", "They came over from the Bourne.")
