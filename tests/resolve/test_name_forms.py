import pytest

from deid.resolve.name_forms import initials_of, parse_person, title_before

SHAPES = [
    # text, given, middles, surname, lone, initials, title
    ("Rosalind Vane", "rosalind", (), "vane", "", "", ""),
    ("Dr Rosalind Vane", "rosalind", (), "vane", "", "", "dr"),
    ("Detective Inspector Vane", "", (), "vane", "", "", "inspector"),
    ("DI Vane", "", (), "vane", "", "", "di"),
    ("d c ash balan", "ash", (), "balan", "", "", "dc"),
    ("Vane, Rosalind", "rosalind", (), "vane", "", "", ""),
    ("Vane, Rosalind (OXM)", "rosalind", (), "vane", "", "", ""),
    ("Craig Alan Vane", "craig", ("alan",), "vane", "", "", ""),
    ("Nigel Hart-Moseley", "nigel", (), "hart moseley", "", "", ""),
    ("Dirk van der Meer", "dirk", (), "van der meer", "", "", ""),
    ("Siobhán O’Hara", "siobhan", (), "o hara", "", "", ""),
    ("Rosalind's", "", (), "", "rosalind", "", ""),
    ("ROSALIND", "", (), "", "rosalind", "", ""),
    ("Joy", "", (), "", "joy", "", ""),
    ("JOY", "", (), "", "joy", "", ""),
    ("RP", "", (), "", "", "rp", ""),
    ("R.P.", "", (), "", "", "rp", ""),
    ("TE", "", (), "", "", "te", ""),
    ("JO", "", (), "", "jo", "", ""),
    ("J-O-A-N", "", (), "", "joan", "", ""),
    ("j o a n n e", "", (), "", "joanne", "", ""),
    ("YP1", "", (), "", "yp1", "", ""),
    ("Kid 2", "", (), "", "kid2", "", ""),
    ("…", "", (), "", "…", "", ""),
    ("Grace P", "grace", (), "p", "", "", ""),
    ("C. Vane", "c", (), "vane", "", "", ""),
    ("Auntie Rosalind", "", (), "", "rosalind", "", "auntie"),
    ("Mrs Vane", "", (), "vane", "", "", "mrs"),
]


@pytest.mark.parametrize(("text", "given", "middles", "surname", "lone", "initials", "title"), SHAPES)
def test_a_name_is_taken_apart_by_its_shape(
    text: str, given: str, middles: tuple[str, ...], surname: str, lone: str, initials: str, title: str
) -> None:
    name = parse_person(text)
    assert (name.given, name.middles, name.surname) == (given, middles, surname)
    assert (name.lone, name.initials, name.title) == (lone, initials, title)


def test_a_nickname_in_quotes_is_found() -> None:
    assert parse_person("Jonathan “Jonno” Vane").nickname == "jonno"
    assert parse_person("Jonathan “Jonno” Vane").surname == "vane"


def test_junior_is_a_suffix_and_no_surname() -> None:
    name = parse_person("Darren Vane Jr")
    assert (name.surname, name.suffix) == ("vane", "jr")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("I rang DI Vane", "di"),
        ("then d c Vane came", "dc"),
        ("my sister Vane", ""),
        ("Sister Vane", "sister"),
        ("I asked Vane", ""),
        ("Mr. Vane", "mr"),
    ],
)
def test_a_title_before_a_name_is_read(text: str, title: str) -> None:
    assert title_before(text, text.index("Vane")) == title


def test_initials_take_middle_names_and_hyphens_into_account() -> None:
    assert initials_of(parse_person("Grace Mary Hart-Cole")) == {"gh", "ghc", "gmh", "gmhc"}


def test_no_form_is_shown_by_repr() -> None:
    assert "vane" not in repr(parse_person("Rosalind Vane"))
