"""Passages are cut from segments and claims come back to the right letters."""

from hypothesis import given
from hypothesis import strategies as st

from deid.detect.passage import NOBODY, Claim
from deid.detect.turns import LONGEST, findings, stretches
from deid.model import Category, Segment, Span, Transcript


def speech(*texts: str, turn: int = 1) -> tuple[Segment, ...]:
    return tuple(Segment("speech", text, turn) for text in texts)


def texts(*segments: Segment) -> list[str]:
    return sorted(stretch.passage.text for stretch in stretches(Transcript("P01", segments), NOBODY))


def claim(start: int, end: int) -> Claim:
    return Claim(start, end, Category.PERSON, "name", 0.9, "a test")


def test_cues_of_one_turn_are_one_passage_with_line_ends_as_spaces() -> None:
    assert texts(*speech("up Folkestone\nRoad", "in Dover")) == ["up Folkestone Road in Dover"]


def test_a_label_between_cues_does_not_part_them_but_a_new_turn_does() -> None:
    label = Segment("speaker", "Tess", 1)
    assert texts(label, *speech("I rang"), label, *speech("Olu"), *speech("Yes", turn=2)) == [
        "I rang Olu", "Tess", "Tess", "Yes",
    ]  # fmt: skip


def test_speech_outside_the_talk_is_not_joined() -> None:
    assert texts(*speech("Participant", "Tess", turn=0)) == ["Participant", "Tess"]


def test_the_speaker_of_a_passage_is_the_label_before_it() -> None:
    segments = (Segment("speaker", "Tess", 1), *speech("I rang"), Segment("speaker", "Olu", 2), *speech("Yes", turn=2))
    read = {stretch.passage.text: stretch.passage.speaker for stretch in stretches(Transcript("P", segments), NOBODY)}
    assert read["I rang"] == "Tess"
    assert read["Yes"] == "Olu"


def test_a_claim_over_a_border_is_one_finding_a_segment_without_spaces_at_the_edge() -> None:
    (stretch,) = stretches(Transcript("P01", speech("I rang Olu ", " Whitcombe")), NOBODY)
    found = [finding.span for finding in findings(stretch, "people", claim(7, 23))]
    assert found == [Span(0, 7, 10), Span(1, 1, 10)]


@given(st.lists(st.text(alphabet="ab \n.", max_size=30), min_size=1, max_size=5), st.data())
def test_a_finding_marks_the_letters_that_were_claimed(parts: list[str], data: st.DataObject) -> None:
    segments = speech(*parts)
    for stretch in stretches(Transcript("P01", segments), NOBODY):
        text = stretch.passage.text
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        marked = [
            segments[f.span.segment].text[f.span.start : f.span.end] for f in findings(stretch, "r", claim(start, end))
        ]
        assert "".join("".join(marked).split()) == "".join(text[start:end].split())


def test_a_line_of_a_million_letters_is_read_in_blocks_that_lose_nothing() -> None:
    line = "so then he went " * 62_500
    read = list(stretches(Transcript("P01", speech(line)), NOBODY))
    assert max(len(stretch.passage.text) for stretch in read) <= LONGEST
    assert "".join(stretch.passage.text for stretch in read) == line
    last = read[-1]
    (finding,) = findings(last, "r", claim(0, 2))
    assert line[finding.span.start : finding.span.end] == last.passage.text[:2]


def test_a_word_longer_than_a_block_is_cut_rather_than_kept_whole() -> None:
    read = list(stretches(Transcript("P01", speech("x" * (3 * LONGEST + 5))), NOBODY))
    assert [len(stretch.passage.text) for stretch in read] == [LONGEST, LONGEST, LONGEST, 5]
