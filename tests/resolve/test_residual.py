"""What nothing has decided about is listed, the most suspicious first, without the words that are safe."""

from deid.model import Category, Dismissal, Finding, Segment, Settled, Span, Transcript
from deid.region import Keep, Region
from deid.resolve.residual import residual

REGION = Region(
    "test", keep=(Keep("Working Together", "everywhere", "guidance"), Keep("SERAF", "everywhere", "framework"))
)


def left(*texts: str, settled: list[Settled] | None = None, dismissed: list[Dismissal] | None = None) -> list[str]:
    transcript = Transcript("P01-1", tuple(Segment("speech", text, n) for n, text in enumerate(texts, 1)))
    doubts = residual(transcript, settled or [], REGION, dismissed or [])
    return [texts[doubt.span.segment][doubt.span.start : doubt.span.end] for doubt in doubts]


def finding(start: int, end: int) -> Finding:
    return Finding(Span(0, start, end), Category.PERSON, "", 0.9, "test", "because")


def test_unknown_names_come_before_numbers_and_plain_words() -> None:
    assert left("So then Zebbit took 4 trips in the Garden with 462913.") == ["Zebbit", "Garden", "462913", "4"]


def test_sentences_may_begin_with_any_english_word() -> None:
    assert left("However, it went well. Nobody knew. “Maybe,” she said. Yes. - Right.") == []


def test_an_unknown_word_at_the_start_of_a_sentence_is_listed_late() -> None:
    assert left("Zebbit came. So I told the Garden people, and Quorf.") == ["Quorf", "Garden", "Zebbit"]


def test_safe_words_do_not_flood_the_list() -> None:
    assert left("On Monday I said I'm sure that I've seen SERAF and Working Together, in May, on WhatsApp.") == []


def test_what_is_settled_or_dismissed_is_decided() -> None:
    text = "I told Zebbit and Quorf."
    one = Settled(Span(0, 7, 13), finding(7, 13))
    assert left(text, settled=[one]) == ["Quorf"]
    assert left(text, settled=[one], dismissed=[Dismissal(finding(18, 23), "decision: keep")]) == []


def test_each_form_is_listed_once_where_it_is_most_suspicious() -> None:
    assert left("Zebbit came.", "I saw Zebbit, and ZEBBIT again.") == ["Zebbit"]


def test_times_of_day_are_no_numbers_to_look_at() -> None:
    assert left("[00:12:31] It was at 9:30 or 09.45.") == []


def test_a_shouted_turn_is_not_a_list_of_names() -> None:
    assert left("YES AND THEN HE WENT HOME") == []


def test_the_reason_never_holds_the_word() -> None:
    transcript = Transcript("P01-1", (Segment("speech", "I told Zebbit 462913.", 1),))
    assert all("Zebbit" not in doubt.why and "462913" not in doubt.why for doubt in residual(transcript, [], REGION))


def test_small_words_and_contractions_are_safe() -> None:
    assert left("So I went. Don’t. He Can't. As if. We Won't, you know. I'd've said So.") == []
