import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.evaluate.gold import Gold
from deid.evaluate.masked import Masked
from deid.evaluate.score import RATES, Figures, Rate, score
from deid.model import Category
from tests.evaluate.examples import gold, mask

TALK = gold(
    "So {P oakes|Ms^Wilma Oakes}'s boy, {P tom|Tom}, {G tom-14|fourteen}, left {L|Deal} and {=the police} said "
    "{P oakes|Wilma} {=will} know. Call {N tel|01632 960123}."
)


def rates(figures: Figures) -> dict[str, tuple[int, int]]:
    return {name: (getattr(figures, name).hits, getattr(figures, name).total) for name in RATES}


def everything(text: Gold) -> list[Masked]:
    return [Masked(span.start, span.end, span.entity, span.category) for span in text.spans]


def test_figures_counted_by_hand() -> None:
    masks = [mask(TALK, "Wilma Oakes"), mask(TALK, "Tom"), mask(TALK, "960123"), mask(TALK, "the police said")]
    # Words in required spans: Wilma Oakes Tom fourteen Deal Wilma 01632 960123. Lost outside: the police said.
    assert rates(score([TALK], {"g1": masks})) == {
        "token_recall": (4, 8),
        "token_precision": (4, 7),
        "mention_recall": (2, 6),
        "direct_recall": (2, 4),
        "entity_recall": (1, 5),
        "keep_rate": (1, 2),
    }


def test_by_category_recall_is_golds_and_precision_is_the_systems() -> None:
    masks = [mask(TALK, "Wilma Oakes", category="PERSON"), mask(TALK, "Tom", category="PLACE"),
             mask(TALK, "will", category="PERSON")]  # fmt: skip
    parts = score([TALK], {"g1": masks}).by_category
    assert rates(parts[Category.PERSON]) == {
        "token_recall": (3, 4),
        "token_precision": (2, 3),
        "mention_recall": (2, 3),
        "direct_recall": (2, 3),
        "entity_recall": (1, 2),
        "keep_rate": (1, 2),
    }
    assert parts[Category.PLACE].token_precision == Rate(1, 1)
    assert parts[Category.AGE].token_precision.value is None
    assert Category.TRAIT not in parts


def test_an_optional_span_is_neither_missed_nor_lost() -> None:
    bare, titled = score([TALK], {"g1": []}), score([TALK], {"g1": [mask(TALK, "Ms")]})
    assert titled.token_recall == bare.token_recall == Rate(0, 8)
    assert titled.token_precision == Rate(0, 0)


def test_half_a_word_is_not_masked_but_it_is_lost() -> None:
    figures = score([TALK], {"g1": [mask(TALK, "Wil"), mask(TALK, "polic")]})
    assert figures.token_recall.hits == 0
    assert figures.token_precision == Rate(0, 1)
    assert figures.keep_rate == Rate(1, 2)


def test_overlapping_masks_count_once() -> None:
    masks = [mask(TALK, "Wilma Oakes"), mask(TALK, "Oakes"), mask(TALK, "Wilma Oakes")]
    assert score([TALK], {"g1": masks}).token_recall == Rate(2, 8)


def test_an_entity_is_masked_only_if_it_is_in_every_text() -> None:
    other = gold("{P oakes|Oakes} again", "g2")
    first = everything(TALK)
    assert score([TALK, other], {"g1": first, "g2": []}).entity_recall == Rate(4, 5)
    assert score([TALK, other], {"g1": first, "g2": everything(other)}).entity_recall == Rate(5, 5)


def test_a_replacement_that_tells_the_original_hides_nothing() -> None:
    told = mask(TALK, "fourteen", category="AGE", replacement="[aged 14]")
    band = mask(TALK, "fourteen", category="AGE", replacement="[aged 13 to 15]")
    wrong = mask(TALK, "fourteen", category="AGE", replacement="[aged 16 to 17]")
    figures = {name: score([TALK], {"g1": [each]}) for name, each in (("told", told), ("band", band), ("wrong", wrong))}
    assert [figures[name].token_recall.hits for name in ("told", "band", "wrong")] == [0, 1, 1]
    assert [figures[name].not_coarser for name in ("told", "band", "wrong")] == [1, 0, 1]


def test_a_word_that_the_replacement_says_again_is_not_lost() -> None:
    bare, said = mask(TALK, "the police said"), mask(TALK, "the police said", replacement="[the police 9]")
    assert score([TALK], {"g1": [bare]}).token_precision == Rate(0, 3)
    assert score([TALK], {"g1": [said]}).token_precision == Rate(0, 1)
    assert score([TALK], {"g1": [said]}).keep_rate == Rate(2, 2)
    assert score([TALK], {"g1": [said, bare]}).keep_rate == Rate(1, 2)


def test_a_small_word_that_agrees_with_its_token_is_not_lost() -> None:
    text = gold("On {D when|4 May 2019} a {T born|Polish} man rang on the line.")
    day = mask(text, "On 4 May 2019", category="DATE", replacement="In [spring 2019]")
    origin = mask(text, "a Polish", category="TRAIT", replacement="an [origin withheld 3]")
    taken = mask(text, "on the line", replacement="[Place 4]")
    assert score([text], {"g1": [day, origin]}).token_precision == Rate(4, 4)
    assert score([text], {"g1": [taken]}).token_precision == Rate(0, 3)


def test_a_mask_outside_its_text_and_a_text_without_an_answer_are_errors() -> None:
    with pytest.raises(ValueError, match="outside its text"):
        score([TALK], {"g1": [Masked(0, 10_000)]})
    with pytest.raises(KeyError):
        score([TALK], {})


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (95, 100, 0.8882, 0.9785)],
)
def test_wilsons_interval(hits: int, total: int, low: float, high: float) -> None:
    """Values of Wilson's formula as statistical tables give them."""
    interval = Rate(hits, total).interval
    assert interval is not None
    assert interval == pytest.approx((low, high), abs=5e-4)


def test_nothing_of_nothing_is_no_figure() -> None:
    assert (Rate(0, 0).value, Rate(0, 0).interval) == (None, None)


WORDS = st.sampled_from(
    [
        "{P|Wilma}",
        "{P oakes|Dr^Oakes}",
        "{L|Deal}",
        "{L?|London}",
        "{=will}",
        "{G|fourteen}",
        "and",
        "said",
        "{T!|only twin}",
    ]
)


@st.composite
def golds(draw: st.DrawFn) -> list[Gold]:
    texts = draw(st.lists(st.lists(WORDS, min_size=1, max_size=12), min_size=1, max_size=3))
    return [gold(" ".join(words), f"g{number}") for number, words in enumerate(texts)]


@given(golds())
def test_perfect_masking_is_one_everywhere(texts: list[Gold]) -> None:
    figures = score(texts, {text.id: everything(text) for text in texts})
    for part in (figures, *figures.by_category.values()):
        assert {getattr(part, name).value for name in RATES} <= {1.0, None}
        assert part.linking.wrong_merges == 0
        assert part.linking.bcubed_f1 in (1.0, None)


@given(golds())
def test_no_masking_finds_nothing_and_loses_nothing(texts: list[Gold]) -> None:
    figures = score(texts, {text.id: [] for text in texts})
    for name in ("token_recall", "mention_recall", "direct_recall", "entity_recall"):
        assert getattr(figures, name).hits == 0
    assert figures.keep_rate.value in (1.0, None)
    assert figures.token_precision.value is None


@given(golds(), st.data())
def test_one_more_mask_never_lowers_recall_nor_raises_keep_rate(texts: list[Gold], data: st.DataObject) -> None:
    def some_masks(text: Gold) -> st.SearchStrategy[list[Masked]]:
        edges = st.tuples(st.integers(0, len(text.text)), st.integers(0, len(text.text))).filter(
            lambda two: two[0] != two[1]
        )
        return st.lists(edges.map(lambda two: Masked(min(two), max(two))), max_size=4)

    fewer = {text.id: data.draw(some_masks(text)) for text in texts}
    more = {text.id: fewer[text.id] + data.draw(some_masks(text)) for text in texts}
    before, after = score(texts, fewer), score(texts, more)
    for name in ("token_recall", "mention_recall", "direct_recall", "entity_recall"):
        assert getattr(before, name).hits <= getattr(after, name).hits
        assert getattr(before, name).total == getattr(after, name).total
    assert before.keep_rate.hits >= after.keep_rate.hits
