import pytest

from deid.detect.jobs import Title, telling_words, titles_in
from deid.detect.passage import make_passage
from deid.detect.phrases import lexicon
from deid.detect.words import words_of
from deid.region import Region, load_region
from tests.detect.small_region import SMALL


def titles(text: str, region: Region = SMALL) -> dict[str, Title]:
    words = words_of(text)
    found = titles_in(make_passage(text), words, lexicon(region), region.roles, telling_words(region.roles))
    return {text[words[title.first].start : title.end]: title for title in found}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("so the named nurse rang", "named nurse"),
        ("my hotel watch lead rang", "hotel watch lead"),
        ("the head of the duty desk, she", "head of the duty desk"),
        ("a trustee at a boys' school who", "trustee at a boys' school"),
        ("I'm deputy head and SENCO at", "deputy head and SENCO"),
        ("the lead for missing children and so", "lead for missing children"),
    ],
)
def test_how_far_a_title_reaches(text: str, title: str) -> None:
    assert title in titles(text)


def test_everyday_people_and_public_offices_have_no_title() -> None:
    assert not titles("a social worker, a police officer, a teacher and the Secretary of State")


def test_the_pack_says_which_title_one_person_holds() -> None:
    assert titles("the named nurse")["named nurse"].is_single
    assert not titles("the project worker")["project worker"].is_single


def test_a_title_inside_a_wider_one_is_not_read_twice() -> None:
    assert list(titles("the senior project worker")) == ["senior project worker"]


@pytest.mark.parametrize(
    ("title", "sector"),
    [
        ("school nurse", "health"),
        ("detective sergeant", "police"),
        ("probation officer", "youth_justice"),
        # Anybody's: a hotel has a night manager, and every body a safeguarding lead.
        ("night manager", "job"),
        ("safeguarding lead", "job"),
        ("team manager", "job"),
        # Of two sectors at once.
        ("probation nurse", "job"),
    ],
)
def test_a_sector_is_told_by_words_that_one_sector_has_to_itself(title: str, sector: str) -> None:
    assert titles(f"She was our {title} then.", load_region("kent-medway"))[title].sector == sector
