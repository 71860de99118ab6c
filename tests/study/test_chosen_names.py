"""A name that somebody chose is nobody's: when it comes in, and when a later interview brings its real bearer."""

from dataclasses import replace
from pathlib import Path

import pytest

from deid.errors import AskedWrongly, Held
from deid.fold import fold
from deid.model import KnownPerson
from deid.region import common_words, load_region, neutral_names
from deid.study.chosen_names import COLLIDES, colliding, free_names
from deid.study.folder import Study
from deid.study.release.release import release
from deid.study.render import Rendered, render, reread
from deid.study.roster import edit_person, import_roster
from deid.study.sign_off import sign_off
from tests.invented import fake_detector, new_study, run_on, two_sources

P01 = KnownPerson("P01", "Wilhelmina Oddington", consent="public", chosen_pseudonym="Tamsin Vale")
P02 = KnownPerson("P02", "Leopold Brackwater", consent="public")
LATER = """\
INT: And who came after?

P03: Tamsin Yarrowby came. Tamsin Yarrowby knew them all.
"""


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = new_study(tmp_path / "study")
    import_roster(made, [P01, P02])
    run_on(made, two_sources(tmp_path / "sources"))
    return made


def rendered(study: Study, tier: str = "archive") -> Rendered:
    return render(study, reread(study), tier, fake_detector())


def text_of(study: Study, code: str, tier: str = "archive") -> str:
    return rendered(study, tier).gated[code].output.decode("utf-8")


def test_it_stands_for_the_person_in_the_form_that_was_said_and_in_one_tier_only(study: Study) -> None:
    assert "I'm [Tamsin Vale]" in text_of(study, "P01-1")
    assert "Tamsin" not in text_of(study, "P01-1", "public")
    assert "Tamsin" not in text_of(study, "P01-1", "team")


@pytest.mark.parametrize("name", ["Wilhelmina Vale", "Leopold", "Barnabas Vale", "Oddington"])
def test_a_real_name_is_refused_at_import_and_nothing_is_written(study: Study, name: str) -> None:
    before = study.contents
    with pytest.raises(AskedWrongly, match="real name") as caught:
        import_roster(study, [replace(P02, chosen_pseudonym=name)])
    assert caught.value.where == "P02, chosen_pseudonym"
    assert name not in str(caught.value)
    assert study.contents == before


@pytest.mark.parametrize("name", ["Person 41", "a" * 41, "Robin]", "Robin, Ash", "one two three four five"])
def test_what_is_no_name_is_refused(study: Study, name: str) -> None:
    with pytest.raises(AskedWrongly, match="name of one to four words"):
        import_roster(study, [replace(P02, chosen_pseudonym=name)])


# The second interview speaks of Whitstable, the first of Kent Police; Dover stands in the region pack only.
@pytest.mark.parametrize("name", ["Dover", "Whitstable", "Robin Whitstable", "Kent Police"])
def test_the_name_of_a_place_or_a_body_is_refused(study: Study, name: str) -> None:
    with pytest.raises(AskedWrongly, match="place or a body") as caught:
        import_roster(study, [replace(P02, chosen_pseudonym=name)])
    assert caught.value.where == "P02, chosen_pseudonym"
    assert name not in str(caught.value)


def test_one_name_for_two_people_is_refused(study: Study) -> None:
    with pytest.raises(AskedWrongly, match="P01 chose the same"):
        edit_person(study, "P02", {"chosen_pseudonym": "tamsin vale"})


def test_a_bearer_who_comes_later_blocks_the_release_and_changes_no_token(study: Study, tmp_path: Path) -> None:
    later = tmp_path / "sources" / "third.txt"
    later.write_text(LATER, encoding="utf-8")
    run_on(study, tmp_path / "sources")
    assert "I'm [Tamsin Vale]" in text_of(study, "P01-1")
    shown = rendered(study)
    assert colliding(study.contents, shown.outcome, "archive") == {"P01-1", "P02-1"}  # both speak of P01
    with study.writing():
        sign_off(study, shown, "P01-1", "R1")
        with pytest.raises(Held, match=COLLIDES):
            release(study, rendered(study), is_clean=lambda _: True)
    assert not (study.folder / "releases").exists()
    edit_person(study, "P01", {"chosen_pseudonym": "Isolde Vale"})
    run_on(study, tmp_path / "sources")
    assert "I'm [Isolde Vale]" in text_of(study, "P01-1")
    with study.writing():
        shown = rendered(study)
        sign_off(study, shown, "P01-1", "R1")
        made = release(study, rendered(study), is_clean=lambda _: True)
    assert "P01-1" not in {one.code for one in made.left_out}


def test_editing_says_what_changed_and_leaves_consent_to_its_own_command(study: Study) -> None:
    assert edit_person(study, "P02", {"role": "Nurse", "aliases": "Leo;Mr Brackwater"}) == ("aliases", "role")
    assert next(one for one in study.contents.roster if one.code == "P02").aliases == ("Leo", "Mr Brackwater")
    assert edit_person(study, "P02", {"role": "Nurse"}) == ()
    for cells in ({"consent": "public"}, {"code": "P09"}, {"nickname": "Leo"}):
        with pytest.raises(AskedWrongly, match="cannot be edited"):
            edit_person(study, "P02", cells)
    with pytest.raises(AskedWrongly, match="no P77"):
        edit_person(study, "P77", {"role": "Nurse"})


def test_the_pool_offers_only_names_that_nobody_bears_and_none_twice(study: Study) -> None:
    offered = free_names(study.contents)
    assert len(offered) >= 40
    first, second, third = offered[:3]
    edit_person(study, "P01", {"chosen_pseudonym": first})
    edit_person(study, "P02", {"aliases": second.split()[-1]})
    assert free_names(study.contents)[0] == third


def test_a_name_of_the_pool_stands_in_the_form_that_was_said(study: Study, tmp_path: Path) -> None:
    edit_person(study, "P01", {"chosen_pseudonym": free_names(study.contents)[0]})
    run_on(study, tmp_path / "sources")
    given, surname = free_names(replace(study.contents, roster=(), entries=()))[0].split()
    assert f"I'm [{given} {surname}]" in text_of(study, "P01-1")


def test_no_neutral_name_is_a_word_of_the_region_pack() -> None:
    pack = load_region("kent-medway")
    forms = [form for row in (*pack.places, *pack.agencies) for form in (row.name, *row.aliases)]
    words = {word for form in forms for word in fold(form).split()}
    names = neutral_names()
    assert len(set(names)) == len(names) == len({word for name in names for word in name.split()}) / 2
    assert words.isdisjoint(word for name in names for word in fold(name).split())
    assert common_words().isdisjoint(word for name in names for word in fold(name).split())
