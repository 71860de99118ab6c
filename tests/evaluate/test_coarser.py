import pytest

from deid.evaluate.coarser import misstates, still_tells


@pytest.mark.parametrize(
    ("original", "replacement", "category"),
    [
        ("fourteen", "[aged 14]", "AGE"),
        ("14-year-old", "a fourteen-year-old", "AGE"),
        ("Chatham", "[Chatham]", "PLACE"),
        ("Chatham", "[a street in CHATHAM]", "PLACE"),
        ("Zoë Brâncuși", "Brancusi, Zoe", "PERSON"),
        ("3 May 2019", "2019, May 3", "DATE"),
        ("2018", "[year 2018]", "DATE"),
        ("Chatham", "[Town 27, Chatham]", "PLACE"),
        ("council in Chatham", "[Council in Chatham 3]", "AGENCY"),
    ],
)
def test_what_still_tells(original: str, replacement: str, category: str) -> None:
    assert still_tells(original, replacement, category)


@pytest.mark.parametrize(
    ("original", "replacement", "category"),
    [
        ("fourteen", "[aged 13 to 15]", "AGE"),
        ("fourteen", "[Age 31]", "AGE"),
        ("Chatham", "[town in Medway]", "PLACE"),
        ("Rochester High Street", "[street in Rochester]", "PLACE"),
        ("3 May 2019", "spring 2019", "DATE"),
        ("3 May 2019", "May 2019", "DATE"),
        ("Wilma", "[Person 9]", "PERSON"),
        ("@", "[Contact 3]", "CONTACT"),
        ("the council", "the [Council 403]", "AGENCY"),
        ("operation", "[Operation 7]", "CASE"),
    ],
)
def test_what_is_coarser(original: str, replacement: str, category: str) -> None:
    assert not still_tells(original, replacement, category)


@pytest.mark.parametrize(
    ("original", "replacement", "category", "is_wrong"),
    [
        ("fourteen", "[aged 13 to 15]", "AGE", False),
        ("fourteen", "[aged 16 to 17]", "AGE", True),
        ("fourteen", "[Age 31]", "AGE", False),
        ("3 May 2019", "spring 2019", "DATE", False),
        ("3 May 2019", "May 2019", "DATE", False),
        ("3 May 2019", "2020", "DATE", True),
        ("3 May 2019", "June 2019", "DATE", True),
        ("Chatham", "Dover", "PLACE", False),
    ],
)
def test_a_band_or_a_month_that_does_not_hold_the_value_is_wrong(
    original: str, replacement: str, category: str, is_wrong: bool
) -> None:
    assert misstates(original, replacement, category) is is_wrong
