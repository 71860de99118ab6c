"""The last step: an output reads back as it was written, and what was dismissed stays where it was judged."""

from deid.check.gate import GateWords, gate, overlooked, shared_words
from deid.model import Category, Dismissal, Entity, Finding, Replacement, Segment, Span, Transcript

WORDS = GateWords(plain=frozenset("i hope we rang her and".split()), public=frozenset())
KNOWN = WORDS.forms(
    [
        Entity("e1", Category.PERSON, "", forms=("Hope Oddington", "Hope")),
        Entity("e2", Category.PERSON, "", forms=("Quillby",)),
    ]
)
SOURCE = Transcript("P01-1", (Segment("speech", "I hope we rang Hope Oddington, Quillby and Hope.", 1),))
NAME = Span(0, 15, 29)
REPLACED = (Replacement(NAME, "[Person 41]", "pseudonymization"),)


def written(*replacements: Replacement) -> list[Segment]:
    text = SOURCE.segments[0].text
    for one in sorted(replacements, key=lambda one: one.span, reverse=True):
        text = text[: one.span.start] + one.text + text[one.span.end :]
    return [Segment("speech", text, 1)]


def held(segments: list[Segment], *dismissed: Dismissal, replacements: tuple[Replacement, ...] = REPLACED) -> list[str]:
    found = gate(segments, (), transcript=SOURCE, replacements=replacements, dismissed=dismissed, forms=KNOWN)
    return [one.why for one in found]


def dismissal(start: int, end: int) -> Dismissal:
    return Dismissal(Finding(Span(0, start, end), Category.PERSON, "", 0.3, "test", "because"), "a word here")


def test_an_output_that_reads_back_otherwise_is_held_whole() -> None:
    assert held([Segment("speech", "something else", 1)]) == ["it does not read back as it was written"]


def test_what_is_left_is_held_and_what_was_judged_is_not() -> None:
    left = held(written(*REPLACED))
    assert left.count("a distinctive form") == 1, "Quillby"
    assert left.count("a known form that nobody considered here") == 1, "leaks of one reason and turn are told once"
    both = (*REPLACED, Replacement(Span(0, 31, 38), "[Person 7]", "pseudonymization"))
    assert held(written(*both), dismissal(2, 6), dismissal(43, 47), replacements=both) == []
    assert held(written(*both), dismissal(2, 6), replacements=both) == ["a known form that nobody considered here"]


def test_a_distinctive_form_left_over_is_found_in_the_sources_own_places() -> None:
    (found,) = overlooked(SOURCE, REPLACED, KNOWN)
    assert SOURCE.segments[0].text[found.span.start : found.span.end] == "Quillby"


def test_a_word_in_small_letters_is_the_word_and_one_with_a_capital_is_asked_about() -> None:
    judged, doubts = shared_words(SOURCE, REPLACED, (), KNOWN)
    places = {SOURCE.segments[0].text[one.finding.span.start : one.finding.span.end]: one.reason for one in judged}
    assert places["hope"] == "an English word in lower case"
    assert [SOURCE.segments[0].text[one.span.start : one.span.end] for one in doubts] == ["Hope"]
