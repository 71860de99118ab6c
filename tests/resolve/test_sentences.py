import pytest

from deid.resolve.sentences import opens_sentence


@pytest.mark.parametrize(
    ("before", "opens"),
    [
        ("", True),
        ("  ", True),
        ("Yes. ", True),
        ("Yes? “", True),
        ("he said, ‘", True),
        ("(...) ", True),
        ("[laughs] ", True),
        ("Date: ", True),
        ("one line\n", True),
        ("so — ", True),
        ("yes - ", True),
        ("and ", False),
        ("and, ", False),
        ("(that) ", False),
        ("well-", False),
        ("Mr ", False),
    ],
)
def test_where_a_capital_says_nothing(before: str, opens: bool) -> None:
    assert opens_sentence(f"{before}Word", len(before)) is opens
