"""Facts and posts that the tagger reads are hidden around the people and the phrases of the trade inside them."""

from deid.model import Category, Finding, Segment, Span, Transcript
from deid.region import Keep
from deid.resolve.around import TAGGED, around

TEXT = (
    "Her dad was the lodger of Bram's in Oxmoor and Tess, who kept ferrets under early help, reference XJ 4471, "
    "log 88 of the sixth, tess at tell dot example slash ferrets."
)


def finding(words: str, category: Category, recogniser: str = "tagged", confidence: float = 0.5) -> Finding:
    start = TEXT.index(words)
    return Finding(Span(0, start, start + len(words)), category, "kind", confidence, recogniser, "because")


def texts(*findings: Finding, stays: str = "") -> list[str]:
    start = TEXT.index(stays)
    stretches = {0: ((start, start + len(stays), (Keep(stays, "everywhere", "reason"),)),)} if stays else {}
    found, out = around(findings, Transcript("P01", (Segment("speech", TEXT, 1),)), stretches, replaced=0.4)
    told = {one.span for one in findings if one.recogniser in TAGGED}
    gone = {dismissal.finding.span for dismissal in out}
    assert gone <= told and all(dismissal.reason for dismissal in out)
    left = [one.span for one in found if one.recogniser in TAGGED]
    assert all(span in gone or any(span.overlaps(part) for part in left) for span in told), "nothing goes silently"
    return [TEXT[one.span.start : one.span.end] for one in found if one.recogniser in TAGGED]


FACT = finding("lodger of Bram's in Oxmoor and Tess, who kept ferrets under early help", Category.TRAIT)
WHOLE = TEXT[FACT.span.start : FACT.span.end]
BRAM = finding("Bram", Category.PERSON, "people", 0.7)
TESS = finding("Tess", Category.PERSON, "people", 0.7)


def test_a_fact_is_hidden_around_the_people_inside_it() -> None:
    assert texts(FACT) == [WHOLE]
    assert texts(FACT, BRAM) == ["lodger of", "s in Oxmoor and Tess, who kept ferrets under early help"]
    assert texts(FACT, TESS, BRAM) == ["lodger of", "s in Oxmoor and", "who kept ferrets under early help"]


def test_a_phrase_of_the_trade_stays_and_a_word_of_it_does_not() -> None:
    assert texts(FACT, stays="early help") == ["lodger of Bram's in Oxmoor and Tess, who kept ferrets under"]
    assert texts(FACT, stays="ferrets") == [WHOLE]


def test_what_the_tagger_is_firm_about_is_hidden_around_people_alone() -> None:
    firm = finding("lodger of Bram's in Oxmoor", Category.TRAIT, "firmly_tagged")
    assert texts(firm, stays="in Oxmoor") == ["lodger of Bram's in Oxmoor"]
    assert texts(firm, BRAM, stays="in Oxmoor") == ["lodger of", "s in Oxmoor"]


def test_little_words_that_are_all_that_is_left_stay() -> None:
    assert texts(finding("Bram's in", Category.ROLE), BRAM) == []


def test_places_and_what_would_stay_itself_cut_nothing() -> None:
    assert texts(FACT, finding("Oxmoor", Category.PLACE, "places", 0.9)) == [WHOLE]
    assert texts(FACT, finding("Bram", Category.PERSON, "people", 0.3)) == [WHOLE]
    assert texts(finding("Bram's in Oxmoor", Category.AGENCY), BRAM) == ["Bram's in Oxmoor"]


def test_the_borders_of_a_number_are_the_rules() -> None:
    number = finding("reference XJ 4471", Category.CASE)
    assert texts(number) == ["reference XJ 4471"]
    assert texts(number, finding("XJ 4471", Category.CASE, "case_references", 0.9)) == []
    assert texts(number, finding("XJ 4471", Category.IDENTIFIER, "long_numbers", 0.9)) == ["reference XJ 4471"]


def test_what_a_rule_leaves_of_a_number_is_hidden_with_it() -> None:
    number = finding("reference XJ 4471", Category.CASE)
    assert texts(number, finding("XJ", Category.CASE, "case_references", 0.9)) == ["reference XJ 4471"]
    assert texts(number, finding("4471", Category.CASE, "case_references", 0.9)) == []


def test_the_day_of_a_number_and_who_is_asked_for_are_parts_of_it() -> None:
    for whole, part in (
        ("log 88 of the sixth", "88"),
        ("tess at tell dot example", "tell dot example"),
        ("tell dot example slash ferrets", "tell dot example"),
    ):
        number = finding(whole, Category.CONTACT)
        assert texts(number, finding(part, Category.CONTACT, "emails", 0.9)) == [whole]


def test_initials_that_stay_are_no_part_of_a_name_in_small_letters() -> None:
    text = "the q n p paper tess wrote and dsl bram moss and taf mutasa"

    def left(words: str, stays: str, letters: str, recogniser: str = "tagged") -> list[str]:
        start, at = text.index(words), text.index(stays)
        name = Finding(Span(0, start, start + len(words)), Category.PERSON, "name", 0.6, recogniser, "because")
        stretches = {0: ((at, at + len(stays), (Keep(letters, "everywhere", "reason"),)),)}
        found, out = around([name], Transcript("P01", (Segment("speech", text, 1),)), stretches, replaced=0.4)
        assert bool(found) is not bool(out)
        return [text[one.span.start : one.span.end] for one in found]

    assert left("q n p paper tess", "q n p", "QNP") == ["paper tess"]
    assert left("dsl bram moss", "dsl", "DSL") == ["bram moss"]
    assert left("dsl bram moss", "dsl", "DSL", "titles") == ["dsl bram moss"]
    assert left("q n p", "q n p", "QNP") == []
    assert left("taf mutasa", "taf", "TAF") == ["taf mutasa"], "whom somebody may be called"
