"""What is sure in one place is found in every other, and plain words stay plain words."""

import pytest

from deid.model import Category, Entity, Finding, KnownPerson, Segment, Span, Transcript
from deid.region import Keep, Place, Region
from deid.resolve.spread import spread

REGION = Region(
    "test",
    places=(Place("Oxmoor", "town"),),
    nicknames={"Rosalind": ("Roz",)},
    keep=(Keep("Northbury", "everywhere", "public case"), Keep("will you", "everywhere", "idiom")),
)


def speech(*texts: str) -> Transcript:
    return Transcript("P02-1", tuple(Segment("speech", text, n) for n, text in enumerate(texts, 1)))


def spread_to(
    text: str, *sources: str, category: Category = Category.PERSON, kind: str = ""
) -> list[tuple[str, float]]:
    """What is found in a text of its own, once the sources were found for certain elsewhere."""
    said = " ".join(f"It was {source}." for source in sources)
    first = Transcript("P01-1", (Segment("speech", said, 1),))
    findings = [
        Finding(Span(0, said.index(source), said.index(source) + len(source)), category, kind, 0.95, "test", "because")
        for source in sources
    ]
    result = spread({"P01-1": findings, "P02-1": ()}, {"P01-1": first, "P02-1": speech(text)}, REGION)
    return [(text[one.span.start : one.span.end], one.confidence) for one in result["P02-1"]]


def words(text: str, *sources: str, **more: object) -> list[str]:
    return [form for form, _ in spread_to(text, *sources, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I rang Rosalind Quillfeather.", ["Rosalind Quillfeather"]),
        ("I rang Quillfeather.", ["Quillfeather"]),
        ("I rang Rosalind's mum.", ["Rosalind"]),
        ("then quillfeather rang me", ["quillfeather"]),
        ("ROSALIND: yes", ["ROSALIND"]),
        ("Roz rang me.", ["Roz"]),
        ("the Quillfeathers rang", ["Quillfeathers"]),
        ("interview_quillfeather_rosalind.docx", ["quillfeather", "rosalind"]),
        ("It was Quill feather, I think.", ["Quill feather"]),
        ("so quill feather came", ["quill feather"]),
        ("I rang Quilfeather.", ["Quilfeather"]),
        ("I rang Quillfether.", ["Quillfether"]),
        ("I rang nobody.", []),
        ("We put a quill and a feather in it.", []),
    ],
)
def test_a_name_is_found_in_its_other_shapes(text: str, found: list[str]) -> None:
    assert words(text, "Rosalind Quillfeather") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I rang Zephyr and they came.", ["Zephyr"]),
        ("I was at Great Oaks then.", ["Great Oaks"]),
        ("She works at the Lantern now.", ["Lantern"]),
        ("We lit a lantern, the lantern.", []),
        ("A comet came over the oaks.", []),
        ("The Trust said no.", []),
        ("We met in Oxmoor.", []),
        ("It is for the Government to say, and the Commission agreed with the Inquiry.", []),
    ],
)
def test_a_body_is_found_under_its_short_name(text: str, found: list[str]) -> None:
    bodies = ("Zephyr Cabs", "Great Oaks Academy", "Harbour Lantern", "Youth Trust", "Oxmoor Council",
              "Ruritanian Government", "Ruritanian Commission", "Quarry Inquiry")  # fmt: skip
    assert words(text, *bodies, category=Category.AGENCY) == found


def test_a_negation_holds_nobodys_name() -> None:
    assert words("you don't ask and they don’t tell", "Don Quillfeather") == []
    assert words("then don rang", "Don Quillfeather") == ["don"]


def test_a_near_miss_is_only_ever_unsure() -> None:
    assert [confidence for _, confidence in spread_to("I rang Quilfeather.", "Rosalind Quillfeather")] == [0.5]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("So then Hope came in.", ["Hope"]),
        ("I told Hope to wait.", ["Hope"]),
        ("Hope would, anyway.", ["Hope"]),
        ("Hope it helps.", []),
        ("I hope so.", []),
        ("i hope so", []),
        ("Will you come?", []),
    ],
)
def test_an_english_word_needs_its_capital_inside_a_sentence_or_what_people_do(text: str, found: list[str]) -> None:
    assert words(text, "Hope Quillfeather", "Will Quillfeather") == found


def test_a_keep_word_is_never_spread() -> None:
    assert words("After Northbury we changed.", "Northbury") == []


def test_references_are_found_by_their_digits() -> None:
    text = "It was 46 087431 19, you know, not 46 087431 20."
    assert words(text, "46/087431/19", category=Category.CASE, kind="crime_reference") == ["46 087431 19"]


def test_between_a_person_and_a_place_of_one_name_the_cue_tells_and_both_go_to_review() -> None:
    first = Transcript("P01-1", (Segment("speech", "Ash lives in Ash.", 1),))
    sure = [
        Finding(Span(0, 0, 3), Category.PERSON, "", 0.95, "test", "because"),
        Finding(Span(0, 13, 16), Category.PLACE, "village", 0.95, "test", "because"),
    ]
    text = "So Ash drove over from Ash that night."
    result = spread({"P01-1": sure, "P02-1": ()}, {"P01-1": first, "P02-1": speech(text)}, REGION)
    assert [(one.category, one.confidence) for one in result["P02-1"]] == [
        (Category.PERSON, 0.5),
        (Category.PLACE, 0.5),
    ]


def test_what_a_recogniser_has_read_is_left_to_it() -> None:
    text = "So Ash rang."
    own = Finding(Span(0, 3, 6), Category.PLACE, "village", 0.7, "places", "a place cue")
    known = [KnownPerson("P01", "Ash Quillfeather")]
    assert spread({"P02-1": [own]}, {"P02-1": speech(text)}, REGION, known)["P02-1"] == (own,)


def test_what_is_too_faint_to_be_replaced_leaves_a_gap() -> None:
    faint = Finding(Span(0, 3, 6), Category.PERSON, "", 0.3, "people", "a language model names a person")
    known = [KnownPerson("P01", "Kit Quillfeather", ("Kit",))]
    assert len(spread({"P02-1": [faint]}, {"P02-1": speech("So Kit rang.")}, REGION, known)["P02-1"]) == 2


def test_half_of_a_double_barrelled_name_is_looked_for() -> None:
    known = [Entity("e1", Category.PERSON, "", forms=("Quillfeather-Zebbit",))]
    assert [one.why for one in spread({}, {"P02-1": speech("They always lose the Zebbit.")}, REGION, known)["P02-1"]]
    apart = [Entity("e1", Category.PERSON, "", forms=("quillfeather-zebbit",))]
    assert not spread({}, {"P02-1": speech("They always lose the Zebbit.")}, REGION, apart)["P02-1"]


def test_the_roster_and_the_vault_are_sources_too() -> None:
    text = "Quillfeather, Marrable Lodge and Tibbs were there with Sparrowgate."
    known = [
        KnownPerson("P01", "Rosalind Quillfeather", ("Tibbs",), agency="the university", base="Sparrowgate"),
        Entity("e1", Category.AGENCY, "home", forms=("Marrable Lodge",)),
    ]
    found = spread({}, {"P02-1": speech(text)}, REGION, known)["P02-1"]
    assert [text[one.span.start : one.span.end] for one in sorted(found, key=lambda one: one.span)] == [
        "Quillfeather", "Marrable Lodge", "Tibbs", "Sparrowgate",
    ]  # fmt: skip
    assert all("Quillfeather" not in one.why for one in found)


@pytest.mark.parametrize(
    ("confidence", "places", "is_source"),
    [(0.7, 1, False), (0.8, 1, False), (0.7, 2, False), (0.8, 2, True), (0.95, 1, True)],
)
def test_a_source_is_very_sure_or_found_more_than_once(confidence: float, places: int, is_source: bool) -> None:
    first = Transcript("P01-1", (Segment("speech", "I saw Zebbit and Zebbit.", 1),))
    spans = [Span(0, 6, 12), Span(0, 17, 23)][:places]  # what a model thinks
    given = [Finding(span, Category.PERSON, "", confidence, "people", "because") for span in spans]
    result = spread({"P01-1": given, "P02-1": ()}, {"P01-1": first, "P02-1": speech("Then Zebbit left.")}, REGION)
    assert bool(result["P02-1"]) is is_source


def test_what_a_rule_has_found_is_a_source_sooner_than_what_a_model_thinks() -> None:
    first = Transcript("P01-1", (Segment("speech", "I saw Mr Zebbit.", 1),))
    by_rule = Finding(Span(0, 9, 15), Category.PERSON, "", 0.8, "titles", "a title before a name")
    result = spread({"P01-1": [by_rule]}, {"P01-1": first, "P02-1": speech("Then Zebbit left.")}, REGION)
    assert len(result["P02-1"]) == 1


def test_dates_ages_roles_and_traits_are_not_spread() -> None:
    for category in (Category.DATE, Category.AGE, Category.ROLE, Category.TRAIT):
        assert words("It was Zebbit again.", "Zebbit", category=category) == []


def test_spreading_twice_adds_nothing() -> None:
    texts = {"P01-1": speech("I rang Rosalind Quillfeather."), "P02-1": speech("Rosalind and Quillfeather and Roz.")}
    sure = {"P01-1": (Finding(Span(0, 7, 28), Category.PERSON, "", 0.95, "test", "because"),), "P02-1": ()}
    once = spread(sure, texts, REGION)
    assert {code: set(own) for code, own in spread(once, texts, REGION).items()} == {
        code: set(own) for code, own in once.items()
    }
