import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deid.model import Category, Entity, Mention, Replacement, Segment, Span, Transcript
from deid.pseudonymise.assign import assign
from deid.pseudonymise.policy import load_policy
from deid.pseudonymise.rewrite import put, replacements, rewrite
from deid.region import Region

TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Z")), min_size=1, max_size=60)


@st.composite
def text_and_replacements(draw: st.DrawFn) -> tuple[str, list[Replacement]]:
    text = draw(TEXTS)
    edges = sorted(draw(st.lists(st.integers(0, len(text)), unique=True, max_size=10)))
    pairs = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False) if a < b]
    return text, [Replacement(Span(0, a, b), draw(st.text(max_size=12)), "pseudonymization") for a, b in pairs]


def sliced(text: str, parts: list[Replacement]) -> str:
    for one in reversed(parts):
        text = text[: one.span.start] + one.text + text[one.span.end :]
    return text


@settings(deadline=None)  # the first case loads presidio-anonymizer
@given(text_and_replacements())
def test_presidio_puts_text_exactly_where_slicing_would(case: tuple[str, list[Replacement]]) -> None:
    text, parts = case
    assert put(text, parts) == sliced(text, parts)


def test_neighbours_with_the_same_words_stay_two() -> None:
    one = Replacement(Span(0, 0, 5), "[Person 9]", "pseudonymization")
    other = Replacement(Span(0, 6, 11), "[Person 9]", "pseudonymization")
    assert put("Grace Grace", [one, other]) == "[Person 9] [Person 9]"


def test_a_stretch_that_becomes_nothing_is_gone() -> None:
    assert put("a b c", [Replacement(Span(0, 1, 3), "", "suppression")]) == "a c"


def test_everything_else_stays_as_it_was() -> None:
    transcript = Transcript(
        "P01-1", (Segment("speaker", "INT", 1, "0:03"), Segment("speech", "I rang Ann.", 1, "0:03"))
    )
    changed = rewrite(transcript, [Replacement(Span(1, 7, 10), "[Person 9]", "pseudonymization")])
    assert changed.segments[0] is transcript.segments[0]
    assert changed.segments[1] == Segment("speech", "I rang [Person 9].", 1, "0:03")


def test_overlapping_replacements_are_refused() -> None:
    transcript = Transcript("P01-1", (Segment("speech", "I rang Ann.", 1),))
    parts = [Replacement(Span(0, 2, 8), "x", "masking"), Replacement(Span(0, 7, 10), "y", "masking")]
    with pytest.raises(ValueError, match="never overlap"):
        rewrite(transcript, parts)


def test_one_replacement_a_mention_and_none_for_what_is_kept() -> None:
    text = "An Oxmoor officer, Ann Vane, came to an Oxmoor flat in 2018."
    transcript = Transcript("P01-1", (Segment("speech", text, 1),))
    entities = [
        Entity("e1", Category.PLACE, "town", forms=("Oxmoor",)),
        Entity("e2", Category.PERSON, "", forms=("Ann Vane",)),
        Entity("e3", Category.DATE, "", forms=("2018",)),
    ]
    mentions = [
        Mention(Span(0, text.index(form, start), text.index(form, start) + len(form)), name)
        for form, start, name in (("Oxmoor", 0, "e1"), ("Ann Vane", 0, "e2"), ("Oxmoor", 20, "e1"), ("2018", 0, "e3"))
    ]
    policy = load_policy("archive")
    assigned = assign(entities, {"P01-1": mentions}, {}, "archive", policy, Region("test"), b"k" * 32)
    parts = replacements(transcript, mentions, assigned, policy)
    assert len(parts) == 3
    town, person = assigned.tokens["e1"], assigned.tokens["e2"]
    assert rewrite(transcript, parts).segments[0].text == (
        f"A [{town}] officer, [{person}], came to a [{town}] flat in 2018."
    )


def test_a_name_that_a_caption_cuts_is_written_once() -> None:
    cues = ("and then ashok", "balan came to oxmoor", "so ashok", "ashok, he said")
    transcript = Transcript("P01-1", tuple(Segment("speech", text, 1) for text in cues))
    person = Entity("e1", Category.PERSON, "", forms=("ashok balan", "ashok"))
    spans = (Span(0, 9, 14), Span(1, 0, 5), Span(2, 3, 8), Span(3, 0, 5))
    mentions = [Mention(span, "e1") for span in spans]
    policy = load_policy("archive")
    assigned = assign([person], {"P01-1": mentions}, {}, "archive", policy, Region("test"), b"k" * 32)
    shown = rewrite(transcript, replacements(transcript, mentions, assigned, policy))
    name = f"[{assigned.tokens['e1']}]"
    assert [segment.text for segment in shown.segments] == [
        f"and then {name}",
        "came to oxmoor",
        f"so {name}",
        f"{name}, he said",
    ]
