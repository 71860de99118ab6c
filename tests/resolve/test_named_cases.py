"""Operations by their bare name, and whose names stay theirs."""

from deid.model import Category, Entity, Finding, Segment, Span, Transcript
from deid.region import Place, Region
from deid.resolve.named_cases import named_cases

REGION = Region(name="test", places=(Place("Ash", "village"),))


def found(*texts: str, findings: tuple[Finding, ...] = (), known: tuple[Entity, ...] = ()) -> list[str]:
    transcript = Transcript(code="P01-1", segments=tuple(Segment("speech", text, 1) for text in texts))
    result = named_cases({"P01-1": findings}, {"P01-1": transcript}, REGION, known)
    spans = [finding.span for finding in result.get("P01-1", ())]
    return [texts[span.segment][span.start : span.end] for span in spans]


def operation(text: str) -> Finding:
    return Finding(Span(0, 0, len(text)), Category.CASE, "operation_name", 0.9, "operations", "because")


def test_an_operation_that_was_named_is_found_by_its_bare_name() -> None:
    texts = ("Operation Zorbing", "Then zorbing came, I mean Zorbing.", "zorbing was in june")
    assert found(*texts, findings=(operation(texts[0]),)) == ["Zorbing", "zorbing", "Zorbing", "zorbing"]


def test_an_operation_of_the_vault_is_found_too() -> None:
    known = Entity("0-1", Category.CASE, "operation_name", "", ("Op Zorbing",))
    assert found("That was Zorbing.", known=(known,)) == ["Zorbing"]
    assert found("That was Zorbing.") == []


def test_what_a_review_calls_a_child_is_found_by_its_bare_name() -> None:
    texts = ("Child Zorbing", "the Zorbing one, and a zorbing house")
    review = Finding(Span(0, 0, len(texts[0])), Category.CASE, "review", 0.8, "reviews", "because")
    assert found(*texts, findings=(review,)) == ["Zorbing", "Zorbing"]


def test_a_word_needs_its_capital_inside_a_sentence() -> None:
    texts = ("Operation Lantern", "After Lantern we had a lantern. Lantern.")
    assert found(*texts, findings=(operation(texts[0]),)) == ["Lantern", "Lantern"]


def test_a_team_a_place_and_a_person_are_none() -> None:
    texts = ("Operation Zorbing", "the Zorbing team")
    assert found(*texts, findings=(operation(texts[0]),)) == ["Zorbing"]
    texts = ("Operation Ash", "down to Ash")
    assert found(*texts, findings=(operation(texts[0]),)) == []
    texts = ("Operation Vane", "DC Vane rang")
    person = Finding(Span(1, 3, 7), Category.PERSON, "name", 0.9, "titles", "because")
    assert found(*texts, findings=(operation(texts[0]), person)) == []


def test_a_name_that_only_looks_like_somebodys_is_the_operation() -> None:
    texts = ("Operation Zorbing", "then Zorbing was over")
    alike = Finding(Span(0, 10, 17), Category.PERSON, "name", 0.4, "names_by_list", "because")
    assert found(*texts, findings=(operation(texts[0]), alike)) == ["Zorbing", "Zorbing"]
