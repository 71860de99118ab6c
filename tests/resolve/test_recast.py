"""What a model took for a person and the region pack knows better; and what stays a person."""

import pytest

from deid.model import Category, Entity, Finding, KnownPerson, Segment, Span, Transcript
from deid.resolve.recast import recast

PERSON, PLACE, AGENCY = Category.PERSON, Category.PLACE, Category.AGENCY
Claims = list[tuple[str, Category, str, float, str]]


def claim(text: str, words: str, category: Category, kind: str, confidence: float, recogniser: str) -> Finding:
    start = text.index(words)
    return Finding(Span(0, start, start + len(words)), category, kind, confidence, recogniser, "because")


def after(text: str, claims: Claims, *, elsewhere: str = "", more: Claims | None = None) -> dict[str, str]:
    """The words of each opinion about a person in the text, with the category that it has afterwards."""
    transcripts = {
        code: Transcript(code, (Segment("speech", said, 1),)) for code, said in (("P01-1", text), ("P02-1", elsewhere))
    }
    found = {"P01-1": [claim(text, *one) for one in claims], "P02-1": [claim(elsewhere, *one) for one in more or []]}
    result = recast(found, transcripts)
    assert [one.span for code in found for one in result[code]] == [one.span for code in found for one in found[code]]
    opinions = [one for one in result["P01-1"] if one.recogniser == "people"]
    return {text[one.span.start : one.span.end]: str(one.category) for one in opinions}


def test_a_listed_place_or_body_is_no_person() -> None:
    text = "Kent has a new lead, she was at the William Harvey"
    claims: Claims = [
        ("Kent", PERSON, "name", 0.97, "people"),
        ("Kent", PLACE, "county", 0.9, "places"),
        ("William Harvey", PERSON, "name", 0.97, "people"),
        ("William Harvey", AGENCY, "hospital", 0.9, "agencies"),
    ]
    assert after(text, claims) == {"Kent": "PLACE", "William Harvey": "AGENCY"}


@pytest.mark.parametrize(
    "more",
    [
        [("Ingrid Ashford", PERSON, "name", 0.7, "people")],
        [("Ashford", PERSON, "name", 0.9, "titles")],
        [("Ashford", PERSON, "name", 0.9, "roster")],
    ],
)
def test_a_word_of_somebodys_name_stays_a_person(more: Claims) -> None:
    claims: Claims = [("Ashford", PERSON, "name", 0.9, "people"), ("Ashford", PLACE, "town", 0.9, "places")]
    assert after("Ashford rang me", claims) == {"Ashford": "PLACE"}
    assert after("Ashford rang me", claims, elsewhere="Mrs Ashford, Ingrid Ashford", more=more) == {"Ashford": "PERSON"}


def test_a_longer_name_than_the_place_in_it_stays_a_person() -> None:
    claims: Claims = [("Ingrid Ashford", PERSON, "name", 0.8, "people"), ("Ashford", PLACE, "town", 0.9, "places")]
    assert after("Ingrid Ashford rang me", claims) == {"Ingrid Ashford": "PERSON"}


def test_three_villages_in_a_row_are_villages_and_two_are_not() -> None:
    def claims(*names: str) -> Claims:
        return [
            claim
            for name in names
            for claim in ((name, PERSON, "name", 0.97, "people"), (name, PLACE, "village", 0.5, "places"))
        ]

    text = "we do Hoo, Grain and Cliffe, and Deal"
    assert set(after(text, claims("Hoo", "Grain", "Cliffe")).values()) == {"PLACE"}
    assert set(after(text, claims("Hoo", "Grain")).values()) == {"PERSON"}
    assert set(after("Hoo rang, Grain rang, Cliffe rang", claims("Hoo", "Grain", "Cliffe")).values()) == {"PERSON"}


def test_where_somebody_comes_from_is_a_place_if_a_model_reads_one() -> None:
    claims: Claims = [
        ("penzance", PERSON, "name", 0.86, "people"),
        ("penzance", PLACE, "town", 0.5, "model_places"),
    ]
    assert after("she moved to penzance", claims) == {"penzance": "PLACE"}
    assert after("she told penzance", claims) == {"penzance": "PERSON"}
    assert after("she moved to penzance", claims[:1]) == {"penzance": "PERSON"}


@pytest.mark.parametrize(
    "known", [KnownPerson("P09", "Ingrid Ashford"), Entity("e1", PERSON, "", "", ("Ingrid Ashford",))]
)
def test_a_name_of_the_roster_or_the_vault_stays_a_person(known: Entity | KnownPerson) -> None:
    text = "Ashford rang me"
    found = [
        claim(text, "Ashford", PERSON, "name", 0.9, "people"),
        claim(text, "Ashford", PLACE, "town", 0.9, "places"),
    ]
    transcript = Transcript("P01-1", (Segment("speech", text, 1),))
    assert recast({"P01-1": found}, {"P01-1": transcript}, [known])["P01-1"] == tuple(found)


@pytest.mark.parametrize(
    ("text", "words", "kind", "category"),
    [
        ("she was at fennel lodge then", "fennel lodge", "landmark", "AGENCY"),
        ("we had ann from the rope alley", "rope alley", "street", "AGENCY"),
        ("they met on Rope Alley at night", "Rope Alley", "street", "PLACE"),
        ("a lad from fennel", "fennel", "landmark", "PLACE"),
        ("a lad from rope alley", "rope alley", "town", "PLACE"),
    ],
)
def test_a_body_that_a_rule_knows_is_no_landmark_elsewhere(text: str, words: str, kind: str, category: str) -> None:
    said = "The home is Fennel Lodge, and the Rope Alley Project helps."
    transcripts = {"P01-1": Transcript("P01-1", (Segment("speech", text, 1),)),
                   "P02-1": Transcript("P02-1", (Segment("speech", said, 1),))}  # fmt: skip
    known = [claim(said, "Fennel Lodge", AGENCY, "home", 0.8, "agency_patterns"),
             claim(said, "Rope Alley Project", AGENCY, "charity", 0.8, "agency_patterns")]  # fmt: skip
    found = {"P01-1": [claim(text, words, PLACE, kind, 0.6, "model_places")], "P02-1": known}
    assert str(recast(found, transcripts)["P01-1"][0].category) == category
