"""Findings against the keep list, decisions and cut-offs: everything ends as kept or as dismissed with a reason."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.fold import words
from deid.model import Category, Decision, Entity, Finding, KnownPerson, Segment, Span, Transcript
from deid.region import Agency, Keep, Region
from deid.resolve.decide import Decided, context_key, decide, form_key

REGION = Region(
    name="test",
    keep=(
        Keep("the Barley Trust model", "everywhere", "framework"),
        Keep("Northbury", "everywhere", "public case"),
        Keep("Quillbox", "everywhere", "framework"),
        Keep("Barley Trust", "everywhere", "national body"),
        Keep("duty team", "everywhere", "kind of service or team"),
        Keep("no joy", "everywhere", "idiom"),
        Keep("will you", "everywhere", "idiom"),
        Keep("Quarrel Trust", "PERSON", "national body"),
        Keep("Quarrel Trust", "AGENCY", "national body"),
        Keep("Ruth Casely", "everywhere", "public author"),
        Keep("MASH", "AGENCY", "kind of service"),
        Keep("101", "everywhere", "public service"),
        Keep("16+", "everywhere", "kind of service or team"),
        Keep("duty sergeant", "everywhere", "kind of post"),
        Keep("IRIS", "everywhere", "tool or system"),
        Keep("Plough Night", "everywhere", "festival or national event"),
        Keep("Alma", "everywhere", "public person or author"),
        Keep("Gaia", "AGENCY", "acronym or system that is also a name"),
        Keep("QUAD", "everywhere", "framework"),
        Keep("LeO", "AGENCY", "acronym or system that is also a name"),
        Keep("kiln warden", "PERSON", "function (a single holder is ROLE)"),
    ),
    agencies=(
        Agency("Lantern Aid", "charity", "national", ("Lantern",)),
        Agency("Lantern Police", "police force", "national"),
        Agency("Lantern Dover", "charity", "county"),
    ),
)
JOY = Entity("e1", Category.PERSON, "", forms=("Joy",))


def speech(text: str) -> Transcript:
    return Transcript("P01-1", (Segment("speech", text, 1),))


def found(
    text: str, form: str, category: Category = Category.PERSON, confidence: float = 0.95, nth: int = 0
) -> Finding:
    start = -1
    for _ in range(nth + 1):
        start = text.index(form, start + 1)
    return Finding(Span(0, start, start + len(form)), category, "", confidence, "test", "because")


def outcome(text: str, *findings: Finding, known=(), decisions=(), fingerprint=None) -> Decided:
    return decide({"P01-1": findings}, {"P01-1": speech(text)}, REGION, decisions, known, fingerprint=fingerprint)


def kept(text: str, form: str, category: Category = Category.PERSON, confidence: float = 0.95, known=()) -> bool:
    """Whether the words stay readable."""
    one = found(text, form, category, confidence)
    result = outcome(text, one, known=known)
    assert (one in result.kept["P01-1"]) != (one in [d.finding for d in result.dismissed["P01-1"]])
    return one not in result.kept["P01-1"]


@pytest.mark.parametrize(
    ("text", "form", "category"),
    [
        ("We use the Barley Trust model here.", "Barley Trust", Category.AGENCY),
        ("After Northbury everyone knew.", "Northbury", Category.PLACE),
        ("the MASH rang", "MASH", Category.AGENCY),
        ("It went to MASH on the Monday.", "MASH", Category.PERSON),
        ("I rang the police.", "the police", Category.AGENCY),
        ("Ruth Casely wrote it.", "Ruth Casely", Category.PERSON),
        ("So I phoned 101 again.", "101", Category.CONTACT),
        ("They will not ring 101.", "ring 101", Category.PLACE),
        ("There is Lantern Aid for them.", "Lantern Aid", Category.AGENCY),
        ("There is Lantern for them.", "Lantern", Category.PERSON),
        ("There is the Quarrel Trust.", "Quarrel Trust", Category.PERSON),
        ("An afternoon with LeO merging a child.", "LeO", Category.PLACE),
    ],
)
def test_what_must_stay_readable_stays(text: str, form: str, category: Category) -> None:
    assert kept(text, form, category)


@pytest.mark.parametrize(
    ("text", "form", "category"),
    [
        ("She works at Barley Trust.", "Barley Trust", Category.AGENCY),
        ("the Northbury Road flat", "Northbury Road", Category.PLACE),
        ("His name was Mash.", "Mash", Category.PERSON),
        ("his name was MASH", "MASH", Category.PLACE),
        ("The Police and Crime Panel", "Police and Crime Panel", Category.AGENCY),
        ("crime ref 101", "ref 101", Category.CASE),
        ("She lived in Northbury road then.", "Northbury road", Category.PLACE),
        ("She lived in Northbury Fields then.", "Northbury Fields", Category.PLACE),
        ("up northbury hill they said", "northbury hill", Category.PLACE),
        ("An afternoon with Leo.", "Leo", Category.PERSON),
    ],
)
def test_what_only_looks_like_it_goes(text: str, form: str, category: Category) -> None:
    assert not kept(text, form, category)


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("and you'd get no joy from them", True),
        ("and i got no joy", True),
        ("No joy there.", True),
        ("So there was no Joy that day.", False),
        ("I rang Joy.", False),
        ("Will you come?", True),
        ("And he says, will you come?", True),
        ("Then Will you know, the worker.", False),
    ],
)
def test_a_known_name_wins_over_the_keep_list_unless_the_context_says_word(text: str, stays: bool) -> None:
    form = next(word for word in ("Joy", "joy", "Will", "will") if word in text)
    will = KnownPerson("P09", "Will Oduya", ("Will",))
    assert kept(text, form, confidence=0.95, known=(JOY, will)) is stays


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("I used to work for Lantern Aid.", "Lantern Aid"),
        ("The Lantern Police rang.", "Lantern Police"),
        ("There is Lantern Dover.", "Lantern Dover"),
    ],
)
def test_a_national_body_goes_where_somebody_works_and_a_force_and_a_local_body_go_everywhere(
    text: str, form: str
) -> None:
    assert not kept(text, form, Category.AGENCY)


def test_a_weak_person_gives_way_to_the_keep_list() -> None:
    assert kept("We all read Northbury.", "Northbury", confidence=0.7)
    assert not kept("We all read Northbury.", "Northbury", confidence=0.7, known=(KnownPerson("P01", "Northbury"),))


@pytest.mark.parametrize(
    ("text", "form", "confidence", "stays"),
    [
        ("Grandmother's Iris had it.", "Iris", 0.92, False),
        ("Grandmother's Iris had it.", "Iris", 0.7, True),
        ("The surgery has IRIS.", "IRIS", 0.92, True),
        ("Then Alma wrote the report.", "Alma", 0.92, True),
        ("We all read Northbury.", "Northbury", 0.92, True),
        ("Tess and Ann, the Quillbox sisters.", "Quillbox", 0.92, False),
        ("Tess and Ann did the Quillbox.", "Quillbox", 0.7, True),
    ],
)
def test_a_certain_name_that_is_said_again_wins_over_a_keep_word(
    text: str, form: str, confidence: float, stays: bool
) -> None:
    echo = replace(found(text, form, confidence=confidence), recogniser="echoes")
    assert (echo not in outcome(text, echo).kept["P01-1"]) is stays


@pytest.mark.parametrize(
    ("form", "confidence", "stays"), [("Quad", 0.6, False), ("Quad", 0.5, True), ("QUAD", 0.6, True)]
)
def test_a_name_written_as_one_wins_over_initials_on_the_keep_list(form: str, confidence: float, stays: bool) -> None:
    text = f"She said, {form}, he hurt me."
    tagged = replace(found(text, form, confidence=confidence), recogniser="tagged")
    assert (tagged not in outcome(text, tagged).kept["P01-1"]) is stays


@pytest.mark.parametrize(("confidence", "stays"), [(0.6, False), (0.5, True)])
def test_a_given_name_of_which_the_tagger_is_sure_wins_over_a_keep_word(confidence: float, stays: bool) -> None:
    text = "The surgery has Iris."
    tagged = replace(found(text, "Iris", confidence=confidence), recogniser="tagged")
    assert (tagged not in outcome(text, tagged).kept["P01-1"]) is stays


@pytest.mark.parametrize(
    ("text", "form", "stays"),
    [("He called himself Northbury.", "Northbury", False), ("They call it IRIS.", "IRIS", True)],
)
def test_what_somebody_is_said_to_be_called_wins_over_a_keep_word(text: str, form: str, stays: bool) -> None:
    by_name = replace(found(text, form, confidence=0.55), recogniser="street_names")
    assert (by_name not in outcome(text, by_name).kept["P01-1"]) is stays


def test_a_title_before_a_surname_makes_a_person_of_a_keep_word() -> None:
    text = "I asked Mr Northbury."
    titled = Finding(Span(0, 11, 20), Category.PERSON, "name", 0.9, "titles", "a title before a surname")
    assert outcome(text, titled).kept["P01-1"] == (titled,)


def test_below_the_first_cut_off_a_finding_is_listed_and_below_the_second_replaced_and_listed() -> None:
    text = "Anne and Bryn and Cato."
    faint, unsure = found(text, "Anne", confidence=0.39), found(text, "Bryn", confidence=0.5)
    result = outcome(text, faint, unsure, found(text, "Cato"))
    assert [one.span.start for one in result.kept["P01-1"]] == [9, 18]
    assert [(one.reason, one.finding.span.start) for one in result.dismissed["P01-1"]] == [("below the cut-off", 0)]
    assert [(doubt.kind, doubt.span.start) for doubt in result.unsure["P01-1"]] == [("unsure", 0), ("unsure", 9)]


def test_what_a_surer_finding_covers_is_no_question() -> None:
    text = "I rang Anne Vane."
    result = outcome(text, found(text, "Anne", confidence=0.5), found(text, "Anne Vane"))
    assert result.unsure["P01-1"] == ()


def test_a_list_of_names_read_as_one_gives_way_to_the_names() -> None:
    text = "I told Anne and Bryn."
    whole = found(text, "Anne and Bryn", confidence=0.6)
    result = outcome(text, whole, found(text, "Anne"), found(text, "Bryn"))
    assert whole not in result.kept["P01-1"]
    assert [d.reason for d in result.dismissed["P01-1"]] == ["surer findings inside it"]


def test_a_full_name_does_not_give_way_to_its_parts() -> None:
    text = "I told Anne Vane."
    whole = found(text, "Anne Vane", confidence=0.6)
    assert whole in outcome(text, whole, found(text, "Anne"), found(text, "Vane")).kept["P01-1"]


def test_an_echo_gives_way_to_what_was_read_in_its_place() -> None:
    text = "the bus to ash"
    echo = Finding(Span(0, 11, 14), Category.PERSON, "name", 0.85, "echoes", "a name that is sure elsewhere")
    read = Finding(Span(0, 11, 14), Category.PLACE, "village", 0.5, "places", "after a place cue")
    result = outcome(text, echo, read)
    assert result.kept["P01-1"] == (read,)
    assert outcome(text, echo).kept["P01-1"] == (echo,)


def test_a_name_that_would_be_left_over_keeps_the_list_together() -> None:
    text = "I told Anne, Bryn Cato and Dai."
    whole = found(text, "Anne, Bryn Cato and Dai", confidence=0.6)
    assert whole in outcome(text, whole, found(text, "Anne"), found(text, "Dai")).kept["P01-1"]


def digest(text: str) -> str:
    return f"#{text}#"


def test_a_reviewers_addition_is_found_everywhere_in_its_own_case() -> None:
    text = "Kestrel came. The kestrel flew. kestrel"
    decision = Decision(digest(form_key("Kestrel")), "replace", form="Kestrel", category=Category.PERSON)
    result = outcome(text, decisions=[decision], fingerprint=digest)
    assert [one.span.start for one in result.kept["P01-1"]] == [0]
    assert result.kept["P01-1"][0].category is Category.PERSON


def test_keep_holds_in_its_context_and_nowhere_else() -> None:
    text = "I said grace before dinner. I rang Grace after lunch and she came."
    word, name = found(text, "grace"), found(text, "Grace")
    decision = Decision(digest(context_key(speech(text), word.span, Category.PERSON)), "keep")
    result = outcome(text, word, name, decisions=[decision], fingerprint=digest)
    assert result.kept["P01-1"] == (name,)
    assert [one.reason for one in result.dismissed["P01-1"]] == ["decision: keep"]


def test_a_keep_for_a_form_alone_unmasks_nobody() -> None:
    text = "I rang Grace after lunch."
    decision = Decision(digest(form_key("Grace")), "keep", form="Grace")
    assert outcome(text, found(text, "Grace"), decisions=[decision], fingerprint=digest).kept["P01-1"]


def test_a_keep_does_not_follow_the_words_into_another_category() -> None:
    text = "I rang Grace after lunch."
    decision = Decision(digest(context_key(speech(text), found(text, "Grace").span, Category.PLACE)), "keep")
    assert outcome(text, found(text, "Grace"), decisions=[decision], fingerprint=digest).kept["P01-1"]


def test_a_reviewers_word_beats_the_keep_list() -> None:
    text = "After Northbury everyone knew."
    decision = Decision(digest(form_key("Northbury")), "replace", form="Northbury", category=Category.PLACE)
    result = outcome(text, found(text, "Northbury", Category.PLACE), decisions=[decision], fingerprint=digest)
    assert {one.span.start for one in result.kept["P01-1"]} == {6}


def test_a_category_decision_follows_the_form() -> None:
    text = "I went to Ash."
    decision = Decision("x", "category", form="Ash", category=Category.PLACE)
    (one,) = outcome(text, found(text, "Ash"), decisions=[decision]).kept["P01-1"]
    assert one.category is Category.PLACE


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9), st.sampled_from(Category), st.floats(0.1, 1)), max_size=8)
)
def test_nothing_vanishes_silently(raw: list[tuple[int, int, Category, float]]) -> None:
    text = "Anne and Bryn of Northbury said no joy to the police, will you, at Oak House 101."
    findings = [
        Finding(Span(0, start, min(start + length, len(text))), category, "", confidence, "test", "because")
        for start, length, category, confidence in raw
    ]
    result = outcome(text, *findings)
    ended = [*result.kept["P01-1"], *(one.finding for one in result.dismissed["P01-1"])]
    assert all(finding in ended for finding in findings)
    assert all(one.reason for one in result.dismissed["P01-1"])


@pytest.mark.parametrize(
    ("text", "form", "category", "stays"),
    [
        ("We all read about Northbury.", "Northbury", Category.PLACE, True),
        ("The lessons from Northbury are clear.", "Northbury", Category.PLACE, True),
        ("She was placed in Northbury then.", "Northbury", Category.PLACE, False),
        ("he moved back to Northbury", "Northbury", Category.PLACE, False),
        ("He's from Northbury, he is.", "Northbury", Category.PLACE, False),
        ("I'm Northbury originally.", "Northbury", Category.PLACE, False),
        ("The Barley Trust wrote guidance.", "Barley Trust", Category.AGENCY, True),
        ("I worked with Barley Trust guidance.", "Barley Trust", Category.AGENCY, True),
        ("I used to work for the Barley Trust.", "Barley Trust", Category.AGENCY, False),
        ("My friend's at the Barley Trust now.", "Barley Trust", Category.AGENCY, False),
    ],
)
def test_a_public_case_and_a_national_body_stay_unless_somebody_lives_or_works_there(
    text: str, form: str, category: Category, stays: bool
) -> None:
    assert kept(text, form, category) is stays


def test_a_team_told_by_its_capitals_goes_where_the_kind_of_team_stays() -> None:
    text = "The Duty Team rang, as a duty team does."
    by_capitals = replace(found(text, "Duty Team", Category.AGENCY), recogniser="capital_teams")
    by_words = found(text, "duty team", Category.AGENCY)
    result = outcome(text, by_capitals, by_words)
    assert result.kept["P01-1"] == (by_capitals,)


def test_a_job_or_a_fact_that_holds_a_kept_word_is_no_kept_word() -> None:
    assert not kept("She's our no joy manager, she is.", "no joy manager", Category.ROLE)
    assert not kept("There was no joy in his shop then.", "no joy in his shop", Category.TRAIT)


def test_a_team_named_by_a_number_keeps_nobodys_age() -> None:
    assert not kept("There was Tia, 16, with a carer.", "16", Category.AGE)
    assert kept("She went to the 16 plus team.", "16", Category.AGENCY)


@pytest.mark.parametrize(("recogniser", "stays"), [("test", True), ("former_posts", False), ("family_facts", False)])
def test_a_kind_of_post_goes_where_it_tells_of_one_person(recogniser: str, stays: bool) -> None:
    text = "I did ten years as a duty sergeant."
    one = replace(found(text, "duty sergeant", Category.ROLE), recogniser=recogniser)
    assert (one not in outcome(text, one).kept["P01-1"]) == stays


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("Before that I was a kiln warden in Northbury.", True),
        ("I'm a kiln warden, since you ask.", True),
        ("I'm a kiln warden with Lantern Dover.", False),
        ("I'm the kiln warden here.", False),
        ("She was a kiln warden then.", False),
    ],
)
def test_a_function_that_many_hold_stays_where_the_speaker_says_no_more_of_it(text: str, stays: bool) -> None:
    assert kept(text, "kiln warden", Category.ROLE, 0.55) is stays
    assert not kept(text, "kiln warden", Category.ROLE, 0.7)


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("So it all goes on Gaia by four.", True),
        ("I put it into Gaia.", True),
        ("her Gaia number", True),
        ("We've got Gaia on the board.", False),
        ("There was information on Gaia by then.", False),
        ("Gaia doesn't talk to anybody.", False),
        ("I put it to Gaia.", False),
        ("Gaia doesn't talk to IRIS.", True),
        ("IRIS can't talk to Gaia.", True),
        ("We've got Gaia, the council's got IRIS.", True),
        ("We've got Gaia in the car, the council's got IRIS.", False),
        ("So I open Gaia and see who's out.", True),
        ("There was an entry on Gaia.", True),
        ("Ours is IRIS, theirs is Gaia.", True),
        ("They've Gaia, we've IRIS.", True),
        ("Gaia and IRIS weren't joined.", True),
        ("I rang Gaia. IRIS said no.", False),
    ],
)
def test_a_system_that_is_named_like_somebody_stays_where_things_are_put_into_it(text: str, stays: bool) -> None:
    assert kept(text, "Gaia") is stays
    assert not kept(text, "Gaia", known=(Entity("e1", Category.PERSON, "", forms=("Gaia",)),))


def test_letters_as_speech_recognition_writes_them_are_the_word_they_spell() -> None:
    assert kept("it went to the m a s h on monday", "m a s h", Category.AGENCY)
    assert not kept("her name is m a s e", "m a s e")
    assert kept("so she had a m a s h on monday", "m a s h", Category.AGENCY)
    assert not kept("her name is t a m a s h", "m a s h")


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("She went missing on Plough Night.", False),
        ("It was Plough Night.", False),
        ("Every Plough Night they come.", True),
        ("It started at Plough Night.", True),
    ],
)
def test_a_day_that_is_kept_every_year_goes_where_something_happened_on_it(text: str, stays: bool) -> None:
    assert kept(text, "Plough Night", Category.DATE) is stays


def test_a_word_of_a_case_inside_a_phrase_that_stays_stays_and_a_number_does_not() -> None:
    assert kept("It was the Barley Trust model that did it.", "model", Category.CASE)
    assert not kept("It was the Barley Trust model that did it.", "Trust model", Category.IDENTIFIER)


def test_several_initials_in_a_row_name_nobody_though_nothing_has_capitals() -> None:
    assert kept("it is all mash iris quad to them", "iris quad")
    assert not kept("it is all iris moss to them", "iris moss")


def test_what_is_said_to_be_a_name_is_one_in_small_letters_too() -> None:
    said = replace(found("a porter iris that's her name", "iris"), recogniser="street_names", confidence=0.8)
    assert outcome("a porter iris that's her name", said).kept["P01-1"]
    guessed = replace(said, confidence=0.5)
    assert not outcome("a porter iris that's her name", guessed).kept["P01-1"]


@given(st.text(alphabet="ab Bé\u0301-'\n. ", max_size=400), st.integers(0, 400), st.integers(1, 9))
def test_a_context_is_the_three_words_either_side_however_far(text: str, start: int, length: int) -> None:
    text += "x" * 10
    start = min(start, len(text) - length)
    before = " ".join([word for _, _, word in words(text[:start])][-3:])
    after = " ".join([word for _, _, word in words(text[start + length :])][:3])
    key = context_key(speech(text), Span(0, start, start + length), Category.PERSON)
    assert key.split("\n")[3:] == [before, after]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("I wrote to the Inquiry about it.", "Inquiry"),
        ("The Inquiry team wrote back.", "Inquiry team"),
        ("The Trust told the Board.", "Trust"),
        ("The ICBs and the PCTs before them.", "PCTs"),
        ("She rang the Ministry of Justice.", "Ministry of Justice"),
        ("the Ministry of Justice and the Barley Trust said no", "Ministry of Justice and the Barley Trust"),
        ("The Ministry of Justice (QOJ) said so. We rang QOJ.", "QOJ"),
    ],
)
def test_generic_words_and_national_bodies_stay(text: str, form: str):
    assert kept(text, form, Category.AGENCY)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("I went to work for the Ministry of Justice then.", "Ministry of Justice"),  # somebody's place of work
        ("The Heron team wrote back.", "Heron team"),
        ("the Northfield Trust and the Barley Trust said no", "Northfield Trust and the Barley Trust"),
        ("The Heron Group (QOJ) said so.", "QOJ"),
    ],
)
def test_a_workplace_and_what_has_a_name_of_its_own_go(text: str, form: str):
    assert not kept(text, form, Category.AGENCY)


def test_own_words_for_one_place_hold_there_and_nowhere_else() -> None:
    text = "I work for Barley Mill and I like it. She rang Barley Mill about it."
    here = Span(0, 11, 22)
    mark = context_key(speech(text), here, Category.TRAIT)
    bound = Decision(mark, "describe_here", form="Barley Mill", id="d1")
    both = [found(text, "Barley Mill", Category.AGENCY, nth=n) for n in (0, 1)]
    result = outcome(text, *both, decisions=(bound,), fingerprint=lambda key: key)
    described = [one for one in result.kept["P01-1"] if one.kind == "described"]
    assert [(one.span, one.decision) for one in described] == [(here, "d1")]
    assert set(both) <= set(result.kept["P01-1"]), "what a recogniser found is no less found"
    elsewhere = outcome(f"Well, {text[7:]}", decisions=(bound,), fingerprint=lambda key: key)
    assert not elsewhere.kept["P01-1"], "words around it that changed ask again"


def test_a_review_by_a_national_body_is_no_childs():
    review = replace(found("The Barley Trust review.", "Barley Trust review", Category.CASE), recogniser="reviews")
    assert outcome("The Barley Trust review.", review).dismissed["P01-1"]
    review = replace(found("The Teasel review.", "Teasel review", Category.CASE), recogniser="reviews")
    assert outcome("The Teasel review.", review).kept["P01-1"]


def test_a_long_name_of_english_words_around_what_is_public_stays():
    text = "We heard from the Barley Trust Standards Enforcement and from the Barley Trust Quarrington Enforcement."
    public = replace(found(text, "Barley Trust Standards Enforcement", Category.AGENCY), recogniser="model_agencies")
    named = replace(found(text, "Barley Trust Quarrington Enforcement", Category.AGENCY), recogniser="model_agencies")
    result = outcome(text, public, named)
    assert result.kept["P01-1"] == (named,)
