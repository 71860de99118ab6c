import pytest

from deid.model import Category, Entity
from deid.pseudonymise.labels import GROUPS, LABELS, group_of, label_of
from deid.pseudonymise.tokens import dress, find_tokens, label_part, number_of

OURS = [
    "[Person 41]",
    "[Children's home 3]",
    "[Town 27, East Kent]",
    "[Coastal town 27, East Kent]",
    "[E-mail 6]",
    "[NHS number 7]",
    "[origin withheld 4]",
    "[aged 13-15]",
    "[aged 13 to 15]",
    "[13-15-year-old]",
    "[16-17]",
    "[aged 80 or over]",
    "[aged 13-15 or 16-17]",
    "[spring 2017]",
    "[Winter]",
    "[2017]",
    "[passage removed at participant's request]",
    "##Person_41##",
    '<seg type="deid">Person 41</seg>',
]
NOT_OURS = [
    "[laughs]",
    "[unclear 00:12:31]",
    "[pause]",
    "[END OF RECORDING 00:47:55]",
    "[Speaker 2]",
    "[inaudible 12]",
    "Person 41",
    "[P02]",
    "(Person 41)",
    "[recording paused 00:03:09]",
    "[14:02]",
    "[3]",
]


@pytest.mark.parametrize("token", OURS)
def test_our_words_are_found(token: str) -> None:
    assert find_tokens(f"so {token}, yes") == ((3, 3 + len(token)),)


@pytest.mark.parametrize("words", NOT_OURS)
def test_words_of_the_transcript_are_not_taken_for_ours(words: str) -> None:
    assert find_tokens(f"so {words}, yes") == ()


def test_a_bare_token_inside_brackets_is_found() -> None:
    assert find_tokens("[unclear: Person 9?] yes") == ((10, 18),)


def test_chosen_words_are_found_where_they_are_told() -> None:
    assert find_tokens("so [Amira] came", also=("[Amira]",)) == ((3, 10),)
    assert find_tokens("nothing here", also=("",)) == ()


@pytest.mark.parametrize(
    ("bare", "label", "number"),
    [
        ("Person 41", "Person", 41),
        ("Town 27, East Kent", "Town", 27),
        ("Coastal town 27, East Kent", "Coastal town", 27),
        ("aged 13-15", "", 0),
        ("spring 2017", "", 0),
        ("aged under 5", "", 0),
        ("2017", "", 0),
        ("Amira Lake", "", 0),
    ],
)
def test_a_token_parses_back_to_its_kind_and_number(bare: str, label: str, number: int) -> None:
    assert label_part(bare) == label
    assert number_of(bare) == number


@pytest.mark.parametrize("label", sorted(LABELS))
def test_every_label_parses_back(label: str) -> None:
    token = dress(f"{label} 417")
    assert find_tokens(token) == ((0, len(token)),)
    assert label_part(f"{label} 417") == label


@pytest.mark.parametrize(
    ("category", "kind", "part", "label"),
    [
        (Category.PERSON, "", "", "Person"),
        (Category.PERSON, "name", "child", "Child"),
        (Category.PERSON, "", "unheard of", "Person"),
        (Category.PLACE, "shopping_centre", "", "Shopping centre"),
        (Category.PLACE, "", "", "Place"),
        (Category.AGENCY, "police force", "", "Police force"),
        (Category.AGENCY, "children's home", "", "Children's home"),
        (Category.AGENCY, "childrens_home", "", "Children's home"),
        (Category.AGENCY, "something new", "", "Agency"),
        (Category.CASE, "operation_name", "", "Operation"),
        (Category.CASE, "crime_reference", "", "Crime reference"),
        (Category.IDENTIFIER, "uk_nhs", "", "NHS number"),
        (Category.CONTACT, "email", "", "E-mail"),
        (Category.ROLE, "social_care", "", "Social care role"),
        (Category.TRAIT, "religion", "", "religion withheld"),
        (Category.DATE, "date_of_birth", "", "Date of birth"),
    ],
)
def test_labels_say_what_kind_of_thing_it_is(category: Category, kind: str, part: str, label: str) -> None:
    assert label_of(Entity("e1", category, kind, part)) == label


def test_every_body_has_a_broader_word() -> None:
    for labels in GROUPS.values():
        assert all(label in LABELS for label in labels)
    assert group_of("School") == "Place of learning"
    assert group_of("Agency") == "Agency"
