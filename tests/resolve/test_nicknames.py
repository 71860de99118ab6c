import pytest

from deid.region import Region
from deid.resolve.nicknames import LISTED, SAME, SHAPED, related, sureness

BESIDE = related(Region("test", nicknames={"Gary": ("Gaz", "Gazza"), "Samuel": ("Sam",), "Samantha": ("Sam", "Sammy")}))


@pytest.mark.parametrize(
    ("short", "name", "level"),
    [
        ("gary", "gary", SAME),
        ("gaz", "gary", LISTED),
        ("gary", "gaz", LISTED),
        ("gaz", "gazza", LISTED),
        ("sam", "samantha", LISTED),
        ("ros", "rosalind", SHAPED),
        ("tolly", "tolworth", SHAPED),
        ("nige", "nigel", SHAPED),
        ("samuel", "samantha", 0),
        ("jo", "joanna", 0),  # two letters tell nothing
        ("mark", "martin", 0),
        ("ann", "joann", 0),
    ],
)
def test_how_surely_one_name_stands_for_another(short: str, name: str, level: int) -> None:
    assert sureness(short, name, BESIDE) == level
