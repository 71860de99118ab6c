"""Bodies of a whole country by the shape of their names, the bills of a parliament, and initials behind a name."""

import pytest

from deid.resolve.national import initials_behind, national_stretches


def stretches(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in national_stretches(text)]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("The Department of Education wrote to us.", "Department of Education"),
        ("the Ministry of Justice and then", "Ministry of Justice"),
        ("It was the Office for National Statistics.", "Office for National Statistics"),
        ("His Majesty's Prison and Probation Service came", "His Majesty's Prison and Probation Service"),
        ("HM Courts and Tribunals Service said so", "HM Courts and Tribunals Service"),
        ("the Royal College of Paediatrics and Child Health", "Royal College of Paediatrics and Child Health"),
        ("the International Association for Suicide Prevention", "International Association for Suicide Prevention"),
        ("a National Fire Chiefs Council paper", "National Fire Chiefs Council"),
        ("the Parliamentary and Health Service Ombudsman", "Parliamentary and Health Service Ombudsman"),
        ("NHS Commissioning Board money", "NHS Commissioning Board"),
        ("the Northern Ireland Executive met", "Northern Ireland Executive"),
        ("then the Standards and Testing Agency rang", "Standards and Testing Agency"),
        ("the Association of Directors of Children's Services", "Association of Directors of Children's Services"),
        ("the Commissioner for Children and Young People", "Commissioner for Children and Young People"),
        ("the Health and Care Professions Council wrote", "Health and Care Professions Council"),
        ("the Secretary of State for Health", "Secretary of State for Health"),
        ("They call it Oona's Law now.", "Oona's Law"),
        ("the Crime and Policing Bill is late", "Crime and Policing Bill"),
    ],
)
def test_the_shape_of_a_name_tells_a_national_body(text: str, body: str):
    assert body in stretches(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Department of Coffee on the corner, the Ministry of Sound.",
        "HMP Northfield and His Majesty's Coroner for Pelham.",
        "Royal Harbour Academy and the Royal Oak.",
        "The Pelham Harbour Authority, the Brackwater Agency and the Heron Agency.",
        "the Teasel Inquiry and the Child Sparrow Inquiry",
        "I told Uncle Bill and then Old Bill came.",
        "The Blue Sky Fostering Agency, Deal Society of Arts and the Hope Street Residents Committee.",
        "the White Rose Inquiry",
        "Sandwich Town Council and the Deal and Sandwich Parish Council.",
        "The department rang the ministry.",
    ],
)
def test_what_is_local_or_a_person_has_no_such_shape(text: str):
    assert not stretches(text)


def test_a_name_ends_before_words_that_are_not_english():
    assert stretches("His Majesty's Inspector of Schools Ottoline Farrant") == ["His Majesty's Inspector of Schools"]


@pytest.mark.parametrize(
    ("text", "initials"),
    [
        ("the Advisory Group (QAGE) met", "QAGE"),
        ("the Advisory Group, known as the QAGE, met", "QAGE"),
        ("the Advisory Group, QAGE for short, met", "QAGE"),
        ("the Advisory Group (which I chair) met", ""),
        ("the Advisory Group met QAGE", ""),
    ],
)
def test_initials_are_explained_right_behind_the_name(text: str, initials: str):
    assert initials_behind(text, text.index("Group") + len("Group")) == initials
