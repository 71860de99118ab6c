import pytest

from deid.evaluate.gold import Gold
from deid.evaluate.linking import Linking, judge_linking
from deid.model import Category
from tests.evaluate.examples import gold, mask

TALK = gold("{P a|Ann} {P a|Annie} {P a|Ann May} met {P b|Bob} {P b|Bobby} in {L|Deal}")


def linked(text: Gold, **entities: str) -> Linking:
    masks = [mask(text, words.replace("_", " "), entity=entity) for words, entity in entities.items()]
    return judge_linking([text], {text.id: masks})


def test_each_thing_under_one_token_is_perfect() -> None:
    assert linked(TALK, Annie="1", Ann_May="1", Bob="2", Bobby="2", Deal="3") == Linking(1.0, 1.0, 1.0, 0, 5)


def test_bcubed_counted_by_hand() -> None:
    """Tokens {Annie, Bob}, {Ann May}, {Bobby}: precision (1/2 + 1/2 + 1 + 1) / 4, recall 1/2 each."""
    figures = linked(TALK, Annie="1", Ann_May="2", Bob="1", Bobby="3")
    assert (figures.bcubed_precision, figures.bcubed_recall, figures.wrong_merges) == (0.75, 0.5, 1)
    assert figures.bcubed_f1 == pytest.approx(0.6)


def test_only_what_was_found_and_given_an_entity_is_judged() -> None:
    assert linked(TALK, Annie="1", Bob="").mentions == 1
    assert linked(TALK) == Linking(None, None, None, 0, 0)


def test_one_category_alone() -> None:
    masks = {TALK.id: [mask(TALK, "Annie", entity="1"), mask(TALK, "Deal", entity="1")]}
    assert judge_linking([TALK], masks).wrong_merges == 1
    assert judge_linking([TALK], masks, Category.PLACE) == Linking(1.0, 1.0, 1.0, 0, 1)


def test_a_person_and_the_post_the_person_holds_are_no_wrong_merge() -> None:
    post = gold("the {R hall|analyst}, {P hall|Jo Hall}, {G hall-31|31}, and {P other|Di}")
    assert linked(post, analyst="1", Jo_Hall="1", **{"31": "1"}).wrong_merges == 0
    assert linked(post, analyst="1", Di="1").wrong_merges == 1


def test_two_people_of_one_text_are_two_though_its_id_holds_a_hyphen() -> None:
    text = gold("{P|Ann} and {P|Bob}", scope="asr-004")
    assert linked(text, Ann="1", Bob="1").wrong_merges == 1


def test_a_mask_over_two_things_is_judged_as_the_one_it_mostly_covers() -> None:
    text = gold("at {A|Oastbrook School} {L|Deal} and {L deal|Deal}")
    masks = [mask(text, "Oastbrook School Deal", entity="1"), mask(text, "Deal", nth=1, entity="2")]
    assert judge_linking([text], {text.id: masks}) == Linking(1.0, 1.0, 1.0, 0, 2)


def test_merges_are_seen_over_texts() -> None:
    one, two = gold("{P a|Sarah}", "g1"), gold("{P b|Sarah}", "g2")
    masks = {"g1": [mask(one, "Sarah", entity="7")], "g2": [mask(two, "Sarah", entity="7")]}
    assert judge_linking([one, two], masks).wrong_merges == 1
