import pytest

from deid.region import Region
from deid.resolve.nicknames import LISTED, SAME, SHAPED, first_names, is_by_name, sureness

NAMES = first_names(
    Region(
        "test",
        nicknames={
            "Gary": ("Gaz", "Gazza"),
            "Samuel": ("Sam",),
            "Samantha": ("Sam", "Sammy", "Mantha"),
            "John": ("Jack", "Johnny"),
            "Jack": ("Jacko",),
        },
    )
)


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
        ("sam", "mantha", 0),  # two short forms of one name are not one form
        ("jack", "john", SHAPED),  # most Jacks are Jack
        ("jack", "jackson", 0),  # a name of its own
        ("jo", "joanna", 0),  # two letters tell nothing
        ("mark", "martin", 0),
        ("ann", "joann", 0),
    ],
)
def test_how_surely_one_name_stands_for_another(short: str, name: str, level: int) -> None:
    assert sureness(short, name, NAMES) == level


def test_a_by_name_comes_from_a_surname_and_is_no_first_name() -> None:
    assert is_by_name("tolly", "tolworth", NAMES)
    assert not is_by_name("will", "williams", NAMES)
    assert not is_by_name("gaz", "gazely", NAMES)
