"""What a rule reads as a whole phrase stands against the opinion of a model; an opinion alone stands."""

from deid.model import Category, Finding, Segment, Span, Transcript
from deid.resolve.giving_way import without_echoes, without_lists_of_names, without_misreadings

TEXT = "In the review, Child Teasel, and at Oxmoor Crown, Teasel rang from plover cottage."


def transcript() -> Transcript:
    return Transcript(code="P01-1", segments=(Segment("speech", TEXT, 1),))


def finding(words: str, category: Category, recogniser: str, confidence: float, kind: str = "name") -> Finding:
    start = TEXT.index(words)
    return Finding(Span(0, start, start + len(words)), category, kind, confidence, recogniser, "because")


def test_a_review_and_a_court_are_no_people() -> None:
    review = finding("Child Teasel", Category.CASE, "reviews", 0.75, "review")
    court = finding("Oxmoor Crown", Category.AGENCY, "agency_patterns", 0.85, "court")
    wrong = [finding(words, Category.PERSON, "people", 0.97) for words in ("Child Teasel", "Oxmoor Crown")]
    kept, out = without_misreadings([review, court, *wrong], transcript())
    assert kept == [review, court]
    assert [dismissal.finding for dismissal in out] == wrong


def test_a_single_word_and_what_the_roster_knows_stand() -> None:
    place = finding("Oxmoor", Category.PLACE, "places", 0.9)
    person = finding("Oxmoor", Category.PERSON, "people", 0.97)
    known = finding("Oxmoor Crown", Category.PERSON, "roster", 1.0)
    court = finding("Oxmoor Crown", Category.AGENCY, "agency_patterns", 0.85)
    assert without_misreadings([place, person, known, court], transcript()) == ([place, person, known, court], ())


def test_a_name_of_several_words_from_elsewhere_outweighs_what_a_model_makes_of_it() -> None:
    echo = finding("plover cottage", Category.AGENCY, "spread", 0.9)
    opinion = finding("plover cottage", Category.PLACE, "model_places", 0.5)
    assert without_echoes([echo, opinion], transcript()) == ([echo, opinion], ())
    rule = finding("plover cottage", Category.PLACE, "streets", 0.8)
    kept, _ = without_echoes([echo, rule], transcript())
    assert kept == [rule]


def test_a_place_and_a_person_that_run_together_are_two() -> None:
    place = finding("Oxmoor", Category.PLACE, "places", 0.9)
    person = finding("Crown", Category.PERSON, "people", 0.97)
    for reader in ("model_places", "tagged"):
        both = finding("Oxmoor Crown", Category.PLACE, reader, 0.6)
        kept, out = without_lists_of_names([place, person, both], transcript())
        assert kept == [place, person]
        assert [dismissal.finding for dismissal in out] == [both]
    with_more = finding("at Oxmoor Crown", Category.PLACE, "model_places", 0.6)
    assert without_lists_of_names([place, person, with_more], transcript()) == ([place, person, with_more], ())


def test_two_places_are_no_body() -> None:
    said = "They came from Oxmoor, Minsted, or from Oxmoor to Plover Lodge."
    spoken = Transcript(code="P01-1", segments=(Segment("speech", said, 1),))
    places = [
        Finding(Span(0, 15, 21), Category.PLACE, "", 0.9, "places", ""),
        Finding(Span(0, 23, 30), Category.PLACE, "", 0.9, "places", ""),
    ]
    bodies = [Finding(Span(0, 15, 30), Category.AGENCY, "", 0.55, "model_agencies", "")]
    assert without_lists_of_names([*places, *bodies], spoken)[0] == places
    assert said[40:62] == "Oxmoor to Plover Lodge"
    known = [
        Finding(Span(0, 40, 46), Category.PLACE, "", 0.9, "places", ""),
        Finding(Span(0, 50, 62), Category.AGENCY, "", 0.8, "homes", ""),
    ]
    both = Finding(Span(0, 40, 62), Category.AGENCY, "", 0.65, "model_agencies", "")
    assert without_lists_of_names([*known, both], spoken)[0] == known


def test_two_bodies_that_the_tagger_reads_as_one_are_two() -> None:
    said = "It was with Oxmoor Council and Minsted Police. The Oxmoor and Minsted Trust wrote."
    spoken = Transcript(code="P01-1", segments=(Segment("speech", said, 1),))

    def part(words: str, category: Category, recogniser: str, confidence: float) -> Finding:
        start = said.rindex(words)
        return Finding(Span(0, start, start + len(words)), category, "", confidence, recogniser, "")

    council = part("Oxmoor Council", Category.AGENCY, "agencies", 0.9)
    police = part("Minsted Police", Category.AGENCY, "agencies", 0.9)
    both = part("Oxmoor Council and Minsted Police", Category.AGENCY, "tagged", 0.65)
    kept, out = without_lists_of_names([council, police, both], spoken)
    assert (kept, [dismissal.finding for dismissal in out]) == ([council, police], [both])
    towns = [part("Oxmoor", Category.PLACE, "places", 0.9), part("Minsted", Category.PLACE, "places", 0.9)]
    trust = part("Oxmoor and Minsted Trust", Category.AGENCY, "tagged", 0.65)
    assert without_lists_of_names([*towns, trust], spoken) == ([*towns, trust], ())


def test_places_that_run_together_in_small_letters_are_several() -> None:
    for said, is_split in (("oxmoor minsted", True), ("Oxmoor Minsted", False)):
        spoken = Transcript(code="P01-1", segments=(Segment("speech", said, 1),))
        places = [
            Finding(Span(0, 0, 6), Category.PLACE, "", 0.9, "places", ""),
            Finding(Span(0, 7, 14), Category.PLACE, "", 0.9, "places", ""),
        ]
        both = Finding(Span(0, 0, 14), Category.PLACE, "", 0.65, "tagged", "")
        kept, _ = without_lists_of_names([*places, both], spoken)
        assert kept == (places if is_split else [*places, both])
