"""What the talk calls a body, and what it says only of something beside it."""

import pytest

from deid.resolve.said_kinds import VAGUE, clearer, said_kind


def read(sentence: str) -> str:
    text = sentence.replace("⟦", "").replace("⟧", "")
    return said_kind(text, sentence.index("⟦"), sentence.index("⟧") - 1)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("She was at ⟦Plover House⟧, which is a little children's home out there.", "children's home"),
        ("it was ⟦plover house⟧ the children's home and she went", "children's home"),
        ("A children’s home called ⟦Plover House⟧ shut.", "children's home"),
        ("So the hotel is the ⟦Sea Mill Lodge⟧, just off the road.", "hotel"),
        ("They met at ⟦Sea Mill⟧, a hotel.", "hotel"),
        ("⟦Lapwing⟧ is our only charity for boys.", "charity"),
        ("She rang a charity, ⟦Lapwing⟧, and they came.", "charity"),
        ("a taxi firm called ⟦Saturn⟧", "taxi firm"),
        # Said of something else, or of nothing.
        ("She left ⟦Plover House⟧ and went to a hotel.", ""),
        ("⟦Plover House⟧ rang the school.", ""),
        ("The hotel rang. ⟦Plover House⟧ did not.", ""),
        ("She was at ⟦Plover House⟧ when the school rang.", ""),
    ],
)
def test_the_words_beside_a_name_say_its_kind(sentence: str, kind: str) -> None:
    assert read(sentence) == kind


@pytest.mark.parametrize(
    ("known", "said", "kind"),
    [
        ("home", "hotel", "hotel"),
        ("workplace", "council", "council"),
        ("", "home", "home"),
        ("home", "body", "home"),
        ("school", "hotel", "school"),
        ("home", "", "home"),
    ],
)
def test_a_vague_kind_gives_way_to_a_clear_one(known: str, said: str, kind: str) -> None:
    assert clearer(known, said) == kind
    assert kind not in VAGUE or said in VAGUE
