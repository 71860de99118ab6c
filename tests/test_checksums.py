import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.checksums import is_learner_number, is_nhs_number, is_pupil_number


def test_public_examples_pass() -> None:
    assert is_nhs_number("943 476 5919")
    assert is_learner_number("9276308686")
    assert is_pupil_number("B801200005001")


@pytest.mark.parametrize("value", ["", "943 476 591", "943 476 5918", "94347659190", "abc"])
def test_what_is_no_nhs_number(value: str) -> None:
    assert not is_nhs_number(value)


@pytest.mark.parametrize("value", ["0276308686", "9276308687", ""])
def test_what_is_no_learner_number(value: str) -> None:
    assert not is_learner_number(value)


@pytest.mark.parametrize("value", ["A801200005001", "I801200005001", "B80120000500", "B80120000500S", ""])
def test_what_is_no_pupil_number(value: str) -> None:
    assert not is_pupil_number(value)


def test_a_temporary_pupil_number_ends_in_a_letter() -> None:
    assert sum(is_pupil_number(f"{letter}80120000500A") for letter in "ABCDEFGHJKLMNPQRTUVWXYZ") == 1


@given(st.integers(0, 10**9 - 1))
def test_at_most_one_last_digit_makes_an_nhs_number(first_nine: int) -> None:
    assert sum(is_nhs_number(f"{first_nine:09}{last}") for last in range(10)) <= 1


@given(st.integers(10**8, 10**9 - 1))
def test_no_number_is_an_nhs_number_and_a_learner_number(first_nine: int) -> None:
    both = [
        last for last in range(10) if is_nhs_number(f"{first_nine}{last}") and is_learner_number(f"{first_nine}{last}")
    ]
    assert both == []
