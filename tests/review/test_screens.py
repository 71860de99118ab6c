"""An act's answer brings the screen that the page names; what is no screen brings nothing."""

import pytest

from deid.review.screens import SCREENS, find


@pytest.mark.parametrize(
    ("address", "pattern", "asked"),
    [
        ("/queue", "/queue", {}),
        ("/queue?card=ab%20c", "/queue", {"card": "ab c"}),
        ("/transcript/P03-1?page=2", "/transcript/{code}", {"code": "P03-1", "page": "2"}),
        ("/thing/ab%2Fc", "/thing/{entity}", {"entity": "ab/c"}),
    ],
)
def test_a_screen_is_found_by_its_address(address: str, pattern: str, asked: dict[str, str]) -> None:
    assert find(address) == (SCREENS[pattern], {**asked, "path": address.partition("?")[0]})


@pytest.mark.parametrize("address", ["", "queue", "//elsewhere.example", "/thing/", "/thing/a/b", "/enter?token=x"])
def test_nothing_else_is_one(address: str) -> None:
    assert find(address) is None


def test_a_code_in_the_path_is_not_overruled_by_the_question() -> None:
    found = find("/transcript/P03-1?code=P01-1&path=/x")
    assert found is not None and found[1] == {"code": "P03-1", "path": "/transcript/P03-1"}
