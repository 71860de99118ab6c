from hypothesis import given
from hypothesis import strategies as st

from deid.model import Replacement, Span
from deid.spans import Shift

TEXT = "".join(chr(0x100 + n) for n in range(40))


@st.composite
def edits(draw: st.DrawFn) -> tuple[Replacement, ...]:
    cuts = sorted(draw(st.sets(st.integers(0, len(TEXT)), max_size=12)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return tuple(Replacement(Span(0, a, b), draw(st.sampled_from(["", "x", "[Person 4]"])), "t") for a, b in pairs)


def apply(replacements: tuple[Replacement, ...]) -> str:
    text = TEXT
    for one in reversed(replacements):
        text = text[: one.span.start] + one.text + text[one.span.end :]
    return text


@given(edits())
def test_untouched_characters_go_there_and_back(replacements: tuple[Replacement, ...]) -> None:
    shift, output = Shift(replacements), apply(replacements)
    for place, letter in enumerate(TEXT):
        if any(one.span.start <= place < one.span.end for one in replacements):
            continue
        moved = shift.forward(Span(0, place, place + 1))
        assert moved is not None
        assert output[moved.start : moved.end] == letter
        assert shift.back(0, moved.start, moved.end) == (place, place + 1)
        assert not shift.is_ours(0, moved.start, moved.end)


@given(edits())
def test_a_replacement_stands_where_it_is_said_to_stand(replacements: tuple[Replacement, ...]) -> None:
    shift, output = Shift(replacements), apply(replacements)
    for one in replacements:
        place = shift.new_text(one)
        assert (place is None) == (not one.text)
        if place:
            assert output[place.start : place.end] == one.text
            assert shift.is_ours(0, place.start, place.end)
            assert shift.back(0, place.start, place.end) == (one.span.start, one.span.end)
            assert shift.forward(one.span) == place


def test_an_end_inside_a_replaced_stretch_snaps_outwards() -> None:
    shift = Shift([Replacement(Span(0, 5, 10), "[P]", "t")])
    assert shift.forward(Span(0, 2, 7)) == Span(0, 2, 8)
    assert shift.forward(Span(0, 7, 12)) == Span(0, 5, 10)
