"""How many bodies of a kind there are, and what a finding says of a token."""

from collections import Counter
from dataclasses import replace

from deid.fold import fold
from deid.region import Agency
from deid.risk.inversion import NARROW, candidates, counts_of, inversions, told_counts
from tests.risk.constructed import region, released, talk


def test_the_public_facts_count_every_kind_of_which_the_pack_lists_few() -> None:
    """A list of bodies is never whole; where it has three of a kind or fewer, somebody has to have said how many."""
    labels = released(talk("P01-1", "Yes.")).labels
    inside = (one for one in region().agencies if one.scope in ("local", "county"))
    listed = Counter(fold(labels.get(fold(one.kind), one.kind)) for one in inside)
    few = {kind for kind, count in listed.items() if count <= NARROW}
    assert few <= set(told_counts(region()))


def test_a_kind_that_the_facts_do_not_count_is_counted_in_the_pack() -> None:
    pack = replace(region(), public_facts={}, agencies=(Agency("Elmshire College", "college"),))
    (found,) = inversions(released(talk("P01-1", "She went to [College 7].")), pack)
    assert "only one can be meant" in found.reason
    assert counts_of(released(talk("P01-1", "Yes.")), pack) == {"college": 1}


def test_bodies_outside_the_region_are_no_candidates() -> None:
    pack = replace(region(), public_facts={}, agencies=(Agency("A Force", "police force", "national"),))
    assert counts_of(released(talk("P01-1", "Yes.")), pack) == {}


def test_a_reason_names_the_region_as_people_do_and_the_words_beside_a_token() -> None:
    text = released(talk("P01-1", "We took the ferry at [Town 4, Thanet] that day."))
    (found,) = inversions(text, region())
    assert "for Kent and Medway" in found.reason and "(port, by the words beside it)" in found.reason


def test_a_kind_of_which_there_are_many_is_no_finding() -> None:
    assert list(inversions(released(talk("P01-1", "She went to [School 7] then.")), region())) == []


def test_another_name_of_a_town_is_no_second_candidate() -> None:
    plain = replace(region().places[0], type="town", theme="", subregion="Elmshire", district="Elmshire", aliases=())
    town, nickname = replace(plain, name="Quillmouth", parent=""), replace(plain, name="Quilly", parent="Quillmouth")
    text = released(talk("P01-1", "Yes."))
    assert candidates("Town", "Elmshire", (), text, replace(region(), places=(town, nickname))) == (town,)


def test_a_kind_of_which_there_is_one_names_the_body_and_what_serves_everybody_does_not() -> None:
    (found,) = inversions(released(talk("P01-1", "They examined her at the SARC. The fire service came.")), region())
    assert "a sarc" in found.reason.lower() and found.turn == 2
