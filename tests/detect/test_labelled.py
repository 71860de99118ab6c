from deid.detect.labelled import Label, announced, any_of

LABELS = (Label("badge", r"badge", r"\d{3,6}", fewest_said=3),)


def values(text: str) -> list[str]:
    return [text[claim.start : claim.end] for claim in announced(text, LABELS, "why")]


def test_a_value_behind_its_label_is_found_written_or_said() -> None:
    assert values("the badge number, um, it's 4417.") == ["4417"]
    assert values("badge was four four one seven") == ["four four one seven"]


def test_a_number_elsewhere_is_left_alone() -> None:
    assert values("he lost his badge. There were 4417 of them") == []
    assert values("4417 badge") == []
    assert values("badge 44179932") == []


def test_most_passages_have_no_label_at_all() -> None:
    assert any_of(LABELS).search("his BADGE")
    assert not any_of(LABELS).search("badger")
