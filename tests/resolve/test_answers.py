"""Merge, split and part: what a reviewer answers holds in this run and in the next."""

from itertools import count

from deid.model import Category, Decision, Entity, KeyEntry
from deid.region import Region
from deid.resolve.answers import Answered, apply_answers
from deid.resolve.decide import context_key
from deid.resolve.link import Linked, link
from tests.resolve.marked import Case, read_case

REGION = Region("test")
TEXT = """
== P01-1
INT: Who?
PART: {P=one|Grace Thornbury} came. {P=one|Grace} stayed.
== P02-1
INT: Who?
PART: {P=two|Grace Adebisi} came. Then {P=two|Grace} rang her sister. And {P=two|Grace} left us.
== P03-1
INT: Who?
PART: {P=three|Grace} rang.
"""


def linked(case: Case, answered: Answered | None = None) -> Linked:
    entries = answered.entries if answered else {}
    numbers = count(len(entries))
    return link(
        case.transcripts,
        case.settled,
        tuple(entries.values()),
        (),
        answered.bindings if answered else {},
        REGION,
        lambda: f"e{next(numbers)}",
    )


def entity_of(case: Case, result: Linked, code: str, form: str, nth: int = 0) -> str:
    found = []
    for mention in result.mentions[code]:
        text = case.transcripts[code].segments[mention.span.segment].text
        if text[mention.span.start : mention.span.end] == form:
            found.append(mention.entity)
    return found[nth]


def answer(case: Case, first: Linked, *decisions: Decision) -> Answered:
    entries = {entity.id: KeyEntry(entity, {"archive": f"Person {n}"}) for n, entity in enumerate(first.entities, 1)}
    return apply_answers(entries, first.bindings, decisions, case.transcripts, case.settled, lambda text: f"#{text}")


def test_merge_gives_the_doubtful_name_to_one_of_them_for_good() -> None:
    case = read_case(TEXT)
    first = linked(case)
    alone, one = entity_of(case, first, "P03-1", "Grace"), entity_of(case, first, "P01-1", "Grace Thornbury")
    assert alone != one
    assert first.doubts["P03-1"]
    answered = answer(case, first, Decision(alone, "merge", entity=one))
    second = linked(case, answered)
    assert entity_of(case, second, "P03-1", "Grace") == one
    assert not second.doubts["P03-1"]
    assert answered.entries[alone].tokens == {"archive": answered.entries[alone].tokens["archive"]}
    assert answered.entries[alone].entity.forms == ()


def test_split_takes_one_mention_out_and_leaves_the_others() -> None:
    case = read_case(TEXT)
    first = linked(case)
    two = entity_of(case, first, "P02-1", "Grace Adebisi")
    span = next(span for (code, span), name in case.names.items() if code == "P02-1" and span.end - span.start == 5)
    mark = f"#{context_key(case.transcripts['P02-1'], span, Category.PERSON)}"
    second = linked(case, answer(case, first, Decision(mark, "split", entity="fresh")))
    assert [entity_of(case, second, "P02-1", "Grace", n) for n in (0, 1)] == ["fresh", two]
    assert entity_of(case, second, "P02-1", "Grace Adebisi") == two


def test_a_part_that_was_answered_is_the_entitys_part() -> None:
    case = read_case(TEXT)
    first = linked(case)
    one = entity_of(case, first, "P01-1", "Grace")
    second = linked(case, answer(case, first, Decision("", "part", form="child", entity=one)))
    assert {entity.id: entity.part for entity in second.entities}[one] == "child"


def test_answers_about_nobody_change_nothing() -> None:
    entry = KeyEntry(Entity("e1", Category.PERSON, "", forms=("Ann",)))
    decisions = [Decision("e9", "merge", entity="e1"), Decision("", "part", form="child", entity="e9")]
    answered = apply_answers({"e1": entry}, {"P01-1": {"PERSON:ann": "e1"}}, decisions, {}, {})
    assert answered == Answered({"e1": entry}, {"P01-1": {"PERSON:ann": "e1"}})
