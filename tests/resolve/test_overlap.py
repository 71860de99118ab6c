from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from deid.model import Category, Finding, Span
from deid.resolve.overlap import settle


def finding(
    start: int, end: int, category: Category = Category.PERSON, confidence: float = 0.9, segment: int = 0
) -> Finding:
    return Finding(Span(segment, start, end), category, "", confidence, "test", "because")


SPANS = st.tuples(st.integers(0, 2), st.integers(0, 40), st.integers(1, 12)).map(
    lambda t: Span(t[0], t[1], t[1] + t[2])
)
FINDINGS = st.lists(
    st.builds(
        Finding,
        span=SPANS,
        category=st.sampled_from(Category),
        kind=st.sampled_from(["", "street"]),
        confidence=st.sampled_from([0.4, 0.6, 0.85, 1.0]),
        recogniser=st.sampled_from(["a", "b"]),
        why=st.just("because"),
    ),
    max_size=12,
)


def covered(spans: list[Span]) -> set[tuple[int, int]]:
    return {(span.segment, place) for span in spans for place in range(span.start, span.end)}


@given(FINDINGS)
def test_settle_keeps_every_flagged_character_and_flags_no_other(findings: list[Finding]) -> None:
    assert covered([one.span for one in settle(findings)]) == covered([one.span for one in findings])


@given(FINDINGS)
def test_settled_stretches_never_overlap_and_stand_in_order(findings: list[Finding]) -> None:
    spans = [one.span for one in settle(findings)]
    assert spans == sorted(spans)
    assert not any(one.overlaps(other) for one, other in pairwise(spans))


@given(FINDINGS, st.randoms())
def test_the_order_of_findings_does_not_matter(findings: list[Finding], random: object) -> None:
    shuffled = list(findings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert settle(shuffled) == settle(findings)


@given(FINDINGS)
def test_no_claim_is_lost(findings: list[Finding]) -> None:
    claims = [claim for one in settle(findings) for claim in one.claims]
    assert sorted(claims, key=repr) == sorted(findings, key=repr)


def test_on_a_crossing_the_whole_stretch_goes_and_the_surest_names_it() -> None:
    (one,) = settle([finding(0, 10, confidence=0.6), finding(5, 14, Category.PLACE, 0.95)])
    assert one.span == Span(0, 0, 14)
    assert one.surest.span == Span(0, 5, 14)


def test_a_name_inside_an_address_follows_the_address() -> None:
    (one,) = settle([finding(3, 8, Category.PERSON, 0.99), finding(0, 20, Category.CONTACT, 0.95)])
    assert one.surest.category is Category.CONTACT


def test_a_doubtful_phrase_does_not_take_the_place_of_a_sure_name() -> None:
    (one,) = settle([finding(0, 12, Category.AGENCY, 0.4), finding(4, 12, Category.PERSON, 0.99)])
    assert one.span == Span(0, 0, 12)
    assert one.surest.span == Span(0, 4, 12)


def test_of_equally_sure_readings_the_more_direct_one_names_the_stretch() -> None:
    (one,) = settle([finding(0, 5, Category.ROLE, 0.9), finding(0, 5, Category.PERSON, 0.9)])
    assert one.surest.category is Category.PERSON


def test_neighbours_stay_two() -> None:
    assert len(settle([finding(0, 5), finding(5, 9)])) == 2


def test_a_post_or_a_body_named_after_a_town_is_not_the_town() -> None:
    town = finding(9, 15, Category.PLACE, 0.95)
    for category in (Category.ROLE, Category.AGENCY, Category.TRAIT, Category.PLACE):
        named_after = finding(0, 15, category, 0.5)
        assert settle([town, named_after])[0].surest == named_after
    person = finding(0, 15, Category.PERSON, 0.5)
    assert settle([town, person])[0].surest == town


def test_an_address_that_several_read_in_part_is_not_the_town() -> None:
    town, address = finding(0, 5, Category.PLACE, 0.95), finding(0, 25, Category.PLACE, 0.6)
    number = finding(6, 38, Category.IDENTIFIER, 0.4)
    assert settle([town, address, number])[0].surest == address
    inside = finding(0, 3, Category.AGENCY, 0.6)
    assert settle([town, inside, finding(4, 9, Category.DATE, 0.4)])[0].surest == town
