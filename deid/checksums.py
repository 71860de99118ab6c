"""Check digits of British numbers."""

import re

# Position of a pupil number's check letter; I, O and S are left out of it.
_PUPIL_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def is_nhs_number(value: str) -> bool:
    """Ten digits; weights 10 to 2 over the first nine; 11 minus the sum modulo 11 is the last (11 is 0, 10 never)."""
    digits = _digits(value)
    if len(digits) != 10:
        return False
    total = sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False))
    return (11 - total % 11) % 11 == digits[9]


def is_learner_number(value: str) -> bool:
    """Ten digits, the first not 0; weights 10 to 1 over all of them leave 10 modulo 11."""
    digits = _digits(value)
    if len(digits) != 10 or digits[0] == 0:
        return False
    return sum(weight * digit for weight, digit in zip(range(10, 0, -1), digits, strict=True)) % 11 == 10


def is_pupil_number(value: str) -> bool:
    """A letter and twelve characters, the last of which may be a letter (a temporary number)."""
    number = re.sub(r"\s", "", value).upper()
    if not re.fullmatch(r"[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]", number):
        return False
    values = [int(character) if character.isdigit() else _PUPIL_LETTERS.index(character) for character in number[1:]]
    return number[0] == _PUPIL_LETTERS[sum(weight * each for weight, each in enumerate(values, 2)) % 23]


def _digits(value: str) -> list[int]:
    return [int(character) for character in value if character.isdigit()]
