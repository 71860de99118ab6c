"""When the name of a place means the people who work for it."""

import pytest

from deid.detect.standing_for import stands_for_a_body


@pytest.mark.parametrize(
    "text",
    [
        "yeah he's ⟦oxmoor⟧ he drove",
        "They're ⟦Oxmoor⟧, you see.",
        "he isn't even ⟦oxmoor⟧",
        "She was ⟦Oxmoor⟧ then",
    ],
)
def test_people_who_are_a_town_work_for_it(text: str) -> None:
    assert _judge(text, is_district=False)


@pytest.mark.parametrize(
    "text",
    [
        "he's in ⟦Oxmoor⟧",
        "She's ⟦Oxmoor⟧ born and bred",
        "it was ⟦Oxmoor⟧",
        "they're ⟦Oxmoor⟧ lads",
        "Bo at ⟦Oxmoor⟧ rang",
    ],
)
def test_a_town_is_a_town(text: str) -> None:
    assert not _judge(text, is_district=False)


def test_nobody_is_at_a_district() -> None:
    assert _judge("Bo at ⟦Harrowside⟧ rang me", is_district=True)
    assert not _judge("he's the kindest man in ⟦Harrowside⟧", is_district=True)
    assert not _judge("Bo at ⟦Harrowside⟧ Academy rang me", is_district=True)


def _judge(text: str, *, is_district: bool) -> bool:
    start, end = text.index("⟦"), text.index("⟧") - 1
    return stands_for_a_body(text.replace("⟦", "").replace("⟧", ""), start, end, is_district=is_district)
