import pytest

from deid.values import Ages, Date, read_ages, read_date, read_digits, read_number, season_of


@pytest.mark.parametrize(
    ("text", "number"),
    [("15", 15), ("fifteen", 15), ("fifty-nine", 59), ("nine hundred and fourteen", 914), ("a lot", None), ("", None)],
)
def test_numbers(text: str, number: int | None) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("fourteen", 14, 14),
        ("a fourteen-year-old", 14, 14),
        ("14yo", 14, 14),
        ("13 or 14", 13, 14),
        ("eleven to seventeen", 11, 17),
        ("fifty-nine", 59, 59),
        ("in her mid-thirties", 30, 39),
        ("a teenager in his teens", 13, 19),
        ("fourteen going on forty", 14, 14),
        ("16 years and 4 months", 16, 16),
        ("fifteen and two months", 15, 15),
        ("three weeks short of eighteen", 17, 17),
        ("ten months old", 0, 0),
        ("a few weeks old", 0, 0),
        ("an eight-week-old baby", 0, 0),
    ],
)
def test_ages(text: str, low: int, high: int) -> None:
    assert read_ages(text) == Ages(low, high)


@pytest.mark.parametrize("text", ["the old days", "months", "days of a", "nobody's age", ""])
def test_no_age(text: str) -> None:
    assert read_ages(text) is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("14 April 2021", Date(2021, 4, 14)),
        ("June 22, 2021", Date(2021, 6, 22)),
        ("02/09/1988", Date(1988, 9, 2)),
        ("2/9/88", Date(1988, 9, 2)),
        ("2021-06-22", Date(2021, 6, 22)),
        ("20210622", Date(2021, 6, 22)),
        ("20200719_140233", Date(2020, 7, 19)),
        ("2020-07-19T14:02", Date(2020, 7, 19)),
        ("6th of June 2017", Date(2017, 6, 6)),
        ("the eighth of June", Date(0, 6, 8)),
        ("twenty first of May", Date(0, 5, 21)),
        ("November of 2018", Date(2018, 11)),
        ("february twenty twenty one", Date(2021, 2)),
        ("two thousand and eight", Date(2008)),
        ("nineteen ninety nine", Date(1999)),
        ("twenty fifteen", Date(2015)),
        ("autumn 2019", Date(2019, season="autumn")),
        ("next May", Date(0, 5)),
        ("a while ago", None),
        ("11th of the 3rd 2005", Date(2005, 3, 11)),
        ("the twenty first of the eleventh two thousand and six", Date(2006, 11, 21)),
        ("the first of the thirteenth", None),
    ],
)
def test_dates(text: str, date: Date | None) -> None:
    assert read_date(text) == date


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("07700 900 123", "07700900123"),
        ("oh seven seven double o nine hundred", "077009"),
        ("nine nine nine oh four one", "999041"),
        ("treble nine", "999"),
    ],
)
def test_spoken_digits(text: str, digits: str) -> None:
    assert read_digits(text) == digits


def test_seasons_follow_the_months() -> None:
    assert [season_of(month) for month in (1, 3, 6, 9, 12)] == ["winter", "spring", "summer", "autumn", "winter"]
